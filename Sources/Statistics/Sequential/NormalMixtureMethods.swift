import Probability

/// The mixture test and the asymptotic confidence sequence over tables: rows in the order of time, a look after each or
/// after some of them.
package struct NormalMixtureMethods: Sendable {
  package enum Rule: Sendable {
    /// Johari's test: a fixed spread of effects, in the unit of the estimate.
    case mixtureSPRT
    /// The asymptotic confidence sequence: a fixed spread in units of the rows' own standard deviation.
    case asymptotic
  }

  package let rule: Rule
  package let question: Question

  package init(_ rule: Rule, _ question: Question) {
    self.rule = rule
    self.question = question
  }

  /// Rows an arm before the first look, where the question does not say.
  package static let burnIn = 20

  /// The difference of two means, whatever the allocation.
  package func path(of arms: TwoArms) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try turned.path(of: arms.exchanged).negated
    }
    let (x, y) = (arms.candidate.values, arms.production.values)
    let scale = try RowScale([x, y])
    var order = RowOrder(arms)
    var estimate = FollowedMeans()
    var run = Run(self, rows: order.rows, unit: scale.unit)
    for row in 1...order.rows {
      if order.next() {
        estimate.candidate.add(scale.inner(x[order.candidate - 1]))
      } else {
        estimate.production.add(scale.inner(y[order.production - 1]))
      }
      if order.isSettled { run.look(estimate, row: row) }
    }
    var path = try run.path(estimate)
    path.answer.arms = .init(
      candidate: scale.outer(estimate.candidate.mean),
      production: scale.outer(estimate.production.mean))
    return path
  }

  /// The mean of the pairs' differences.
  package func path(of pairs: PairSample) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try turned.path(of: pairs.exchanged).negated
    }
    let (x, y) = (pairs.candidate, pairs.production)
    let differences = x.indices.map { x[$0] - y[$0] }
    let scale = try RowScale([differences], keepsZero: true)
    var estimate = FollowedMean()
    var run = Run(self, rows: x.count, unit: scale.unit)
    for row in 1...x.count {
      estimate.moments.add(scale.inner(differences[row - 1]))
      run.look(estimate, row: row)
    }
    return try run.path(estimate)
  }

  /// The difference of two ratios of sums: the arms' values over their denominators (1 where there are none).
  package func path(ofRatios arms: TwoArms) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try turned.path(ofRatios: arms.exchanged).negated
    }
    let (x, y) = (arms.candidate.values, arms.production.values)
    let below = (
      arms.candidate.denominators ?? x.map { _ in 1 },
      arms.production.denominators ?? y.map { _ in 1 }
    )
    let top = try RowScale([x, y], keepsZero: true)
    let bottom = try RowScale([below.0, below.1], keepsZero: true)
    var order = RowOrder(arms)
    var estimate = FollowedRatios()
    var run = Run(self, rows: order.rows, unit: top.unit / bottom.unit)
    for row in 1...order.rows {
      if order.next() {
        let i = order.candidate - 1
        estimate.candidate.add(top.inner(x[i]), over: bottom.inner(below.0[i]))
      } else {
        let i = order.production - 1
        estimate.production.add(top.inner(y[i]), over: bottom.inner(below.1[i]))
      }
      if order.isSettled { run.look(estimate, row: row) }
    }
    guard estimate.estimate.isFinite else { throw .zeroDenominator }
    var path = try run.path(estimate)
    path.answer.arms = .init(
      candidate: estimate.candidate.ratio * run.unit,
      production: estimate.production.ratio * run.unit)
    return path
  }

  private var turned: NormalMixtureMethods {
    NormalMixtureMethods(rule, question.exchanged { -$0 })
  }
}

/// A shift and a power of two that bring a table's values near 1, so that neither their size nor their distance from
/// 0 costs digits.
struct RowScale: Sendable {
  let shift: Double
  let unit: Double
  private let inverse: Double

