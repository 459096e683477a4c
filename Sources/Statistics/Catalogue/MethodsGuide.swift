/// The part of the methods guide that is made from the catalogue: a block for each method in its family's article, and
/// the list of all of them.
///
/// The articles (`Sources/Understudy/Understudy.docc`) are written by hand around these blocks, so that what a method
/// assumes, when it fails and where it comes from stands in one place alone: its entry in the catalogue.
package enum MethodsGuide {
  /// An article of the guide and the methods that it tells of.
  package struct Page: Sendable {
    /// The article's file name without its ending, by which others link to it.
    package var name: String
    package var methods: [Method]
  }

  /// Each method of `Catalogue.all` stands on one of them.
  package static let pages = [
    Page(name: "Means", methods: Catalogue.means),
    Page(name: "Proportions", methods: Catalogue.proportions),
    Page(name: "Agreement", methods: Catalogue.agreement),
    Page(name: "Ranks", methods: Catalogue.shifts + Catalogue.pairedShifts + Catalogue.superiority),
    Page(name: "Distributions", methods: Catalogue.distributions),
    Page(name: "Spreads", methods: Catalogue.spreads),
    Page(name: "Areas", methods: Catalogue.areas),
    Page(name: "Quantiles", methods: Catalogue.quantiles),
    Page(name: "Ratios", methods: Catalogue.ratios),
    Page(name: "Units", methods: Catalogue.units),
    Page(name: "Series", methods: Catalogue.series),
    Page(name: "Groups", methods: Catalogue.grouped),
    Page(name: "Resampling", methods: Catalogue.resampling),
    Page(name: "Sequential", methods: Catalogue.sequential),
    Page(name: "Outcomes", methods: Catalogue.outcomes),
    Page(name: "OffPolicy", methods: Catalogue.policies),
    Page(name: "Bayes", methods: Catalogue.beliefs),
    Page(name: "Judges", methods: Catalogue.judges),
  ]

  /// The article with its blocks written anew; methods that have none yet get theirs at the end.
  ///
  /// - Parameter calibration: what was measured; nil leaves the tables out.
  package static func article(
    _ page: Page, from text: String, calibration: GuideCalibration? = nil
  ) -> String {
    page.methods.reduce(text) { text, method in
      let carded = replacing(block: method.name, by: card(method), in: text)
      return measured(calibration?.table(of: method), of: method, in: carded)
    }
  }

  private static let measured = "measured "

  /// The method's table behind what is told of it by hand; none where nothing was measured.
  private static func measured(
    _ table: String?, of method: Method, in text: String
  ) -> String {
    let name = measured + method.name
    guard let table else {
      guard let block = range(ofBlock: name, in: text) else { return text }
      return String(text[..<block.lowerBound] + text[block.upperBound...].drop { $0 == "\n" })
    }
    if range(ofBlock: name, in: text) != nil { return replacing(block: name, by: table, in: text) }
    guard let own = range(ofBlock: method.name, in: text) else { return text }
    let next = ["\n" + opening, "\n## "].compactMap {
      text[own.upperBound...].firstRange(of: $0)?.lowerBound
    }.min()
    let place = next ?? text.endIndex
    let block = "\(opening)\(name)\(closing)\n\n\(table)\n\n\(end)\n"
    return text[..<place] + "\n" + block + text[place...]
  }

  /// The names of the blocks of methods that no text by hand tells the formula of, in the article's order.
  package static func blocksWithoutFormula(of text: String) -> [String] {
    blocks(of: text).filter { name in
      guard let block = range(ofBlock: name, in: text) else { return true }
      let rest = text[block.upperBound...]
      let own = rest[..<(rest.firstRange(of: opening)?.lowerBound ?? rest.endIndex)]
      return own.split(separator: "\n").prefix { !$0.hasPrefix("## ") }.isEmpty
    }
  }

  /// The overview with its list of all methods written anew.
  package static func overview(from text: String) -> String {
    replacing(block: "every method", by: list, in: text)
  }

  /// The names of the blocks that a text has, in its order.
  package static func blocks(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix(opening), line.hasSuffix(closing),
        !line.dropFirst(opening.count).hasPrefix(measured)
      else { return nil }
      return String(line.dropFirst(opening.count).dropLast(closing.count))
    }
  }

  private static let opening = "<!-- generated: begin "
  private static let closing = " -->"
  private static let end = "<!-- generated: end -->"

  private static func replacing(block name: String, by block: String, in text: String) -> String {
    let fresh = "\(opening)\(name)\(closing)\n\n\(block)\n\n\(end)"
    guard let old = range(ofBlock: name, in: text) else { return text + "\n\(fresh)\n" }
    return text[..<old.lowerBound] + fresh + text[old.upperBound...]
  }

  /// From its opening to its end.
  private static func range(ofBlock name: String, in text: String) -> Range<String.Index>? {
    guard let first = text.firstRange(of: opening + name + closing),
      let last = text[first.upperBound...].firstRange(of: end)
    else { return nil }
    return first.lowerBound..<last.upperBound
  }

  private static func card(_ method: Method) -> String {
    var lines = [
      "### \(method.title.capitalizedFirst)", "",
      "`\(method.name)`, \(method.dataWords). Estimates: \(method.estimandWords).", "",
      "- Assumes: \(method.assumptions.joined(separator: "; ")).",
      "- Fails when: \(method.failsWhen).",
      "- Guarantee: \(method.guarantee.word) (\(method.guarantee.meaning)).",
      "- Interval and test: \(method.dualityWords).",
      "- Source: \(method.source).",
    ]
    if !method.widensWithLevel {
      lines.insert("- Level: an interval at a higher level need not hold one at a lower.", at: 8)
    }
    if method.readsMissing {
      lines.insert("- Missing values: rows without a value are counted with.", at: 4)
    }
    if !method.needs.isEmpty {
      let needs = Method.Need.allCases.filter { method.needs.contains($0) }
      lines.insert("- Needs: \(needs.map(\.words).joined(separator: ", ")).", at: 4)
    }
    return lines.joined(separator: "\n")
  }

  private static var list: String {
    var lines = ["| name | method | article |", "|---|---|---|"]
    for page in pages {
      for method in page.methods {
        lines.append("| `\(method.name)` | \(method.title.capitalizedFirst) | <doc:\(page.name)> |")
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Method {
  fileprivate var dataWords: String {
    switch body {
    case .arms: "for two arms"
    case .pairs: "for pairs"
    case .ownCall where isOfPolicies: "for a policy's log"
    case .ownCall where isOfBeliefs: "for two arms"
    case .ownCall: "with a call of its own"
    }
  }

  fileprivate var estimandWords: String {
    estimand == .other ? "a quantity of its own" : estimand.words
  }

  fileprivate var dualityWords: String {
    if estimand == .distribution { return "a test alone" }
    if isOfBeliefs { return "a credible interval alone" }
    return isDual
      ? "an interval holds exactly the values that the test does not reject"
      : "each is formed in its own way, so that they may disagree at the edge"
  }
}

extension String {
  /// "Paired t test", but "t test": a symbol keeps its case.
  fileprivate var capitalizedFirst: String {
    dropFirst().first == " " ? self : prefix(1).uppercased() + dropFirst()
  }
}
