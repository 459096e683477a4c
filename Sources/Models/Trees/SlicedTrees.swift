/// Shallow trees as complete trees in heap order, evaluated split by split for 16 rows at once.
///
/// No row is walked: every split's comparison is made for all rows, and from the deepest splits up each
/// row keeps the leaf of the side that it would have taken. That is more comparisons than a walk makes,
/// but 16 of them are one instruction, nothing branches and nothing waits for memory.
///
/// - Source: the idea of trading traversal for bitwise work is that of QuickScorer (Lucchese et al. 2015)
///   and RapidScorer (Ye et al. 2018); the multiplexer from the leaves up is simpler and needs no masks of
///   leaves.
struct SlicedTrees: Sendable {
  /// Deeper trees are walked: the work doubles with each level.
  static let deepest = 7

  private struct Tree: Sendable {
    var depth: Int
    /// Where its splits and its leaves begin.
    var firstSplit: Int
    var firstLeaf: Int
  }

  /// By tree; nil for those that are walked.
  private var trees: [Tree?] = []
  /// Ranks of thresholds less 128, spread over 16 lanes.
  private var ranks: [SIMD16<Int8>] = []
  /// How far into a chunk's columns each split's column begins.
  private var offsets: [Int32] = []
  private var leaves: [Float] = []

  var areAll: Bool { !trees.contains { $0 == nil } }
  var areNone: Bool { !trees.contains { $0 != nil } }

  func contains(_ tree: Int) -> Bool { trees[tree] != nil }

  init(_ trees: [DecisionTree], _ ranks: FeatureRanks) {
    for tree in trees { add(tree, ranks) }
  }

  private mutating func add(_ tree: DecisionTree, _ ranks: FeatureRanks) {
    let depth = max(1, tree.depth)
    guard depth <= Self.deepest, tree.nodes.allSatisfy({ Self.isNarrow($0, ranks) }) else {
      trees.append(nil)
      return
    }
    let splitCount = 1 << depth - 1
    let place = Tree(depth: depth, firstSplit: self.ranks.count, firstLeaf: leaves.count)
    self.ranks += repeatElement(SIMD16(repeating: 0), count: splitCount)
    offsets += repeatElement(0, count: splitCount)
    leaves += repeatElement(0, count: 1 << depth)
    trees.append(place)
    fill(place, tree, ranks)
  }

  private static func isNarrow(_ node: DecisionTree.Node, _ ranks: FeatureRanks) -> Bool {
    switch node {
    case .leaf: true
    case .split(let feature, _, _, _, _): ranks.isNarrow(feature)
    case .categorySplit: false
    }
  }

  /// Lays out a tree in heap order; a leaf above the last level stands on both sides of splits that
  /// decide nothing.
  private mutating func fill(_ place: Tree, _ tree: DecisionTree, _ ranks: FeatureRanks) {
    let splitCount = 1 << place.depth - 1
    var sources = [0]
    for slot in 0..<(2 * splitCount + 1) {
      switch tree.nodes[sources[slot]] {
      case .split(let feature, let threshold, let left, let right, let missingGoesLeft):
        let rank = ranks.rank(of: threshold, feature: feature)
        let column = FeatureRanks.Column(
          feature: feature, form: missingGoesLeft ? .missingLeft : .missingRight)
        self.ranks[place.firstSplit + slot] = SIMD16(repeating: Int8(rank - 128))
        offsets[place.firstSplit + slot] = Int32(ranks.number(of: column) * Forest.stride)
        sources += [left, right]
      case .leaf(let value):
        if slot >= splitCount {
          leaves[place.firstLeaf + slot - splitCount] = value
        } else {
          sources += [sources[slot], sources[slot]]
        }
      case .categorySplit: preconditionFailure("a split by category is walked")
      }
    }
  }

