import Foundation
import Probability
import Simulation
import Statistics
import Testing

@testable import Understudy

@Suite("Analysis") struct AnalysisTests {
  private func findings(
    _ text: String, layout: AnalysisRequest.Layout = .arms(column: "arm"), metrics: [String],
    _ change: (inout AnalysisRequest) -> Void = { _ in }
  ) throws -> AnalysisFindings {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var request = AnalysisRequest(table: file.path, layout: layout, metrics: metrics)
    change(&request)
    return try Analysis(request).run().findings
  }

  /// Sessions of 60 users in two arms, with what they were before.
  private static let sessions: [(user: Int, arm: String, x: Double, n: Int, before: Double)] = {
    var rows: [(Int, String, Double, Int, Double)] = []
    for user in 0..<60 {
      var luck = RandomStream(seed: 3, StreamName("user"), entity: UInt64(user))
      let taste = luck.nextNormal()
      for _ in 0...(user % 3) {
        let x = taste + luck.nextNormal() + (user % 2 == 0 ? 0.3 : 0)
        rows.append(
          (user, user % 2 == 0 ? "B" : "A", x, 1 + user % 3, taste + 0.1 * Double(user % 7)))
      }
    }
    return rows.map { (user: $0.0, arm: $0.1, x: $0.2, n: $0.3, before: $0.4) }
  }()

  private static func csv(_ rows: [(user: Int, arm: String, x: Double, n: Int, before: Double)])
    -> String
  {
    "user,arm,x,n,before\n"
      + rows.map { "\($0.user),\($0.arm),\($0.x),\($0.n),\($0.before)\n" }.joined()
  }

