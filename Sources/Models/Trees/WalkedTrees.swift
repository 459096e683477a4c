/// Trees as nodes of 12 bytes that are walked for many rows, or many trees, at once.
///
/// The children of a node stand side by side, and a leaf leads to itself, so that a walk is a fixed number
/// of steps without branches; several walks in step keep the memory busy.
struct WalkedTrees: Sendable {
  private struct Node: Sendable {
    /// Left where the column's code is below it; 0 in a leaf. With categories: where their set begins.
    var rank: UInt32
    var column: UInt32
    /// The left child; the right one is next to it. In a leaf: the node before it.
    var child: UInt32
  }

  private struct Tree: Sendable {
    var root: Int
    var depth: Int
    var hasCategories: Bool
  }

  private static let categoryFlag: UInt32 = 1 << 31
  private static let missingLeftFlag: UInt32 = 1 << 30

  private var nodes: [Node] = []
  /// The value of each node that is a leaf.
  private var values: [Float] = []
  private var trees: [Tree] = []
  /// The sets of categories one after the other, each with the number of its words before them.
  private var sets: [UInt32] = []

  init(_ trees: [DecisionTree], _ ranks: FeatureRanks) {
    for tree in trees { add(tree, ranks) }
  }

  private mutating func add(_ tree: DecisionTree, _ ranks: FeatureRanks) {
    let root = nodes.count
    var hasCategories = false
    // Where each node of the file stands, in the order in which they are laid out.
    var order = [0]
    append(leafAt: root)
    var next = 0
    while next < order.count {
      let here = root + next
      switch tree.nodes[order[next]] {
      case .leaf(let value): values[here] = value
      case .split(let feature, let threshold, let left, let right, let missingGoesLeft):
        let column = FeatureRanks.Column(
          feature: feature, form: missingGoesLeft ? .missingLeft : .missingRight)
        nodes[here] = Node(
          rank: UInt32(ranks.rank(of: threshold, feature: feature)),
          column: UInt32(ranks.number(of: column)), child: UInt32(nodes.count))
        order += [left, right]
        append(leafAt: nodes.count)
        append(leafAt: nodes.count)
      case .categorySplit(let feature, let set, let left, let right, let missingGoesLeft):
        hasCategories = true
        let column = ranks.number(of: FeatureRanks.Column(feature: feature, form: .category))
        nodes[here] = Node(
          rank: UInt32(sets.count),
          column: UInt32(column) | Self.categoryFlag | (missingGoesLeft ? Self.missingLeftFlag : 0),
          child: UInt32(nodes.count))
        sets.append(UInt32(set.words.count))
        sets += set.words
        order += [left, right]
        append(leafAt: nodes.count)
        append(leafAt: nodes.count)
      }
      next += 1
    }
    trees.append(Tree(root: root, depth: tree.depth, hasCategories: hasCategories))
  }

  private mutating func append(leafAt index: Int) {
    nodes.append(Node(rank: 0, column: 0, child: UInt32(truncatingIfNeeded: index - 1)))
    values.append(0)
  }

  // MARK: Many rows, one tree

  /// Adds a tree's leaves to the sums of `count` rows, whose codes stand in columns.
  func add(
    _ tree: Int, codes: UnsafePointer<UInt32>, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    let tree = trees[tree]
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Forest.chunkRows) { scratch in
      guard let places = scratch.baseAddress else { return }
      for row in 0..<count { unsafe places[row] = UInt32(tree.root) }
      for _ in 0..<tree.depth {
        if tree.hasCategories {
          unsafe stepWithCategories(places, codes, count: count)
        } else {
          unsafe step(places, codes, count: count)
        }
      }
      unsafe values.withUnsafeBufferPointer { values in
        for row in 0..<count { unsafe sums[row] += values[Int(places[row])] }
      }
    }
  }

  private func step(
    _ places: UnsafeMutablePointer<UInt32>, _ codes: UnsafePointer<UInt32>, count: Int
  ) {
    unsafe nodes.withUnsafeBufferPointer { nodes in
      for row in 0..<count {
        let node = unsafe nodes[Int(places[row])]
        let code = unsafe codes[Int(node.column) &* Forest.stride &+ row]
        unsafe places[row] = node.child &+ (code < node.rank ? 0 : 1)
      }
    }
  }

  private func stepWithCategories(
    _ places: UnsafeMutablePointer<UInt32>, _ codes: UnsafePointer<UInt32>, count: Int
  ) {
    unsafe nodes.withUnsafeBufferPointer { nodes in
      unsafe sets.withUnsafeBufferPointer { sets in
        for row in 0..<count {
          unsafe places[row] = Self.next(nodes[Int(places[row])], codes + row, sets)
        }
      }
    }
  }

  /// The node after this one, whatever its kind.
  @inline(__always)
  private static func next(
    _ node: Node, _ codes: UnsafePointer<UInt32>, _ sets: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    let column = Int(node.column & ~(categoryFlag | missingLeftFlag))
    let code = unsafe codes[column &* Forest.stride]
    guard node.column & categoryFlag != 0 else {
      return node.child &+ (code < node.rank ? 0 : 1)
    }
    if code == FeatureRanks.missingCategory {
      return node.child &+ (node.column & missingLeftFlag != 0 ? 0 : 1)
    }
    let start = Int(node.rank)
    guard unsafe code >> 5 < sets[start] else { return node.child }
    return unsafe node.child &+ (sets[start &+ 1 &+ Int(code >> 5)] >> (code & 31) & 1)
  }

  // MARK: One row, many trees

  /// How many trees are walked in step for one row.
  private static let together = 16

  /// Adds all trees, in order, to the sums of one row: group g's sum stands at g · Forest.stride.
  func addAll(
    _ groups: [Int], codes: UnsafePointer<UInt32>, to sums: UnsafeMutablePointer<Float>
  ) {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.together) { scratch in
      guard let places = scratch.baseAddress else { return }
      var first = 0
      while first < trees.count {
        let last = min(first + Self.together, trees.count)
        unsafe walk(first..<last, codes, places)
        for tree in first..<last {
          unsafe sums[groups[tree] * Forest.stride] += values[Int(places[tree - first])]
        }
        first = last
      }
    }
  }

  private func walk(
    _ range: Range<Int>, _ codes: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>
  ) {
    var depth = 0
    var hasCategories = false
    for tree in range {
      unsafe places[tree - range.lowerBound] = UInt32(trees[tree].root)
      depth = max(depth, trees[tree].depth)
      hasCategories = hasCategories || trees[tree].hasCategories
    }
    let count = range.count
    unsafe nodes.withUnsafeBufferPointer { nodes in
      for _ in 0..<depth {
        if hasCategories {
          unsafe sets.withUnsafeBufferPointer { sets in
            for tree in 0..<count {
              unsafe places[tree] = Self.next(nodes[Int(places[tree])], codes, sets)
            }
          }
        } else {
          for tree in 0..<count {
            let node = unsafe nodes[Int(places[tree])]
            let code = unsafe codes[Int(node.column) &* Forest.stride]
            unsafe places[tree] = node.child &+ (code < node.rank ? 0 : 1)
          }
        }
      }
    }
  }
}
