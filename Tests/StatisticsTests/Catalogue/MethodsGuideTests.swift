import Documents
import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("MethodsGuide") struct MethodsGuideTests {
  @Test("each method of the catalogue stands in one article")
  func complete() {
    let told = MethodsGuide.pages.flatMap(\.methods).map(\.name)
    #expect(told.sorted() == Catalogue.all.map(\.name).sorted())
  }

  @Test(
    "each article's blocks are what the catalogue says",
    arguments: MethodsGuide.pages.map(\.name))
  func committed(name: String) throws {
    let page = try #require(MethodsGuide.pages.first { $0.name == name })
    let calibration = try Self.calibration.get()
    let text = try committed(
      page.name, as: { MethodsGuide.article(page, from: $0, calibration: calibration) })
    #expect(MethodsGuide.blocks(of: text).sorted() == page.methods.map(\.name).sorted())
    #expect(MethodsGuide.blocksWithoutFormula(of: text).isEmpty)
  }

  @Test("a method's table has a row for each kind of traffic, with both sizes in each cell")
  func table() throws {
    let page = MethodsGuide.Page(name: "One", methods: Array(Catalogue.means.prefix(1)))
    let records = [
      Self.record("normal-200-null", .both, alarms: [520, 90], misses: [1_000, 700, 100]),
      Self.record("normal-2000-null", .both, alarms: [500, 100], misses: [990, 499, 98]),
      Self.record(
        "series-0.9-200-null", .none, alarms: [4_000, 3_000], misses: [], abstains: 2_500),
    ]
    let article = MethodsGuide.article(
      page, from: "# One\n", calibration: GuideCalibration(records))
    #expect(
      article.contains(
        """
        Measured, in per cent, with 200 and 2000 rows an arm (<doc:Methods>):

        | traffic | alarms at 5 % | at 1 % | misses at 90 % | at 95 % | at 99 % | abstains |
        | --- | --- | --- | --- | --- | --- | --- |
        | normal | 5.2, 5.0 | 0.9, 1.0 | 10.0, 9.9 | 7.0\\*, 5.0 | 1.0, 1.0 | 0, 0 |
        | series-0.9 | (40.0), – | (30.0), – | – | – | – | 25.0, – |
        """), "\(article)")
  }

  @Test("counts are read back from the texts of a calibration, whatever else is there")
  func texts() throws {
    let method = try #require(Catalogue.means.first)
    let record = Self.record(
      "normal-200-null", .both, alarms: [520, 90], misses: [1_000, 500, 100])
    let text = JSONValue.object([
      ("calibration", .integer(1)), ("cells", .array([record.json])),
    ]).written(.pretty)
    let page = MethodsGuide.Page(name: "One", methods: [method])
    let calibration = GuideCalibration(texts: [
      SourceText(name: "other.json", bytes: Array("{}".utf8)),
      SourceText(name: "normal.json", bytes: Array(text.utf8)),
    ])
    #expect(
      MethodsGuide.article(page, from: "", calibration: calibration)
        == MethodsGuide.article(page, from: "", calibration: GuideCalibration([record])))
    #expect(
      MethodsGuide.article(page, from: "", calibration: GuideCalibration([]))
        == MethodsGuide.article(page, from: ""))
  }

  @Test("the table stands behind what is told by hand, and goes where nothing is measured any more")
  func place() throws {
    let page = MethodsGuide.Page(name: "Two", methods: Array(Catalogue.means.prefix(2)))
    let record = Self.record(
      "normal-200-null", .both, alarms: [520, 90], misses: [1_000, 500, 100])
    let bare = MethodsGuide.article(page, from: "# Two\n")
    let names = page.methods.map(\.name)
    let plain = bare.replacing(
      "\n<!-- generated: begin \(names[1]) -->",
      with: "\nd = x\n\n<!-- generated: begin \(names[1]) -->")
    let told = MethodsGuide.article(page, from: plain, calibration: GuideCalibration([record]))
    #expect(
      told.contains("\nd = x\n\n<!-- generated: begin measured \(names[0]) -->\n\nMeasured, in"))
    #expect(told.contains("<!-- generated: end -->\n\n<!-- generated: begin \(names[1]) -->"))
    #expect(MethodsGuide.blocks(of: told) == names)
    #expect(MethodsGuide.blocksWithoutFormula(of: told) == [names[1]])
    #expect(
      MethodsGuide.article(page, from: told, calibration: GuideCalibration([record])) == told)
    #expect(MethodsGuide.article(page, from: told) == plain)
  }

  @Test("a block that nobody wrote a formula to is found")
  func formulas() {
    let page = MethodsGuide.Page(name: "Two", methods: Array(Catalogue.means.prefix(2)))
    let bare = MethodsGuide.article(page, from: "# Two\n")
    #expect(MethodsGuide.blocksWithoutFormula(of: bare) == page.methods.map(\.name))
    let last = bare + "\nd = x\n\n## Next\n"
    #expect(MethodsGuide.blocksWithoutFormula(of: last) == [page.methods[0].name])
    #expect(
      MethodsGuide.blocksWithoutFormula(of: bare + "\n## Next\n\nd = x\n").count == 2)
  }

  /// 10,000 runs of the first method of means.
  private static func record(
    _ name: String, _ gate: CalibrationEntrant.Gate, alarms: [Int], misses: [Int],
    abstains: Int = 0
  ) -> CalibrationRecord {
    var tally = MethodTally()
    tally.answered = 10_000 - abstains
    if abstains > 0 { tally.abstentions = ["tooFew": abstains] }
    tally.tested = tally.answered
    tally.rejections = alarms
    for (index, count) in misses.enumerated() {
      tally.intervals[index] = 10_000
      tally.covered[index] = 10_000 - count
    }
    let entrant = CalibrationEntrant(
      name: Catalogue.means[0].name, estimand: "meanDifference", truth: 0, gate: gate)
    return CalibrationRecord(
      name: name, isNull: true, runs: 0..<10_000, lines: [.init(entrant: entrant, tally: tally)])
  }

  /// The committed counts; nil where there are none yet.
  /// Read once, for it is long.
  private static let calibration = Result { try committedCalibration() }

  private static func committedCalibration() throws -> GuideCalibration? {
    let folder = testFile("").deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "results/calibration")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let counts = names.filter { $0.hasSuffix(".json") && !$0.contains(".part-") }.sorted()
    guard !counts.isEmpty else { return nil }
    return GuideCalibration(
      texts: try counts.map { name in
        SourceText(
          name: name, bytes: [UInt8](try Data(contentsOf: folder.appending(path: name))))
      })
  }

  @Test("the overview lists every method")
  func overview() throws {
    let text = try committed("Methods", as: MethodsGuide.overview(from:))
    for page in MethodsGuide.pages { #expect(text.contains("<doc:\(page.name)>")) }
  }

  @Test("what is written by hand around a block stays, and a new method gets a block at the end")
  func handwriting() throws {
    let page = try #require(MethodsGuide.pages.first)
    let once = MethodsGuide.article(page, from: "# Means\n\nBy hand.\n")
    #expect(once.hasPrefix("# Means\n\nBy hand.\n"))
    #expect(MethodsGuide.blocks(of: once) == page.methods.map(\.name))
    #expect(MethodsGuide.article(page, from: once + "\nMore.\n") == once + "\nMore.\n")
  }

  /// The committed article, after it was expected to be (or with `UNDERSTUDY_UPDATE_GOLDEN=1` made) what `update`
  /// makes of it.
  private func committed(_ name: String, as update: (String) -> String) throws -> String {
    let file = testFile("").deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Understudy/Understudy.docc/\(name).md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let updated = update(text)
    if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
      try Data(updated.utf8).write(to: file)
    } else {
      #expect(text == updated, "UNDERSTUDY_UPDATE_GOLDEN=1 swift test writes \(name).md")
    }
    return updated
  }
}
