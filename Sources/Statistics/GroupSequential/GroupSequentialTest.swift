import Probability

/// What is fixed before a trial with a few looks.
package struct GroupSequentialPlan: Sendable, Equatable {
  /// The fractions of the planned rows at the looks, rising, in (0, 1].
  package var fractions: [Double]
  package var spending: SpendingFunction
  /// For a one-sided question; a two-sided one does not give up.
  package var givingUp: GivingUp?

  package struct GivingUp: Sendable, Equatable {
    package var spending: SpendingFunction
    package var beta: Double
    package var isBinding: Bool

    package init(spending: SpendingFunction, beta: Double, isBinding: Bool = false) {
      self.spending = spending
      self.beta = beta
      self.isBinding = isBinding
    }
  }

  package init(
    fractions: [Double], spending: SpendingFunction = .obrienFleming, givingUp: GivingUp? = nil
  ) {
    self.fractions = fractions
    self.spending = spending
    self.givingUp = givingUp
  }

  /// So many looks, evenly spread.
  package init(
    looks: Int, spending: SpendingFunction = .obrienFleming, givingUp: GivingUp? = nil
  ) {
    precondition(looks > 0, "\(looks) looks")
    self.init(
      fractions: (1...looks).map { Double($0) / Double(looks) }, spending: spending,
      givingUp: givingUp)
  }
}

/// A trial with a few looks, read from its estimates: when it stops, and what it then says.
package struct GroupSequentialTest: Sendable {
  /// What was known at one look.
  package struct Look: Sendable, Equatable {
    /// Of both arms together.
    package var rows: Int
    /// The fraction of the planned information.
    package var information: Double
    package var estimate: Double
    package var standardError: Double
    /// The normal value with the estimate's own tail probability.
    package var z: Double
    /// The z that stops the trial for success; on both sides in a two-sided one.
    package var critical: Double
    /// The z below which it gives up.
    package var givesUpBelow: Double?
    /// In the unit of the estimate; holds whether the trial stops or not.
    package var repeatedInterval: Bounds
  }

  package enum Stop: Sendable, Equatable { case rejected, gaveUp, end }

  /// Up to the one at which the trial stopped.
  package let looks: [Look]
  package let stop: Stop
  package let design: GroupSequentialDesign
  /// By the stage-wise ordering: the median-unbiased estimate, its interval and p-value.
  package let answer: Answer

  /// An estimate at each look, with the fraction of the planned information that was in.
  package struct Reading: Sendable, Equatable {
    package var rows: Int
    package var information: Double
    package var estimate: TEstimate
    package var arms: Answer.Arms?

    package init(rows: Int, information: Double, estimate: TEstimate, arms: Answer.Arms? = nil) {
      self.rows = rows
      self.information = information
      self.estimate = estimate
      self.arms = arms
    }
  }

  /// Reads estimates of any kind, nearly normal and with independent increments, in the order of the looks; those after
  /// the stop are not read. `.less` is asked by turning the estimates round.
  ///
  /// - Precondition: a reading at least, and `.different` or `.greater`.
  package init(_ readings: [Reading], plan: GroupSequentialPlan, question: Question) {
    let isTwoSided = question.alternative == .different
    precondition(question.alternative != .less, "turn the estimates round")
    var design = GroupSequentialDesign(
      spending: plan.spending, information: readings.map(\.information),
      alpha: 1 - question.level, sides: isTwoSided ? .two : .one)
    if let giving = plan.givingUp, !isTwoSided {
      design = design.givingUp(
        spending: giving.spending, beta: giving.beta, isBinding: giving.isBinding)
    }
    let null = question.null ?? 0
    var looks: [Look] = []
    var stop = Stop.end
    for (index, reading) in readings.enumerated() {
      let look = Self.look(reading, index, design, null: null)
      looks.append(look)
      if look.z >= look.critical || (isTwoSided && look.z <= -look.critical) {
        stop = .rejected
        break
      }
      if let bound = look.givesUpBelow, look.z <= bound, index < readings.count - 1 {
        stop = .gaveUp
        break
      }
    }
    self.looks = looks
    self.stop = stop
    self.design = design
    answer = Self.answer(looks, design, question, arms: readings[looks.count - 1].arms)
  }

  private static func look(
    _ reading: Reading, _ index: Int, _ design: GroupSequentialDesign, null: Double
  ) -> Look {
    let z = normalValue(reading.estimate, null)
    let inference = StagewiseInference(design: design, look: index, z: z)
    let unit = reading.estimate.standardError * reading.information.squareRoot()
    let repeated = inference.repeatedInterval
    return Look(
      rows: reading.rows, information: reading.information, estimate: reading.estimate.value,
      standardError: reading.estimate.standardError, z: z, critical: design.upper[index],
      givesUpBelow: design.futility?.lower[index],
      repeatedInterval: Bounds(
        lower: null + unit * repeated.lower, upper: null + unit * repeated.upper))
  }

  private static func answer(
    _ looks: [Look], _ design: GroupSequentialDesign, _ question: Question,
    arms: Answer.Arms?
  ) -> Answer {
    let last = looks[looks.count - 1]
    let null = question.null ?? 0
    let inference = StagewiseInference(design: design, look: looks.count - 1, z: last.z)
    let unit = last.standardError * last.information.squareRoot()
    let interval: Bounds
    if question.alternative == .different {
      let drifts = inference.interval(level: question.level)
      interval = Bounds(
        lower: null + unit * drifts.lowerBound, upper: null + unit * drifts.upperBound)
    } else {
      interval = Bounds(
        lower: null + unit * inference.lowerBound(level: question.level), upper: .infinity)
    }
    return Answer(
      estimate: null + unit * inference.medianUnbiasedDrift, interval: interval, p: inference.p,
      statistic: last.z, standardError: last.standardError, arms: arms)
  }

  /// The z whose normal tail is the tail of the estimate's own distribution.
  ///
  /// - Source: the significance-level approach of Pocock (1977).
  private static func normalValue(_ estimate: TEstimate, _ null: Double) -> Double {
    let statistic = estimate.statistic(against: null)
    guard estimate.degreesOfFreedom.isFinite, statistic.isFinite else { return statistic }
    let isAbove = statistic >= 0
    let tail = isAbove ? estimate.pGreater(than: null) : estimate.pLess(than: null)
    guard tail.value > 1e-300 else { return statistic }
    let z = Normal.upperQuantile(tail.value)
    return isAbove ? z : -z
  }
}

