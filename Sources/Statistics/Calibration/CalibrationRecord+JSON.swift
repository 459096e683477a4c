import Documents

extension CalibrationRecord {
  /// Counts, the rates that they are, and the rates' standard errors by the binomial law; widths and
  /// estimates as exact sums of multiples of 2⁻⁴⁰, too, so that parts can be merged.
  package var json: JSONValue {
    .object([
      ("cell", .string(name)), ("isNull", .bool(isNull)),
      ("runs", .array([.integer(Int64(runs.lowerBound)), .integer(Int64(runs.upperBound))])),
      ("methods", .array(lines.map(\.json))),
    ])
  }

  /// nil where the node is not what `json` writes.
  package init?(_ node: JSONNode) {
    guard let name = node["cell"]?.string, let isNull = node["isNull"]?.bool,
      let runs = node["runs"]?.integers, runs.count == 2, runs[0] >= 0, runs[0] <= runs[1],
      let methods = node["methods"]?.elements
    else { return nil }
    let lines = methods.compactMap(Line.init)
    guard lines.count == methods.count else { return nil }
    self.init(name: name, isNull: isNull, runs: Int(runs[0])..<Int(runs[1]), lines: lines)
  }
}

extension CalibrationRecord.Line {
  var json: JSONValue {
    .object([
      ("method", .string(entrant.name)), ("estimand", .string(entrant.estimand)),
      ("truth", entrant.truth.map(JSONValue.number) ?? .null),
      ("gate", .string(entrant.gate.rawValue)),
      ("answered", .integer(Int64(tally.answered))),
      (
        "abstained",
        .object(
          tally.abstentions.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) })
      ),
      ("tested", .integer(Int64(tally.tested))),
      ("rejected", .array(tally.rejections.map { .array(Self.rate($0, of: tally.tried)) })),
      (
        "missed",
        .array(
          zip(tally.intervals, tally.covered).map { intervals, covered in
            .array([.integer(Int64(intervals))] + Self.rate(intervals - covered, of: intervals))
          })
      ),
      ("unbounded", .integer(Int64(tally.unbounded))),
      ("meanWidth", tally.meanWidth.map(JSONValue.number) ?? .null),
      ("widthUnits", .string(String(tally.widths))),
      ("meanEstimate", tally.meanEstimate.map(JSONValue.number) ?? .null),
      ("estimateUnits", .string(String(tally.estimates))),
      ("estimated", .integer(Int64(tally.estimated))),
    ])
  }

  /// The count, the share, and the share's standard error, both to six decimals.
  private static func rate(_ count: Int, of trials: Int) -> [JSONValue] {
    guard trials > 0 else { return [.integer(Int64(count)), .null, .null] }
    let share = Double(count) / Double(trials)
    let error = (share * (1 - share) / Double(trials)).squareRoot()
    let rates = [share, error].map { JSONValue.number(($0 * 1e6).rounded() / 1e6) }
    return [.integer(Int64(count))] + rates
  }

  init?(_ node: JSONNode) {
    guard let name = node["method"]?.string, let estimand = node["estimand"]?.string,
      let gate = node["gate"]?.string.flatMap(CalibrationEntrant.Gate.init),
      let answered = node["answered"]?.tally, let tested = node["tested"]?.tally,
      let rejected = node["rejected"]?.elements?.compactMap({ $0.elements?.first?.tally }),
      rejected.count == MethodTally.rejectionLevels.count,
      let intervals = node["missed"]?.elements?.compactMap({ $0.elements?.first?.tally }),
      let missed = node["missed"]?.elements?.compactMap({ $0.elements?.dropFirst().first?.tally }),
      missed.count == MethodTally.coverageLevels.count, intervals.count == missed.count,
      let unbounded = node["unbounded"]?.tally,
      let widths = node["widthUnits"]?.string.flatMap({ Int128($0) }),
      let estimates = node["estimateUnits"]?.string.flatMap({ Int128($0) }),
      let estimated = node["estimated"]?.tally, let abstained = node["abstained"]?.members
    else { return nil }
    var tally = MethodTally()
    tally.answered = answered
    for member in abstained { tally.abstentions[member.key] = member.value.tally ?? 0 }
    (tally.tested, tally.rejections) = (tested, rejected)
    (tally.intervals, tally.covered) = (intervals, zip(intervals, missed).map { $0 - $1 })
    (tally.unbounded, tally.widths) = (unbounded, widths)
    (tally.estimates, tally.estimated) = (estimates, estimated)
    self.init(
      entrant: CalibrationEntrant(
        name: name, estimand: estimand, truth: node["truth"]?.number, gate: gate),
      tally: tally)
  }
}

extension JSONNode {
  /// A whole number of runs.
  fileprivate var tally: Int? { integer.flatMap { $0 >= 0 ? Int($0) : nil } }
}
