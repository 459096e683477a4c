import Kernels

/// The draws of many addresses at once, each with the bits that `RandomStream` gives to its address.
///
/// A column is one index for consecutive entities; columns stand `stride` elements apart. Draw j of an entity
/// is made of word j (single precision) or of words 2j and 2j + 1 (double precision), so that in a stream which only
/// makes draws of one kind, draw j here is the j-th draw there.
package struct BlockDraws: Sendable {
  private let key: SIMD2<UInt32>
  private let usesKernel: Bool

  /// - Parameter usesKernel: false takes the portable path even where the processor has a faster one; the bits are
  ///   the same.
  package init(seed: UInt64, _ stream: StreamName, usesKernel: Bool = true) {
    self.init(DrawKey(seed: seed, stream), usesKernel: usesKernel)
  }

  package init(_ key: DrawKey, usesKernel: Bool = true) {
    self.key = key.words
    self.usesKernel = usesKernel && PhiloxLanes.hasKernel
  }

  // MARK: One index, consecutive entities

  /// Single-precision standard normals: the normal of entity `firstEntity + i` and index `indices[c]` goes to
  /// columns[c · stride + i], for i in 0..<count.
  package func fillNormals(
    firstEntity: UInt64, count: Int, indices: Range<Int>, into columns: inout MutableSpan<Float>,
    stride: Int
  ) {
    Self.check(columns.count, count: count, indices: indices, stride: stride)
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe forEachWordRow(firstEntity: firstEntity, count: count, words: indices) {
        words, size, column, row in
        unsafe FloatNormal.fill(
          base + column * stride + row, from: words, count: size, usesKernel: usesKernel)
      }
    }
  }

  /// Single-precision units in (0, 1): (top 23 bits + ½) · 2⁻²³.
  package func fillUnits(
    firstEntity: UInt64, count: Int, indices: Range<Int>, into columns: inout MutableSpan<Float>,
    stride: Int
  ) {
    Self.check(columns.count, count: count, indices: indices, stride: stride)
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe forEachWordRow(firstEntity: firstEntity, count: count, words: indices) {
        words, size, column, row in
        let target = unsafe base + column * stride + row
        for i in 0..<size { unsafe target[i] = RandomStream.floatUnit(words[i]) }
      }
    }
  }

  /// Units in (0, 1), as `RandomStream.nextUnit`.
  package func fillUnits(
    firstEntity: UInt64, count: Int, indices: Range<Int>, into columns: inout MutableSpan<Double>,
    stride: Int
  ) {
    Self.check(columns.count, count: count, indices: indices, stride: stride)
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fillUnits(
        firstEntity: firstEntity, count: count, indices: indices, base: base, stride: stride
      ) { _, _ in }
    }
  }

  /// Standard normals, as `RandomStream.nextNormal`.
  package func fillNormals(
    firstEntity: UInt64, count: Int, indices: Range<Int>, into columns: inout MutableSpan<Double>,
    stride: Int
  ) {
    Self.check(columns.count, count: count, indices: indices, stride: stride)
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fillUnits(
        firstEntity: firstEntity, count: count, indices: indices, base: base, stride: stride
      ) { unsafe Normal.replaceUnits($0, count: $1) }
    }
  }

  /// Exponentials of mean 1, as `RandomStream.nextExponential`.
  package func fillExponentials(
    firstEntity: UInt64, count: Int, indices: Range<Int>, into columns: inout MutableSpan<Double>,
    stride: Int
  ) {
    Self.check(columns.count, count: count, indices: indices, stride: stride)
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fillUnits(
        firstEntity: firstEntity, count: count, indices: indices, base: base, stride: stride
      ) { unsafe Self.replaceUnitsByExponentials($0, count: $1) }
    }
  }

  /// Words as they come: the word of entity `firstEntity + i` and index `indices[c]` goes to columns[c · stride + i].
  package func fillWords(
    firstEntity: UInt64, count: Int, indices: Range<Int>, into columns: inout MutableSpan<UInt32>,
    stride: Int
  ) {
    Self.check(columns.count, count: count, indices: indices, stride: stride)
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe forEachWordRow(firstEntity: firstEntity, count: count, words: indices) {
        words, size, column, row in
        unsafe (base + column * stride + row).update(from: words, count: size)
      }
    }
  }

  // MARK: One entity, consecutive indices

  /// The words of the blocks `firstBlock`..., four a block, in an order of its own: of each 128 blocks all first words, then
  /// all second ones, and so on.
  ///
  /// - Parameter words: a whole multiple of 512 of them.
  package func fillWords(
    entity: UInt64, firstBlock: UInt64 = 0, into words: inout MutableSpan<UInt32>
  ) {
    precondition(words.count % (4 * PhiloxLanes.width) == 0, "\(words.count) words")
    let lanes = PhiloxLanes(key: key, direction: .blocks, usesKernel: usesKernel)
    unsafe words.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for run in 0..<buffer.count / (4 * PhiloxLanes.width) {
        unsafe lanes.fill(
          base + run * 4 * PhiloxLanes.width, count: PhiloxLanes.width, first: entity,
          block: firstBlock &+ UInt64(truncatingIfNeeded: run * PhiloxLanes.width))
      }
    }
  }

  /// Units of the indices from `firstIndex` on, as `RandomStream.nextUnit`.
  package func fillUnits(
    entity: UInt64, firstIndex: UInt64 = 0, into draws: inout MutableSpan<Double>
  ) {
    unsafe draws.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fillUnits(entity: entity, firstIndex, base: base, count: buffer.count) { _, _ in }
    }
  }

  /// Standard normals of the indices from `firstIndex` on, as `RandomStream.nextNormal`.
  package func fillNormals(
    entity: UInt64, firstIndex: UInt64 = 0, into draws: inout MutableSpan<Double>
  ) {
    unsafe draws.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fillUnits(entity: entity, firstIndex, base: base, count: buffer.count) {
        unsafe Normal.replaceUnits($0, count: $1)
      }
    }
  }

  /// Exponentials of mean 1 of the indices from `firstIndex` on, as `RandomStream.nextExponential`.
  package func fillExponentials(
    entity: UInt64, firstIndex: UInt64 = 0, into draws: inout MutableSpan<Double>
  ) {
    unsafe draws.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe fillUnits(entity: entity, firstIndex, base: base, count: buffer.count) {
        unsafe Self.replaceUnitsByExponentials($0, count: $1)
      }
    }
  }

  /// Single-precision normals of the indices from `firstIndex` on, as `RandomStream.nextFloatNormal`.
  package func fillNormals(
    entity: UInt64, firstIndex: UInt64 = 0, into draws: inout MutableSpan<Float>
  ) {
    unsafe draws.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe forEachWordRun(entity: entity, firstWord: firstIndex, count: buffer.count) {
        words, size, place in
        unsafe FloatNormal.fill(base + place, from: words, count: size, usesKernel: usesKernel)
      }
    }
  }

  /// Single-precision units of the indices from `firstIndex` on, as `RandomStream.nextFloatUnit`.
  package func fillUnits(
    entity: UInt64, firstIndex: UInt64 = 0, into draws: inout MutableSpan<Float>
  ) {
    unsafe draws.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe forEachWordRun(entity: entity, firstWord: firstIndex, count: buffer.count) {
        words, size, place in
        for i in 0..<size { unsafe base[place + i] = RandomStream.floatUnit(words[i]) }
      }
    }
  }
}

