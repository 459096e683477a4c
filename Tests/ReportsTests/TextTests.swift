import Foundation
import Simulation
import TestSupport
import Testing
import Traffic

@testable import Reports

#if canImport(FoundationXML)
  import FoundationXML
#endif

extension Fixtures {
  static let names = all.map(\.name)

  static func named(_ name: String) -> StudyFindings {
    all.first { $0.name == name }?.findings ?? bare(name)
  }
}

@Suite("Numbers") struct NumberTests {
  @Test(
    "have the digits that their interval moves",
    arguments: [
      (1.8734, 0.77, 2.97, "1.9 [0.8, 3.0]"), (38.2, 29.1, 47.3, "38 [29, 47]"),
      (0.021, 0.0152, 0.0268, "0.021 [0.015, 0.027]"),
      (12_345, 11_145, 13_545, "12,300 [11,100, 13,500]"),
      (-0.5, -1, 0, "−0.5 [−1.0, 0.0]"), (0.0049, -0.0049, 0.0147, "0.005 [−0.005, 0.015]"),
      (5, 5, 5, "5.00 [5.00, 5.00]"), (2, 1, Double.infinity, "2.0 [1.0, ∞]"),
    ])
  func digits(value: Double, low: Double, high: Double, expected: String) {
    let estimate = Estimate(
      value: value, interval: Interval(low: low, high: high, level: 0.95), n: 9)
    #expect(EstimateText(estimate, factor: 1).full(.terminal, unit: "") == expected)
  }

  @Test(
    "are written without the help of a locale",
    arguments: [
      (0, 0, "0"), (-0.04, 1, "0.0"), (1_234.5, 1, "1234.5"), (0.125, 2, "0.12"),
      (999.95, 0, "1000"), (-12.5, 2, "-12.50"), (1_499, -3, "1000"),
      (1e17, 1, "100000000000000000.0"),
      (.nan, 2, "–"), (-.infinity, 2, "-∞"),
    ] as [(Double, Int, String)])
  func fixed(x: Double, decimals: Int, expected: String) {
    #expect(Digits.fixed(x, decimals: decimals) == expected)
  }

  @Test("have thin spaces in the page, commas on the terminal, and a minus that is one")
  func dress() {
    #expect(NumberStyle.page.number(-27_888.5, decimals: 1) == "\u{2212}27\u{202F}888.5")
    #expect(NumberStyle.terminal.number(27_888, decimals: 0, signed: true) == "+27,888")
    #expect(NumberStyle.terminal.number(-0.001, decimals: 1, signed: true) == "0.0")
  }

  @Test(
    "as shares never read as 0 or 100 when they are not",
    arguments: [
      (0, "0 %"), (1, "100 %"), (0.00015, "0.02 %"), (0.9995, "99.95 %"), (0.167, "17 %"),
      (0.081, "8.1 %"),
    ] as [(Double, String)])
  func shares(share: Double, expected: String) {
    #expect(NumberStyle.terminal.percent(share) == expected)
  }
}

@Suite("Times") struct TimeTests {
  @Test("agree with Foundation's calendar over four centuries")
  func calendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for day in stride(from: -90_000, through: 100_000, by: 97) {
      let time = SimulatedTime(
        nanoseconds: Int64(day) * CivilTime.nanosecondsPerDay + 45_296_000_000_001)
      let civil = CivilTime(time)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second, .weekday],
        from: Date(timeIntervalSince1970: Double(day) * 86_400 + 45_296))
      #expect(civil.year == parts.year && civil.month == parts.month && civil.day == parts.day)
      #expect(
        civil.hour == parts.hour && civil.minute == parts.minute && civil.second == parts.second)
      #expect((civil.weekday + 1) % 7 + 1 == parts.weekday)
      let first = CivilTime.midnight(year: civil.year, month: civil.month - 1)
      let since = Int64(day + 1 - civil.day) * CivilTime.nanosecondsPerDay
      #expect(first.nanoseconds == since)
    }
  }

  @Test("are told roughly where that is enough")
  func texts() {
    #expect(TimeText.aboutLength(.init(seconds: 9.2 * 86_400)) == "9 days")
  }

  @Test(
    "tick at the calendar's boundaries, no more than asked for",
    arguments: [1, 60, 3_600, 86_400, 10 * 86_400, 100 * 86_400, 600 * 86_400, 9_000 * 86_400]
      as [Double])
  func ticks(seconds: Double) {
    let start = SimulatedTime.date(1997, 5, 4, hour: 3, minute: 17)
    let end = start + SimulatedDuration(seconds: seconds)
    let ticks = TimeTicks(start, end, count: 8, time: TimeText(start: start)).ticks
    #expect((1...10).contains(ticks.count), "\(ticks.count) ticks over \(seconds) s")
    #expect(
      zip(ticks, ticks.dropFirst()).allSatisfy { $0.label != $1.label }, "\(ticks.map(\.label))")
    #expect(
      ticks.allSatisfy {
        $0.value >= Double(start.nanoseconds) && $0.value <= Double(end.nanoseconds)
      })
  }
}

