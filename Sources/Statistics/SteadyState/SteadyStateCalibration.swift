import Probability

/// How often the intervals of this folder hold, on M/M/1 queues whose answers are known.
///
/// A run starts empty, as a scenario's does, follows Lindley's recursion in whole nanoseconds, and is taken through the whole
/// way: warm-up by MSER, flag by the declared load, interval of the mean wait and of the 95 % quantile of waits. Run i of a cell draws
/// gaps and services at the addresses (seed, "steady/gap" and "steady/service", i), so that any division of the runs
/// gives the same counts.
package struct SteadyStateCalibration: Sendable {
  package struct Cell: Sendable, Equatable, Codable {
    package let utilisation: Double
    package let customers: Int

    package init(utilisation: Double, customers: Int) {
      self.utilisation = utilisation
      self.customers = customers
    }

    /// The mean wait over the mean service time.
    var meanWait: Double { utilisation / (1 - utilisation) }

    /// The 95 % quantile of the wait: P(W > x) = ρ exp(−(1 − ρ) x).
    var waitQuantile: Double {
      -Elementary.log((1 - SteadyStateCalibration.p) / utilisation) / (1 - utilisation)
    }
  }

  /// Counts of runs; those of disjoint runs add up.
  package struct Tally: Sendable, Equatable, Codable {
    package var runs = 0
    package var flagged = 0
    package var notSettled = 0
    /// Runs with an interval of the mean, and those whose interval holds the truth.
    package var means = 0
    package var meansCovered = 0
    package var quantiles = 0
    package var quantilesCovered = 0

    package init() {}

    package mutating func merge(_ other: Tally) {
      runs += other.runs
      flagged += other.flagged
      notSettled += other.notSettled
      means += other.means
      meansCovered += other.meansCovered
      quantiles += other.quantiles
      quantilesCovered += other.quantilesCovered
    }
  }

  package static let cells = [0.5, 0.8, 0.9].flatMap { utilisation in
    [1_000, 10_000, 100_000].map { Cell(utilisation: utilisation, customers: $0) }
  }

  static let p = 0.95
  /// Histograms cost more than a short run: every so many runs have them.
  private static let quantileStride = 20
  private static let level = 0.95
  /// Of a service, in nanoseconds.
  private static let meanService = 1e6

  package let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  package func tally(_ cell: Cell, runs: Range<Int>) -> Tally {
    var tally = Tally()
    for run in runs { count(run, of: cell, in: &tally) }
    return tally
  }

  private func count(_ run: Int, of cell: Cell, in tally: inout Tally) {
    var series = OutputSeries()
    var quantiles = SteadyQuantiles()
    let hasQuantiles = run % Self.quantileStride == 0
    forEachWait(cell, run: run) { wait in
      series.append(wait)
      if hasQuantiles { quantiles.append(wait) }
    }
    tally.runs += 1
    guard let warmUp = try? WarmUp(series) else { return }
    tally.notSettled += warmUp.isSettled ? 0 : 1
    let load = OfferedLoad(utilisation: cell.utilisation)
    tally.flagged += RunLength(Int64(cell.customers), of: load).isTooShort ? 1 : 0
    if let mean = try? SteadyMean(series.batches, after: warmUp) {
      tally.means += 1
      let truth = Self.meanService * cell.meanWait
      tally.meansCovered += mean.interval(level: Self.level).contains(truth) ? 1 : 0
    }
    if hasQuantiles, let quantile = try? quantiles.quantile(Self.p, after: warmUp.length) {
      tally.quantiles += 1
      let truth = Self.meanService * cell.waitQuantile
      tally.quantilesCovered += quantile.interval(level: Self.level).contains(truth) ? 1 : 0
    }
  }

  /// Lindley: the next wait is this one and the service less the gap, or nothing.
  private func forEachWait(_ cell: Cell, run: Int, _ use: (Int64) -> Void) {
    let gaps = BlockDraws(seed: seed, StreamName("steady/gap"))
    let services = BlockDraws(seed: seed, StreamName("steady/service"))
    let size = 1_000
    var gap = Array(repeating: 0.0, count: size)
    var service = gap
    let meanGap = Self.meanService / cell.utilisation
    var wait: Int64 = 0
    for first in stride(from: 0, to: cell.customers, by: size) {
      var gapSpan = gap.mutableSpan
      gaps.fillExponentials(entity: UInt64(run), firstIndex: UInt64(first), into: &gapSpan)
      var serviceSpan = service.mutableSpan
      services.fillExponentials(
        entity: UInt64(run), firstIndex: UInt64(first), into: &serviceSpan)
      for index in 0..<min(size, cell.customers - first) {
        use(wait)
        let step = Self.meanService * service[index] - meanGap * gap[index]
        wait = max(0, wait + Int64(step.rounded()))
      }
    }
  }
}