// MARK: - How

extension BlockDraws {
  private static func check(_ size: Int, count: Int, indices: Range<Int>, stride: Int) {
    precondition(count >= 0 && indices.lowerBound >= 0, "no negative count or index")
    if count == 0 || indices.isEmpty { return }
    precondition(
      count <= stride && (indices.count - 1) * stride + count <= size,
      "\(indices.count) columns of \(count), \(stride) apart, do not fit \(size) elements")
  }

  /// Calls `use` with each row of words: (words, how many, column, first row).
  @inline(__always)
  private func forEachWordRow(
    firstEntity: UInt64, count: Int, words indices: Range<Int>,
    _ use: (UnsafePointer<UInt32>, Int, Int, Int) -> Void
  ) {
    if indices.isEmpty { return }
    let width = PhiloxLanes.width
    let lanes = PhiloxLanes(key: key, direction: .entities, usesKernel: usesKernel)
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * width) { buffer in
      guard let words = buffer.baseAddress else { return }
      var row = 0
      while row < count {
        let size = min(width, count - row)
        let entity = firstEntity &+ UInt64(truncatingIfNeeded: row)
        for block in indices.lowerBound >> 2...(indices.upperBound - 1) >> 2 {
          unsafe lanes.fill(
            words, count: size, first: entity, block: UInt64(truncatingIfNeeded: block))
          for word in 0..<4 {
            let index = 4 * block + word
            if !indices.contains(index) { continue }
            unsafe use(words + word * width, size, index - indices.lowerBound, row)
          }
        }
        row += size
      }
    }
  }

  /// Fills columns with units and lets `replace` make something else of each run of them.
  @inline(__always)
  private func fillUnits(
    firstEntity: UInt64, count: Int, indices: Range<Int>, base: UnsafeMutablePointer<Double>,
    stride: Int, _ replace: (UnsafeMutablePointer<Double>, Int) -> Void
  ) {
    let words = 2 * indices.lowerBound..<2 * indices.upperBound
    unsafe forEachWordRow(firstEntity: firstEntity, count: count, words: words) {
      row, size, column, first in
      // Even words are the high halves; the low halves stand one row on.
      guard column & 1 == 0 else { return }
      let target = unsafe base + (column / 2 * stride + first)
      let low = unsafe row + PhiloxLanes.width
      for i in 0..<size { unsafe target[i] = RandomStream.unit(row[i], low[i]) }
      unsafe replace(target, size)
    }
  }

  /// Calls `use` with each run of consecutive words of one entity: (words, how many, first place).
  @inline(__always)
  private func forEachWordRun(
    entity: UInt64, firstWord: UInt64, count: Int,
    _ use: (UnsafePointer<UInt32>, Int, Int) -> Void
  ) {
    let width = PhiloxLanes.width
    let lanes = PhiloxLanes(key: key, direction: .blocks, usesKernel: usesKernel)
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 8 * width) { buffer in
      guard let rows = buffer.baseAddress else { return }
      let run = unsafe rows + 4 * width
      var place = 0
      var skipped = Int(firstWord & 3)
      var block = firstWord >> 2
      while place < count {
        let blocks = min(width, (count - place + skipped + 3) / 4)
        unsafe lanes.fill(rows, count: blocks, first: entity, block: block)
        for i in 0..<blocks {
          for word in 0..<4 { unsafe run[4 * i + word] = rows[word * width + i] }
        }
        let size = min(4 * blocks - skipped, count - place)
        unsafe use(run + skipped, size, place)
        place += size
        skipped = 0
        block &+= UInt64(truncatingIfNeeded: blocks)
      }
    }
  }

  @inline(__always)
  private func fillUnits(
    entity: UInt64, _ firstIndex: UInt64, base: UnsafeMutablePointer<Double>, count: Int,
    _ replace: (UnsafeMutablePointer<Double>, Int) -> Void
  ) {
    unsafe forEachWordRun(entity: entity, firstWord: 2 &* firstIndex, count: 2 * count) {
      words, size, place in
      let target = unsafe base + place / 2
      for i in 0..<size / 2 {
        unsafe target[i] = RandomStream.unit(words[2 * i], words[2 * i + 1])
      }
      unsafe replace(target, size / 2)
    }
  }

  private static func replaceUnitsByExponentials(
    _ units: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { unsafe units[i] = -Elementary.logOrdinary(1 - units[i]) }
  }
}
