import Probability
import Simulation
import Statistics
import Testing

@testable import Understudy

@Suite("Analysis against labels") struct AnalysisLabelTests {
  private struct Row {
    var arm: String
    var score: Double
    var y: Int
  }

  private static let rows: [Row] = {
    var luck = RandomStream(seed: 5, StreamName("scores"), entity: 0)
    return (0..<120).map { row in
      let y = row % 3 == 0 ? 1 : 0
      let hint = luck.nextNormal() + (row % 2 == 0 ? 1.5 : 0.8) * Double(y)
      return Row(arm: row % 2 == 0 ? "B" : "A", score: Elementary.logistic(hint), y: y)
    }
  }()

  private static let table =
    "arm,score,y\n" + rows.map { "\($0.arm),\($0.score),\($0.y)\n" }.joined()

  @Test("two arms have the AUC of their own scores")
  func auc() throws {
    let finding = try analysed(Self.table, metrics: ["auc(score)"]) { $0.label = "y" }
      .findings.comparisons[0]
    let areas = try ["A", "B"].map { arm in
      let own = Self.rows.filter { $0.arm == arm }
      return try AreaUnderCurve(scores: own.map(\.score), labels: own.map { $0.y == 1 })
    }
    #expect(finding.method.name == "delong-unpaired" && finding.direction == .higherIsBetter)
    #expect(finding.estimate == areas[1].value - areas[0].value)
    #expect(finding.baselineValue == areas[0].value && finding.armValue == areas[1].value)
  }

  @Test("two arms have the losses of their own answers")
  func losses() throws {
    let metrics = [
      "logLoss(score)", "brier(score)", "accuracy(score)", "mae(score)", "rmse(score)",
    ]
    let found = try analysed(Self.table, metrics: metrics) { $0.label = "y" }.findings
    func mean(_ arm: String, _ loss: (Row) -> Double) -> Double {
      let own = Self.rows.filter { $0.arm == arm }
      return own.reduce(0) { $0 + loss($1) } / Double(own.count)
    }
    let losses: [(Row) -> Double] = [
      { -Elementary.log($0.y == 1 ? $0.score : 1 - $0.score) },
      { ($0.score - Double($0.y)) * ($0.score - Double($0.y)) },
      { ($0.score >= 0.5) == ($0.y == 1) ? 1 : 0 },
      { abs($0.score - Double($0.y)) },
    ]
    for (index, loss) in losses.enumerated() {
      let expected = mean("B", loss) - mean("A", loss)
      #expect(abs((found.comparisons[index].estimate ?? .nan) - expected) < 1e-12)
    }
    let roots = ["A", "B"].map { mean($0, losses[1]).squareRoot() }
    #expect(abs((found.comparisons[4].estimate ?? .nan) - (roots[1] - roots[0])) < 1e-12)
    #expect(found.comparisons.map(\.direction)[2] == .higherIsBetter)
  }

  /// Two models' classes of 60 requests, and what was true.
  private static let classes: [(old: String, new: String, truth: String, region: String)] =
    (0..<60).map { row in
      let names = ["cat", "dog", "owl"]
      let truth = names[row % 3]
      return (
        row % 4 == 0 ? names[(row + 1) % 3] : truth, row % 5 == 0 ? names[(row + 2) % 3] : truth,
        truth, row % 2 == 0 ? "eu" : "us"
      )
    }

  private static let pairs =
    "old,new,truth,region\n"
    + classes.map { "\($0.old),\($0.new),\($0.truth),\($0.region)\n" }.joined()

  private func ofPairs(
    _ metrics: [String], _ change: (inout AnalysisRequest) -> Void = { _ in }
  ) throws -> AnalysisFindings {
    try analysed(Self.pairs, layout: .pairs(columns: ["old", "new"]), metrics: metrics, change)
      .findings
  }

  @Test("classes that are texts are right where they are equal")
  func texts() throws {
    let finding = try ofPairs(["accuracy"]) { $0.label = "truth" }.comparisons[0]
    let right = [
      Self.classes.count { $0.old == $0.truth }, Self.classes.count { $0.new == $0.truth },
    ]
    #expect(finding.baselineValue == Double(right[0]) / 60)
    #expect(finding.armValue == Double(right[1]) / 60)
    #expect(finding.method.name == "tango" && finding.isShare)
    let arms =
      "arm,answer,truth\n"
      + Self.classes.enumerated().map {
        "\($0.offset % 2 == 0 ? "A" : "B"),\($0.element.new),\($0.element.truth)\n"
      }.joined()
    let ofArms = try analysed(arms, metrics: ["accuracy(answer)"]) { $0.label = "truth" }
      .findings.comparisons[0]
    let rightOfA = Self.classes.indices.count {
      $0 % 2 == 0 && Self.classes[$0].new == Self.classes[$0].truth
    }
    #expect(ofArms.baselineValue == Double(rightOfA) / 30)
  }

