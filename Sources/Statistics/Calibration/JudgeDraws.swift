import Probability

/// A canary's traffic on which the judge and our procedures are tried side by side: some minutes of two arms.
package enum JudgeSituation: Sendable, Equatable {
  /// 60 minutes whose values are normal; the candidate's standard deviation is twice production's.
  case spread
  /// 60 minutes of 200 requests, latencies lognormal with cv 1; each of the candidate's minutes is ten times
  /// slower with probability 0.1. Where nothing differs, production's are so, too.
  case slowMinutes
  /// 60 minutes of 200 requests, of which 0.1 % fail, and 0.3 % of the candidate's.
  case errors
  /// Minutes that are an AR(1) series in each arm; the effect is one standard deviation.
  case series(rho: Double, minutes: Int)

  package static let all: [JudgeSituation] =
    [.spread, .slowMinutes, .errors]
    + [30, 60].flatMap { minutes in
      [0, 0.5, 0.8, 0.9].map { .series(rho: $0, minutes: minutes) }
    }

  package var name: String {
    switch self {
    case .spread: "spread"
    case .slowMinutes: "slow-minutes"
    case .errors: "errors"
    case .series(let rho, let minutes): "series-\(rho)-\(minutes)"
    }
  }

  var minutes: Int {
    if case .series(_, let minutes) = self { minutes } else { 60 }
  }

  static let requestsPerMinute = 200

  /// How many requests an arm has; nil where only minutes are seen.
  var requests: Int? {
    switch self {
    case .slowMinutes, .errors: minutes * Self.requestsPerMinute
    case .spread, .series: nil
    }
  }
}

/// What one run of a situation draws.
struct JudgeDraw: Sendable {
  /// One value a minute: a mean, or an error rate.
  var minutes: TwoArms
  /// One value a request, with its minute as the unit; nil where only minutes are seen.
  var requests: TwoArms?

  /// 1 for each minute above twice the median of all minutes of both arms: a threshold that no arm sets alone,
  /// and that nobody has to choose after having seen the data.
  var exceedances: TwoArms {
    let all = (minutes.candidate.values + minutes.production.values).sorted()
    let threshold = all[(all.count - 1) / 2] + all[all.count / 2]
    return TwoArms(
      candidate: minutes.candidate.values.map { $0 > threshold ? 1 : 0 },
      production: minutes.production.values.map { $0 > threshold ? 1 : 0 })
  }
}

struct JudgeDraws: Sendable {
  private let situation: JudgeSituation
  private let isNull: Bool
  private let keys: (candidate: DrawKey, production: DrawKey)

  init(_ situation: JudgeSituation, isNull: Bool) {
    self.situation = situation
    self.isNull = isNull
    func key(_ arm: String) -> DrawKey {
      DrawKey(
        seed: CalibrationDraws.seed, StreamName("calibration/judge/\(situation.name)/\(arm)"))
    }
    keys = (key("candidate"), key("production"))
  }

  func draw(run: Int) -> JudgeDraw {
    var luck = (
      RandomStream(keys.candidate, entity: UInt64(run)),
      RandomStream(keys.production, entity: UInt64(run))
    )
    switch situation {
    case .spread:
      return JudgeDraw(
        minutes: TwoArms(
          candidate: Self.values(mean: 100, deviation: isNull ? 10 : 20, &luck.0),
          production: Self.values(mean: 100, deviation: 10, &luck.1)))
    case .series(let rho, let minutes):
      let candidate = CalibrationDraws.series(minutes, rho: rho, &luck.0)
      let production = CalibrationDraws.series(minutes, rho: rho, &luck.1)
      return JudgeDraw(
        minutes: TwoArms(
          candidate: candidate.map { (isNull ? 100 : 110) + 10 * $0 },
          production: production.map { 100 + 10 * $0 }))
    case .slowMinutes:
      return byMinute(
        candidate: Self.latencies(slowShare: 0.1, &luck.0),
        production: Self.latencies(slowShare: isNull ? 0.1 : 0, &luck.1))
    case .errors:
      return byMinute(
        candidate: Self.errors(share: isNull ? 0.001 : 0.003, &luck.0),
        production: Self.errors(share: 0.001, &luck.1))
    }
  }

  private static func values(
    mean: Double, deviation: Double, _ luck: inout RandomStream
  ) -> [Double] {
    CalibrationDraws.normals(JudgeSituation.spread.minutes, &luck).map { mean + deviation * $0 }
  }

  private func byMinute(candidate: [Double], production: [Double]) -> JudgeDraw {
    let units = candidate.indices.map { $0 / JudgeSituation.requestsPerMinute }
    return JudgeDraw(
      minutes: TwoArms(candidate: Self.means(candidate), production: Self.means(production)),
      requests: TwoArms(
        candidate: ArmSample(values: candidate, units: units),
        production: ArmSample(values: production, units: units)))
  }

  private static func means(_ values: [Double]) -> [Double] {
    let size = JudgeSituation.requestsPerMinute
    return (0..<(values.count / size)).map { minute in
      var sum = 0.0
      for index in (minute * size)..<((minute + 1) * size) { sum += values[index] }
      return sum / Double(size)
    }
  }

  /// In milliseconds, 100 of them in the mean of a good minute.
  private static func latencies(slowShare: Double, _ luck: inout RandomStream) -> [Double] {
    let law = ScoredValues(.lognormal(mean: 100, cv: 1))
    var values: [Double] = []
    for _ in 0..<JudgeSituation.slowMinutes.minutes {
      let factor: Double = luck.nextUnit() < slowShare ? 10 : 1
      var minute = CalibrationDraws.normals(JudgeSituation.requestsPerMinute, &luck)
      law.apply(to: &minute)
      for value in minute { values.append(factor * value) }
    }
    return values
  }

  private static func errors(share: Double, _ luck: inout RandomStream) -> [Double] {
    let count = JudgeSituation.errors.minutes * JudgeSituation.requestsPerMinute
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(luck.nextUnit() < share ? 1 : 0) }
    return values
  }
}
