/// The columns in which XGBoost writes one tree, checked.
struct XGBoostTree {
  private let cursor: FileCursor
  private let left: [Int]
  private let right: [Int]
  private let features: [Int]
  /// The threshold of a split, the value of a leaf.
  private let conditions: [Float]
  private let defaultLeft: [Int]
  /// The categories that go right, for the nodes that split by category.
  private let categories: [Int: CategorySet]

  init(_ cursor: FileCursor, featureCount: Int) throws(ModelError) {
    self.cursor = cursor
    if let vector = cursor["tree_param"]?["size_leaf_vector"], try vector.requiredInteger() > 1 {
      throw vector.complaint(
        "a leaf holds \(try vector.requiredInteger()) numbers",
        help: "trees with one number a leaf are read; train with multi_strategy one_output_per_tree"
      )
    }
    let leftCursor = try cursor.member("left_children")
    let count = try leftCursor.requiredNumbers().count
    guard count > 0 else { throw leftCursor.complaint("\(leftCursor.name) is empty") }
    left = try leftCursor.requiredIntegers(-1...count - 1)
    right = try cursor.member("right_children").requiredIntegers(-1...count - 1, count: count)
    // A deleted node keeps an index that means nothing; only reachable splits are held to the limit.
    features = try cursor.member("split_indices").requiredIntegers(0...Int(Int32.max), count: count)
    conditions = try cursor.member("split_conditions").requiredFloats(count: count)
    defaultLeft = try cursor.member("default_left").requiredIntegers(0...1, count: count)
    categories = try Self.categories(cursor, count: count)
    try checkShape(featureCount: featureCount)
  }

  func tree(weight: Float) -> DecisionTree {
    DecisionTree(nodes: left.indices.map { node(at: $0, weight: weight) })
  }

  private func node(at index: Int, weight: Float) -> DecisionTree.Node {
    if left[index] < 0 { return .leaf(value: conditions[index] * weight) }
    if let set = categories[index] {
      return .categorySplit(
        feature: features[index], categories: set, left: left[index], right: right[index],
        missingGoesLeft: defaultLeft[index] == 1)
    }
    return .split(
      feature: features[index], threshold: conditions[index], left: left[index],
      right: right[index], missingGoesLeft: defaultLeft[index] == 1)
  }

  /// Every node that the root leads to is led to once, and its split has two children and a feature.
  private func checkShape(featureCount: Int) throws(ModelError) {
    var isReached = Array(repeating: false, count: left.count)
    var open = [0]
    while let node = open.popLast() {
      guard !isReached[node] else {
        throw cursor.complaint("two nodes of \(cursor.name) lead to node \(node)")
      }
      isReached[node] = true
      guard (left[node] < 0) == (right[node] < 0) else {
        throw cursor.complaint("node \(node) of \(cursor.name) has one child, not two or none")
      }
      guard left[node] >= 0 else { continue }
      guard features[node] < featureCount else {
        throw cursor.complaint(
          "node \(node) of \(cursor.name) splits by feature \(features[node]), but the model has "
            + "\(featureCount)")
      }
      open += [right[node], left[node]]
    }
  }

  private static func categories(
    _ cursor: FileCursor, count: Int
  ) throws(ModelError) -> [Int: CategorySet] {
    guard let types = cursor["split_type"] else { return [:] }
    let isCategorical = try types.requiredIntegers(0...1, count: count)
    guard isCategorical.contains(1) else { return [:] }
    let values = try cursor.member("categories").requiredIntegers(0...CategorySet.limit - 1)
    let nodes = try cursor.member("categories_nodes").requiredIntegers(0...count - 1)
    let segments = try cursor.member("categories_segments")
      .requiredIntegers(0...values.count, count: nodes.count)
    let sizesCursor = try cursor.member("categories_sizes")
    let sizes = try sizesCursor.requiredIntegers(0...values.count, count: nodes.count)
    var sets: [Int: CategorySet] = [:]
    for (position, node) in nodes.enumerated() {
      guard segments[position] + sizes[position] <= values.count else {
        throw sizesCursor.complaint(
          "\(sizesCursor.name)[\(position)] reaches past the \(values.count) categories")
      }
      var set = CategorySet()
      for value in values[segments[position]..<segments[position] + sizes[position]] {
        set.insert(value)
      }
      sets[node] = set
    }
    // A split by category without a list has none that goes right.
    for node in isCategorical.indices where isCategorical[node] == 1 && sets[node] == nil {
      sets[node] = CategorySet()
    }
    return sets.filter { isCategorical[$0.key] == 1 }
  }
}