  @Test("texts and their numbers in any order give the same answer")
  func numbered() throws {
    let codes = ["cat": "7", "dog": "-1.5", "owl": "3"]
    var text = Self.pairs
    for (name, code) in codes.sorted(by: { $0.key < $1.key }) {
      text = text.replacing(name, with: code)
    }
    for metric in ["accuracy", "flips", "classes"] {
      let named = try ofPairs([metric]) { $0.label = "truth" }.comparisons[0]
      let coded = try analysed(
        text, layout: .pairs(columns: ["old", "new"]), metrics: [metric]
      ) { $0.label = "truth" }.findings.comparisons[0]
      #expect(named.estimate == coded.estimate && named.interval == coded.interval)
      #expect(named.flips == coded.flips && named.verdict == coded.verdict)
      #expect(abs((named.p?.value ?? .nan) - (coded.p?.value ?? .nan)) < 1e-12)
    }
  }

  @Test("flips are counted by whom they help")
  func flips() throws {
    let finding = try ofPairs(["flips"]) { $0.label = "truth" }.comparisons[0]
    let flips = try #require(finding.flips)
    let all = Self.classes
    #expect(flips.harmful.count == all.count { $0.old == $0.truth && $0.new != $0.truth })
    #expect(flips.beneficial.count == all.count { $0.old != $0.truth && $0.new == $0.truth })
    #expect(
      flips.neutral.count
        == all.count { $0.old != $0.truth && $0.new != $0.truth && $0.old != $0.new })
    #expect(flips.bothRight == all.count { $0.old == $0.truth && $0.new == $0.truth })
    let net = Double(flips.beneficial.count - flips.harmful.count) / 60
    #expect(abs((finding.estimate ?? .nan) - net) < 1e-15)
    #expect(
      flips.harmful.interval
        == Bounds(Wilson.interval(successes: flips.harmful.count, trials: 60, level: 0.95)))
  }

  @Test(
    "classes are compared by the methods of classes",
    arguments: ["bowker", "stuart-maxwell", "cohen-kappa"])
  func agreement(method: String) throws {
    let finding = try ofPairs(["classes"]) { $0.method = method }.comparisons[0]
    let names = ["cat", "dog", "owl"]
    let table = ClassTable(
      candidate: Self.classes.map { names.firstIndex(of: $0.new) ?? 0 },
      production: Self.classes.map { names.firstIndex(of: $0.old) ?? 0 }, classCount: 3)
    switch method {
    case "bowker": #expect(finding.p == table.bowker.p)
    case "stuart-maxwell":
      let p = try #require(finding.p)
      #expect(abs(p.value - table.stuartMaxwell.p.value) < 1e-12)
    default:
      #expect(abs((finding.estimate ?? .nan) - (try CohenKappa(table).value)) < 1e-12)
    }
    #expect(try ofPairs(["classes"]).comparisons[0].method.name == "bowker")
  }

  @Test("every segment is asked too, adjusted together, and the segments are compared")
  func segments() throws {
    let found = try ofPairs(["flips"]) { ($0.label, $0.segment) = ("truth", "region") }
    #expect(found.comparisons.map(\.segment) == [nil, "eu", "us"])
    let counts = found.comparisons.compactMap { $0.flips?.harmful.count }
    #expect(counts.count == 3 && counts[0] == counts[1] + counts[2])
    let raw = found.comparisons.compactMap { $0.p?.value }
    #expect(found.comparisons.compactMap { $0.adjustedP?.value } == Multiplicity.holm(raw))
    let interaction = try #require(found.interactions.first)
    #expect(interaction.segmentCount == 2 && interaction.p.value > 0 && interaction.p.value <= 1)
  }

  @Test("a segment in which an arm has nothing does not hide the others")
  func emptySegment() throws {
    let table =
      "arm,x,s\n"
      + (0..<40).map { "\($0 % 2 == 0 ? "A" : "B"),\($0 % 7),\($0 < 39 ? "p" : "q")\n" }.joined()
    let found = try analysed(table, metrics: ["x"]) { $0.segment = "s" }.findings
    #expect(found.comparisons.map(\.segment) == [nil, "p", "q"])
    #expect(found.comparisons[2].absence == "an arm has no value there")
    #expect(found.comparisons[2].verdict == .undetermined(.noOutcomes))
    #expect(found.comparisons[2].estimate == nil && found.comparisons[1].absence == nil)
  }

  @Test("a ratio of pairs is that of its own denominators, whatever the order of the columns")
  func ratios() throws {
    var text = "a,b,n,m\n"
    var sums = [0.0, 0, 0, 0]
    for row in 0..<40 {
      let values = [Double(row % 7), Double(row % 5), Double(1 + row % 3), Double(1 + row % 4)]
      for index in values.indices { sums[index] += values[index] }
      text += values.map { "\($0)" }.joined(separator: ",") + "\n"
    }
    let finding = try analysed(text, layout: .pairs(columns: ["a", "b"]), metrics: ["ratio"]) {
      $0.denominators = ["n", "m"]
    }.findings.comparisons[0]
    #expect(finding.method.name == "paired-ratio")
    #expect(abs((finding.estimate ?? .nan) - (sums[1] / sums[3] - sums[0] / sums[2])) < 1e-12)
    let turned = try analysed(text, layout: .pairs(columns: ["a", "b"]), metrics: ["ratio"]) {
      ($0.denominators, $0.baseline) = (["n", "m"], "b")
    }.findings.comparisons[0]
    #expect(abs((turned.estimate ?? .nan) + (finding.estimate ?? .nan)) < 1e-12)
  }
}
