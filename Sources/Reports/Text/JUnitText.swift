import Simulation

/// Gates as test cases: a continuous-integration server shows each rule as passed or failed.
enum JUnitText {
  static func text(_ findings: StudyFindings) -> String {
    let failures = findings.gates.filter { !$0.passed }.count
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let counts = "tests=\"\(findings.gates.count)\" failures=\"\(failures)\" errors=\"0\""
    text += "<testsuites \(counts)>\n"
    text += "  <testsuite name=\"\(Markup.escaped(findings.title))\" \(counts) skipped=\"0\">\n"
    for gate in findings.gates { text += testCase(gate, findings) }
    let verdict = VerdictSentence(findings, style: .terminal).text
    text += "    <system-out>\(Markup.escaped(verdict))</system-out>\n"
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private static func testCase(_ gate: GateFinding, _ findings: StudyFindings) -> String {
    let value = findings.arms.first { $0.name == gate.rule.arm }?.metrics
      .first { $0.metric == gate.rule.metric }?.finding.estimate?.value
    let scale = MetricScale(
      gate.rule.metric, largest: value ?? 0, currency: findings.options.currency)
    let rule = gate.rule.requirement.words(scale, .terminal)
    let name = Markup.escaped("\(gate.rule.metric.title): \(rule)")
    let open = "    <testcase classname=\"\(Markup.escaped(gate.rule.arm))\" name=\"\(name)\""
    let sentence = Markup.escaped(GateText(gate, findings, style: .terminal).text)
    guard !gate.passed else {
      return open + ">\n      <system-out>\(sentence)</system-out>\n    </testcase>\n"
    }
    return open + ">\n      <failure message=\"\(sentence)\" type=\"gate\"/>\n    </testcase>\n"
  }
}
