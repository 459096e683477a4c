import Documents
import Scenarios

/// A whole scenario around one part: traffic stands in line 2, arms in line 3, the rest in line 4.
enum ScenarioText {
  static let replay = #"{ replay: "a.csv", time: "t", label: "y" }"#
  static let unlabelled = #"{ replay: "a.csv", time: "t" }"#
  static let arms = #"{ production: { model: "a.json" }, candidate: { model: "b.json" } }"#
  static let served =
    #"{ production: { model: "a.json", service: { time: "8ms" } }, candidate: { model: "b.json" } }"#

  static let threeArms =
    #"{ production: { model: "a" }, b: { model: "b" }, c: { model: "c" } }"#
  static let oneArm = #"{ production: { model: "a" } }"#

  static func whole(
    traffic: String = replay, arms: String = arms, _ rest: String = ""
  ) -> String {
    "{\n  traffic: \(traffic),\n  arms: \(arms),\n  \(rest)\n}\n"
  }
}

/// The mistakes of a scenario as "line:column message" and, on a line of its own, "help: …".
func mistakes(_ text: String, settings: [String] = []) -> [String] {
  do throws(Diagnostics) {
    _ = try Scenario.read(SourceText(name: "s.json5", text: text), settings: settings)
    return []
  } catch {
    return error.list.map { diagnostic in
      let place = diagnostic.place
      let prefix = place?.file == "--set" ? "--set:" : ""
      let help = diagnostic.help.map { "\nhelp: \($0)" } ?? ""
      return "\(prefix)\(place?.line ?? 0):\(place?.column ?? 0) \(diagnostic.message)\(help)"
    }
  }
}
