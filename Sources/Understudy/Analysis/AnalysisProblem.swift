import Documents

/// What can be wrong between a table of outcomes and what is asked of it.
enum AnalysisProblem: Equatable {
  case oneArm(column: String, arm: String?)
  case tooManyArms(column: String, count: Int, limit: Int)
  case unknownArm(arm: String, asker: String, column: String, arms: [String])
  case emptyArm(arm: String, column: String)
  case noOutcome(metric: String, arm: String, rows: Int)
  case noPair(metric: String, baseline: String, arm: String)
  case emptyField(column: String, asker: String)
  case crossedUnit(unit: String, column: String, first: String, second: String, others: Int)
  case nothingUncrossed(column: String, arm: String)
  case notAClass(column: String, value: Double)
  case notAProbability(column: String, value: Double, metric: String)
  case negativeWeight(column: String, value: Double)
  case noWeight(column: String, arm: String)
  case propensityOutside(column: String, value: Double)
  case noOverlap(column: String)
  case tooManySegments(column: String, count: Int, limit: Int)
  case notANumber(column: String, text: String, label: String)
  case missingWord(column: String, text: String)
  case noSharedClass(column: String, text: String, label: String, example: String)
  case notAnEvent(column: String, value: Double)
  case negativeTime(column: String, value: Double)
  case policyOutside(column: String, value: Double)
  case noPolicyOverlap(column: String)
  case noMethod(metric: String, hint: String)
  case misfit(method: String, metric: String, reason: String, fitting: String?)
  case undetermined(metric: String, baseline: String, arm: String, reason: String)

  func diagnostic(file: String, line: Int? = nil) -> Diagnostic {
    Diagnostic(at: Place(file: file, line: line), message, help: help)
  }

  /// What was found and what was expected.
  var message: String {
    switch self {
    case .oneArm(let column, let arm):
      arm.map { "column \(column) names one arm, \(shown($0)), where two are compared" }
        ?? "column \(column) names no arm in any row"
    case .tooManyArms(let column, let count, let limit):
      "column \(column) names \(count) arms, more than \(limit)"
    case .unknownArm(let arm, let asker, let column, _):
      "\(asker) names \(shown(arm)), which is no arm in column \(column)"
    case .emptyArm(let arm, let column):
      "arm \(shown(arm)) is planned and has no row in column \(column)"
    case .noOutcome(let metric, let arm, let rows):
      "arm \(shown(arm)) has no value of \(metric) in its "
        + (rows == 1 ? "one row" : "\(rows) rows")
    case .noPair(let metric, let baseline, let arm):
      "no row has both answers, \(baseline) and \(arm), that \(metric) needs"
    case .emptyField(let column, let asker): "column \(column) is empty, which \(asker) asks for"
    case .crossedUnit(let unit, let column, let first, let second, let others):
      "\(column) \(shown(unit)) has a row in arm \(shown(second)) after one in \(shown(first))"
        + (others == 0
          ? "" : ", and \(others) \(others == 1 ? "other is" : "others are") in two arms")
    case .nothingUncrossed(let column, let arm):
      "every \(column) of arm \(shown(arm)) has rows in another arm too"
    case .notAClass(let column, let value): "label \(column) holds \(number(value)), not 0 or 1"
    case .notAProbability(let column, let value, let metric):
      "column \(column) holds \(number(value)), and \(metric) needs a probability from 0 to 1"
    case .negativeWeight(let column, let value):
      "weight \(column) holds \(number(value)), which is below 0"
    case .noWeight(let column, let arm): "weight \(column) is 0 in every row of arm \(shown(arm))"
    case .propensityOutside(let column, let value):
      value < 0
        ? "propensity \(column) holds \(number(value)), which is below 0"
        : "propensity \(column) holds \(number(value)), which is above 1"
    case .noOverlap(let column):
      "propensity \(column) is 0: the row had no chance of its arm, so the arms do not overlap"
    case .tooManySegments(let column, let count, let limit):
      "column \(column) names \(count) segments, more than \(limit)"
    case .notANumber(let column, let text, let label):
      "column \(column) holds \"\(text)\", and label \(label) holds numbers"
    case .missingWord(let column, let text):
      "column \(column) holds \"\(text)\" beside numbers"
    case .noSharedClass(let column, let text, let label, let example):
      "no answer in column \(column), such as \"\(text)\", is a class of label \(label), such as "
        + "\"\(example)\""
    case .notAnEvent(let column, let value):
      "event \(column) holds \(number(value)), not 0 or 1"
    case .negativeTime(let column, let value):
      "time \(column) holds \(number(value)), which is below 0"
    case .policyOutside(let column, let value):
      "policy \(column) holds \(number(value)), which is \(value < 0 ? "below 0" : "above 1")"
    case .noPolicyOverlap(let column):
      "policy \(column) is 0 in every row: it takes no decision that was logged, so nothing was seen of "
        + "it"
    case .noMethod(let metric, _): "no method compares \(metric) in such data"
    case .misfit(let method, let metric, let reason, _):
      "--method \(method) \(reason), which \(metric) does not give it"
    case .undetermined(let metric, let baseline, let arm, let reason):
      "\(metric) of \(shown(arm)) cannot be compared with \(shown(baseline)): \(reason)"
    }
  }

  /// The way out.
  var help: String? {
    switch self {
    case .oneArm(_, .some): "name the column that tells the arms apart with --arm"
    case .tooManyArms: "a column of identities is a --unit; name the column of arms with --arm"
    case .unknownArm(let arm, _, _, let arms):
      (NearestName.of(arm, among: arms).map { "did you mean \($0)? " } ?? "")
        + "the arms are \(arms.joined(separator: ", "))"
    case .emptyField(_, "--unit"): "take rows without a unit out of the table"
    case .emptyField(_, "--propensity"), .emptyField(_, "--weight"):
      "a row without one has no place in a weighted mean: take it out of the table"
    case .emptyField(_, "--covariate"):
      "write the mean of the others in its place, which costs no error rate"
    case .crossedUnit: "leave such units out with --crossed-units leave-out, and look for the cause"
    case .emptyField(_, "--reward"), .emptyField(_, "--policy"), .emptyField(_, "--reward-model"):
      "a round without one says nothing of any policy: take it out, if that does not hang on the reward"
    case .tooManySegments: "a segment is a part of the traffic, such as a country"
    case .notANumber(_, let text, _), .missingWord(_, let text):
      "if it means missing, say --missing \(text)"
    case .noSharedClass: "classes are compared letter by letter"
    case .notAnEvent: "1 is the event, and 0 a row that was followed so far without it"
    case .policyOutside: "it is the chance, from 0 to 1, that the policy gives the logged decision"
    case .notAClass: "write the classes as 0 and 1"
    case .notAProbability: "mae and rmse compare answers of any size"
    case .propensityOutside, .noOverlap:
      "it is the chance, above 0 and at most 1, that the row had of the arm it got"
    case .noMethod(_, let hint): hint
    case .misfit(_, _, _, let fitting): fitting
    default: nil
    }
  }

  private func shown(_ name: String) -> String { name.isEmpty ? "\"\"" : name }

  private func number(_ value: Double) -> String { JSONValue.text(of: value) }
}

extension StudyError {
  init(_ problem: AnalysisProblem, in file: String, line: Int? = nil) {
    self.init(.badData, problem.diagnostic(file: file, line: line))
  }
}
