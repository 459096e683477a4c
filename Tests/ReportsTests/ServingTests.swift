import Foundation
import Simulation
import TestSupport
import Testing
import Traffic

@testable import Reports

@Suite("Serving in the report") struct ServingReportTests {
  private static let page = Report.html(ServingFixture.storm, .fixture)

  @Test("stays as it was drawn and written") func golden() throws {
    try expectGolden(Self.page, named: "serving.html")
    try expectGolden(Report.summary(ServingFixture.storm), named: "serving.summary.json")
    try expectGolden(Report.table(ServingFixture.storm), named: "serving.txt")
    try expectGolden(Report.markdown(ServingFixture.storm), named: "serving.md")
    try expectGolden(Report.html(ServingFixture.language, .fixture), named: "language.html")
    try expectGolden(Report.summary(ServingFixture.language), named: "language.summary.json")
  }

  @Test("is not there without a service") func absent() {
    var findings = ShadowFixture.findings
    let html = Report.html(findings, .fixture)
    let summary = Report.summary(findings)
    for id in ["fates-flow", "levels-", "latency-causes"] {
      #expect(!html.contains("<figure id=\"\(id)"), "\(id)")
    }
    #expect(!summary.contains("\"serving\"") && !summary.contains("\"inFlight\""))
    // A service with nothing to tell changes no byte.
    for index in findings.arms.indices { findings.arms[index].serving = ServingFindings() }
    #expect(Report.html(findings, .fixture) == html)
    #expect(Report.summary(findings) == summary)
  }

  @Test("the fixture's counts are conserved") func conservation() throws {
    for arm in ServingFixture.storm.arms {
      let attempts = try #require(arm.serving?.attempts)
      let ends =
        attempts.answered + attempts.late + attempts.timedOut + attempts.failed + attempts.shed
        + attempts.abandoned + attempts.cancelled + attempts.inFlight
      #expect(attempts.all == ends)
    }
  }

  @Test("tells the flow, the levels and the causes in words")
  func words() {
    for sentence in Self.sentences { #expect(Self.page.contains(sentence), "\(sentence)") }
  }

  private static let sentences = [
    "Candidate: of 574\u{202F}900 requests, 87\u{00A0}% answered, 7.1\u{00A0}% timed out, 0.4\u{00A0}% failed, 5.3\u{00A0}% turned away, 0.6\u{00A0}% abandoned and 0.02\u{00A0}% in flight; 1.72 attempts a request, with 391\u{202F}000 retries and 22\u{202F}000 hedges; 88\u{202F}000 answers too late; 117\u{202F}000 more retries refused.",
    "Between 3 and 8 replicas are ready. At least 95\u{00A0}% of them are busy during 54\u{00A0}% of the time.",
    "Candidate: an answer takes 530\u{00A0}ms, 40\u{00A0}% retries, 49\u{00A0}% queue, 0.6\u{00A0}% batch wait, 9.1\u{00A0}% service and 1.3\u{00A0}% other stations; the slowest 1\u{00A0}% take 3\u{202F}160\u{00A0}ms, most of it queue (1\u{202F}630\u{00A0}ms).",
  ]

  @Test("says at the head how often clients ask, and where the queue is longest")
  func headlines() {
    #expect(
      Headlines(ServingFixture.storm, style: .terminal).lines == [
        "To spare production, the mirror did not send 25,100 copies (4.2 %) to the candidate: its pairs stand only for the requests whose copy was sent.",
        "The candidate gets 1.72 attempts a request; 23 % of the retries are refused by a budget, a rate limit or an open breaker.",
        "The candidate's queue is longest at 4 Mar 2024 10:40: 792 requests wait for 5 ready replicas.",
      ])
    #expect(Headlines(ServingFixture.quiet, style: .terminal).lines.isEmpty)
  }

  @Test("warns in the health section that pairs miss the copies that were not sent")
  func droppedCopies() throws {
    let health = try #require(Self.page.range(of: "<section id=\"health\""))
    #expect(Self.page[health.lowerBound...].contains("its pairs stand only for the requests"))
    #expect(Self.page.contains("1 warning."))
    #expect(Report.summary(ServingFixture.storm).contains("did not send 25,100 copies (4.2 %)"))
  }

