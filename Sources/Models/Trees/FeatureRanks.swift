/// How feature values become small integers that trees compare.
struct FeatureRanks: Sendable {
  /// What a split reads: a feature, in the form in which missing values go its way.
  struct Column: Hashable, Sendable {
    enum Form: Hashable, Sendable { case missingLeft, missingRight, category }
    var feature: Int
    var form: Form
  }

  /// A category that no split names; it goes left.
  static let noCategory = UInt32.max - 1
  /// A category that is missing; a split's default says where it goes.
  static let missingCategory = UInt32.max
  /// The thresholds of a feature that bytes can rank.
  static let narrowLimit = 255

  /// By number; there is one at least, so that a leaf can read one, too.
  private(set) var columns: [Column] = []
  private var numbers: [Column: Int] = [:]
  /// The distinct thresholds of each feature, ascending.
  private var thresholds: [[Float]] = []
  /// The same, padded with NaN to a power of two less one for a search without branches.
  private var padded: [[Float]] = []

  init(_ trees: [DecisionTree]) {
    var found: [Int: [Float]] = [:]
    for tree in trees {
      for node in tree.nodes {
        switch node {
        case .leaf: continue
        case .split(let feature, let threshold, _, _, let missingGoesLeft):
          found[feature, default: []].append(threshold)
          addColumn(Column(feature: feature, form: missingGoesLeft ? .missingLeft : .missingRight))
        case .categorySplit(let feature, _, _, _, _):
          addColumn(Column(feature: feature, form: .category))
        }
      }
    }
    if columns.isEmpty { addColumn(Column(feature: 0, form: .missingLeft)) }
    let featureCount = (columns.map(\.feature).max() ?? 0) + 1
    for feature in 0..<featureCount {
      var distinct: [Float] = []
      for threshold in (found[feature] ?? []).sorted() where distinct.last != threshold {
        distinct.append(threshold)
      }
      thresholds.append(distinct)
      var size = 1
      while size <= distinct.count { size *= 2 }
      padded.append(distinct + repeatElement(.nan, count: size - 1 - distinct.count))
    }
  }

  private mutating func addColumn(_ column: Column) {
    guard numbers[column] == nil else { return }
    numbers[column] = columns.count
    columns.append(column)
  }

  func number(of column: Column) -> Int { numbers[column] ?? 0 }

  /// The rank of a threshold, from 1.
  func rank(of threshold: Float, feature: Int) -> Int {
    var low = 0
    var high = thresholds[feature].count
    while low < high {
      let middle = (low + high) / 2
      if thresholds[feature][middle] <= threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func isNarrow(_ feature: Int) -> Bool { thresholds[feature].count <= Self.narrowLimit }

  /// Writes the columns of a chunk, number k from k · Forest.stride on.
  ///
  /// - Parameters:
  ///   - wide: whole ranks and categories; nil when nothing reads them.
  ///   - narrow: ranks of narrow features less 128, padded with zeros to a multiple of 16 rows; nil when
  ///     nothing reads them.
  func fill(
    wide: UnsafeMutablePointer<UInt32>?, narrow: UnsafeMutableRawPointer?,
    _ features: (_ feature: Int) -> UnsafePointer<Float>, count: Int
  ) {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Forest.chunkRows) { scratch in
      guard let ranks = scratch.baseAddress else { return }
      var ranked = -1
      for (number, column) in columns.enumerated() {
        let values = unsafe features(column.feature)
        if column.form == .category {
          if let wide = unsafe wide {
            unsafe Self.categories(values, count: count, into: wide + number * Forest.stride)
          }
          continue
        }
        if ranked != column.feature {
          unsafe rank(values, of: column.feature, count: count, into: ranks)
          ranked = column.feature
        }
        let missing: UInt32? = column.form == .missingRight ? .max : nil
        if let wide = unsafe wide {
          unsafe Self.copy(
            ranks, values, missing: missing, count: count, into: wide + number * Forest.stride)
        }
        if let narrow = unsafe narrow, isNarrow(column.feature) {
          unsafe Self.copy(
            ranks, values, missing: missing, count: count, into: narrow + number * Forest.stride)
        }
      }
    }
  }

  /// How many thresholds are at most each value; 0 for NaN.
  private func rank(
    _ values: UnsafePointer<Float>, of feature: Int, count: Int,
    into ranks: UnsafeMutablePointer<UInt32>
  ) {
    for row in 0..<count { unsafe ranks[row] = 0 }
    unsafe padded[feature].withUnsafeBufferPointer { thresholds in
      var half = (thresholds.count + 1) / 2
      while half > 0 {
        let step = UInt32(half)
        for row in 0..<count {
          let low = unsafe ranks[row]
          let isAtMost = unsafe thresholds[Int(low) + half - 1] <= values[row]
          unsafe ranks[row] = isAtMost ? low + step : low
        }
        half /= 2
      }
    }
  }

  private static func copy(
    _ ranks: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, missing: UInt32?, count: Int,
    into column: UnsafeMutablePointer<UInt32>
  ) {
    if let missing {
      for row in 0..<count {
        unsafe column[row] = values[row].isNaN ? missing : ranks[row]
      }
    } else {
      for row in 0..<count { unsafe column[row] = ranks[row] }
    }
  }

  private static func copy(
    _ ranks: UnsafePointer<UInt32>, _ values: UnsafePointer<Float>, missing: UInt32?, count: Int,
    into column: UnsafeMutableRawPointer
  ) {
    let bytes = unsafe column.assumingMemoryBound(to: UInt8.self)
    for row in 0..<count {
      let rank = unsafe UInt8(truncatingIfNeeded: ranks[row])
      unsafe bytes[row] = (missing != nil && values[row].isNaN ? 255 : rank) ^ 0x80
    }
    for row in count..<(count + 15) / 16 * 16 { unsafe bytes[row] = 0 }
  }

  private static func categories(
    _ values: UnsafePointer<Float>, count: Int, into column: UnsafeMutablePointer<UInt32>
  ) {
    for row in 0..<count {
      let value = unsafe values[row]
      let isCategory = value >= 0 && value < Float(CategorySet.limit)
      unsafe column[row] =
        value.isNaN ? missingCategory : isCategory ? UInt32(value) : noCategory
    }
  }
}