@Suite("The verdict's sentence") struct SentenceTests {
  @Test(
    "says what was found, with its number and its doubt",
    arguments: [
      (
        "shadow",
        "Not yet: the candidate answers 1.9 points more requests right [0.8, 3.0], and its probabilities fit the labels better (log loss 0.22 lower [0.16, 0.28]), but its slowest 1 % take 38 ms longer [29, 47], over the 10 ms that you allow."
      ),
      (
        "split",
        "Better: the candidate answers 1.2 points more requests right [0.6, 1.8], and no difference in failures was found (−0.02 points [−0.09, 0.05])."
      ),
      (
        "regression",
        "Better: the candidate's answers are off by 6.3 less on average [5.2, 7.4], and its root mean squared error is 7.3 smaller [4.7, 9.9]."
      ),
      ("unlabelled", "Better: the candidate's slowest 0.1 % take 19 ms less [12, 26]."),
      (
        "absent",
        "Undecided: accuracy cannot be compared (no outcomes), and log loss cannot be compared (no labels)."
      ),
      (
        "three candidates",
        "None is better: boosted answers 2.0 points more requests right [1.2, 2.8], but it takes 2.0 ms longer on average [1.6, 2.4]; small answers 1.5 points fewer requests right [0.7, 2.3]; for distilled, no difference in accuracy was found (+0.1 points [−0.7, 0.9])."
      ),
      (
        "replications",
        "No difference found: the candidate's accuracy is 80.1 % against 80.0 % (+0.1 points [−0.9, 1.1])."
      ),
      (
        "undecided",
        "Undecided: no difference in accuracy was found (+0.4 points [−0.9, 1.7]), but a loss of 0.5 points is not ruled out; to decide, it would take about another 9 days at this traffic."
      ),
      (
        "bare",
        "Nothing was compared: 5,000 requests were played, and no question was asked of them."
      ),
    ])
  func sentences(name: String, expected: String) {
    #expect(Report.verdictSentence(Fixtures.named(name)) == expected)
  }

  @Test("never says significant, in any face", arguments: Fixtures.names)
  func neverSignificant(name: String) {
    let findings = Fixtures.named(name)
    for text in [
      Report.table(findings), Report.markdown(findings), Report.html(findings, .fixture),
    ] {
      #expect(!text.lowercased().contains("significan"))
    }
  }

