/// The judge and ours on the same runs of a situation.
package struct JudgeTrials: CalibrationTrials {
  package let situation: JudgeSituation
  package let isNull: Bool
  private let draws: JudgeDraws
  private let procedures: [JudgeProcedure]

  package init(_ situation: JudgeSituation, isNull: Bool) {
    self.situation = situation
    self.isNull = isNull
    draws = JudgeDraws(situation, isNull: isNull)
    procedures = JudgeProcedure.all(for: situation)
  }

  package static let all: [JudgeTrials] = JudgeSituation.all.flatMap { situation in
    [true, false].map { JudgeTrials(situation, isNull: $0) }
  }

  package var name: String { "judge-\(situation.name)-\(isNull ? "null" : "effect")" }

  package var entrants: [CalibrationEntrant] { procedures.map(\.entrant) }

  package func tally(runs: Range<Int>) -> [MethodTally] {
    var tallies = procedures.map { _ in MethodTally() }
    for run in runs {
      let draw = draws.draw(run: run)
      for (index, procedure) in procedures.enumerated() {
        tallies[index].add(procedure.trial(on: draw))
      }
    }
    return tallies
  }
}

/// One procedure on trial, and what it sees of the traffic.
///
/// Which of ours stands against which change was fixed before any run, by what each change moves:
/// - a wider spread of minutes: the Brown-Forsythe test on the minutes, which keeps its level whatever the
///   values' law;
/// - slow minutes: the mean of all requests, clustered by minute, since what makes a request slow is its
///   minute; on the averages alone, Welch's test of the same mean, beside Boschloo's test of how many minutes
///   exceed twice the common median;
/// - errors: the mean of all requests clustered by minute, and the score test of the two shares;
/// - series: the difference of the means of two series, which says so when they hold too few independent
///   minutes.
struct JudgeProcedure: Sendable {
  enum Sight: String, Sendable { case minutes, requests, exceedances }

  /// nil is the judge itself.
  let method: Method?
  let sight: Sight

  static func all(for situation: JudgeSituation) -> [JudgeProcedure] {
    let ours: [(String, Sight)] =
      switch situation {
      case .spread: [("brown-forsythe", .minutes)]
      case .slowMinutes:
        [("clustered", .requests), ("welch", .minutes), ("boschloo", .exceedances)]
      case .errors: [("clustered", .requests), ("miettinen-nurminen", .requests)]
      case .series: [("series-difference", .minutes)]
      }
    return [JudgeProcedure(method: nil, sight: .minutes)]
      + ours.compactMap { name, sight in
        Catalogue.method(named: name).map { JudgeProcedure(method: $0, sight: sight) }
      }
  }

  var entrant: CalibrationEntrant {
    guard let method else {
      return CalibrationEntrant(name: "kayenta-judge", estimand: "shift", truth: nil, gate: .none)
    }
    return CalibrationEntrant(
      name: "\(method.name) of \(sight.rawValue)", estimand: method.estimand.rawValue, truth: nil,
      gate: .upper)
  }

  func trial(on draw: JudgeDraw) -> MethodTrial {
    guard let method else { return Self.judged(draw.minutes) }
    let arms: TwoArms? =
      switch sight {
      case .minutes: draw.minutes
      case .requests: draw.requests
      case .exceedances: draw.exceedances
      }
    guard let arms else { preconditionFailure("\(method.name) has no \(sight.rawValue)") }
    return MethodTrial(method, on: .arms(arms), asking: Question(), truth: nil)
  }

  /// The rule gives no p-value; an alarm counts at either level.
  private static func judged(_ minutes: TwoArms) -> MethodTrial {
    do {
      let judge = try KayentaJudge(
        candidate: minutes.candidate.values, production: minutes.production.values)
      return MethodTrial(p: judge.verdict == .pass ? 1 : 0, estimate: judge.shift)
    } catch {
      return MethodTrial(reason: error.key)
    }
  }
}
