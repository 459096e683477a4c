import Simulation

/// What became of each arm's requests, and of their attempts where clients ask more than once, as
/// flows on one scale.
struct FateFlowChart {
  let page: PageContext
  private let arms: [ArmFindings]

  /// nil where no arm tells of its service, and where everything was answered at the first attempt.
  init?(_ page: PageContext) {
    self.page = page
    arms = page.findings.arms.filter { $0.fates.sent > 0 }
    guard arms.contains(where: { $0.serving?.isEmpty == false }),
      arms.contains(where: { arm in
        arm.fates.answered < arm.fates.sent
          || arm.serving?.attempts.map { $0.all > $0.first } ?? false
      })
    else { return nil }
  }

  private var hasAttempts: Bool { arms.contains { $0.serving?.attempts != nil } }

  var figure: Figure {
    Figure(
      id: "fates-flow", title: "Where the requests go",
      subtitle: hasAttempts ? "and the attempts of their clients" : "", words: words,
      wide: drawing(width: 960, columns: 2, column: 456),
      narrow: drawing(width: 360, columns: 1, column: 360), table: table,
      note: "Widths are counts, on one scale for all arms. " + attemptNote)
  }

  private var attemptNote: String {
    hasAttempts
      ? "A request is a question of a client; an attempt is one time that it is sent. An attempt is late where its client had stopped waiting, and taken back where another one was answered."
      : ""
  }

  // MARK: Drawing

  private func drawing(width: Double, columns: Int, column: Double) -> Drawing {
    let largest = arms.map { max($0.fates.sent, $0.serving?.attempts?.all ?? 0) }.max() ?? 1
    let unit = (columns == 1 ? 120.0 : 130) / Double(max(1, largest))
    let rows = flows(columns).map { row in
      row.map { item in
        var item = item
        item.flow.hasCounts = columns > 1
        return item
      }
    }
    var top = 0.0
    var places: [(top: Double, flows: [(name: String?, arm: String, flow: FlowDiagram)])] = []
    for row in rows {
      places.append((top, row))
      let name = row.contains { $0.name != nil } ? 22.0 : 0
      top += name + (row.map { $0.flow.height(unit: unit) }.max() ?? 0) + 14
    }
    var drawing = Drawing(width: width, height: max(1, top - 8))
    for place in places {
      let named = place.flows.contains { $0.name != nil }
      for (index, item) in place.flows.enumerated() {
        let left = Double(index) * (width - column)
        if let name = item.name {
          drawing.text(
            page.shortName(name, limit: 40), left, place.top + 14,
            "name " + page.armClass(item.arm))
        }
        item.flow.draw(
          in: &drawing, left: left, top: place.top + (named ? 22 : 0), width: column, unit: unit)
      }
    }
    return drawing
  }

  /// With attempts, an arm is a row: its requests, then their attempts. Without, arms fill the row.
  private func flows(_ columns: Int) -> [[(name: String?, arm: String, flow: FlowDiagram)]] {
    var rows: [[(name: String?, arm: String, flow: FlowDiagram)]] = []
    for arm in arms {
      var own: [(name: String?, arm: String, flow: FlowDiagram)] = [
        (arm.name, arm.name, requests(arm))
      ]
      if let attempts = arm.serving?.attempts { own.append((nil, arm.name, flow(attempts, arm))) }
      if columns == 1 {
        rows += own.map { [$0] }
      } else if !hasAttempts, let last = rows.last, last.count < columns {
        rows[rows.count - 1] += own
      } else {
        rows.append(own)
      }
    }
    return rows
  }

  private func requests(_ arm: ArmFindings) -> FlowDiagram {
    FlowDiagram(
      title: page.plural(arm.fates.sent, "request"),
      sources: [.init(name: "sent", count: arm.fates.sent)], ends: Self.ends(arm.fates),
      look: page.armClass(arm.name), style: page.style)
  }

  private func flow(_ attempts: ServingFindings.AttemptCounts, _ arm: ArmFindings) -> FlowDiagram {
    let ratio = attempts.perRequest.map {
      ", \(page.style.number($0, decimals: 2)) a request"
    }
    return FlowDiagram(
      title: page.plural(attempts.all, "attempt") + (ratio ?? ""),
      sources: Self.sources(attempts), ends: Self.ends(attempts), look: page.armClass(arm.name),
      style: page.style)
  }

  // MARK: Strands