  @Test("gives the numbers of the method, bit for bit")
  func numbers() throws {
    let rows = Self.sessions
    let finding = try #require(
      findings(Self.csv(rows), metrics: ["x"]).comparisons.first)
    let welch = try TTests.welch(
      candidate: Moments(of: rows.filter { $0.arm == "B" }.map(\.x)),
      production: Moments(of: rows.filter { $0.arm == "A" }.map(\.x)))
    #expect(finding.method.name == "welch")
    #expect(finding.estimate == welch.value)
    #expect(finding.interval == Bounds(welch.interval(level: 0.95)))
    #expect(finding.p == welch.pTwoSided())
    #expect(finding.baselineCount + finding.armCount == rows.count)
  }

  @Test("a question with a margin is the two sides of its test")
  func margins() throws {
    let rows = Self.sessions
    let welch = try TTests.welch(
      candidate: Moments(of: rows.filter { $0.arm == "B" }.map(\.x)),
      production: Moments(of: rows.filter { $0.arm == "A" }.map(\.x)))
    let equivalent = try findings(Self.csv(rows), metrics: ["x"]) {
      ($0.question, $0.margin) = (.equivalent, 0.9)
    }.comparisons[0]
    #expect(equivalent.p == welch.pEquivalent(within: -0.9...0.9))
    for higher in [true, false] {
      let notWorse = try findings(Self.csv(rows), metrics: ["x"]) {
        ($0.question, $0.margin, $0.higherIsBetter) = (.notWorse, 0.2, higher)
      }.comparisons[0]
      #expect(notWorse.p == (higher ? welch.pGreater(than: -0.2) : welch.pLess(than: 0.2)))
      let isShown = (notWorse.p?.value ?? 1) <= 0.025
      #expect(notWorse.verdict == (isShown ? .notWorse : .notShownNotWorse))
    }
  }

  @Test("the order of rows and of columns changes nothing, where there is no time")
  func order() throws {
    let straight = try findings(Self.csv(Self.sessions), metrics: ["x", "x/n"]) { $0.unit = "user" }
    let turned = try findings(Self.csv(Self.sessions.reversed()), metrics: ["x", "x/n"]) {
      $0.unit = "user"
    }
    for (one, other) in zip(straight.comparisons, turned.comparisons) {
      let (a, b) = (try #require(one.estimate), try #require(other.estimate))
      #expect(abs(a - b) <= 1e-12 * abs(a))
      #expect(one.method == other.method && one.verdict == other.verdict)
    }
    #expect(straight.comparisons.map(\.method.name) == ["clustered", "ratio-delta"])
    #expect(straight.health.sampleRatio?.observed == [30, 30])
  }

  @Test("covariates, strata and time reach the methods that ask for them")
  func design() throws {
    let text = Self.csv(Self.sessions)
    func chosen(_ change: (inout AnalysisRequest) -> Void) throws -> String {
      try findings(text, metrics: ["x"], change).comparisons[0].method.name
    }
    #expect(try chosen { $0.covariates = ["before"] } == "cuped")
    #expect(
      try chosen {
        $0.covariates = ["before"]
        $0.unit = "user"
      } == "cuped-clustered")
    #expect(try chosen { $0.stratum = "n" } == "post-stratified")
    let series = try findings(text, metrics: ["x"]) {
      ($0.time, $0.method) = ("user", "series-interleaved")
    }
    #expect(series.comparisons[0].estimate?.isFinite == true)
    #expect(series.health.dependence?.count == Self.sessions.count)
  }

  @Test("a method that does not know of units says so")
  func units() throws {
    let text = Self.csv(Self.sessions)
    for (method, isTold) in [("welch", true), ("clustered", false), ("bootstrap-t", false)] {
      let finding = try findings(text, metrics: ["x"]) {
        ($0.unit, $0.method, $0.resamples) = ("user", method, 199)
      }.comparisons[0]
      #expect(finding.cautions.contains { $0.contains("independent") } == isTold, "\(method)")
    }
  }

  @Test("weights are the rows' shares of the mean, and 1/p is a weight")
  func weights() throws {
    var text = "arm,x,w,p\n"
    var sums = ["A": (0.0, 0.0), "B": (0.0, 0.0)]
    for row in 0..<40 {
      let (arm, x, w) = (row % 2 == 0 ? "A" : "B", Double(row * row % 17), Double(1 + row % 4))
      text += "\(arm),\(x),\(w),\(1 / w)\n"
      sums[arm]?.0 += w * x
      sums[arm]?.1 += w
    }
    let means = ["A", "B"].map { (sums[$0]?.0 ?? 0) / (sums[$0]?.1 ?? 1) }
    for change in [
      { (request: inout AnalysisRequest) in request.weight = "w" }, { $0.propensity = "p" },
    ] {
      let found = try findings(text, metrics: ["x"], change)
      #expect(abs((found.comparisons[0].estimate ?? .nan) - (means[1] - means[0])) < 1e-12)
      let overlap = try #require(found.health.overlap.first)
      #expect(overlap.effectiveSampleSize < 20 && overlap.effectiveSampleSize > 15)
    }
  }

  @Test("pairs have the quality of each answer")
  func quality() throws {
    var text = "old,new,y\n"
    var losses: [String: [[Double]]] = ["brier": [[], []], "mae": [[], []], "logLoss": [[], []]]
    for row in 0..<30 {
      let y = Double(row % 3 == 0 ? 1 : 0)
      let answers = [Double(row % 10) / 10 + 0.05, Double((row * 7) % 10) / 10 + 0.05]
      text += "\(answers[0]),\(answers[1]),\(y)\n"
      for (index, p) in answers.enumerated() {
        losses["brier"]?[index].append((p - y) * (p - y))
        losses["mae"]?[index].append(abs(p - y))
        losses["logLoss"]?[index].append(-log(y == 1 ? p : 1 - p))
      }
    }
    let found = try findings(
      text, layout: .pairs(columns: ["old", "new"]), metrics: ["brier", "mae", "logLoss", "rmse"]
    ) { $0.label = "y" }
    for finding in found.comparisons where finding.metric != "rmse" {
      let values = try #require(losses[finding.metric])
      let means = values.map { $0.reduce(0, +) / 30 }
      #expect(abs((finding.estimate ?? .nan) - (means[1] - means[0])) < 1e-12)
      #expect(finding.direction == .lowerIsBetter)
    }
    let squares = try #require(losses["brier"]).map { ($0.reduce(0, +) / 30).squareRoot() }
    let rmse = try #require(found.comparisons.last)
    #expect(abs((rmse.estimate ?? .nan) - (squares[1] - squares[0])) < 1e-12)
  }

  @Test("what is missing is left out, counted and compared")
  func missing() throws {
    var text = "arm,x\n"
    for row in 0..<400 {
      let isGone = row % 2 == 0 && row % 8 == 0
      text += "\(row % 2 == 0 ? "A" : "B"),\(isGone ? "" : "\(row % 7)")\n"
    }
    text += ",5\n"
    let found = try findings(text, metrics: ["x"])
    #expect(found.health.rowsLeftOut == 1)
    let missing = try #require(found.health.missing.first)
    #expect(missing.missing == [50, 0] && missing.rows == [200, 200])
    #expect((missing.p?.value ?? 1) < 1e-10)
    #expect(found.comparisons[0].baselineCount == 150)
  }

  @Test("a p far below the smallest number is printed from its logarithm")
  func tinyP() throws {
    var text = "arm,x\n"
    for row in 0..<600 {
      text += "\(row % 2 == 0 ? "A" : "B"),\(Double(row % 2) + Double(row % 5) / 100)\n"
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try Analysis(
      AnalysisRequest(table: file.path, layout: .arms(column: "arm"), metrics: ["x"])
    ).run()
    let p = try #require(result.findings.comparisons[0].p)
    #expect(p.value == 0 && p.ln < -1_000 && p.ln.isFinite)
    let exponent = Int((p.ln / log(10)).rounded(.down))
    #expect(result.answer(.table).contains("e\(exponent)"))
    #expect(result.findings.comparisons[0].verdict == .different)
  }

  @Test("several comparisons are adjusted together, in every way that is offered")
  func adjustment() throws {
    let rows = Self.sessions
    for adjustment in AnalysisRequest.Adjustment.allCases where adjustment != .dunnett {
      let found = try findings(Self.csv(rows), metrics: ["x", "n", "before"]) {
        $0.adjustment = adjustment
      }
      let raw = found.comparisons.compactMap { $0.p?.value }
      let adjusted = found.comparisons.compactMap { $0.adjustedP?.value }
      #expect(raw.count == 3 && adjusted.count == 3)
      #expect(adjusted == adjustment.adjust(raw))
      #expect((found.adjustment == nil) == (adjustment == .none))
    }
  }

  @Test("each adjustment is the one of its name")
  func adjustments() {
    let p = [0.001, 0.02, 0.03, 0.2, 0.9]
    let expected: [(AnalysisRequest.Adjustment, [Double])] = [
      (.holm, Multiplicity.holm(p)), (.hochberg, Multiplicity.hochberg(p)),
      (.hommel, Multiplicity.hommel(p)), (.bonferroni, Multiplicity.bonferroni(p)),
      (.sidak, Multiplicity.sidak(p)), (.holmSidak, Multiplicity.holmSidak(p)),
      (.benjaminiHochberg, Multiplicity.benjaminiHochberg(p)),
      (.benjaminiYekutieli, Multiplicity.benjaminiYekutieli(p)), (.none, p),
    ]
    #expect(expected.count == AnalysisRequest.Adjustment.allCases.count - 1)
    for (adjustment, values) in expected { #expect(adjustment.adjust(p) == values) }
  }

  @Test("Dunnett's adjustment lies between the plain p and Bonferroni's")
  func dunnett() throws {
    var text = "arm,x\n"
    for row in 0..<80 {
      text += "\(["A", "B", "C", "D"][row % 4]),\((row * 7) % 11 + row % 4)\n"
    }
    let found = try findings(text, metrics: ["x"]) {
      ($0.adjustment, $0.method) = (.dunnett, "student-t")
    }
    #expect(found.adjustment == "Dunnett" && found.comparisons.count == 3)
    for finding in found.comparisons {
      let (p, adjusted) = (finding.p?.value ?? 0, finding.adjustedP?.value ?? 0)
      #expect(adjusted > p && adjusted < min(1, 3 * p))
      let law = Dunnett(candidates: [20, 20, 20], production: 20, degreesOfFreedom: 38)
      #expect(abs(adjusted - law.twoSided(finding.statistic ?? 0)) < 1e-9)
    }
    let sided = try findings(text, metrics: ["x"]) {
      ($0.adjustment, $0.alternative) = (.dunnett, .greater)
    }
    for finding in sided.comparisons {
      #expect((finding.adjustedP?.value ?? 0) >= (finding.p?.value ?? 1))
    }
  }

  @Test("an exact test without an interval borrows one, and says whose")
  func borrowed() throws {
    let text =
      "arm,x\n" + (0..<40).map { "\($0 % 2 == 0 ? "A" : "B"),\($0 % 13 == 1 ? 1 : 0)\n" }.joined()
    let finding = try findings(text, metrics: ["x"]).comparisons[0]
    #expect(finding.method.name == "boschloo")
    #expect(finding.intervalMethod == Catalogue.method(named: "miettinen-nurminen")?.title)
    let lender = try findings(text, metrics: ["x"]) { $0.method = "miettinen-nurminen" }
    #expect(finding.interval == lender.comparisons[0].interval && finding.interval != nil)
  }

  @Test("one metric that cannot be compared does not hide the others")
  func partial() throws {
    let text = "arm,x,c\nA,1,5\nA,2,5\nA,4,5\nB,2,5\nB,3,5\nB,9,5\n"
    let found = try findings(text, metrics: ["x", "c"])
    #expect(found.comparisons[0].absence == nil)
    #expect(found.comparisons[1].absence != nil && found.comparisons[1].estimate == nil)
    #expect(found.comparisons[1].verdict.word == "cannot be determined")
  }

  @Test(
    "takes the baseline that people mean",
    arguments: [
      (["B", "A"], "A"), (["treatment", "Control"], "Control"), (["v2", "v1"], "v1"),
      (["candidate", "production"], "production"),
    ])
  func baseline(arms: [String], expected: String) throws {
    let text = "arm,x\n" + (0..<8).map { "\(arms[$0 % 2]),\($0 * $0 % 5)\n" }.joined()
    let found = try findings(text, metrics: ["x"])
    #expect(found.baseline == expected && found.baselineReason != nil)
    let told = try findings(text, metrics: ["x"]) { $0.baseline = arms[0] }
    #expect(told.baseline == arms[0] && told.baselineReason == nil)
    #expect(abs((told.comparisons[0].estimate ?? 0)) == abs(found.comparisons[0].estimate ?? 1))
  }
}
