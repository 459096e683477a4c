import Probability

/// One stream of traffic that is switched between the arms, period by period.
///
/// The first periods after each switch may still feel the other arm; `burnIn` of them are left out. What
/// remains is compared in the order of time, with errors under serial dependence.
///
/// - Source: Bojinov, Simchi-Levi and Zhao (2023) for the design and its randomisation test.
package struct Switchback: Sendable {
  private let values: [Double]
  private let isCandidate: [Bool]
  package let burnIn: Int

  /// - Parameters:
  ///   - values: one a period, in the order of time.
  ///   - isCandidate: the arm of each period.
  ///   - burnIn: how many periods after each switch are left out, >= 0.
  package init(values: [Double], isCandidate: [Bool], burnIn: Int) {
    precondition(
      values.count == isCandidate.count, "\(values.count) values, \(isCandidate.count) periods")
    precondition(burnIn >= 0, "a burn-in of \(burnIn)")
    self.values = values
    self.isCandidate = isCandidate
    self.burnIn = burnIn
  }

  /// The periods that are compared.
  package var kept: [Int] { Self.kept(isCandidate, burnIn: burnIn) }

  private static func kept(_ isCandidate: [Bool], burnIn: Int) -> [Int] {
    var kept: [Int] = []
    var since = burnIn
    for period in isCandidate.indices {
      if period > 0, isCandidate[period] != isCandidate[period - 1] { since = 0 }
      if since >= burnIn { kept.append(period) }
      since += 1
    }
    return kept
  }

  private func series() throws(Unavailable) -> ArmsInTime {
    let kept = kept
    return try ArmsInTime(
      values: kept.map { values[$0] }, isCandidate: kept.map { isCandidate[$0] })
  }

  /// Candidate − production with the project's errors for series; refuses a series that says too little.
  package func estimates(level: Double) throws(Unavailable) -> [TEstimate] {
    let mean = try SeriesMean(series())
    try mean.require(level: level)
    return mean.estimates
  }

  /// Candidate − production with Newey and West's error; nil takes the usual number of lags.
  package func neweyWest(lags: Int? = nil) throws(Unavailable) -> TEstimate {
    let series = try series()
    return try series.neweyWest(
      lags: lags ?? NeweyWest.lags(for: series.terms.count), corrected: true)
  }

  /// Whether the arm of the period before still shows: the mean of a period whose predecessor was the
  /// candidate's less that of one whose predecessor was production's, averaged over the two arms of the
  /// period itself. All periods count, the burn-in too.
  ///
  /// - Throws: `tooFew` where one of the four kinds of periods has fewer than two.
  package func carryOver(level: Double) throws(Unavailable) -> [TEstimate] {
    var groups: [[Int]] = [[], [], [], []]
    for period in values.indices.dropFirst() {
      groups[(isCandidate[period] ? 2 : 0) + (isCandidate[period - 1] ? 1 : 0)].append(period)
    }
    var terms = Array(repeating: 0.0, count: values.count)
    var value = 0.0
    for kind in groups.indices {
      let moments = try Moments(of: groups[kind].map { values[$0] })
      let weight = kind % 2 == 1 ? 0.5 : -0.5
      value += weight * moments.mean
      for period in groups[kind] {
        let residual = (values[period] - moments.mean) - moments.meanRest
        terms[period] = weight * residual / Double(moments.count)
      }
    }
    let mean = try SeriesMean(value: value, terms: Array(terms.dropFirst()))
    try mean.require(level: level)
    return mean.estimates
  }

  /// The p-value and interval from drawing the assignment again, block by block.
  ///
  /// Under the hypothesis that the candidate adds `null` to every period, whatever came before beyond the
  /// burn-in, the other assignments that the design could have drawn give the statistic's law. Exact for a
  /// design that draws each block's arm by a fair coin (conditional on both arms being met).
  /// - Parameters:
  ///   - blockLength: the periods between two draws of an arm; the observed assignment keeps to it.
  ///   - question: its seed and resamples count; the interval inverts the test.
  /// - Complexity: O(resamples · periods).
  package func randomization(
    blockLength: Int, question: Question
  ) throws(Unavailable) -> (estimate: Double, interval: Bounds, p: PValue) {
    let test = try SwitchbackDraws(
      values: values, isCandidate: isCandidate, burnIn: burnIn, blockLength: blockLength,
      question: question)
    return (test.estimate, test.interval(question), test.p(null: question.null ?? 0, question))
  }

  /// Candidate's mean less production's over the kept periods of an assignment, of the values and of the observed
  /// assignment itself; nil where one arm has no period.
  static func differences(
    _ values: [Double], observed: [Bool], assignment: [Bool], burnIn: Int
  ) -> (values: Double, treatment: Double)? {
    var (sums, shares, counts) = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0))
    for period in kept(assignment, burnIn: burnIn) {
      let treated = observed[period] ? 1.0 : 0
      if assignment[period] {
        sums.0 += values[period]
        shares.0 += treated
        counts.0 += 1
      } else {
        sums.1 += values[period]
        shares.1 += treated
        counts.1 += 1
      }
    }
    guard counts.0 > 0, counts.1 > 0 else { return nil }
    return (sums.0 / counts.0 - sums.1 / counts.1, shares.0 / counts.0 - shares.1 / counts.1)
  }
}