  /// - Parameter keepsZero: whether 0 must stay 0.
  init(_ columns: [[Double]], keepsZero: Bool = false) throws(Unavailable) {
    for column in columns where column.isEmpty { throw .tooFew(has: 0, needs: 1) }
    shift = keepsZero ? 0 : columns[columns.count - 1][0]
    var largest = 0.0
    for column in columns {
      for value in column {
        let distance = (value - shift).magnitude
        guard distance.isFinite else { throw .notFinite }
        if distance > largest { largest = distance }
      }
    }
    guard largest > 0 else { throw .noVariation }
    let exponent = max(-1000, min(1000, Int(largest.exponent)))
    unit = Double(sign: .plus, exponent: exponent, significand: 1)
    inverse = Double(sign: .plus, exponent: -exponent, significand: 1)
  }

  @inline(__always)
  func inner(_ value: Double) -> Double { (value - shift) * inverse }
  func outer(_ value: Double) -> Double { value * unit + shift }
}

extension NormalMixtureMethods {
  /// One pass over a table.
  struct Run {
    let unit: Double
    private let lnFactor: Double
    private var follower: MixtureFollower
    private var schedule: LookSchedule
    private var markSchedule: LookSchedule
    private var marks: [SequentialPath.Mark] = []
    private var looks = 0

    /// - Parameter unit: what the inner estimate is multiplied with.
    init(_ method: NormalMixtureMethods, rows: Int, unit: Double) {
      self.unit = unit
      lnFactor = method.lnFactor
      schedule = LookSchedule(rows: rows, looks: method.question.monitoring.looks)
      markSchedule = LookSchedule(rows: rows, looks: SequentialPath.mostMarks)
      follower = method.follower(unit: unit)
    }

    @inline(__always)
    mutating func look(_ estimate: some FollowedEstimate, row: Int) {
      if schedule.isDue(row) {
        looks += 1
        follower.look(estimate, row: row)
      }
      if markSchedule.isDue(row) { mark(estimate, row: row) }
    }

    private mutating func mark(_ estimate: some FollowedEstimate, row: Int) {
      guard follower.hasLooked else { return }
      marks.append(
        SequentialPath.Mark(
          rows: row, estimate: estimate.estimate * unit, interval: interval,
          p: follower.record.p(lnFactor: lnFactor)))
    }

    private var interval: Bounds {
      let inner = follower.record.interval
      return Bounds(lower: inner.lower * unit, upper: inner.upper * unit)
    }

    func path(_ estimate: some FollowedEstimate) throws(Unavailable) -> SequentialPath {
      guard follower.hasLooked else { throw follower.whyNot(estimate) }
      let record = follower.record
      let error = estimate.variance.squareRoot()
      var answer = Answer(
        estimate: estimate.estimate * unit, interval: interval, p: record.p(lnFactor: lnFactor),
        statistic: (estimate.estimate - follower.null) / error, standardError: error * unit)
      if record.isContradictory { answer.cautions.append(.contradictoryLooks) }
      return SequentialPath(
        marks: marks, looks: looks, firstCrossing: record.firstCrossing, answer: answer)
    }
  }

  /// What a table's or a stream's looks go to.
  ///
  /// - Parameters:
  ///   - unit: what its estimates will be multiplied with.
  ///   - tracksInterval: whether more than the evidence is wanted.
  func follower(unit: Double, tracksInterval: Bool = true) -> MixtureFollower {
    let alpha = (1 - question.level) / dialect.factor
    return MixtureFollower(
      spread: spread(alpha: alpha, unit: unit), alpha: alpha, null: (question.null ?? 0) / unit,
      isOneSided: question.alternative == .greater, isClosedForm: rule == .asymptotic,
      burnIn: max(2, question.monitoring.burnIn ?? Self.burnIn), tracksInterval: tracksInterval)
  }

  var lnFactor: Double { dialect.lnFactor }
  private var dialect: Monitoring.Dialect {
    rule == .mixtureSPRT ? question.monitoring.dialect : .johari
  }

  private func spread(alpha: Double, unit: Double) -> MixtureFollower.Spread {
    let plan = question.monitoring
    let rows = Double(plan.expectedRows)
    switch rule {
    case .asymptotic:
      let sequence = AsymptoticSequence(alpha: alpha, expectedRows: rows)
      return .perRow(
        square: question.alternative == .greater
          ? sequence.squareOfRhoOneSided : sequence.squareOfRho)
    case .mixtureSPRT:
      guard let scale = plan.effectScale else { return .fromFirstLook(rows: rows) }
      return .variance((scale / unit) * (scale / unit))
    }
  }
}
