import Probability
import Simulation

/// Score against score of the same requests, as a 20 × 20 density.
struct DensityChart {
  let page: PageContext
  private let pair: DisagreementFindings
  private let index: Int
  private static let side = 20

  init?(_ page: PageContext, _ pair: DisagreementFindings, index: Int) {
    self.page = page
    self.pair = pair
    self.index = index
    guard pair.density.count == Self.side * Self.side, pair.density.contains(where: { $0 > 0 })
    else { return nil }
  }

  var figure: Figure {
    Figure(
      id: "scores-\(index)", title: "Score against score",
      subtitle: "each cell counts requests", words: words, wide: drawing, narrow: nil,
      table: table,
      note:
        "On the diagonal both give the same score. Each step of shade is about three times as many."
    )
  }

  private var range: (low: Double, high: Double) {
    guard let range = pair.scoreRange, range.low.isFinite, range.high > range.low else {
      return (0, 1)
    }
    return (range.low, range.high)
  }

  private var drawing: Drawing {
    var drawing = Drawing(width: PlotFrame.width, height: 446)
    let x = Scale(range.low, range.high, from: PlotFrame.left, to: PlotFrame.width - 40)
    let y = Scale(range.low, range.high, from: 376, to: PlotFrame.top)
    let ticks = Ticks.linear(range.low, range.high, count: 4, style: page.style)
    let arm = page.shortName(pair.arm, limit: 24)
    PlotFrame(
      x: x, y: y, xTicks: ticks, yTicks: ticks, xTitle: "\(arm)'s score",
      yTitle: "production's score"
    ).draw(in: &drawing)
    let cell = (x.to - x.from) / Double(Self.side)
    let tall = (y.from - y.to) / Double(Self.side)
    let style = page.armClass(pair.arm)
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let count = pair.density[row * Self.side + column]
        guard count > 0 else { continue }
        drawing.rect(
          x.from + Double(column) * cell + 0.5, y.from - Double(row + 1) * tall + 0.5, cell - 1,
          tall - 1, "full " + style, opacity: opacity(count))
      }
    }
    drawing.line(x.from, y.from, x.to, y.to, "diagonal")
    if case .binary = page.findings.task {
      let threshold = page.findings.options.threshold
      drawing.line(x(threshold), y.from, x(threshold), y.to, "threshold")
      drawing.line(x.from, y(threshold), x.to, y(threshold), "threshold")
    }
    shades(&drawing, style: style)
    return drawing
  }

  private func shades(_ drawing: inout Drawing, style: String) {
    let peak = pair.density.max() ?? 1
    var at = PlotFrame.left
    var count = 1
    while count <= peak {
      drawing.rect(at, 428, 12, 12, "full " + style, opacity: opacity(count))
      let label = page.style.count(count)
      drawing.text(label, at + 16, 438, "tick")
      at += 28 + Double(label.count) * 6.5
      count = Self.next(count)
    }
  }

  /// 1, 3, 10, 30, 100, …
  private static func next(_ count: Int) -> Int {
    count == 1 || count.isMultiple(of: 10) && !count.isMultiple(of: 3) ? count * 3 : count / 3 * 10
  }

  private static func step(of count: Int) -> Int {
    var steps = 0
    var bound = next(1)
    while bound <= count {
      steps += 1
      bound = next(bound)
    }
    return steps
  }

  /// From pale to full.
  private func opacity(_ count: Int) -> Double {
    let peak = max(1, Self.step(of: pair.density.max() ?? 1))
    return 0.12 + 0.88 * Double(Self.step(of: count)) / Double(peak)
  }

  private var words: String {
    let total = max(1, pair.density.reduce(0, +))
    var near = 0
    var above = 0
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let count = pair.density[row * Self.side + column]
        if (row - column).magnitude <= 1 { near += count } else if column > row { above += count }
      }
    }
    let arm = NameText.subject(pair.arm)
    let same = page.style.percent(Double(near) / Double(total), decimals: 0)
    let higher = page.style.percent(Double(above) / Double(total), decimals: 0)
    let lower = page.style.percent(Double(total - near - above) / Double(total), decimals: 0)
    return
      "The two scores nearly agree on \(same) of requests; \(arm) scores clearly higher on \(higher) and lower on \(lower)."
  }

  private var table: DataTable {
    let step = (range.high - range.low) / Double(Self.side)
    func edge(_ index: Int) -> Double { range.low + step * Double(index) }
    var csv = [["production_low", "production_high", "arm_low", "arm_high", "count"]]
    // On the page the grid is read five by five cells at a time.
    var rows: [[String]] = []
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let count = pair.density[row * Self.side + column]
        guard count > 0 else { continue }
        csv.append([
          CSV.number(edge(row)), CSV.number(edge(row + 1)), CSV.number(edge(column)),
          CSV.number(edge(column + 1)), String(count),
        ])
      }
    }
    func label(_ index: Int) -> String {
      "\(Digits.trimmed(edge(index), decimals: 4))\u{2013}\(Digits.trimmed(edge(index + 5), decimals: 4))"
    }
    for row in stride(from: 0, to: Self.side, by: 5) {
      let counts = stride(from: 0, to: Self.side, by: 5).map { column in
        (row..<row + 5).reduce(0) { sum, r in
          sum + (column..<column + 5).reduce(0) { $0 + pair.density[r * Self.side + $1] }
        }
      }
      rows.append([label(row)] + counts.map { page.style.count($0) })
    }
    let header = ["Production \\ candidate"] + stride(from: 0, to: Self.side, by: 5).map(label)
    return DataTable(header: header, rows: rows, csv: csv)
  }
}