  private static func ends(_ fates: Fates) -> [FlowDiagram.Strand] {
    [
      .init(name: "answered", count: fates.answered),
      .init(name: "timed out", count: fates.timedOut, tone: .lost),
      .init(name: "failed", count: fates.failed, tone: .lost),
      .init(name: "turned away", count: fates.shed, tone: .lost),
      .init(name: "abandoned", count: fates.abandoned, tone: .lost),
      .init(name: "in flight", count: fates.inFlight, tone: .open),
    ]
  }

  private static func sources(_ attempts: ServingFindings.AttemptCounts) -> [FlowDiagram.Strand] {
    [
      .init(name: "first", count: attempts.first), .init(name: "retries", count: attempts.retries),
      .init(name: "hedges", count: attempts.hedges),
    ]
  }

  private static func ends(_ attempts: ServingFindings.AttemptCounts) -> [FlowDiagram.Strand] {
    [
      .init(name: "answered", count: attempts.answered),
      .init(name: "late", count: attempts.late, tone: .open),
      .init(name: "taken back", count: attempts.cancelled, tone: .open),
      .init(name: "timed out", count: attempts.timedOut, tone: .lost),
      .init(name: "failed", count: attempts.failed, tone: .lost),
      .init(name: "turned away", count: attempts.shed, tone: .lost),
      .init(name: "abandoned", count: attempts.abandoned, tone: .lost),
      .init(name: "in flight", count: attempts.inFlight, tone: .open),
    ]
  }

  // MARK: Words and numbers

  private var words: String { arms.map(sentence).joined(separator: " ") }

  private func sentence(_ arm: ArmFindings) -> String {
    let parts = Self.ends(arm.fates).filter { $0.count > 0 }.map {
      "\(page.style.percent(Double($0.count) / Double(arm.fates.sent))) \($0.name)"
    }
    var text =
      "\(NameText.plain(arm.name).capitalizedFirst): of \(page.plural(arm.fates.sent, "request")), \(page.list(parts))"
    if let attempts = arm.serving?.attempts, let ratio = attempts.perRequest {
      text += "; \(page.style.number(ratio, decimals: 2)) attempts a request"
      let more = [
        attempts.retries > 0 ? retries(attempts.retries) : nil,
        attempts.hedges > 0 ? page.plural(attempts.hedges, "hedge") : nil,
      ].compactMap { $0 }
      if !more.isEmpty { text += ", with \(page.list(more))" }
      if attempts.late > 0 { text += "; \(page.plural(attempts.late, "answer")) too late" }
      if attempts.retriesRefused > 0 {
        text += "; \(page.style.count(attempts.retriesRefused)) more retries refused"
      }
    }
    return text + "."
  }

  private func retries(_ count: Int) -> String {
    count == 1 ? "1 retry" : "\(page.style.count(count)) retries"
  }

  private struct Row {
    var level: String
    var stage: String
    var kind: String
    var counts: [Int?]
  }

  private var tableRows: [Row] {
    func row(
      _ level: String, _ stage: String, _ strands: [[FlowDiagram.Strand]?]
    ) -> [Row] {
      guard let names = strands.compactMap({ $0 }).first?.map(\.name) else { return [] }
      return names.enumerated().map { index, name in
        Row(level: level, stage: stage, kind: name, counts: strands.map { $0?[index].count })
      }
    }
    let attempts = arms.map { $0.serving?.attempts }
    var rows = [
      Row(level: "request", stage: "source", kind: "sent", counts: arms.map { $0.fates.sent })
    ]
    rows += row("request", "end", arms.map { Self.ends($0.fates) })
    rows += row("attempt", "source", attempts.map { $0.map(Self.sources) })
    rows += row("attempt", "end", attempts.map { $0.map(Self.ends) })
    if hasAttempts {
      rows.append(
        Row(
          level: "attempt", stage: "refused", kind: "retries refused",
          counts: attempts.map { $0?.retriesRefused }))
    }
    return rows
  }

  private var table: DataTable {
    let kinds = tableRows
    let read = kinds.map { row in
      ["\(row.level.capitalizedFirst)s: \(row.kind)"]
        + row.counts.map { $0.map { page.style.count($0) } ?? NumberStyle.missing }
    }
    var csv = [["arm", "level", "stage", "kind", "count"]]
    for (index, arm) in arms.enumerated() {
      for row in kinds {
        guard let count = row.counts[index] else { continue }
        csv.append([arm.name, row.level, row.stage, row.kind, String(count)])
      }
    }
    return DataTable(
      header: [""] + arms.map { NameText.plain($0.name, limit: 24) }, rows: read, csv: csv)
  }
}
