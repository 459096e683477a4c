import Simulation
import Traffic

/// What every section of the page needs.
struct PageContext {
  let findings: StudyFindings
  let style = NumberStyle.page
  let time: TimeText

  init(_ findings: StudyFindings) {
    self.findings = findings
    time = TimeText(start: findings.start)
  }

  var currency: String { findings.options.currency }

  var candidates: [ArmFindings] { findings.arms.filter { !$0.isProduction } }

  /// Production is 0, candidates count from 1 in the order of the arms.
  func look(_ arm: String) -> ArmLook {
    if findings.arms.first(where: { $0.name == arm })?.isProduction == true {
      return ArmLook(index: 0)
    }
    let index = candidates.firstIndex { $0.name == arm } ?? 0
    return ArmLook(index: index + 1)
  }

  /// A class that sets colour and dash for all that stands inside.
  func armClass(_ arm: String) -> String { Self.armClass(look(arm)) }

  static func armClass(_ look: ArmLook) -> String {
    look.dash == look.colour ? "a\(look.colour)" : "a\(look.colour) d\(look.dash)"
  }

  func shortName(_ arm: String, limit: Int) -> String { NameText.plain(arm, limit: limit) }

  /// A file and element name made of a metric or arm: ASCII letters, digits and hyphens.
  static func slug(_ parts: String...) -> String {
    let text = parts.joined(separator: "-").lowercased()
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
      default: if result.last != "-" { result += "-" }
      }
    }
    while result.hasSuffix("-") { result.removeLast() }
    return String(result.prefix(48))
  }

  /// A number stays on the line of its percent sign.
  static func bound(_ text: String) -> String { text.replacing(" %", with: "\u{00A0}%") }

  func plural(_ n: Int, _ noun: String) -> String {
    "\(style.count(n)) \(noun)\(n == 1 ? "" : noun.hasSuffix("ch") ? "es" : "s")"
  }

  func list(_ texts: [String]) -> String {
    guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }
}
