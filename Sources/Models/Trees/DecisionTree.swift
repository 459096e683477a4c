/// One tree, as it stands in its file: node 0 is the root, and every index has been checked.
struct DecisionTree: Sendable {
  enum Node: Sendable, Equatable {
    case leaf(value: Float)
    /// Left where x < threshold.
    case split(
      feature: Int, threshold: Float, left: Int, right: Int, missingGoesLeft: Bool)
    /// Right where the category is one of the set.
    case categorySplit(
      feature: Int, categories: CategorySet, left: Int, right: Int, missingGoesLeft: Bool)
  }

  var nodes: [Node]

  /// The longest way from the root to a leaf, in splits.
  var depth: Int {
    var deepest = 0
    var open = [(node: 0, depth: 0)]
    while let (node, depth) = open.popLast() {
      switch nodes[node] {
      case .leaf: deepest = max(deepest, depth)
      case .split(_, _, let left, let right, _), .categorySplit(_, _, let left, let right, _):
        open.append((left, depth + 1))
        open.append((right, depth + 1))
      }
    }
    return deepest
  }

  /// The leaf that a row reaches: what every faster way has to agree with.
  func leaf(_ features: [Float]) -> Int {
    var node = 0
    while true {
      switch nodes[node] {
      case .leaf: return node
      case .split(let feature, let threshold, let left, let right, let missingGoesLeft):
        let x = features[feature]
        node = (x.isNaN ? missingGoesLeft : x < threshold) ? left : right
      case .categorySplit(let feature, let categories, let left, let right, let missingGoesLeft):
        let x = features[feature]
        node = (x.isNaN ? missingGoesLeft : !categories.contains(x)) ? left : right
      }
    }
  }
}

/// Categories, by number, as bits.
struct CategorySet: Sendable, Equatable {
  /// From here on whole numbers have no Float32 of their own.
  static let limit = 1 << 24

  private(set) var words: [UInt32] = []

  mutating func insert(_ category: Int) {
    let word = category >> 5
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    words[word] |= 1 << UInt32(category & 31)
  }

  /// Whether a feature's value is one of them; its fraction is cut off, as XGBoost does.
  func contains(_ value: Float) -> Bool {
    guard value >= 0, value < Float(Self.limit) else { return false }
    return contains(UInt32(value))
  }

  func contains(_ category: UInt32) -> Bool {
    let word = Int(category >> 5)
    return word < words.count && words[word] & (1 << (category & 31)) != 0
  }
}
