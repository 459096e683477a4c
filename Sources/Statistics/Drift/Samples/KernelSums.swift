import Probability

/// Sums of a Gaussian kernel over pairs of rows, within many sets of rows at a time, in whole multiples of `quantum`.
struct KernelSums {
  /// A power of two.
  let quantum: Double
  /// Over all pairs.
  private(set) var all: Int64 = 0
  /// Over the pairs within each set, and over its rows of their sums with all other rows.
  private(set) var within: [Int64]
  private(set) var degrees: [Int64]
  /// The same for the first rows.
  private(set) var observed: (within: Int64, degrees: Int64) = (0, 0)

  /// - Parameter first: how many rows, from the first, are the reference as it is.
  init(
    _ rows: RowMatrix, width: Double, first: Int, memberships: MeanDiscrepancy.Memberships
  ) {
    let count = rows.rows
    // All pairs together stay below 2⁶².
    let pairBits = Int.bitWidth - (count * (count - 1) / 2).leadingZeroBitCount
    let bits = min(48, 61 - pairBits)
    let scale = Double(1 << bits)
    quantum = 1 / scale
    let sets = memberships.count
    within = Array(repeating: 0, count: sets)
    degrees = within
    var rowSums = [Int64](repeating: 0, count: count)
    var distances = [Double](repeating: 0, count: count)
    var kernels = [Int64](repeating: 0, count: (count + 31) / 32 * 32)
    var tables = SubsetTables()
    var members = [Int32](repeating: 0, count: sets)
    for row in 1..<count {
      rows.squaredDistances(of: row, before: row, into: &distances)
      Self.kernels(&distances, count: row, factor: -0.5 / (width * width))
      var sum: Int64 = 0
      for other in 0..<row {
        let kernel = Int64((distances[other] * scale).rounded())
        kernels[other] = kernel
        rowSums[other] += kernel
        sum += kernel
        if row < first { observed.within += kernel }
      }
      rowSums[row] += sum
      all += sum
      let chosen = Self.members(of: row, memberships, into: &members)
      tables.add(kernels, count: row, memberships, members[..<chosen], to: &within)
    }
    observed.degrees = rowSums[..<first].reduce(0, +)
    kernels.replaceSubrange(0..<count, with: rowSums)
    for index in 0..<sets { members[index] = Int32(index) }
    tables.add(kernels, count: count, memberships, members[...], to: &degrees)
  }

  /// exp(factor · d²) of the first distances, in columns of 256.
  private static func kernels(_ distances: inout [Double], count: Int, factor: Double) {
    var column = [Double](repeating: 0, count: 256)
    for start in stride(from: 0, to: count, by: 256) {
      let size = min(256, count - start)
      for index in 0..<size { column[index] = factor * distances[start + index] }
      var span = column.mutableSpan
      Elementary.exp(inPlace: &span)
      for index in 0..<size { distances[start + index] = column[index] }
    }
  }

  /// The sets that a row is in.
  private static func members(
    of row: Int, _ memberships: MeanDiscrepancy.Memberships, into members: inout [Int32]
  ) -> Int {
    let words = memberships.words.span
    var members = members.mutableSpan
    let start = (row >> 5) * memberships.count
    let shift = UInt32(row & 31)
    var count = 0
    for set in 0..<memberships.count {
      members[count] = Int32(truncatingIfNeeded: set)
      count += Int(words[start + set] >> shift & 1)
      if count == members.count { break }
    }
    return count
  }
}

/// The sums over all subsets of eight neighbours, for four runs of eight.
private struct SubsetTables {
  private var table = [Int64](repeating: 0, count: 1024)

  /// Adds to the sum of each chosen set those of `values` whose rows, below `count`, it has. The values behind `count` up to
  /// the next multiple of 32 must be 0.
  mutating func add(
    _ values: [Int64], count: Int, _ memberships: MeanDiscrepancy.Memberships,
    _ chosen: ArraySlice<Int32>, to sums: inout [Int64]
  ) {
    let words = memberships.words.span
    let sets = memberships.count
    var total = sums.mutableSpan
    let indices = chosen.span
    for block in 0..<(count + 31) / 32 {
      fill(values.span, from: 32 * block)
      let table = table.span
      let row = words.extracting(block * sets..<(block + 1) * sets)
      for index in indices.indices {
        let set = Int(indices[index])
        let word = Int(row[set])
        total[set] &+=
          (table[word & 255] &+ table[256 + word >> 8 & 255])
          &+ (table[512 + word >> 16 & 255] &+ table[768 + word >> 24 & 255])
      }
    }
  }

  private mutating func fill(_ values: Span<Int64>, from first: Int) {
    var table = table.mutableSpan
    for byte in 0..<4 {
      let start = 256 * byte
      table[start] = 0
      for bit in 0..<8 {
        let value = values[first + 8 * byte + bit]
        let half = 1 << bit
        for entry in start..<start + half { table[half + entry] = table[entry] &+ value }
      }
    }
  }
}
