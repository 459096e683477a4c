import Simulation

/// `report.html`.
struct ReportPage {
  private(set) var text: String

  init(_ findings: StudyFindings, _ provenance: Provenance) {
    text = "<!DOCTYPE html>\n" + Markup.el("html", ["lang": "en"]).text + "\n"
  }
}
