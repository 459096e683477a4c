import Probability

/// What changes for each group of users when the candidate answers in production's place, both having scored the same
/// requests, whose truth is known.
///
/// Every number is candidate − production within a group; p-values are Holm's over the groups of one measure.
///
/// - Source: Hardt, Price and Srebro (2016) for the error rates; Cox (1958) for calibration in the large and slope;
///   Naeini, Cooper and Hauskrecht (2015) for the calibration error; Holm (1979).
package struct GroupFairness: Sendable {
  package enum Measure: String, Sendable, CaseIterable {
    /// The share of true cases that are found: equal opportunity.
    case truePositiveRate
    /// The share of other requests that are taken for cases.
    case falsePositiveRate
    /// The mean score less the share of true cases.
    case calibrationInTheLarge
    /// Of the truth's log odds on the score's: 1 where scores are neither too bold (below 1) nor too timid.
    case calibrationSlope
    /// The mean distance of score and truth in ten equal bins.
    case calibrationError
  }

  /// One group's change.
  package struct Finding: Sendable, Equatable {
    package let group: Int
    package let rows: Int
    package let answer: Answer
    /// Holm's over the groups with an answer.
    package let adjustedP: PValue
    /// This group's change less that of all other rows; nil where those have none.
    package let againstOthers: TEstimate?
  }

  private let candidate: [Double]
  private let production: [Double]
  private let labels: [Bool]
  private let groups: [Int]
  private let threshold: Double

  /// - Parameters:
  ///   - scores: of the candidate and of production, in [0, 1], with the truth as labels of 0 or 1.
  ///   - groups: each row's, from 0.
  ///   - threshold: a score at least this high is an answer "case".
  package init(_ scores: PairSample, groups: [Int], threshold: Double = 0.5) throws(Unavailable) {
    precondition(groups.count == scores.candidate.count, "\(groups.count) groups")
    guard let labels = scores.labels, labels.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw .noLabels
    }
    for score in scores.candidate + scores.production where !(score >= 0 && score <= 1) {
      throw .outsideRange(score)
    }
    candidate = scores.candidate
    production = scores.production
    self.labels = labels.map { $0 == 1 }
    self.groups = groups
    self.threshold = threshold
  }

  /// The groups' changes, ascending by group, of those that have one.
  package func findings(_ measure: Measure, level: Double = 0.95) -> [Finding] {
    let question = Question(level: level)
    var all: [Int: [Int]] = [:]
    for row in groups.indices { all[groups[row], default: []].append(row) }
    var parts: [(group: Int, rows: Int, answer: Answer, apart: TEstimate?)] = []
    for group in all.keys.sorted() {
      let rows = all[group] ?? []
      guard let answer = try? answer(measure, rows: rows, question) else { continue }
      let others = groups.indices.filter { groups[$0] != group }
      parts.append((group, rows.count, answer, gap(measure, rows, others)))
    }
    let adjusted = Multiplicity.holm(parts.map { $0.answer.p?.value ?? 1 })
    return parts.indices.map {
      Finding(
        group: parts[$0].group, rows: parts[$0].rows, answer: parts[$0].answer,
        adjustedP: PValue(adjusted[$0]), againstOthers: parts[$0].apart)
    }
  }

  /// Rates by Tango's score interval and test, which hold in small groups; calibration by the rows' influences.
  func answer(
    _ measure: Measure, rows: [Int], _ question: Question
  ) throws(Unavailable) -> Answer {
    switch measure {
    case .truePositiveRate, .falsePositiveRate:
      let (one, other) = decisions(measure, rows)
      guard !one.isEmpty else { throw .oneClassOnly }
      let table = try PairedProportions(PairSample(candidate: one, production: other))
      let inference = NormalInference(
        estimate: table.firstMinusSecond, score: { table.score(null: $0) },
        ends: { table.scoreEnds(z: $0) })
      return try Answer(inference, to: question)
    default:
      return Answer(try change(measure, rows), to: question)
    }
  }

  private func gap(_ measure: Measure, _ rows: [Int], _ others: [Int]) -> TEstimate? {
    guard let one = try? change(measure, rows), let other = try? change(measure, others) else {
      return nil
    }
    return TEstimate(
      value: one.value - other.value,
      standardError: rootOfSquares(one.standardError, other.standardError),
      degreesOfFreedom: .infinity)
  }

  /// With a normal error from the rows' influences.
  private func change(_ measure: Measure, _ rows: [Int]) throws(Unavailable) -> TEstimate {
    switch measure {
    case .truePositiveRate, .falsePositiveRate:
      let (one, other) = decisions(measure, rows)
      return try TTests.paired(first: one, second: other)
    case .calibrationInTheLarge:
      // The truth is the same for both and drops out.
      return try TTests.paired(
        first: rows.map { candidate[$0] }, second: rows.map { production[$0] })
    case .calibrationSlope, .calibrationError:
      let truth = rows.map { labels[$0] }
      func influence(_ scores: [Double]) throws(Unavailable) -> CalibrationInfluence {
        let scores = rows.map { scores[$0] }
        return measure == .calibrationSlope
          ? try .slope(scores, truth) : try .error(scores, truth, bins: 10)
      }
      let (one, other) = (try influence(candidate), try influence(production))
      let moments = try Moments(of: rows.indices.map { one.rows[$0] - other.rows[$0] })
      guard moments.standardDeviation > 0 else { throw .noVariation }
      return TEstimate(
        value: one.value - other.value, standardError: moments.standardError,
        degreesOfFreedom: .infinity)
    }
  }

  private func decisions(
    _ measure: Measure, _ rows: [Int]
  ) -> (candidate: [Double], production: [Double]) {
    let asked = rows.filter { labels[$0] == (measure == .truePositiveRate) }
    return (
      asked.map { candidate[$0] >= threshold ? 1 : 0 },
      asked.map { production[$0] >= threshold ? 1 : 0 }
    )
  }
}
