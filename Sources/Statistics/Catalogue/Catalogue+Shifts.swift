extension Catalogue {
  /// Where the two distributions have one shape: how far is one from the other?
  static let shifts: [Method] = [
    mannWhitney(
      name: "mann-whitney", title: "Mann-Whitney U test", guarantee: .approximate,
      source: "Mann and Whitney (1947); Streitberg and Röhmel (1986) for exact ties",
      body: { ranks, alternative throws(Unavailable) in
        if let p = ranks.pExact(alternative) { return (p, []) }
        return (
          try ranks.pNormal(alternative),
          [.approximated(instead: "the exact distribution", because: "too many values")]
        )
      }),
    mannWhitney(
      name: "mann-whitney-exact", title: "Exact Mann-Whitney U test", needs: [.smallSample],
      guarantee: .exact,
      source: "Mann and Whitney (1947); Streitberg and Röhmel (1986) for ties",
      body: { ranks, alternative throws(Unavailable) in
        guard let p = ranks.pExact(alternative) else {
          throw .tooLarge(has: ranks.pairCount, most: RankSumLaw.mostPairs)
        }
        return (p, [])
      }),
    mannWhitney(
      name: "mann-whitney-normal", title: "Mann-Whitney U test, normal approximation",
      source: "Mann and Whitney (1947); Lehmann (1975)",
      body: { ranks, alternative throws(Unavailable) in
        (try ranks.pNormal(alternative), [])
      }),
    mannWhitney(
      name: "mann-whitney-uncorrected",
      title: "Mann-Whitney U test, normal without continuity correction",
      source: "Mann and Whitney (1947); Lehmann (1975)",
      body: { ranks, alternative throws(Unavailable) in
        (try ranks.pNormal(alternative, continuity: .none), [])
      }),
    Method(
      name: "hodges-lehmann", title: "Hodges-Lehmann shift", estimand: .shift,
      assumptions: shiftAssumptions,
      failsWhen: shiftFailure, source: "Hodges and Lehmann (1963); Lehmann (1963)",
      body: .arms { arms, question throws(Unavailable) in
        let shift = try ShiftEstimate(
          candidate: arms.candidate.values, production: arms.production.values)
        return Answer(shift, to: question, p: nil)
      }),
  ]

  static let shiftAssumptions = [
    "rows are independent",
    "the distributions have one shape and differ by a shift (for the interval and for nulls other "
      + "than 0)",
  ]
  static let shiftFailure =
    "the shapes differ: then the shift has no meaning, and the test mixes place with spread"

  private typealias Judgement =
    @Sendable (MannWhitney, Question.Alternative) throws(Unavailable) -> (PValue, [Caution])

  private static func mannWhitney(
    name: String, title: String, needs: Set<Method.Need> = [],
    guarantee: Method.Guarantee = .approximate, source: String, body: @escaping Judgement
  ) -> Method {
    Method(
      name: name, title: title, estimand: .shift, needs: needs, assumptions: shiftAssumptions,
      failsWhen: shiftFailure, source: source, guarantee: guarantee, isDual: false,
      body: .arms { arms, question throws(Unavailable) in
        let null = question.null ?? 0
        let candidate = arms.candidate.values
        let production = arms.production.values
        let ranks = try MannWhitney(
          candidate: null == 0 ? candidate : candidate.map { $0 - null }, production: production)
        let (p, cautions) = try body(ranks, question.alternative)
        let shift = try ShiftEstimate(candidate: candidate, production: production)
        var answer = Answer(shift, to: question, p: p)
        answer.statistic = ranks.u
        answer.cautions = cautions
        return answer
      })
  }

  /// The same for two answers to each request.
  static let pairedShifts: [Method] = [
    signedRank(
      .ranked, name: "wilcoxon", title: "Wilcoxon signed-rank test (zeros ranked)",
      source: "Wilcoxon (1945); Pratt (1959)"),
    signedRank(
      .dropped, name: "wilcoxon-drop-zeros", title: "Wilcoxon signed-rank test (zeros dropped)",
      source: "Wilcoxon (1945)"),
    signedRank(
      .split, name: "wilcoxon-split-zeros", title: "Wilcoxon signed-rank test (zeros split)",
      source: "Wilcoxon (1945); Cureton (1967)"),
    Method(
      name: "hodges-lehmann-paired", title: "Hodges-Lehmann centre of the differences",
      estimand: .shift, assumptions: symmetry,
      failsWhen: "the differences are skewed: then their centre is neither mean nor median",
      source: "Hodges and Lehmann (1963); Tukey (1949) for the interval",
      body: .pairs { pairs, question throws(Unavailable) in
        Answer(try ShiftEstimate(differences: pairs.differences()), to: question, p: nil)
      }),
    Method(
      name: "sign", title: "Sign test", estimand: .medianDifference,
      assumptions: ["pairs are independent"],
      failsWhen: "most differences are 0: they are left out of the test",
      source: "Arbuthnot (1710); Thompson (1936)", guarantee: .exact, isDual: false,
      body: .pairs { pairs, question throws(Unavailable) in
        let test = try SignTest(pairs.differences())
        let null = question.null ?? 0
        return Answer(
          estimate: test.median,
          interval: Bounds(question, lower: test.lowerBound, upper: test.upperBound),
          p: test.p(question.alternative, against: null),
          statistic: Double(test.signs(against: null).above))
      }),
    Method(
      name: "friedman", title: "Friedman test", estimand: .distribution,
      assumptions: ["requests are independent"],
      failsWhen: "it is asked for more than the order of the answers to each request",
      source: "Friedman (1937)",
      body: .pairs { pairs, question throws(Unavailable) in
        try question.requireUndirected()
        let test = try Friedman([pairs.candidate, pairs.production])
        return Answer(
          p: test.p, statistic: test.statistic,
          degreesOfFreedom: Double(test.degreesOfFreedom))
      }),
  ]

  private static let symmetry = [
    "pairs are independent", "the differences are symmetric about their centre",
  ]

  private static func signedRank(
    _ zeros: SignedRank.Zeros, name: String, title: String, source: String
  ) -> Method {
    Method(
      name: name, title: title, estimand: .shift, assumptions: symmetry,
      failsWhen: "the differences are skewed: then it tests their pseudomedian, not their mean",
      source: source, isDual: false,
      body: .pairs { pairs, question throws(Unavailable) in
        let null = question.null ?? 0
        let differences = try pairs.differences()
        let test = try SignedRank(
          null == 0 ? differences : differences.map { $0 - null }, zeros: zeros)
        let exact = test.pExact(question.alternative)
        let p: PValue
        if let exact { p = exact } else { p = try test.pNormal(question.alternative) }
        var answer = Answer(try ShiftEstimate(differences: differences), to: question, p: p)
        answer.statistic = test.plus
        if exact == nil {
          answer.cautions = [
            .approximated(instead: "the exact distribution", because: "too many pairs")
          ]
        }
        return answer
      })
  }
}

extension PairSample {
  /// Candidate − production of each request.
  func differences() throws(Unavailable) -> [Double] {
    let differences = candidate.indices.map { candidate[$0] - production[$0] }
    // An infinite value less another.
    guard differences.allSatisfy({ !$0.isNaN }) else { throw .notFinite }
    return differences
  }
}

extension Answer {
  /// - Parameter p: another test's; nil for the shift's own.
  fileprivate init(_ shift: ShiftEstimate, to question: Question, p: PValue?) {
    func bounds(_ question: Question) -> Bounds {
      Bounds(question, lower: shift.lowerBound, upper: shift.upperBound)
    }
    self.init(
      estimate: shift.value, interval: bounds(question),
      p: p ?? shift.p(question.alternative, against: question.null ?? 0))
    furtherIntervals = question.furtherLevels.map { level in
      var other = question
      other.level = level
      return bounds(other)
    }
  }
}
