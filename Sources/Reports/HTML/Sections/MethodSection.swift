import Documents
import Simulation
import Traffic

/// Section 7: how this was made, so that anyone can make it again.
struct MethodSection {
  let page: PageContext
  let provenance: Provenance

  var markup: Markup {
    SectionMarkup.section(
      "method", "How this was made",
      lead: "The same scenario, data, seed and version give the same bytes on any machine.",
      [
        .el(
          "pre", ["class": "command", "tabindex": "0", "aria-label": "The command"],
          [.el("code", [:], provenance.command)]),
        facts, files, methods, scenario,
      ])
  }

  private var facts: Markup {
    let options = page.findings.options
    let clip = JSONValue.text(of: options.logLossClip)
    var pairs: [(String, String)] = [
      ("Program", "\(provenance.program) \(provenance.version)"),
      ("Seed", String(provenance.seed)),
      ("Scenario (SHA-256)", page.findings.fingerprint),
      ("Deployment", DeploymentWording(page).short),
      (
        "Traffic",
        "\(page.plural(page.findings.requests, "request")), \(page.time.span(page.findings.duration))"
      ),
    ]
    if case .binary = page.findings.task {
      pairs.append(
        (
          "Class 1 is named at",
          "a probability of at least \(Digits.trimmed(options.threshold, decimals: 6))"
        ))
      pairs.append(
        (
          "Log loss",
          "probabilities are moved into [\(clip), 1 \u{2212} \(clip)]"
        ))
      pairs.append(("AUC", options.auc == .exact ? "exact, ties count half" : "binned"))
    }
    for arm in page.findings.arms {
      pairs.append(
        (
          NameText.plain(arm.name, limit: 30).capitalizedFirst,
          NameText.plain(arm.model, limit: 200)
        ))
    }
    return .el(
      "dl", ["class": "facts"],
      pairs.map { .el("div", [:], [.el("dt", [:], $0.0), .el("dd", [:], $0.1)]) })
  }

  private var files: Markup {
    guard !provenance.files.isEmpty else { return .fragment([]) }
    let body = provenance.files.map { file in
      Markup.el(
        "tr", [:],
        [
          .el("th", ["scope": "row"], NameText.plain(file.role, limit: 60)),
          .el("td", [:], [.name(file.path, limit: 80)]),
          .el("td", ["class": "hash"], file.sha256),
        ])
    }
    let head = ["Role", "File", "SHA-256"].map { Markup.el("th", ["scope": "col"], $0) }
    return .el(
      "div", ["class": "block"],
      [
        .el("h3", [:], "Fingerprints"),
        TableMarkup.scrolling(
          "Fingerprints",
          .el(
            "table", [:],
            [
              .el("caption", ["class": "hidden"], "Fingerprints of the files"),
              .el("thead", [:], [.el("tr", [:], head)]), .el("tbody", [:], body),
            ])),
      ])
  }

  private var methods: Markup {
    let comparisons = page.findings.comparisons + page.findings.mirrorCost
    guard !comparisons.isEmpty else { return .fragment([]) }
    let items = comparisons.map { comparison -> Markup in
      let line = ComparisonLine(comparison, page.findings, style: page.style)
      var pairs: [(String, String)] = [
        ("Estimand", comparison.estimand), ("Unit of analysis", comparison.unitOfAnalysis),
        ("Method", comparison.main.method),
        (
          "Result",
          [line.difference, line.interval, test(comparison.main)].filter { !$0.isEmpty }.joined(
            separator: " ")
        ),
      ]
      if let p = comparison.adjustedP { pairs.append(("Adjusted (Holm)", "p \(equals(p))")) }
      if let question = line.question { pairs.append(("Question", question)) }
      if let independent = comparison.independent {
        let scale = MetricScale(comparison, currency: page.currency)
        let amount = independent.estimate.estimate.map {
          EstimateText($0, factor: scale.factor).full(
            page.style, unit: scale.differenceUnit, signed: true)
        }
        pairs.append(
          (
            "If independent",
            [independent.method + ":", amount ?? "", test(independent)].filter { !$0.isEmpty }
              .joined(separator: " ")
          ))
      }
      return .el(
        "details", [:],
        [
          .el("summary", [:], "\(line.metric), \(NameText.plain(comparison.arm, limit: 30))"),
          .el(
            "dl", ["class": "facts"],
            pairs.map {
              .el(
                "div", [:],
                [.el("dt", [:], $0.0), .el("dd", [:], NameText.plain($0.1, limit: 600))])
            }),
        ])
    }
    return .el("div", ["class": "block"], [.el("h3", [:], "The method of each number")] + items)
  }

  private func test(_ test: TestFinding) -> String {
    var parts: [String] = []
    if let statistic = test.statistic, statistic.value.isFinite {
      var text =
        "\(NameText.plain(statistic.name, limit: 12)) = \(page.style.number(statistic.value, decimals: 2))"
      if let freedom = test.degreesOfFreedom, freedom.isFinite {
        text += ", \(Digits.trimmed(freedom, decimals: 1)) degrees of freedom"
      }
      parts.append(text)
    }
    if let p = test.p {
      parts.append("p \(equals(p)), \(NameText.plain(test.alternative, limit: 20))")
    }
    return parts.isEmpty ? "" : "(" + parts.joined(separator: ", ") + ")"
  }

  private func equals(_ p: Double) -> String { p < 0.001 ? "< 0.001" : "= " + page.style.p(p) }

  private var scenario: Markup {
    guard !provenance.resolvedScenario.isEmpty else { return .fragment([]) }
    return .el(
      "details", ["class": "scenario"],
      [
        .el("summary", [:], "The scenario, with every default filled in"),
        .el(
          "pre", ["tabindex": "0", "aria-label": "Resolved scenario"],
          [.el("code", [:], provenance.resolvedScenario)]),
      ])
  }
}
