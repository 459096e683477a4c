import Probability
import Testing

@testable import Models

/// The fast layouts against the plain walk, leaf by leaf.
@Suite("Routing through trees") struct RoutingTests {
  /// Values that meet thresholds, miss them by one bit, or are special.
  static let special: [Float] = [
    .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .greatestFiniteMagnitude, 1, Float(1).nextUp, Float(1).nextDown, 16_777_216, 31, 32, 5_000,
  ]

  struct Shape: CustomTestStringConvertible, Sendable {
    var name: String
    var depth: Int
    var features: Int
    /// How many different thresholds a feature has; 0 draws a new one for every split.
    var thresholds: Int
    var categoryShare: Double
    var testDescription: String { name }
  }

  static let shapes = [
    Shape(name: "leaves alone", depth: 0, features: 1, thresholds: 4, categoryShare: 0),
    Shape(name: "stumps", depth: 1, features: 2, thresholds: 4, categoryShare: 0),
    Shape(name: "shallow", depth: 4, features: 3, thresholds: 9, categoryShare: 0),
    Shape(name: "as deep as is sliced", depth: 7, features: 5, thresholds: 200, categoryShare: 0),
    Shape(name: "too deep", depth: 10, features: 5, thresholds: 30, categoryShare: 0),
    Shape(name: "many thresholds", depth: 6, features: 2, thresholds: 0, categoryShare: 0),
    Shape(name: "categories", depth: 5, features: 3, thresholds: 9, categoryShare: 0.4),
    Shape(name: "mixed depths", depth: 9, features: 3, thresholds: 40, categoryShare: 0.02),
  ]

  @Test("ends in the leaf of the plain walk", arguments: shapes)
  func agreement(shape: Shape) {
    var draws = RandomStream(seed: 3, StreamName("routing/\(shape.name)"), entity: 0)
    let trees = (0..<24).map { number in
      Self.tree(shape, number: number, draws: &draws)
    }
    let rows = (0..<70).map { _ in
      (0..<shape.features).map { _ in Self.value(shape, &draws) }
    }
    // Every tree alone, so that the sum is the value of its leaf.
    for tree in trees {
      let forest = Forest(
        trees: [tree], groups: [0], groupCount: 1, featureCount: shape.features, margins: [0])
      let wanted = rows.map { Self.value(of: tree.nodes[tree.leaf($0)]) }
      for blockSize in [1, 16, 70] {
        #expect(Self.sums(forest, rows, blockSize: blockSize)[0] == wanted)
      }
    }
    // All together, in two groups: the order of the Float32 sums shows.
    let groups = trees.indices.map { $0 % 2 }
    let forest = Forest(
      trees: trees, groups: groups, groupCount: 2, featureCount: shape.features,
      margins: [0.1, -7])
    var wanted: [[Float]] = [
      Array(repeating: 0.1, count: rows.count), Array(repeating: -7, count: rows.count),
    ]
    for (tree, group) in zip(trees, groups) {
      for (index, row) in rows.enumerated() {
        wanted[group][index] += Self.value(of: tree.nodes[tree.leaf(row)])
      }
    }
    for blockSize in [1, 5, 16, 33, 70] {
      #expect(Self.sums(forest, rows, blockSize: blockSize) == wanted)
    }
  }

  @Test("takes the fast road where it may, and the walk elsewhere")
  func roads() {
    var draws = RandomStream(seed: 4, StreamName("roads"), entity: 0)
    for shape in Self.shapes {
      let trees = (0..<24).map { Self.tree(shape, number: $0, draws: &draws) }
      let forest = Forest(
        trees: trees, groups: trees.map { _ in 0 }, groupCount: 1, featureCount: shape.features,
        margins: [0])
      switch shape.name {
      case "leaves alone", "stumps", "shallow", "as deep as is sliced":
        #expect(forest.sliced.areAll)
      case "many thresholds": #expect(forest.sliced.areNone)
      case "mixed depths": #expect(!forest.sliced.areAll && !forest.sliced.areNone)
      default: #expect(!forest.sliced.areAll)
      }
    }
  }

  private static func value(_ shape: Shape, _ draws: inout RandomStream) -> Float {
    if draws.nextUnit() < 0.3 { return special[Int(draws.nextUnit() * Double(special.count))] }
    return threshold(shape, &draws) + (draws.nextUnit() < 0.5 ? 0 : 0.01)
  }

  private static func threshold(_ shape: Shape, _ draws: inout RandomStream) -> Float {
    if draws.nextUnit() < 0.05 {
      let extremes: [Float] = [-.infinity, .infinity, 0, -0.0, 1]
      return extremes[Int(draws.nextUnit() * 5)]
    }
    let unit = draws.nextUnit()
    guard shape.thresholds > 0 else { return Float(unit * 40) }
    return Float((unit * Double(shape.thresholds)).rounded(.down)) / 4
  }

  private static func tree(
    _ shape: Shape, number: Int, draws: inout RandomStream
  ) -> DecisionTree {
    let deepest = shape.name == "mixed depths" ? number % (shape.depth + 1) : shape.depth
    var tree = DecisionTree(nodes: [.leaf(value: 0)])
    var open = [(node: 0, depth: 0)]
    while let (node, depth) = open.popLast() {
      let isLeaf = depth >= deepest || (depth > 1 && draws.nextUnit() < 0.15)
      guard !isLeaf else {
        tree.nodes[node] = .leaf(value: Float(number) + Float(draws.nextUnit()))
        continue
      }
      let (left, right) = (tree.nodes.count + 1, tree.nodes.count)
      let feature = Int(draws.nextUnit() * Double(shape.features))
      let missingGoesLeft = draws.nextUnit() < 0.5
      if draws.nextUnit() < shape.categoryShare {
        var set = CategorySet()
        for category in 0..<40 where draws.nextUnit() < 0.4 { set.insert(category) }
        tree.nodes[node] = .categorySplit(
          feature: feature, categories: set, left: left, right: right,
          missingGoesLeft: missingGoesLeft)
      } else {
        tree.nodes[node] = .split(
          feature: feature, threshold: threshold(shape, &draws), left: left, right: right,
          missingGoesLeft: missingGoesLeft)
      }
      tree.nodes += [.leaf(value: 0), .leaf(value: 0)]
      open += [(left, depth + 1), (right, depth + 1)]
    }
    return tree
  }

  private static func value(of node: DecisionTree.Node) -> Float {
    if case .leaf(let value) = node { value } else { .nan }
  }

  /// The sums of a forest by group, made in blocks of this size.
  private static func sums(_ forest: Forest, _ rows: [[Float]], blockSize: Int) -> [[Float]] {
    var sums = Array(repeating: [Float](), count: forest.groupCount)
    for start in stride(from: 0, to: rows.count, by: blockSize) {
      let chunk = rows[start..<min(start + blockSize, rows.count)]
      let columns = (0..<forest.featureCount).flatMap { feature in chunk.map { $0[feature] } }
      var buffer = [Float](repeating: 0, count: forest.groupCount * Forest.stride)
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe buffer.withUnsafeMutableBufferPointer { buffer in
          guard let columns = columns.baseAddress, let buffer = buffer.baseAddress else { return }
          unsafe forest.addTrees(
            { feature in unsafe columns + feature * chunk.count }, count: chunk.count, to: buffer)
        }
      }
      for group in sums.indices {
        sums[group] += buffer[group * Forest.stride..<group * Forest.stride + chunk.count]
      }
    }
    return sums
  }
}
