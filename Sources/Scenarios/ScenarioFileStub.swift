import Documents

package enum ScenarioText {
  package static func resolved(_ scenario: Scenario) -> String { "\(scenario)" }
}