  /// Adds a tree's leaves to the sums of `count` rows, whose ranks stand in columns of bytes.
  func add(
    _ tree: Int, codes: UnsafeRawPointer, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    guard let tree = trees[tree] else { return }
    unsafe ranks.withUnsafeBufferPointer { ranks in
      unsafe offsets.withUnsafeBufferPointer { offsets in
        unsafe leaves.withUnsafeBufferPointer { leaves in
          guard let ranks = ranks.baseAddress, let offsets = offsets.baseAddress,
            let leaves = leaves.baseAddress
          else { return }
          var slice = unsafe Slice(
            ranks: ranks + tree.firstSplit, offsets: offsets + tree.firstSplit,
            leaves: leaves + tree.firstLeaf, codes: codes, sums: sums)
          unsafe slice.addAll(depth: tree.depth, count: count)
        }
      }
    }
  }
}

/// One tree and one chunk of rows: the measured hot loop.
@unsafe
private struct Slice {
  typealias Lane = SIMD16<Int8>

  let ranks: UnsafePointer<Lane>
  let offsets: UnsafePointer<Int32>
  let leaves: UnsafePointer<Float>
  /// The columns, from the rows that are being looked at on.
  var codes: UnsafeRawPointer
  var sums: UnsafeMutablePointer<Float>

  mutating func addAll(depth: Int, count: Int) {
    switch depth {
    case 1: unsafe run(count) { unsafe $0.leaves1(0, 0) }
    case 2: unsafe run(count) { unsafe $0.leaves2(0, 0) }
    case 3: unsafe run(count) { unsafe $0.leaves3(0, 0) }
    case 4: unsafe run(count) { unsafe $0.leaves4(0, 0) }
    case 5: unsafe run(count) { unsafe $0.leaves5(0, 0) }
    case 6: unsafe run(count) { unsafe $0.leaves6(0, 0) }
    case 7: unsafe run(count) { unsafe $0.leaves7(0, 0) }
    default: preconditionFailure("depth \(depth)")
    }
  }

  @inline(__always)
  private mutating func run(_ count: Int, _ leafNumbers: (Slice) -> Lane) {
    for start in stride(from: 0, to: count, by: 16) {
      let numbers = unsafe leafNumbers(self)
      let rows = min(16, count - start)
      for row in 0..<rows {
        unsafe sums[row] += leaves[Int(numbers[row])]
      }
      unsafe codes += 16
      unsafe sums += 16
    }
  }

  /// The left numbers where a split sends the row left, the right ones elsewhere.
  @inline(__always)
  private func choose(_ node: Int, _ left: Lane, _ right: Lane) -> Lane {
    unsafe right.replacing(with: left, where: goesLeft(node))
  }

  @inline(__always)
  private func goesLeft(_ node: Int) -> SIMDMask<Lane> {
    unsafe (codes + Int(offsets[node])).load(as: Lane.self) .< ranks[node]
  }

  // The numbers of the leaves below a node whose first leaf has this number, by the node's height.

  @inline(__always)
  private func leaves1(_ node: Int, _ number: Int8) -> Lane {
    unsafe Lane(repeating: number + 1).replacing(with: number, where: goesLeft(node))
  }

  @inline(__always)
  private func leaves2(_ node: Int, _ number: Int8) -> Lane {
    unsafe choose(node, leaves1(2 * node + 1, number), leaves1(2 * node + 2, number + 2))
  }

  @inline(__always)
  private func leaves3(_ node: Int, _ number: Int8) -> Lane {
    unsafe choose(node, leaves2(2 * node + 1, number), leaves2(2 * node + 2, number + 4))
  }

  @inline(__always)
  private func leaves4(_ node: Int, _ number: Int8) -> Lane {
    unsafe choose(node, leaves3(2 * node + 1, number), leaves3(2 * node + 2, number + 8))
  }

  @inline(__always)
  private func leaves5(_ node: Int, _ number: Int8) -> Lane {
    unsafe choose(node, leaves4(2 * node + 1, number), leaves4(2 * node + 2, number + 16))
  }

  @inline(__always)
  private func leaves6(_ node: Int, _ number: Int8) -> Lane {
    unsafe choose(node, leaves5(2 * node + 1, number), leaves5(2 * node + 2, number + 32))
  }

  @inline(__always)
  private func leaves7(_ node: Int, _ number: Int8) -> Lane {
    unsafe choose(node, leaves6(2 * node + 1, number), leaves6(2 * node + 2, number + 64))
  }
}
