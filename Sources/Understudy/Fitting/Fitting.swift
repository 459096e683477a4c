import Documents
import Probability
import Reports
import Statistics

/// Fits the laws of service times to measurements, checks them on others, and writes them as a piece of a scenario.
public struct Fitting: Sendable {
  private let request: FittingRequest

  /// Takes the request as it is; `run` says what is wrong with it.
  public init(_ request: FittingRequest) { self.request = request }

  /// Throws `FittingRequest.Mistake` for what the request itself has wrong, and `StudyError` for what a table has.
  public func run(isCancelled: @escaping @Sendable () -> Bool = { false }) throws -> FittingResult {
    try request.check()
    let measured = try MeasuredTimes(request, table: request.table, isCancelled: isCancelled)
    let other = try request.checkTable.map {
      try MeasuredTimes(request, table: $0, isCancelled: isCancelled)
    }
    var groups: [FittingFindings.Group] = []
    for name in measured.groupNames {
      if isCancelled() { throw StudyError.interrupted }
      let rows = measured.rows(of: name)
      if request.per != nil, rows.isEmpty { continue }
      groups.append(try group(name, rows, measured, other))
    }
    let heldOut =
      request.checkTable.map { "\($0), which was not fitted to" }
      ?? "the last \(Self.percent(request.holdout)) % of the rows, which were not"
    return FittingResult(
      FittingFindings(
        groups: groups, leftOut: measured.leftOut + (other?.leftOut ?? []), heldOut: heldOut,
        piece: FittingPiece.json(groups)))
  }

  private static func percent(_ share: Double) -> String {
    let percent = (share * 1e6).rounded() / 1e4
    return percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
  }

  private func group(
    _ name: String?, _ rows: [Int], _ measured: MeasuredTimes, _ other: MeasuredTimes?
  ) throws -> FittingFindings.Group {
    let fewest = FittingRequest.fewestRows
    let of = name.map { " of \($0)" } ?? ""
    func checked(_ rows: [Int], _ measured: MeasuredTimes) throws {
      guard rows.count >= fewest else {
        let left = measured.leftOut.map { "\($0.count) left out \($0.reason)" }
        throw measured.error(
          "\(rows.count) rows\(of) have a time to fit, and a fit needs at least \(fewest)",
          help: left.isEmpty ? nil : left.joined(separator: ", "))
      }
    }
    try checked(rows, measured)
    var own = rows[...]
    var checks: ArraySlice<Int> = []
    if other == nil {
      // At least ten on either side, of twenty or more.
      let count = Int((Double(rows.count) * request.holdout).rounded())
      let cut = rows.count - min(max(count, 10), rows.count - 10)
      (own, checks) = (rows[..<cut], rows[cut...])
    } else if let other {
      let theirs = other.rows(of: name)
      try checked(theirs, other)
      checks = theirs[...]
    }
    let times = own.map { measured.times[$0] }
    if let first = times.first, times.allSatisfy({ $0 == first }) {
      throw measured.error(
        "all \(times.count) times\(of) that are to be fitted are equal",
        help: "write time: \(ScenarioTime.text(first)) into the service")
    }
    let fit = try form(measured, Array(own), times)
    let source = other ?? measured
    let fittedTimes = fit.times(sizes(measured, Array(own)))
    let checkTimes = checks.map { source.times[$0] }
    let checkFitted = fit.times(sizes(source, Array(checks)))
    let isPlain = request.form == .plain
    for (fitted, table) in [(fittedTimes, measured), (checkFitted, source)] where !isPlain {
      guard fitted.allSatisfy({ $0 > 0 }) else {
        throw table.error("the fitted time of a row\(of) is 0: no column tells its time")
      }
    }
    let ownRatios = isPlain ? times : zip(times, fittedTimes).map { $0 / $1 }
    let regression =
      isPlain ? nil : RegressionCheck(times: checkTimes, fitted: checkFitted)
    let families = request.families.compactMap(LatencyFamily.init(rawValue:))
    do throws(Unavailable) {
      let selection = try LatencySelection(
        ownRatios, families: families.isEmpty ? LatencyFamily.allCases : families)
      var all: [LatencyCheck] = []
      for candidate in selection.candidates {
        all.append(try LatencyCheck(candidate.law, against: regression?.ratios ?? checkTimes))
      }
      return FittingFindings.Group(
        name: name, form: fit.form, fittedCount: times.count, selection: selection, checks: all,
        regressionCheck: regression)
    } catch {
      throw measured.error("the times\(of) cannot be fitted: \(error.text)")
    }
  }

  /// The columns of rows, as the form of the time asks for them.
  private func sizes(_ measured: MeasuredTimes, _ rows: [Int]) -> [[Double]] {
    var columns = measured.sizes.map { column in rows.map { column[$0] } }
    if case .steps(squares: nil) = request.form {
      columns.insert(columns[0].map { $0 * $0 }, at: 1)
    }
    return columns.isEmpty ? [rows.map { _ in 0 }] : columns
  }

  private func form(
    _ measured: MeasuredTimes, _ rows: [Int], _ times: [Double]
  ) throws -> FittedForm {
    let columns = sizes(measured, rows)
    func regression() throws -> TimeRegression {
      do throws(Unavailable) {
        return try TimeRegression(columns, times: times)
      } catch { throw measured.error("the times cannot be fitted: \(error.text)") }
    }
    switch request.form {
    case .plain: return FittedForm(form: .plain)
    case .by(let names): return FittedForm(form: .regression(try regression(), columns: names))
    case .batch: return FittedForm(form: .batch(BatchCurve(sizes: columns[0], times: times)))
    case .steps:
      return FittedForm(form: .steps(try regression(), keys: FittingPiece.stepKeys))
    }
  }
}

/// What a time is made of, and what that comes to.
private struct FittedForm {
  var form: FittingFindings.Form

  /// Seconds; 1 for plain times, which are their own ratio.
  func times(_ columns: [[Double]]) -> [Double] {
    switch form {
    case .plain: columns[0].map { _ in 1 }
    case .regression(let regression, _), .steps(let regression, _): regression.times(of: columns)
    case .batch(let curve): columns[0].map(curve.time)
    }
  }
}

/// What measured times say.
public struct FittingResult: Sendable {
  /// How an answer is written.
  public enum Format: String, Sendable, CaseIterable { case table, json, markdown }

  package let findings: FittingFindings

  init(_ findings: FittingFindings) { self.findings = findings }

  /// The answer; several lines, the last one ended.
  public func answer(_ format: Format = .table) -> String {
    switch format {
    case .table: Report.table(findings)
    case .json: Report.document(findings)
    case .markdown: Report.markdown(findings)
    }
  }

  /// The piece of a scenario, JSON5.
  public var piece: String { findings.pieceText }

  /// Writes the piece into a file, which must not exist.
  public func writePiece(to path: String) throws(StudyError) {
    do {
      let file = try NewFile(at: path)
      try file.write(Array(piece.utf8))
      try file.flushAndClose()
    } catch {
      throw StudyError(unwritable: path, reason: SystemReason.of(error))
    }
  }
}
