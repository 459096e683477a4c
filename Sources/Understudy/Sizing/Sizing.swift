import Documents
import Reports
import Scenarios
import Simulation
import Statistics
import Synchronization
import Traffic

/// Finds the smallest size with which an arm keeps a promise.
///
/// Sizes double from the smallest on until one keeps the promise; between it and the last that did not, the
/// middle is tried until they are neighbours. Every size meets the same traffic and the same luck, over
/// several replications; one whose interval holds the bound is played more often, and counts as not
/// keeping the promise where it stays unclear. That more is never worse is taken for granted, and a
/// try that tells otherwise is reported.
public struct Sizing: Sendable {
  private let request: SizeRequest

  /// Takes the request as it is; `run` says what is wrong with it.
  public init(_ request: SizeRequest) { self.request = request }

  /// Plays the scenario at as many sizes as the search needs.
  ///
  /// - Parameters:
  ///   - progress: told each size and its replications before they are played.
  ///   - isCancelled: asked now and then; true ends the search with an error of kind `.interrupted`.
  /// - Throws: `SizeRequest.Mistake` for what the request has wrong, `StudyError` for what the scenario has.
  public func run(
    progress: (Int, Int) -> Void = { _, _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> SizeResult {
    try check()
    let condition = try SizeCondition(request.condition)
    var search = SizeSearch(request, condition, path: path, isCancelled: isCancelled)
    try search.find(progress)
    return SizeResult(findings: try search.findings())
  }

  private var path: String { request.path ?? "arms.\(request.arm).service.replicas" }

  private func check() throws(SizeRequest.Mistake) {
    guard request.level > 0, request.level < 1 else {
      throw .init("--level is \(request.level), not between 0 and 1")
    }
    guard request.replications <= request.mostReplications else {
      throw .init(
        "--replications is \(request.replications), above --most-replications \(request.mostReplications)"
      )
    }
  }
}

/// What sizing says.
public struct SizeResult: Sendable {
  package let findings: SizeFindings

  /// How an answer is written.
  public enum Format: String, Sendable, CaseIterable { case table, json, markdown, csv }

  /// The smallest size that keeps the promise; nil where none that was allowed does.
  public var size: Int? { findings.answer?.size }

  /// The answer; several lines, the last one ended.
  public func answer(_ format: Format = .table) -> String {
    switch format {
    case .table: Report.table(findings)
    case .json: Report.document(findings)
    case .markdown: Report.markdown(findings)
    case .csv: Report.csv(findings)
    }
  }
}
