import Probability
import Simulation

/// The residuals of a regression: answer − label, for every arm.
struct ResidualChart {
  let page: PageContext
  private let arms: [ArmFindings]

  init?(_ page: PageContext) {
    self.page = page
    arms = page.findings.arms.filter { !$0.residuals.isEmpty }
    if arms.isEmpty { return nil }
  }

  var figure: Figure {
    Figure(
      id: "residuals", title: "Residuals", subtitle: "answer \u{2212} label", words: words,
      wide: drawing, narrow: nil, table: table,
      note: "Left of zero the answer is too low, right of it too high.")
  }

  private var drawing: Drawing {
    var drawing = Drawing(width: PlotFrame.width, height: 340)
    let bins = arms.flatMap(\.residuals)
    let low = bins.map(\.low).filter(\.isFinite).min() ?? 0
    let high = bins.map(\.high).filter(\.isFinite).max() ?? 1
    let densities = arms.map { arm in HistogramSteps(arm.residuals) }
    let peak = densities.map(\.peak).max() ?? 1
    let x = Scale(min(low, 0), max(high, 0), from: PlotFrame.left, to: PlotFrame.width - 16)
    let y = Scale(0, peak * 1.08, from: 292, to: PlotFrame.top)
    PlotFrame(
      x: x, y: y, xTicks: Ticks.linear(x.low, x.high, count: 5, style: page.style),
      yTicks: Ticks.linear(0, y.high * 100, count: 4, style: page.style).map {
        Tick(value: $0.value / 100, label: $0.label + page.style.space + "%")
      }, xTitle: "answer \u{2212} label", yTitle: "share of requests"
    ).draw(in: &drawing)
    drawing.line(x(0), y.from, x(0), y.to, "zero")
    for (arm, steps) in zip(arms, densities) {
      let style = page.armClass(arm.name)
      drawing.path(steps.path(x, y), "line " + style)
    }
    drawing.key(
      arms.map {
        (page.shortName($0.name, limit: 18), page.armClass($0.name), page.look($0.name).mark)
      },
      right: x.to - 4, bottom: y.to + 8 + 18 * Double(arms.count - 1))
    return drawing
  }

  private var words: String {
    arms.map { arm in
      let total = max(1, arm.residuals.reduce(0) { $0 + $1.count })
      let low = arm.residuals.filter { $0.high <= 0 }.reduce(0) { $0 + $1.count }
      return
        "\(NameText.plain(arm.name).capitalizedFirst) answers too low on \(page.style.percent(Double(low) / Double(total), decimals: 0)) of requests."
    }.joined(separator: " ")
  }

  private var table: DataTable {
    .histogram(arms.map { ($0.name, $0.residuals) }, page, scale: 1, unit: "")
  }
}

/// A histogram as the outline of its bars.
struct HistogramSteps {
  private let bins: [HistogramBin]
  private let total: Double
  let peak: Double

  init(_ bins: [HistogramBin]) {
    self.bins = bins
    total = Double(max(1, bins.reduce(0) { $0 + $1.count }))
    peak = Double(bins.map(\.count).max() ?? 1) / total
  }

  func path(_ x: Scale, _ y: Scale) -> Path {
    var path = Path()
    var last = -Double.infinity
    for bin in bins.prefix(600) {
      let height = y(Double(bin.count) / total)
      if bin.low > last + 1e-12 * bin.low.magnitude {
        if last.isFinite { path.line(x(last), y.from) }
        if path.isEmpty {
          path.move(x.clamped(bin.low), y.from)
        } else {
          path.line(x.clamped(bin.low), y.from)
        }
      }
      path.line(x.clamped(bin.low), height)
      path.line(x.clamped(bin.high), height)
      last = bin.high
    }
    if last.isFinite { path.line(x.clamped(last), y.from) }
    return path
  }
}

extension DataTable {
  static func histogram(
    _ arms: [(name: String, bins: [HistogramBin])], _ page: PageContext, scale: Double, unit: String
  ) -> DataTable {
    var rows: [[String]] = []
    var csv = [["arm", "low", "high", "count"]]
    for arm in arms {
      // On the page at most some thirty rows an arm; all of them in the file.
      let step = max(1, (arm.bins.count + 29) / 30)
      for bin in arm.bins {
        csv.append([arm.name, CSV.number(bin.low), CSV.number(bin.high), String(bin.count)])
      }
      for index in stride(from: 0, to: arm.bins.count, by: step) {
        let group = arm.bins[index..<min(arm.bins.count, index + step)]
        guard let first = group.first, let last = group.last else { continue }
        let decimals = Digits.decimals(
          significant: 3, of: max(first.low.magnitude, last.high.magnitude) * scale)
        let from = page.style.number(first.low * scale, decimals: decimals)
        let to = page.style.unit(page.style.number(last.high * scale, decimals: decimals), unit)
        rows.append([
          NameText.plain(arm.name, limit: 24), "\(from) to \(to)",
          page.style.count(group.reduce(0) { $0 + $1.count }),
        ])
      }
    }
    return DataTable(header: ["Arm", "Range", "Requests"], rows: rows, csv: csv)
  }
}
