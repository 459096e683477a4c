import Documents
import Reports
import Simulation
import Statistics
import Traffic

/// The statistics of outcomes that somebody already has; nothing is simulated.
///
///     var request = AnalysisRequest(
///       table: "outcomes.csv", layout: .arms(column: "variant"), metrics: ["revenue/sessions"])
///     request.unit = "user_id"
///     print(try Analysis(request).run().answer())
public struct Analysis: Sendable {
  let request: AnalysisRequest
  private let expressions: [MetricExpression]
  private let method: Method?

  /// Checks what can be checked without the table.
  ///
  /// - Throws: what no table could make right.
  public init(_ request: AnalysisRequest) throws(AnalysisRequest.Mistake) {
    try request.check()
    self.request = request
    expressions = try request.expressions()
    method = try request.namedMethod()
  }

  /// Reads the table and compares.
  ///
  /// - Parameter isCancelled: asked while standard input is read and between comparisons.
  /// - Throws: what is wrong with the table, or that nothing could be compared, with the reason.
  public func run(isCancelled: () -> Bool = { false }) throws(StudyError) -> AnalysisResult {
    let table = try AnalysisTable(request, expressions, isCancelled: isCancelled)
    let design = try AnalysisDesign(request, table)
    let samples = AnalysisSamples(request: request, table: table, design: design)
    var findings = blank(table, design)
    for expression in expressions {
      for arm in design.arms.indices.dropFirst() {
        if isCancelled() { throw .interrupted }
        let sample =
          try request.isOfPairs
          ? samples.pairs(expression, arm: arm) : samples.arms(expression, arm: arm)
        let comparison = AnalysisComparison(
          request: request, expression: expression, baseline: design.arms[0],
          arm: design.arms[arm], sample: sample,
          choice: try choice(expression, sample.facts, table), isChosen: method == nil)
        findings.comparisons.append(comparison.finding())
        if findings.health.dependence == nil { findings.health.dependence = sample.dependence }
      }
    }
    AnalysisComparison.decide(&findings.comparisons, request)
    if findings.comparisons.allSatisfy({ $0.absence != nil }) {
      throw Self.nothing(findings.comparisons, table)
    }
    findings.adjustment = findings.comparisons.count > 1 ? request.adjustment.title : nil
    AnalysisHealthCheck(request: request, design: design, samples: samples)
      .add(to: &findings, expressions)
    return AnalysisResult(findings: findings)
  }

  private func blank(_ table: AnalysisTable, _ design: AnalysisDesign) -> AnalysisFindings {
    let arms = design.arms.indices.map { arm in
      AnalysisFindings.Arm(
        name: design.arms[arm], rowCount: design.rows[arm].count, unitCount: design.unitCount(arm))
    }
    var findings = AnalysisFindings(
      table: table.name, rowCount: table.columns.rowCount,
      layout: request.isOfPairs ? .pairs : .arms, arms: arms, level: request.level)
    if case .arms(let column) = request.layout { findings.armColumn = column }
    findings.unitColumn = request.unit
    findings.timeColumn = request.time
    findings.baselineReason = design.baselineReason
    return findings
  }

  private func choice(
    _ expression: MetricExpression, _ facts: DataFacts, _ table: AnalysisTable
  ) throws(StudyError) -> Chooser.Choice {
    if let method {
      if let reason = method.misfit(facts) {
        throw table.error(
          .misfit(
            method: method.name, metric: expression.text, reason: reason,
            fitting: AnalysisRequest.fitting(facts, valuesKnown: true)))
      }
      return Chooser.Choice(method: method, reason: "")
    }
    guard let choice = Chooser.choice(for: facts) else {
      throw table.error(
        .noMethod(
          metric: expression.text,
          hint: AnalysisRequest.fitting(facts, valuesKnown: true)
            ?? "analyze --list-methods shows what each method needs"))
    }
    return choice
  }

  private static func nothing(
    _ findings: [AnalysisFinding], _ table: AnalysisTable
  ) -> StudyError {
    let list = findings.map { finding in
      AnalysisProblem.undetermined(
        metric: finding.metric, baseline: finding.baseline, arm: finding.arm,
        reason: finding.absence ?? ""
      ).diagnostic(file: table.name)
    }
    return StudyError(.badData, Diagnostics(list))
  }
}

/// What a table says, in the forms that a person or another program reads.
public struct AnalysisResult: Sendable {
  package let findings: AnalysisFindings

  /// The forms an answer has.
  public enum Format: String, Sendable, CaseIterable { case table, json, markdown, csv }

  /// The answer, for the terminal or another program.
  public func answer(_ format: Format = .table) -> String {
    switch format {
    case .table: Report.table(findings)
    case .json: Report.document(findings)
    case .markdown: Report.markdown(findings)
    case .csv: Report.csv(findings)
    }
  }
}

/// Every method that a person can ask for by name.
public enum MethodCatalogue {
  /// A table of all methods.
  public static func list(_ format: AnalysisResult.Format = .table) -> String {
    Report.methods(Catalogue.all, format: format.rawValue)
  }

  /// One method with its assumptions, when it fails, and its source; nil when there is none of that name.
  public static func explanation(of name: String) -> String? {
    Catalogue.method(named: name).map { Report.method($0) }
  }

  /// The name that a misspelt one stands for, if one is near.
  public static func nearest(to name: String) -> String? {
    NearestName.of(name, among: Catalogue.all.map(\.name))
  }
}
