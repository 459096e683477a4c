import Documents

/// Conditions on requests, ready to be tested on the blocks of one schema; a request meets the set
/// when it meets every one.
///
/// A bound is rounded to Float32 as the features are, so that 0.1 equals a feature read from "0.1".
/// A category that the schema does not have (yet) is met by nobody.
package struct ConditionSet: Sendable {
  private var columns: [Column]

  private struct Column: Sendable {
    var feature: Int
    var test: Test
  }

  private enum Test: Sendable {
    case above(Float)
    case atLeast(Float)
    case below(Float)
    case atMost(Float)
    case oneOf([Float])
    case missing
  }

  package var isEmpty: Bool { columns.isEmpty }

  /// - Parameter conditions: checked by `diagnostics(_:schema:)`; one of an unknown feature is met by nobody.
  package init(_ conditions: [Condition], schema: TrafficSchema) {
    columns = conditions.map { condition in
      guard let feature = schema.featureIndex(condition.feature) else {
        return Column(feature: 0, test: .oneOf([]))
      }
      return Column(
        feature: feature, test: Self.test(condition.test, of: schema.features[feature].kind))
    }
  }

  private static func test(
    _ test: Condition.Test, of kind: TrafficSchema.Feature.Kind
  ) -> Test {
    switch test {
    case .above(let bound): .above(Float(bound))
    case .atLeast(let bound): .atLeast(Float(bound))
    case .below(let bound): .below(Float(bound))
    case .atMost(let bound): .atMost(Float(bound))
    case .equals(let value): .oneOf([Float(value)])
    case .isOneOf(let values): .oneOf(values.map { Float($0) })
    case .category(let name): .oneOf(codes([name], of: kind))
    case .isOneOfCategories(let names): .oneOf(codes(names, of: kind))
    case .missing: .missing
    }
  }

  private static func codes(
    _ names: [String], of kind: TrafficSchema.Feature.Kind
  ) -> [Float] {
    guard case .categorical(let categories) = kind else { return [] }
    return names.compactMap { name in categories.firstIndex(of: name).map { Float($0) } }
  }

  /// Sets `weights[row]` to 0 for each of `rows` that does not meet the set.
  package func restrict(_ weights: inout [Double], to block: RequestBlock, rows: Range<Int>) {
    let features = block.features.span
    var weights = weights.mutableSpan
    for column in columns {
      let start = column.feature * block.capacity
      // Without branches: which rows meet a condition is not to be foreseen.
      switch column.test {
      case .above(let bound):
        for row in rows { weights[row] = features[start + row] > bound ? weights[row] : 0 }
      case .atLeast(let bound):
        for row in rows { weights[row] = features[start + row] >= bound ? weights[row] : 0 }
      case .below(let bound):
        for row in rows { weights[row] = features[start + row] < bound ? weights[row] : 0 }
      case .atMost(let bound):
        for row in rows { weights[row] = features[start + row] <= bound ? weights[row] : 0 }
      case .oneOf(let values):
        for row in rows where !values.contains(features[start + row]) { weights[row] = 0 }
      case .missing:
        for row in rows { weights[row] = features[start + row].isNaN ? weights[row] : 0 }
      }
    }
  }
}
