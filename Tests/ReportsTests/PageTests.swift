import Foundation
import Simulation
import TestSupport
import Testing
import Traffic

@testable import Reports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The page") struct PageTests {
  @Test("stays as it was drawn") func golden() throws {
    try expectGolden(Report.html(ShadowFixture.findings, .fixture), named: "shadow.html")
  }

  @Test("is well-formed XML, whatever the names and numbers", arguments: Fixtures.names)
  func wellFormed(name: String) throws {
    let html = Report.html(Fixtures.named(name), .fixture)
    let parser = XMLParser(data: Data(html.utf8))
    let watch = ElementWatch()
    parser.delegate = watch
    let isWellFormed = parser.parse()
    #expect(isWellFormed, "\(name): \(parser.parserError.map { "\($0)" } ?? "")")
    #expect(watch.repeatedIdentifiers.isEmpty, "\(name): \(watch.repeatedIdentifiers)")
    #expect(watch.largestChart <= 2_000, "\(name): \(watch.largestChart) elements in one chart")
    // Ours is the only script, and no element listens by an attribute.
    #expect(watch.scripts == 1)
    #expect(!watch.attributes.contains { $0.hasPrefix("on") })
  }

  @Test("asks nobody on the network for anything", arguments: Fixtures.names)
  func noNetwork(name: String) {
    let html = Report.html(Fixtures.named(name), .fixture)
    for scheme in ["http:", "https:", "//www", "@import", "url("] {
      #expect(!html.contains(scheme), "\(name) holds \(scheme)")
    }
    #expect(html.contains("default-src &#39;none&#39;"))
  }

  @Test("never prints what is not a number", arguments: Fixtures.names)
  func finite(name: String) {
    let html = Report.html(Fixtures.named(name), .fixture)
    #expect(Words.strays(in: html).isEmpty, "\(name): \(Words.strays(in: html))")
  }

  @Test("gives the same bytes every time") func repeatable() {
    #expect(
      Report.html(ShadowFixture.findings, .fixture) == Report.html(ShadowFixture.findings, .fixture)
    )
  }

  @Test("lets no name from outside become an element or turn the text") func hostile() {
    let html = Report.html(Fixtures.hostile, .fixture)
    #expect(!html.contains("<script>alert"))
    #expect(!html.contains("<b>&amp;amp;</b>") && !html.contains("]]>"))
    #expect(!html.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
    #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
  }

  @Test("offers every chart's numbers as CSV and as a table") func numbers() throws {
    let html = Report.html(ShadowFixture.findings, .fixture)
    let figures = html.matches(of: /<figure/).count
    #expect(figures >= 10)
    #expect(
      html.matches(of: /<a class="csv" download="[a-z0-9.-]+\.csv" href="data:text\/csv/).count
        == figures + 1)
    #expect(html.matches(of: /<summary>Numbers<\/summary>/).count == figures)
  }

  @Test("tells each chart in words to those who do not see it") func alternatives() {
    let html = Report.html(ShadowFixture.findings, .fixture)
    let charts = html.matches(of: /<svg class="chart[^>]*role="img" aria-label="[^"]{40,}"/).count
    #expect(charts == html.matches(of: /<svg class="chart/).count)
    #expect(
      html.contains("The candidate is above production in 19 of 20 months; below in Aug 1998."))
  }

  @Test("has all seven sections when there is something to say in each") func sections() {
    let html = Report.html(ShadowFixture.findings, .fixture)
    for id in ["verdict", "over-time", "differences", "disagreement", "depth", "health", "method"] {
      #expect(html.contains("<section id=\"\(id)\""), "\(id)")
    }
  }

  @Test("stays small enough to send", arguments: Fixtures.names)
  func size(name: String) {
    #expect(Report.html(Fixtures.named(name), .fixture).utf8.count < 700_000)
  }

  @Test("keeps its charts small with thousands of buckets, alarms and segments") func many() {
    var findings = ShadowFixture.findings
    let count = 3_000
    let step = findings.duration.nanoseconds / Int64(count)
    findings.timeline.bucket = "4h"
    findings.timeline.starts = (0..<count).map {
      .init(nanoseconds: findings.start.nanoseconds + Int64($0) * step)
    }
    findings.timeline.series = ["production", "candidate"].map { arm in
      .init(
        arm: arm, metric: .accuracy,
        points: (0..<count).map { .estimate(.about(0.7 + Double($0 % 7) / 100, 0.01, n: 9)) })
    }
    findings.events = findings.timeline.starts.map {
      EventFinding(time: $0, kind: "alarm", source: "adwin", detail: "")
    }
    findings.segments = (0..<400).flatMap { index in
      findings.segments.prefix(1).map { segment in
        var copy = segment
        copy.value = "\(index)"
        return copy
      }
    }
    let watch = ElementWatch()
    let parser = XMLParser(data: Data(Report.html(findings, .fixture).utf8))
    parser.delegate = watch
    let isWellFormed = parser.parse()
    #expect(isWellFormed)
    #expect(watch.largestChart <= 2_000)
  }
}

