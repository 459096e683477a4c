import Simulation
import Statistics

extension Verdict {
  /// How good the news is for the candidate.
  enum Tone: Equatable { case good, bad, open, neutral }

  var tone: Tone {
    switch self {
    case .better, .notWorse, .equivalent: .good
    case .worse: .bad
    case .notShownNotWorse, .notShownEquivalent, .undetermined: .open
    case .different, .noDifferenceFound: .neutral
    }
  }

  /// Read beside the word, so that colour is never needed.
  var mark: String {
    switch self {
    case .better, .notWorse: "\u{2713}"
    case .worse: "\u{2717}"
    case .equivalent: "\u{2248}"
    case .different: "\u{2260}"
    case .noDifferenceFound: "="
    case .notShownNotWorse, .notShownEquivalent, .undetermined: "?"
    }
  }

  /// The word, with the reason where there is one.
  func words(_ style: NumberStyle) -> String {
    if case .undetermined(let absence) = self { word + ": " + absence.reason(style) } else { word }
  }
}

extension Absence {
  /// Why a number does not exist: completes "no number, because there are …" as a noun phrase.
  func reason(_ style: NumberStyle) -> String {
    switch self {
    case .noOutcomes: "no outcomes"
    case .noLabels: "no labels"
    case .tooFewOutcomes(let has, let needs):
      "\(style.count(has)) \(has == 1 ? "outcome" : "outcomes"), \(style.count(needs)) needed"
    case .oneClassOnly: "labels of one class only"
    case .notForThisTask: "not for this task"
    case .noService: "no service was simulated"
    case .noCost: "no cost was given"
    case .noVariation: "all values are equal"
    case .tooFewIndependentValues: "too few independent values"
    case .needsEveryValue: "not with bounded memory"
    case .unavailable(let reason): reason.text
    }
  }

  var key: String {
    switch self {
    case .noOutcomes: "noOutcomes"
    case .noLabels: "noLabels"
    case .tooFewOutcomes: "tooFewOutcomes"
    case .oneClassOnly: "oneClassOnly"
    case .notForThisTask: "notForThisTask"
    case .noService: "noService"
    case .noCost: "noCost"
    case .noVariation: "noVariation"
    case .tooFewIndependentValues: "tooFewIndependentValues"
    case .needsEveryValue: "needsEveryValue"
    case .unavailable(let reason): reason.key
    }
  }
}

extension ComparisonPlan.Question {
  var margin: Double? {
    switch self {
    case .different: nil
    case .notWorse(let margin), .equivalent(let margin): margin
    }
  }

  func words(_ scale: MetricScale, _ style: NumberStyle) -> String {
    switch self {
    case .different: "is there a difference?"
    case .notWorse(let margin): "not worse by \(scale.margin(margin, style))?"
    case .equivalent(let margin): "equal within \(scale.margin(margin, style))?"
    }
  }
}

/// Names that come from outside, made safe and short for a line of text.
enum NameText {
  /// Control characters (a terminal would obey them) and line breaks become "�"; at most `limit`
  /// characters, the middle left out.
  static func plain(_ name: String, limit: Int = 40) -> String {
    let clean = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { isSafe($0) ? $0 : "\u{FFFD}" }))
    return shortened(clean, limit: limit)
  }

  static func shortened(_ text: String, limit: Int) -> String {
    guard text.count > limit, limit > 2 else { return text }
    let tail = (limit - 1) / 3
    return text.prefix(limit - 1 - tail) + "\u{2026}" + text.suffix(tail)
  }

  /// No controls, no line breaks, no marks that turn the direction of the text around them.
  static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF:
      false
    default: true
    }
  }

  /// "the candidate" where the arm is called that, else its name.
  static func subject(_ arm: String) -> String {
    arm == "candidate" ? "the candidate" : plain(arm)
  }

  /// How many columns a terminal gives it: two for East Asian wide characters and emoji.
  static func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns(of: $1) } }

  private static func columns(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - columns(text)))
    return right ? spaces + text : text + spaces
  }

  /// Broken at spaces into lines of at most `width` columns, the first after `first`, the others
  /// after `indent`.
  static func wrapped(_ text: String, width: Int, first: String = "", indent: String = "")
    -> [String]
  {
    var lines: [String] = []
    var line = first
    for word in text.split(separator: " ") {
      if line != first, line != indent, columns(line) + 1 + columns(String(word)) > width {
        lines.append(line)
        line = indent + word
      } else {
        line += (line == first || line == indent ? "" : " ") + word
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