// MARK: - Over tables

extension GroupSequentialTest {
  /// The difference of two means by Welch's error, a look after each planned fraction of the rows.
  package static func means(
    of arms: TwoArms, plan: GroupSequentialPlan, question: Question
  ) throws(Unavailable) -> GroupSequentialTest {
    let readings = try readings(of: arms, fractions: plan.fractions)
    return GroupSequentialTest(readings, plan: plan, question: question)
  }

  /// - Complexity: O(rows · looks).
  package static func readings(
    of arms: TwoArms, fractions: [Double]
  ) throws(Unavailable) -> [Reading] {
    precondition(
      fractions.allSatisfy { $0 > 0 && $0 <= 1 } && !fractions.isEmpty, "\(fractions)")
    let (x, y) = (arms.candidate.values, arms.production.values)
    var order = RowOrder(arms)
    let weight = { (m: Int, n: Int) in Double(m) * Double(n) / Double(m + n) }
    var readings: [Reading] = []
    for fraction in fractions {
      let rows = Int((fraction * Double(order.rows)).rounded())
      while order.candidate + order.production < rows { _ = order.next() }
      let candidate = try Moments(of: Array(x.prefix(order.candidate)))
      let production = try Moments(of: Array(y.prefix(order.production)))
      readings.append(
        Reading(
          rows: rows,
          information: weight(candidate.count, production.count)
            / weight(x.count, y.count),
          estimate: try TTests.welch(candidate: candidate, production: production),
          arms: .init(candidate: candidate.mean, production: production.mean)))
    }
    return readings
  }
}