  @Test("turns both number and interval when a word tells the direction") func turned() {
    let worse = ComparisonFinding.fixture(
      .accuracy, baseline: 0.8, value: 0.77, half: 0.011, verdict: .worse)
    var findings = Fixtures.bare("worse")
    findings.comparisons = [worse]
    #expect(
      Report.verdictSentence(findings)
        == "Worse: the candidate answers 3.0 points fewer requests right [1.9, 4.1].")
  }

  @Test("asks for no more data than a person can imagine") func muchData() {
    var findings = Fixtures.undecided
    findings.comparisons[0].dataFactorToDecide = 50_000
    #expect(Report.verdictSentence(findings).contains("more than a thousand times this traffic"))
    findings.comparisons[0].dataFactorToDecide = .infinity
    #expect(!Report.verdictSentence(findings).contains("to decide"))
  }

  @Test("tells what the mirror costs production") func mirror() {
    #expect(
      Headlines(Fixtures.unlabelled, style: .terminal).lines.first
        == "With the mirror, production's slowest 1 % take 12.0 ms longer [9.0, 15.0].")
  }

  @Test("judges a bound on the arm's own value by its whole interval") func bounds() {
    var findings = Fixtures.bare("bounds")
    let rule = GateRule(metric: .accuracy, arm: "candidate", requirement: .atLeast(0.75))
    findings.arms[1].metrics = [
      MetricFinding(metric: .accuracy, finding: .estimate(.about(0.754, 0.008, n: 900)))
    ]
    findings.gates = [GateFinding(rule: rule, passed: false, estimate: .absent(.noOutcomes))]
    #expect(
      Report.verdictSentence(findings)
        == "Not yet: the candidate's accuracy is 75.4 % [74.6, 76.2], not clear of the 75 % that you ask for."
    )
  }
}

@Suite("The terminal") struct TerminalTests {
  @Test("stays as it was") func golden() throws {
    try expectGolden(Report.table(ShadowFixture.findings), named: "shadow.txt")
  }

  @Test("answers in under 25 lines of at most 110 columns", arguments: Fixtures.names)
  func size(name: String) {
    let lines = Report.table(Fixtures.named(name)).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count < 25, "\(name): \(lines.count)")
    for line in lines { #expect(NameText.columns(String(line)) <= 110, "\(name): \(line)") }
  }

  @Test("shows the worst of forty comparisons, and says how many it left out") func many() {
    var findings = Fixtures.bare("many")
    findings.comparisons = (0..<40).map { index in
      .fixture(
        .accuracy, baseline: 0.8, value: index == 33 ? 0.7 : 0.8, half: 0.01,
        verdict: index == 33 ? .worse : .noDifferenceFound)
    }
    let text = Report.table(findings)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 25)
    #expect(text.contains("✗ worse"))
    #expect(text.contains("more comparisons in the report"))
  }

  @Test("sends no control character of a name to the terminal", arguments: Fixtures.names)
  func controls(name: String) {
    let text = Report.table(Fixtures.named(name)) + Report.markdown(Fixtures.named(name))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(Words.strays(in: text).isEmpty)
  }
}

@Suite("Formats") struct FormatTests {
  @Test("Markdown stays as it was") func markdown() throws {
    try expectGolden(Report.markdown(ShadowFixture.findings), named: "shadow.md")
  }

  @Test("JUnit stays as it was") func junit() throws {
    try expectGolden(Report.junit(ShadowFixture.findings), named: "shadow.junit.xml")
  }

  @Test("JUnit is XML whose failures are the gates that failed", arguments: Fixtures.names)
  func junitParses(name: String) {
    let findings = Fixtures.named(name)
    let parser = XMLParser(data: Data(Report.junit(findings).utf8))
    let isWellFormed = parser.parse()
    #expect(isWellFormed, "\(name)")
    #expect(
      Report.junit(findings).matches(of: /<failure\ /).count
        == findings.gates.filter { !$0.passed }.count)
  }

  @Test(
    "CSV has one row per comparison and as many cells in each as its header",
    arguments: Fixtures.names)
  func csv(name: String) {
    let findings = Fixtures.named(name)
    let rows = CSVReader.rows(Report.csv(findings))
    #expect(rows.count == findings.comparisons.count + 1)
    #expect(rows.allSatisfy { $0.count == ComparisonCSV.header.count })
    if name == "hostile" { #expect(rows[3][2] == findings.comparisons[2].arm) }
  }

  @Test("Markdown keeps a hostile name inside its cell") func markdownEscapes() {
    let text = Report.markdown(Fixtures.hostile)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(rows.allSatisfy { $0.replacing("\\|", with: "").filter { $0 == "|" }.count == 7 })
    #expect(!text.contains("<script>"))
  }
}

/// RFC 4180, enough for a test.
enum CSVReader {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\n" where !isQuoted:
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }
}
