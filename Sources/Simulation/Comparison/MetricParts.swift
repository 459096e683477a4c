import Probability
import Statistics

/// A metric of two arms brought to one column each, whose mean has the metric's value and error: the values themselves,
/// or influence values where the metric is no mean.
package struct MetricParts: Sendable {
  /// Of the requests that count, in their order.
  package let production: [Double]
  package let candidate: [Double]
  /// Numbered from 0; nil where requests name no units.
  package let units: [Int]?
  /// Whether the columns are the metric's own values, one a request.
  package let isMean: Bool
  package let isShare: Bool

  private init(
    production: [Double], candidate: [Double], units: [UInt64], isMean: Bool = false,
    isShare: Bool = false
  ) {
    self.production = production
    self.candidate = candidate
    self.units = units.isEmpty ? nil : Self.numbered(units)
    self.isMean = isMean
    self.isShare = isShare
  }

  /// - Parameters:
  ///   - run: of a shadow that kept its outcomes.
  ///   - arm: a candidate's index.
  /// - Throws: why the metric has no such columns.
  package init(_ metric: Metric, arm: Int, of run: Timeline.Run) throws(Unavailable) {
    let ledger = run.ledger
    switch metric {
    case .auc, .calibrationError: try self.init(rank: metric, arm, ledger)
    case .latencyQuantile(let p):
      let columns = Self.columns(.latencyMean, arm, ledger)
      self.init(
        production: try Self.steps(columns.production, p),
        candidate: try Self.steps(columns.candidate, p), units: columns.units)
    default:
      let columns = Self.columns(metric, arm, ledger)
      guard let definition = MeanMetric(metric), columns.production.count > 1 else {
        throw .tooFew(has: columns.production.count, needs: 2)
      }
      let isMean = metric != .rootMeanSquaredError
      self.init(
        production: try Self.linear(columns.production, definition),
        candidate: try Self.linear(columns.candidate, definition), units: columns.units,
        isMean: isMean, isShare: definition.isShare)
    }
  }

  private init(rank metric: Metric, _ arm: Int, _ ledger: Ledger) throws(Unavailable) {
    guard let after = RankRows(ledger, arm: arm, pairedWith: 0),
      let before = RankRows(ledger, arm: 0, pairedWith: arm)
    else { throw .noLabels }
    func parts(_ rows: RankRows) throws(Unavailable) -> [Double] {
      let found = try rows.influence(metric)
      return found.influence.map { found.value + $0 }
    }
    self.init(
      production: try parts(before), candidate: try parts(after), units: after.units)
  }

  /// The requests of which both arms have a value.
  private static func columns(
    _ metric: Metric, _ arm: Int, _ ledger: Ledger
  ) -> (production: [Double], candidate: [Double], units: [UInt64]) {
    guard let store = ledger.outcomes,
      let index = ledger.plan.meanMetrics.firstIndex(where: { $0.metric == metric })
    else { return ([], [], []) }
    let (before, after) = (store.values[0][index], store.values[arm][index])
    let both = before.indices.filter { !before[$0].isNaN && !after[$0].isNaN }
    return (
      both.map { before[$0] }, both.map { after[$0] },
      store.units.isEmpty ? [] : both.map { store.units[$0] }
    )
  }

  /// Values whose mean is the metric, to first order: of a root mean square, about its own mean.
  private static func linear(
    _ values: [Double], _ metric: MeanMetric
  ) throws(Unavailable) -> [Double] {
    guard metric.metric == .rootMeanSquaredError else { return values }
    let mean = try Moments(of: values).mean
    let (centre, slope) = (metric.metricValue(ofMean: mean), metric.slope(atMean: mean))
    return values.map { centre + slope * ($0 - mean) }
  }

  /// A quantile's steps about it, over the density there.
  private static func steps(_ values: [Double], _ p: Double) throws(Unavailable) -> [Double] {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    let sorted = values.sorted()
    let value = SampleQuantile.linear(p, ofSorted: sorted)
    let error = try MaritzJarrett.standardError(sorted: sorted, p: p)
    let scale = error * (Double(values.count) / (p * (1 - p))).squareRoot()
    return values.map { value + ($0 <= value ? (p - 1) * scale : p * scale) }
  }

  private static func numbered(_ units: [UInt64]) -> [Int] {
    var numbers: [UInt64: Int] = [:]
    return units.map { unit in
      let number = numbers[unit] ?? numbers.count
      numbers[unit] = number
      return number
    }
  }
}
