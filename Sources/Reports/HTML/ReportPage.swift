import Simulation

/// `report.html`: the verdict first, then what a sceptic may check, then how it was made.
struct ReportPage {
  let findings: StudyFindings
  let provenance: Provenance

  init(_ findings: StudyFindings, _ provenance: Provenance) {
    self.findings = findings
    self.provenance = provenance
  }

  var text: String { "<!DOCTYPE html>\n" + markup.text + "\n" }

  var markup: Markup {
    let page = PageContext(findings)
    let sections: [(id: String, name: String, markup: Markup?)] = [
      ("over-time", "Over time", TimeSection(page: page).markup),
      ("differences", "Differences", DifferenceSection(page: page).markup),
      ("disagreement", "Disagreement", DisagreementSection(page: page).markup),
      ("depth", "In depth", DepthSection(page: page).markup),
      ("health", "Health", HealthSection(page: page).markup),
      ("method", "How it was made", MethodSection(page: page, provenance: provenance).markup),
    ]
    let shown = sections.compactMap { section in
      section.markup.map { (id: section.id, name: section.name, markup: $0) }
    }
    let links = shown.map { section in
      Markup.el("li", [:], [.el("a", ["href": "#" + section.id], section.name)])
    }
    return .el(
      "html", ["lang": "en"],
      [
        head,
        .el(
          "body", [:],
          [
            .el("a", ["class": "skip", "href": "#verdict"], "Skip to the verdict"),
            .el(
              "header", ["class": "top"],
              [
                .el("p", ["class": "brand"], "Understudy"),
                .el("nav", ["aria-label": "Sections"], [.el("ul", [:], links)]),
              ]),
            .el("main", [:], [VerdictSection(page: page).markup] + shown.map(\.markup)),
            .el(
              "footer", [:],
              [
                .el(
                  "p", [:],
                  "\(provenance.program) \(provenance.version), seed \(provenance.seed), scenario \(String(findings.fingerprint.prefix(12)))"
                )
              ]),
            .el("div", ["id": "tip", "role": "status", "aria-live": "polite"], []),
            .element("script", [], [.verbatim(PageScript.text)]),
          ]),
      ])
  }

  private var head: Markup {
    let policy =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    return .el(
      "head", [:],
      [
        .el("meta", ["charset": "utf-8"]),
        .el("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        // The page asks nobody for anything; the browser holds it to that.
        .el("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
        .el("meta", ["name": "color-scheme", "content": "light dark"]),
        .el("title", [:], NameText.plain(findings.title, limit: 120) + " \u{2013} Understudy"),
        .el("link", ["rel": "icon", "href": "data:,"]),
        .element("style", [], [.verbatim(StyleSheet.text)]),
      ])
  }
}
