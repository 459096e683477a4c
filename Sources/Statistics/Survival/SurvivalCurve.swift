import Probability

/// The share of rows still without event, by time, where some rows were followed for a part of the time only.
///
/// A row that is censored at a time of events counts as at risk there. Censoring must say nothing about the
/// event to come.
///
/// - Source: Kaplan and Meier (1958); Greenwood (1926) for the variance.
package struct SurvivalCurve: Sendable, Equatable {
  /// What holds from one time of events to the next.
  package struct Step: Sendable, Equatable {
    package let time: Double
    /// Rows at risk just before, and how many of them had the event.
    package let atRisk: Int
    package let events: Int
    package let survival: Double
    /// Greenwood's Σ d / (n (n − d)): the squared relative error of `survival`; infinite where all have the event.
    package let relativeVariance: Double
  }

  package enum Scale: Sendable, Equatable, CaseIterable {
    /// S ± z times its error, cut to 0...1.
    case plain
    /// On log(−log S): stays inside 0...1. Kalbfleisch and Prentice (1980).
    case logLog
  }

  /// Ascending by time; none where no row had the event.
  package let steps: [Step]
  package let count: Int
  /// The largest time of any row, and whether the last rows at risk were censored there.
  package let lastTime: Double
  package var isOpen: Bool { (steps.last?.survival ?? 1) > 0 }

  /// - Parameters:
  ///   - times: >= 0, of the event or of the end of the row's follow-up.
  ///   - censored: whether the event was not seen; nil where all were.
  /// - Complexity: O(n log n).
  package init(times: [Double], censored: [Bool]? = nil) throws(Unavailable) {
    let columns = try EventTimes(times: times, censored: censored)
    count = times.count
    lastTime = columns.all[count - 1]
    var steps: [Step] = []
    var (event, gone) = (0, 0)
    var (base, baseRisk, riskAfter) = (1.0, count, count)
    var (survival, variance) = (1.0, 0.0)
    while event < columns.events.count {
      let time = columns.events[event]
      let first = event
      while event < columns.events.count, columns.events[event] == time { event += 1 }
      while gone < count, columns.all[gone] < time { gone += 1 }
      let (atRisk, events) = (count - gone, event - first)
      // Without censoring between two events the factors telescope, and nothing is rounded twice.
      if atRisk != riskAfter { (base, baseRisk) = (survival, atRisk) }
      riskAfter = atRisk - events
      survival = base * (Double(riskAfter) / Double(baseRisk))
      variance += Double(events) / Double(atRisk) / Double(riskAfter)
      steps.append(
        Step(
          time: time, atRisk: atRisk, events: events, survival: survival,
          relativeVariance: variance))
    }
    self.steps = steps
  }

  /// S(t): the share without event at or before `time`.
  package func survival(at time: Double) -> Double { step(at: time)?.survival ?? 1 }

  /// Greenwood's standard error of S(t).
  package func standardError(at time: Double) -> Double {
    guard let step = step(at: time), step.survival > 0 else { return 0 }
    return step.survival * step.relativeVariance.squareRoot()
  }

  /// The pointwise interval of S(t); a point where S is 0 or 1.
  package func interval(
    at time: Double, level: Double, scale: Scale = .logLog
  ) -> ClosedRange<Double> {
    guard let step = step(at: time), step.survival > 0 else {
      let survival = survival(at: time)
      return survival...survival
    }
    return Self.interval(step, z: Normal.upperQuantile((1 - level) / 2), scale)
  }

  static func interval(_ step: Step, z: Double, _ scale: Scale) -> ClosedRange<Double> {
    guard step.survival > 0 else { return 0...0 }
    let relative = step.relativeVariance.squareRoot()
    switch scale {
    case .plain:
      let half = z * relative * step.survival
      return max(0, step.survival - half)...min(1, step.survival + half)
    case .logLog:
      let log = Elementary.log(step.survival)
      let factor = Elementary.exp(z * (relative / -log))
      return Elementary.exp(log * factor)...Elementary.exp(log / factor)
    }
  }

  /// The first time at which no more than 1 − p are left; nil where the curve does not fall so far.
  package func quantile(_ p: Double) -> Double? {
    let place = steps.partitioningIndex { $0.survival <= 1 - p }
    return place < steps.count ? steps[place].time : nil
  }

  /// From the first time where the band's lower edge reaches 1 − p to the first where the upper one does; without
  /// an upper end where it never does.
  ///
  /// - Source: Brookmeyer and Crowley (1982).
  package func quantileInterval(_ p: Double, z: Double, scale: Scale = .logLog) -> Bounds {
    // Not monotone where few are at risk, so all steps are looked at.
    let low = steps.first { Self.interval($0, z: z, scale).lowerBound <= 1 - p }
    let high = steps.first { Self.interval($0, z: z, scale).upperBound <= 1 - p }
    return Bounds(lower: low?.time ?? lastTime, upper: high?.time ?? .infinity)
  }

  /// The mean time without event up to `horizon`: the area under the curve.
  ///
  /// - Throws: `followUpEnds` where the curve is open before the horizon.
  /// - Complexity: O(steps).
  /// - Source: Irwin (1949); Royston and Parmar (2013); the variance is Greenwood's, without a small-sample factor.
  package func restrictedMean(to horizon: Double) throws(Unavailable) -> TEstimate {
    guard horizon > 0 else { throw .notPositive }
    if isOpen, lastTime < horizon { throw .followUpEnds(lastTime) }
    var (area, variance, end) = (ExactSum(), ExactSum(), horizon)
    for step in steps.reversed() where step.time < horizon {
      area.add(step.survival * (end - step.time))
      end = step.time
      guard step.events < step.atRisk else { continue }
      let after = area.value
      let jump =
        Double(step.events) / Double(step.atRisk) / Double(step.atRisk - step.events)
      variance.add(after * jump.squareRoot() * (after * jump.squareRoot()))
    }
    area.add(end)
    return TEstimate(
      value: area.value, standardError: variance.value.squareRoot(), degreesOfFreedom: .infinity)
  }

  private func step(at time: Double) -> Step? {
    let next = steps.partitioningIndex { $0.time > time }
    return next == 0 ? nil : steps[next - 1]
  }
}

/// A column of times, sorted: of all rows, and of those with the event.
struct EventTimes {
  let all: [Double]
  let events: [Double]

  init(times: [Double], censored: [Bool]?) throws(Unavailable) {
    precondition(
      censored.map { $0.count == times.count } ?? true,
      "\(censored?.count ?? 0) flags of \(times.count) times")
    guard !times.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    for time in times {
      guard time.isFinite else { throw .notFinite }
      guard time >= 0 else { throw .notPositive }
    }
    all = RadixSort.sorted(times)
    guard let censored else {
      events = all
      return
    }
    events = RadixSort.sorted(times.indices.filter { !censored[$0] }.map { times[$0] })
  }
}
