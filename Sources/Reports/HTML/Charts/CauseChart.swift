import Simulation

/// What the latency of an answer is made of: on average, and of the slowest hundredth.
struct CauseChart {
  let page: PageContext
  private let arms: [Row]
  private let scale: MetricScale

  private struct Row {
    var name: String
    var causes: [ServingFindings.LatencyCause]
    /// Busy share of the replicas' time.
    var utilisation: Double?
  }

  private typealias Kind = ServingFindings.LatencyCause.Kind

  /// nil where no arm tells more than `LatencySplitChart` does. An arm that does not, beside one that does,
  /// has its wait in the queue and its service.
  init?(_ page: PageContext) {
    self.page = page
    let all = page.findings.arms.flatMap { $0.serving?.causes ?? [] }
    guard all.contains(where: { ![.queue, .service].contains($0.kind) || $0.meanOfSlowest != nil })
    else { return nil }
    arms = page.findings.arms.compactMap { arm in
      let own = arm.serving?.causes ?? []
      let causes = own.isEmpty ? arm.latency.map(Self.causes) ?? [] : own
      return causes.isEmpty
        ? nil : Row(name: arm.name, causes: causes, utilisation: arm.latency?.utilisation)
    }
    let largest = arms.map { Self.total($0.causes.map(\.mean)) }.max() ?? 0
    scale = MetricScale(nanosecondsUpTo: largest)
  }

  private static func causes(_ latency: LatencyFindings) -> [ServingFindings.LatencyCause] {
    [
      .init(kind: .queue, mean: latency.meanWait, meanOfSlowest: nil),
      .init(kind: .service, mean: latency.meanService, meanOfSlowest: nil),
    ]
  }

  private static func total(_ parts: [Double]) -> Double {
    parts.filter { $0.isFinite && $0 > 0 }.reduce(0, +)
  }

  private var knowsSlowest: Bool {
    arms.contains { $0.causes.contains { $0.meanOfSlowest != nil } }
  }

  var figure: Figure {
    Figure(
      id: "latency-causes", title: "What the latency is made of", subtitle: "mean per answer",
      words: words, wide: drawing(isWide: true), narrow: drawing(isWide: false), table: table,
      note:
        "Parts stand in the order of a request's way, and add up to the latency of an answer. They are means without an interval."
        + (knowsSlowest ? " The two scales differ." : ""))
  }

  // MARK: Drawing

  private func drawing(isWide: Bool) -> Drawing {
    let width = isWide ? 440.0 : 360
    var panels = [panel("all answers, \(scale.unit)", width) { $0.mean }]
    if knowsSlowest {
      panels.append(
        panel("slowest 1\(page.style.space)%, \(scale.unit)", width) { $0.meanOfSlowest })
    }
    let heights = panels.map(\.height)
    let height = isWide ? heights.max() ?? 0 : heights.reduce(0, +) + 16
    var drawing = Drawing(width: isWide ? 960 : 360, height: max(1, height))
    var top = 0.0
    for (index, panel) in panels.enumerated() {
      panel.draw(in: &drawing, left: isWide ? Double(index) * 520 : 0, top: top)
      if !isWide { top += panel.height + 16 }
    }
    return drawing
  }

  private func panel(
    _ title: String, _ width: Double, _ part: (ServingFindings.LatencyCause) -> Double?
  ) -> StackPanel {
    let rows = arms.map { arm -> StackPanel.Row in
      let parts = arm.causes.compactMap { cause -> StackPanel.Part? in
        guard let length = part(cause), length.isFinite, length > 0 else { return nil }
        return StackPanel.Part(
          name: cause.kind.title, length: length * scale.factor, words: amount(length),
          opacity: Self.opacity(cause.kind))
      }
      let total = Self.total(arm.causes.map { part($0) ?? 0 })
      return StackPanel.Row(
        name: page.shortName(arm.name, limit: 24), look: page.armClass(arm.name), parts: parts,
        total: parts.isEmpty ? "too few answers" : amount(total))
    }
    return StackPanel(title: title, rows: rows, width: width, style: page.style)
  }

  /// Being served is full; what comes before is paler, so that neighbours differ.
  private static func opacity(_ kind: Kind) -> Double {
    switch kind {
    case .retry: 0.14
    case .queue: 0.34
    case .batch: 0.58
    case .service: 1
    case .stations: 0.44
    }
  }

  private func amount(_ nanoseconds: Double) -> String {
    let value = nanoseconds * scale.factor
    return page.style.unit(
      page.style.number(
        value, decimals: value >= 10 ? 0 : Digits.decimals(significant: 2, of: value)), scale.unit)
  }

  // MARK: Words and numbers

  private var words: String { arms.map(sentence).joined(separator: " ") }

  /// "Candidate: 41 ms, of which service takes 60 % and queue 40 %; of the slowest 1 %, queue takes
  /// most (812 of 900 ms)."
  private func sentence(_ arm: Row) -> String {
    let means = arm.causes.map(\.mean)
    let total = Self.total(means)
    guard total > 0 else { return "\(NameText.plain(arm.name).capitalizedFirst): no time passes." }
    let parts = arm.causes.filter { $0.mean.isFinite && $0.mean > 0 }.map {
      "\(page.style.percent($0.mean / total)) \($0.kind.title)"
    }
    var text =
      "\(NameText.plain(arm.name).capitalizedFirst): an answer takes \(amount(total)), \(page.list(parts))"
    let slowest = arm.causes.compactMap { cause in
      cause.meanOfSlowest.flatMap { $0.isFinite && $0 > 0 ? (cause.kind, $0) : nil }
    }
    if let most = slowest.max(by: { $0.1 < $1.1 }) {
      let all = Self.total(slowest.map(\.1))
      text +=
        "; the slowest 1 % take \(amount(all)), most of it \(most.0.title) (\(amount(most.1)))"
    }
    return text + "."
  }

  private var table: DataTable {
    let kinds = Kind.allCases.filter { kind in
      arms.contains { $0.causes.contains { $0.kind == kind } }
    }
    func cell(_ value: Double?) -> String { value.map(amount) ?? NumberStyle.missing }
    var rows = kinds.map { kind in
      [kind.title.capitalizedFirst]
        + arms.flatMap { arm -> [String] in
          let cause = arm.causes.first { $0.kind == kind }
          return [cell(cause?.mean)] + (knowsSlowest ? [cell(cause?.meanOfSlowest)] : [])
        }
    }
    rows.append(
      ["Replicas busy"]
        + arms.flatMap { arm in
          [arm.utilisation.map { page.style.percent($0, decimals: 1) } ?? NumberStyle.missing]
            + (knowsSlowest ? [""] : [])
        })
    let header = arms.flatMap { arm -> [String] in
      let name = NameText.plain(arm.name, limit: 24)
      return [name] + (knowsSlowest ? [name + ", slowest 1\(page.style.space)%"] : [])
    }
    var csv = [["arm", "cause", "mean_ns", "mean_of_slowest_ns"]]
    for arm in arms {
      for cause in arm.causes {
        csv.append([
          arm.name, cause.kind.rawValue, CSV.number(cause.mean), CSV.number(cause.meanOfSlowest),
        ])
      }
    }
    return DataTable(header: [""] + header, rows: rows, csv: csv)
  }
}