  @Test("tells the long run where one run can, and what it takes where not") func longRun() {
    #expect(
      Self.page.contains("mean latency is 43.7\u{00A0}ms [42.8, 44.6], without the first 320"))
    #expect(Self.page.contains("because clients ask again, which feeds the load back to itself;"))
    var findings = ServingFixture.storm
    findings.requests = 5_000
    findings.arms[0].serving?.steadyState = .found(ServingFixture.steady(requests: 5_000))
    findings.arms[1].serving?.steadyState = .unavailable(.recordedTraffic)
    let text = SteadyStateText(findings, style: .terminal)
    #expect(
      text.found == [
        "No interval for production's latency in the long run: the run is too short for a load of 80 % on 4 replicas. Its queue forgets in about 72 requests; 16,566 requests of traffic would do, and there were 5,000."
      ])
    #expect(
      text.unavailable == [
        "Recorded traffic changes over time as it likes, so it has no long-run latency; its intervals come from replications."
      ])
    #expect(Report.table(findings).contains("No interval for production's latency in the long run"))
    #expect(Report.summary(findings).contains("\"reason\": \"recordedTraffic\""))
  }

  @Test("says in the health section that both counts agree, the larger numbers as text")
  func books() {
    #expect(Self.page.contains("law holds to the nanosecond at production and candidate:"))
    #expect(Report.summary(ServingFixture.storm).contains("\"area\": \"26000000000000000\""))
  }

  @Test("leaves out a flow where all was answered, and disagreements where nothing was said")
  func nothingToDraw() {
    var findings = ServingFixture.language
    findings.disagreements = [DisagreementFindings(arm: findings.arms[1].name)]
    let html = Report.html(findings, .fixture)
    #expect(!html.contains("id=\"fates-flow\"") && !html.contains("id=\"disagreement\""))
    findings.arms[0].fates.answered -= 1
    findings.arms[0].fates.failed += 1
    #expect(Report.html(findings, .fixture).contains("id=\"fates-flow\""))
  }

  @Test("names those who left or were still waiting only where there are some") func fates() {
    #expect(Self.page.contains(">Abandoned</th>") && Self.page.contains(">In flight</th>"))
    let language = Report.html(ServingFixture.language, .fixture)
    #expect(!language.contains(">Abandoned</th>") && !language.contains(">In flight</th>"))
    #expect(!Report.summary(ServingFixture.language).contains("\"abandoned\""))
  }

  @Test("has numbers and CSV of every figure, in full") func numbers() {
    let figures = Self.page.matches(of: /<figure/).count
    #expect(Self.page.matches(of: /download="[a-z0-9.-]+\.csv"/).count == figures)
    let chart = LevelChart.all(PageContext(ServingFixture.storm))[1]
    #expect(chart.figure(1).table.csv.count == ServingFixture.stretches + 1)
  }

  @Test("joins many stretches without changing an area") func thinning() {
    let levels = ServingFixture.storm.arms[1].serving?.levels ?? []
    let thin = LevelSeries(levels, limit: 7).levels
    #expect(thin.count == 7)
    #expect(thin.first?.start == levels.first?.start && thin.last?.end == levels.last?.end)
    func area(_ levels: [ServingFindings.ServiceLevel]) -> Double {
      levels.reduce(0) { $0 + $1.waiting * ($1.end - $1.start).seconds }
    }
    #expect(abs(area(thin) / area(levels) - 1) < 1e-12)
  }

  @Test("keeps its charts small over tens of thousands of stretches") func many() {
    var findings = ServingFixture.storm
    findings.arms[1].serving?.levels = (0..<20_000).map { index in
      let start = ServingFixture.start + SimulatedDuration(seconds: Double(index))
      return .init(
        start: start, end: start + SimulatedDuration(seconds: 1), waiting: Double(index % 97),
        busyReplicas: 2, readyReplicas: 3, orderedReplicas: Double(3 + index % 2))
    }
    let figure = LevelChart.all(PageContext(findings))[1].figure(1)
    #expect(figure.wide.elementCount <= 2_000)
    #expect(figure.table.rows.count <= 240)
    #expect(figure.wide.markup("", style: "").text.utf8.count < 60_000)
  }

  @Test("tells an engine's tokens, times, cache and cost") func language() {
    let html = Report.html(ServingFixture.language, .fixture)
    for text in [
      "Tokens per second", "First token, p99", "Between two tokens, p50", "Preemptions",
      "6\u{202F}120\u{202F}441 (27\u{00A0}%)", "Cost per million tokens",
    ] { #expect(html.contains(text), "\(text)") }
  }
}
