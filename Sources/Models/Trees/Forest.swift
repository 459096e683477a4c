/// Trees laid out for speed: features are turned into ranks once, and trees compare small integers.
///
/// A feature's rank is how many of the forest's thresholds for it are at most its value, so
/// x < threshold exactly where rank(x) < rank(threshold): the routing is that of the plain walk, bit for
/// bit. A missing value gets a rank that is below, or above, every threshold: a split reads the column
/// that sends missing values its way.
///
/// - Shallow trees are not walked at all: `SlicedTrees` evaluates every split for 16 rows at once.
/// - Deep trees, splits by category, and calls of a few rows go through `WalkedTrees`.
struct Forest: Sendable {
  /// The number of sums that a row has, one a class.
  let groupCount: Int
  let featureCount: Int
  let treeCount: Int
  /// Where each group's sum starts.
  let margins: [Float]
  let ranks: FeatureRanks
  let walked: WalkedTrees
  let sliced: SlicedTrees
  /// The group of each tree.
  private let groups: [Int]

  /// Rows are scored in chunks of this many, whose ranks stay in the first-level cache.
  static let chunkRows = 512
  /// The distance between columns of a chunk, so chosen that they do not fall on the same cache lines.
  static let stride = chunkRows + 64
  /// Below this many rows a walk costs less than evaluating whole trees.
  private static let fewRows = 6

  init(
    trees: [DecisionTree], groups: [Int], groupCount: Int, featureCount: Int, margins: [Float]
  ) {
    precondition(trees.count == groups.count && margins.count == groupCount)
    self.groupCount = groupCount
    self.featureCount = featureCount
    self.groups = groups
    self.margins = margins
    treeCount = trees.count
    ranks = FeatureRanks(trees)
    walked = WalkedTrees(trees, ranks)
    sliced = SlicedTrees(trees, ranks)
  }

  /// Adds every tree, in order, to the rows' sums: sums[group · stride + row], in Float32.
  ///
  /// - Parameters:
  ///   - features: the values of a feature for the chunk's rows.
  ///   - count: how many rows there are, 1...chunkRows.
  func addTrees(
    _ features: (_ feature: Int) -> UnsafePointer<Float>, count: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    for group in 0..<groupCount {
      for row in 0..<count { unsafe sums[group * Self.stride + row] = margins[group] }
    }
    if count < Self.fewRows {
      unsafe walkFew(features, count: count, to: sums)
    } else {
      unsafe addInChunks(features, count: count, to: sums)
    }
  }

  private func walkFew(
    _ features: (_ feature: Int) -> UnsafePointer<Float>, count: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    unsafe withUnsafeTemporaryAllocation(
      of: UInt32.self, capacity: ranks.columns.count * Self.stride
    ) { wide in
      guard let codes = wide.baseAddress else { return }
      unsafe ranks.fill(wide: codes, narrow: nil, features, count: count)
      for row in 0..<count {
        unsafe walked.addAll(groups, codes: codes + row, to: sums + row)
      }
    }
  }

  private func addInChunks(
    _ features: (_ feature: Int) -> UnsafePointer<Float>, count: Int,
    to sums: UnsafeMutablePointer<Float>
  ) {
    let columnCount = ranks.columns.count
    unsafe withUnsafeTemporaryAllocation(
      of: UInt32.self, capacity: columnCount * Self.stride
    ) { wide in
      unsafe withUnsafeTemporaryAllocation(
        byteCount: columnCount * Self.stride, alignment: 64
      ) { narrow in
        guard let codes = wide.baseAddress, let bytes = narrow.baseAddress else { return }
        unsafe ranks.fill(
          wide: sliced.areAll ? nil : codes, narrow: sliced.areNone ? nil : bytes, features,
          count: count)
        for tree in 0..<treeCount {
          let treeSums = unsafe sums + groups[tree] * Self.stride
          if sliced.contains(tree) {
            unsafe sliced.add(tree, codes: bytes, count: count, to: treeSums)
          } else {
            unsafe walked.add(tree, codes: codes, count: count, to: treeSums)
          }
        }
      }
    }
  }
}
