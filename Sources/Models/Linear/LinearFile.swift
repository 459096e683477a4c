/// Linear models as JSON: what any library can write in five lines.
///
///     { "kind": "logistic_regression", "features": ["a", "b"], "scaler_mean": [0, 0],
///       "scaler_scale": [1, 1], "coef": [0.5, -1], "intercept": 0.1 }
///
/// `kind` is logistic_regression or linear_regression; the two scaler lists may be left out. With several
/// classes `coef` has a list, and `intercept` a number, for each.
enum LinearFile {
  private static let keys = [
    "kind", "features", "scaler_mean", "scaler_scale", "coef", "intercept",
  ]

  static func model(_ root: FileCursor) throws(ModelError) -> LinearModel {
    let isLogistic = try isLogistic(root.member("kind"))
    try rejectUnknownKeys(root)
    let features = try features(root.member("features"))
    let scales = try scales(root, count: features.count)
    let coefficients = try coefficients(root.member("coef"), count: features.count)
    let intercepts = try intercepts(root.member("intercept"), count: coefficients.count)
    if !isLogistic, coefficients.count > 1 {
      throw try root.member("coef").complaint(
        "a linear regression has one list of coefficients, not \(coefficients.count)")
    }
    if isLogistic, coefficients.count == 2 {
      // Two rows are a softmax of two classes; one row is the usual form.
      return LinearModel(
        features: features, means: scales.means, scales: scales.scales,
        coefficients: coefficients, intercepts: intercepts, link: .softmax)
    }
    return LinearModel(
      features: features, means: scales.means, scales: scales.scales, coefficients: coefficients,
      intercepts: intercepts,
      link: !isLogistic ? .identity : coefficients.count == 1 ? .logistic : .softmax)
  }

  private static func isLogistic(_ cursor: FileCursor) throws(ModelError) -> Bool {
    switch try cursor.requiredString() {
    case "logistic_regression": return true
    case "linear_regression": return false
    case let kind:
      throw cursor.complaint(
        "\"\(kind)\" is no kind of linear model",
        help: "write logistic_regression or linear_regression")
    }
  }

  private static func rejectUnknownKeys(_ root: FileCursor) throws(ModelError) {
    for key in root.keys where !keys.contains(key.name) {
      throw root.complaint(atKey: key, knowing: keys)
    }
  }

  private static func features(_ cursor: FileCursor) throws(ModelError) -> [String] {
    var features: [String] = []
    for element in try cursor.requiredElements() {
      let name = try element.requiredString()
      if features.contains(name) { throw element.complaint("the feature \"\(name)\" stands twice") }
      features.append(name)
    }
    return features
  }

  private static func scales(
    _ root: FileCursor, count: Int
  ) throws(ModelError) -> (means: [Double], scales: [Double]) {
    let means = try root["scaler_mean"]?.requiredFinite(count: count)
    let scaleCursor = root["scaler_scale"]
    let scales = try scaleCursor?.requiredFinite(count: count)
    if let cursor = scaleCursor, let index = scales?.firstIndex(of: 0) {
      throw cursor.complaint("\(cursor.name)[\(index)] is 0, and would be divided by")
    }
    return (
      means ?? Array(repeating: 0, count: count), scales ?? Array(repeating: 1, count: count)
    )
  }

  private static func coefficients(
    _ cursor: FileCursor, count: Int
  ) throws(ModelError) -> [[Double]] {
    guard cursor.numbers == nil || cursor.count == 0 else {
      return [try cursor.requiredFinite(count: count)]
    }
    var rows: [[Double]] = []
    for element in try cursor.requiredElements() {
      rows.append(try element.requiredFinite(count: count))
    }
    if rows.isEmpty {
      guard count == 0 else { throw cursor.complaint("\(cursor.name) is empty") }
      return [[]]
    }
    return rows
  }

  private static func intercepts(
    _ cursor: FileCursor, count: Int
  ) throws(ModelError) -> [Double] {
    if cursor.count != nil { return try cursor.requiredFinite(count: count) }
    let intercept = try cursor.requiredNumber()
    guard intercept.isFinite else {
      throw cursor.complaint("\(cursor.name) is \(intercept), not a finite number")
    }
    guard count == 1 else {
      throw cursor.complaint("\(cursor.name) is one number for \(count) lists of coefficients")
    }
    return [intercept]
  }
}
