import Probability

/// How often a method finds an effect in arms that are drawn: the power of anything that the catalogue can run.
package struct SimulatedPower: Sendable, Equatable {
  /// What is drawn.
  package struct Arms: Sendable {
    package var production: Distribution
    package var candidate: Distribution
    /// The candidate's values are multiplied with this and moved by the next.
    package var factor = 1.0
    package var shift = 0.0
    package var productionCount: Int
    package var candidateCount: Int

    /// The same law in both arms, the candidate's changed by an effect.
    package init(
      _ law: Distribution, factor: Double = 1, shift: Double = 0, candidateCount: Int,
      productionCount: Int
    ) {
      self.init(
        production: law, candidate: law, candidateCount: candidateCount,
        productionCount: productionCount)
      self.factor = factor
      self.shift = shift
    }

    package init(
      production: Distribution, candidate: Distribution, candidateCount: Int, productionCount: Int
    ) {
      self.production = production
      self.candidate = candidate
      self.candidateCount = candidateCount
      self.productionCount = productionCount
    }
  }

  package let runs: Int
  /// Runs in which "no difference" was rejected.
  package let found: Int
  /// Runs that the method had no answer for; they count as not found.
  package let unanswered: Int
  /// Wilson's, at 95 %.
  package let interval: ClosedRange<Double>

  package var power: Double { Double(found) / Double(runs) }

  /// Runs `method` on arms, or on pairs of answers drawn one by one; run i draws from entity i of the streams "plan/…", so
  /// that more runs go on where fewer ended.
  ///
  /// Pairs take the smaller arm's number; both answers share their place in their law where `sharesLuck`.
  ///
  /// - Precondition: a method of arms or of pairs, and runs > 0.
  package init(
    _ method: Method, _ arms: Arms, question: Question, runs: Int, seed: UInt64,
    sharesLuck: Bool = false
  ) {
    precondition(runs > 0, "\(runs) runs")
    var (found, unanswered) = (0, 0)
    for run in 0..<runs {
      let drawn = Self.draw(arms, run: UInt64(run), seed: seed, sharesLuck: sharesLuck)
      switch Self.rejects(method, drawn, question) {
      case .some(true): found += 1
      case .some(false): break
      case .none: unanswered += 1
      }
    }
    self.runs = runs
    self.found = found
    self.unanswered = unanswered
    interval = Wilson.interval(successes: found, trials: runs, level: 0.95)
  }

  private static let production = StreamName("plan/production")
  private static let candidate = StreamName("plan/candidate")

  private static func draw(
    _ arms: Arms, run: UInt64, seed: UInt64, sharesLuck: Bool
  ) -> TwoArms {
    func column(_ law: Distribution, _ count: Int, _ stream: StreamName) -> [Double] {
      var luck = RandomStream(seed: seed, stream, entity: run)
      return (0..<count).map { _ in law.quantile(luck.nextUnit()) }
    }
    let second = column(arms.production, arms.productionCount, production)
    let first = column(
      arms.candidate, arms.candidateCount, sharesLuck ? production : candidate)
    return TwoArms(candidate: first.map { $0 * arms.factor + arms.shift }, production: second)
  }

  /// Nil without an answer. A method without a p-value rejects where its interval leaves the tested value out.
  private static func rejects(_ method: Method, _ arms: TwoArms, _ question: Question) -> Bool? {
    let answer: Answer?
    switch method.body {
    case .arms(let run): answer = try? run(arms, question)
    case .pairs(let run):
      let count = min(arms.candidate.values.count, arms.production.values.count)
      let pairs = PairSample(
        candidate: Array(arms.candidate.values.prefix(count)),
        production: Array(arms.production.values.prefix(count)))
      answer = try? run(pairs, question)
    case .ownCall: preconditionFailure("\(method.name) takes no arms")
    }
    guard let answer else { return nil }
    if let p = answer.p { return p.value <= 1 - question.level }
    return answer.interval.map {
      !$0.contains(question.null ?? method.estimand.noDifference)
    }
  }
}
