import Simulation

/// Stated probability against observed share, with an interval at each bin, for every arm.
struct CalibrationChart {
  let page: PageContext
  private let arms: [ArmFindings]

  init?(_ page: PageContext) {
    self.page = page
    arms = page.findings.arms.filter { !$0.calibration.isEmpty }
    if arms.isEmpty { return nil }
  }

  var figure: Figure {
    Figure(
      id: "calibration", title: "Calibration", subtitle: "do stated probabilities come true?",
      words: words, wide: drawing, narrow: nil, table: table,
      note:
        "On the diagonal, of the requests given 70 % seven in ten are of class 1. Bars are \(level) intervals."
    )
  }

  private var level: String {
    let interval = arms.flatMap(\.calibration).compactMap(\.observed.interval).first
    return interval.map { Metric.percentText($0.level) + page.style.space + "%" } ?? ""
  }

  private var drawing: Drawing {
    var drawing = Drawing(width: PlotFrame.width, height: 380)
    let x = Scale(0, 1, from: PlotFrame.left, to: PlotFrame.width - 16)
    let y = Scale(0, 1, from: 332, to: PlotFrame.top)
    let ticks = [0, 0.25, 0.5, 0.75, 1].map {
      Tick(value: $0, label: page.style.percent($0, decimals: 0))
    }
    PlotFrame(
      x: x, y: y, xTicks: ticks, yTicks: ticks, xTitle: "stated probability of class 1",
      yTitle: "observed share of class 1"
    ).draw(in: &drawing)
    drawing.line(x(0), y(0), x(1), y(1), "diagonal")
    for (index, arm) in arms.enumerated() {
      let style = page.armClass(arm.name)
      // Arms stand a little beside each other, so that their intervals can be told apart.
      let nudge = (Double(index) - Double(arms.count - 1) / 2) * 4
      let bins = arm.calibration.prefix(60)
      for bin in bins {
        guard let interval = bin.observed.interval else { continue }
        let at = x.clamped(bin.meanPrediction) + nudge
        drawing.line(at, y.clamped(interval.low), at, y.clamped(interval.high), "whisker " + style)
      }
      let places = bins.map { (x.clamped($0.meanPrediction) + nudge, y.clamped($0.observed.value)) }
      drawing.path(Path(places), "line thin " + style)
      for (bin, place) in zip(bins, places) {
        drawing.mark(page.look(arm.name).mark, place.0, place.1, size: 3.6, "dot " + style)
        drawing.point(
          "\(NameText.plain(arm.name, limit: 24))\nstated \(page.style.percent(bin.meanPrediction, decimals: 1))\nobserved \(observed(bin))\n\(page.plural(bin.observed.n, "request"))",
          x: place.0 - 6, y: place.1 - 6, width: 12, height: 12)
      }
    }
    drawing.key(
      arms.map {
        (page.shortName($0.name, limit: 18), page.armClass($0.name), page.look($0.name).mark)
      },
      right: x.to - 4, bottom: y.from - 14)
    return drawing
  }

  private func observed(_ bin: CalibrationBin) -> String {
    EstimateText(bin.observed, factor: 100).full(page.style, unit: "%")
  }

  private var words: String {
    arms.map { arm in
      let counts = arm.calibration.reduce(into: (low: 0, high: 0, on: 0)) { counts, bin in
        guard let interval = bin.observed.interval else { return }
        if bin.meanPrediction > interval.high {
          counts.high += 1
        } else if bin.meanPrediction < interval.low {
          counts.low += 1
        } else {
          counts.on += 1
        }
      }
      let name = NameText.subject(arm.name).capitalizedFirst
      let total = arm.calibration.count
      if counts.on == total {
        return "\(name) is on the diagonal in all \(page.plural(total, "bin"))."
      }
      var parts: [String] = []
      if counts.high > 0 { parts.append("promises too much in \(counts.high)") }
      if counts.low > 0 { parts.append("too little in \(counts.low)") }
      return "\(name) \(parts.joined(separator: " and ")) of \(page.plural(total, "bin"))."
        .replacing(
          "\(name) too little", with: "\(name) promises too little")
    }.joined(separator: " ")
  }

  private var table: DataTable {
    var rows: [[String]] = []
    var csv = [
      ["arm", "bin_low", "bin_high", "mean_prediction", "observed", "low", "high", "level", "n"]
    ]
    for arm in arms {
      for bin in arm.calibration {
        rows.append([
          NameText.plain(arm.name, limit: 24), page.style.percent(bin.meanPrediction, decimals: 1),
          observed(bin), page.style.count(bin.observed.n),
        ])
        csv.append(
          [arm.name, CSV.number(bin.low), CSV.number(bin.high), CSV.number(bin.meanPrediction)]
            + CSV.cells(bin.observed))
      }
    }
    return DataTable(header: ["Arm", "Stated", "Observed", "Requests"], rows: rows, csv: csv)
  }
}