@Suite("The colours") struct PaletteTests {
  @Test("meet WCAG AA on both themes") func contrast() {
    for theme in [Theme.light, Theme.dark] {
      for text in theme.armTexts + [
        theme.ink, theme.soft, theme.good, theme.bad, theme.open, theme.link,
      ] {
        #expect(Contrast.ratio(text, theme.ground) >= 4.5, "\(text) on \(theme.ground)")
        #expect(Contrast.ratio(text, theme.surface) >= 4.5, "\(text) on \(theme.surface)")
      }
      for line in theme.arms {
        #expect(Contrast.ratio(line, theme.ground) >= 3, "\(line) on \(theme.ground)")
      }
    }
  }

  @Test("are Okabe and Ito's, in the order of the candidates")
  func okabeIto() {
    #expect(Array(Theme.light.arms.dropFirst()) == ["#0072b2", "#d55e00", "#009e73", "#cc79a7"])
  }

  @Test("never give two of the first seven candidates the same colour and dash") func looks() {
    let looks = (0...7).map { ArmLook(index: $0) }
    for (index, look) in looks.enumerated() {
      #expect(
        !looks.dropFirst(index + 1).contains { $0.colour == look.colour && $0.dash == look.dash })
    }
  }
}

/// Counts what a page holds while it is parsed.
final class ElementWatch: NSObject, XMLParserDelegate {
  private(set) var largestChart = 0
  private(set) var scripts = 0
  private(set) var attributes: Set<String> = []
  private(set) var repeatedIdentifiers: [String] = []
  private var identifiers: Set<String> = []
  private var inChart: Int?

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes found: [String: String] = [:]
  ) {
    if name == "svg" { inChart = 0 }
    inChart = inChart.map { $0 + 1 }
    if name == "script" { scripts += 1 }
    attributes.formUnion(found.keys)
    if let id = found["id"], !identifiers.insert(id).inserted { repeatedIdentifiers.append(id) }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard name == "svg" else { return }
    largestChart = max(largestChart, inChart ?? 0)
    inChart = nil
  }
}

/// WCAG 2.2, relative luminance and contrast ratio.
enum Contrast {
  static func ratio(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private static func luminance(_ colour: String) -> Double {
    let value = Int(colour.dropFirst(), radix: 16) ?? 0
    let channels = [value >> 16, value >> 8 & 255, value & 255].map { channel -> Double in
      let c = Double(channel) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}

/// What no reader should meet.
enum Words {
  static func strays(in text: String) -> [String] {
    let pattern = /(^|[^A-Za-z])(nan|NaN|inf|Infinity|Optional)([^A-Za-z]|$)/
    return text.matches(of: pattern).map { String($0.output.2) }
  }
}
