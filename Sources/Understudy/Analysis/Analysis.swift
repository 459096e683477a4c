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
    let samples = AnalysisSamples(
      request: request, table: table, design: design, readsMissing: method?.readsMissing == true)
    var findings = blank(table, design)
    for expression in expressions {
      var compared: [AnalysisSamples.Sample] = []
      for arm in design.arms.indices.dropFirst() {
        if isCancelled() { throw .interrupted }
        let sample = try samples.sample(expression, arm: arm)
        findings.comparisons.append(
          comparison(expression, arm, sample, design, try choice(expression, sample.facts, table))
            .finding())
        if findings.health.dependence == nil { findings.health.dependence = sample.dependence }
        compared.append(sample)
        try addSegments(expression, arm, samples, to: &findings, isCancelled)
      }
      addContest(expression, compared, design, to: &findings)
    }
    AnalysisVerdicts.decide(&findings.comparisons, request)
    if findings.comparisons.allSatisfy({ $0.absence != nil }) {
      throw Self.nothing(findings.comparisons, table)
    }
    let several = findings.comparisons.count { $0.p != nil } > 1
    findings.adjustment = several ? request.adjustment.title : nil
    AnalysisHealthCheck(request: request, design: design, samples: samples)
      .add(to: &findings, expressions)
    return AnalysisResult(findings: findings)
  }

  private func comparison(
    _ expression: MetricExpression, _ arm: Int, _ sample: AnalysisSamples.Sample,
    _ design: AnalysisDesign, _ choice: Chooser.Choice
  ) -> AnalysisComparison {
    AnalysisComparison(
      request: request, expression: expression, baseline: design.arms[0], arm: design.arms[arm],
      sample: sample, choice: choice, isChosen: method == nil)
  }

  /// The same question in every segment, each with the method that its rows ask for.
  private func addSegments(
    _ expression: MetricExpression, _ arm: Int, _ samples: AnalysisSamples,
    to findings: inout AnalysisFindings, _ isCancelled: () -> Bool
  ) throws(StudyError) {
    var effects: [TEstimate] = []
    for segment in samples.design.segmentNames {
      if isCancelled() { throw .interrupted }
      let sample: AnalysisSamples.Sample
      do throws(StudyError) {
        sample = try samples.sample(expression, arm: arm, segment: segment.code)
      } catch {
        findings.comparisons.append(
          emptySegment(segment.name, expression, arm, samples.design, findings))
        continue
      }
      let choice = try choice(expression, sample.facts, samples.table)
      var finding = comparison(expression, arm, sample, samples.design, choice).finding()
      finding.segment = segment.name
      findings.comparisons.append(finding)
      if let effect = sample.effect { effects.append(effect) }
    }
    guard let together = try? SegmentEffects(effects, level: request.level) else { return }
    findings.interactions.append(
      .init(
        metric: expression.text, arm: samples.design.arms[arm], segmentCount: effects.count,
        q: together.q, p: together.interaction))
  }

  /// A segment in which an arm has no row with a value.
  private func emptySegment(
    _ name: String, _ expression: MetricExpression, _ arm: Int, _ design: AnalysisDesign,
    _ findings: AnalysisFindings
  ) -> AnalysisFinding {
    var finding = findings.comparisons[findings.comparisons.lastIndex { $0.segment == nil } ?? 0]
    finding = finding.withoutNumbers
    finding.segment = name
    finding.absence = "an arm has no value there"
    finding.verdict = .undetermined(.noOutcomes)
    return finding
  }

  private func addContest(
    _ expression: MetricExpression, _ compared: [AnalysisSamples.Sample],
    _ design: AnalysisDesign, to findings: inout AnalysisFindings
  ) {
    guard let method, method.isOfBeliefs else { return }
    let arms = compared.compactMap { sample -> TwoArms? in
      if case .arms(let arms) = sample.data { arms } else { nil }
    }
    let contest = AnalysisBelief.contest(
      expression.text, arms: design.arms, samples: arms, method: method.name,
      prior: request.ownPrior,
      smallestIsBest: request.direction(of: expression) == .lowerIsBetter)
    if let contest { findings.contests.append(contest) }
  }

  private func blank(_ table: AnalysisTable, _ design: AnalysisDesign) -> AnalysisFindings {
    let arms = design.arms.indices.map { arm in
      AnalysisFindings.Arm(
        name: design.arms[arm], rowCount: design.rows[arm].count, unitCount: design.unitCount(arm))
    }
    var findings = AnalysisFindings(
      table: table.name, rowCount: table.columns.rowCount,
      layout: layout, arms: arms, level: request.level)
    if case .arms(let column) = request.layout { findings.armColumn = column }
    findings.unitColumn = request.unit
    findings.timeColumn = request.time
    findings.segmentColumn = request.segment
    findings.baselineReason = design.baselineReason
    return findings
  }

  private var layout: AnalysisFindings.Layout {
    switch request.layout {
    case .arms: .arms
    case .pairs: .pairs
    case .policies: .policies
    }
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
