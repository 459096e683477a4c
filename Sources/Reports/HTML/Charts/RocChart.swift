import Simulation

/// Right alarms against false alarms at every threshold, for every arm.
struct RocChart {
  let page: PageContext
  private let arms: [ArmFindings]

  init?(_ page: PageContext) {
    self.page = page
    arms = page.findings.arms.filter { $0.roc.count > 1 }
    if arms.isEmpty { return nil }
  }

  var figure: Figure {
    Figure(
      id: "roc", title: "Ranking (ROC)", subtitle: "class 1 found against class 0 taken for it",
      words: words, wide: drawing, narrow: nil, table: table,
      note: "The higher the curve, the better the ranking; the diagonal is chance.")
  }

  private var drawing: Drawing {
    var drawing = Drawing(width: PlotFrame.width, height: 380)
    let x = Scale(0, 1, from: PlotFrame.left, to: PlotFrame.width - 16)
    let y = Scale(0, 1, from: 332, to: PlotFrame.top)
    let ticks = [0, 0.25, 0.5, 0.75, 1].map {
      Tick(value: $0, label: page.style.percent($0, decimals: 0))
    }
    PlotFrame(
      x: x, y: y, xTicks: ticks, yTicks: ticks, xTitle: "class 0 taken for class 1",
      yTitle: "class 1 found"
    ).draw(in: &drawing)
    drawing.line(x(0), y(0), x(1), y(1), "diagonal")
    for arm in arms {
      drawing.path(
        Path(arm.roc.prefix(400).map { (x.clamped($0.x), y.clamped($0.y)) }),
        "line " + page.armClass(arm.name))
    }
    drawing.key(
      arms.map { (label($0), page.armClass($0.name), page.look($0.name).mark) },
      right: x.to - 4, bottom: y.from - 14)
    return drawing
  }

  private func auc(_ arm: ArmFindings) -> String? {
    arm.metrics.first { $0.metric == .auc }?.finding.estimate.map {
      EstimateText($0, factor: 1).full(page.style, unit: "")
    }
  }

  private func label(_ arm: ArmFindings) -> String {
    let name = page.shortName(arm.name, limit: 18)
    return auc(arm).map { name + " " + $0 } ?? name
  }

  private var words: String {
    arms.map { arm in
      let name = NameText.subject(arm.name).capitalizedFirst
      let found = arm.roc.last { $0.x <= 0.1 }?.y ?? 0
      let auc = auc(arm).map { ", AUC \($0)" } ?? ""
      return
        "\(name) finds \(page.style.percent(found, decimals: 0)) of class 1 while it takes 10 % of class 0 for it\(auc)."
    }.joined(separator: " ")
  }

  private var table: DataTable {
    var rows: [[String]] = []
    var csv = [["arm", "false_positive_rate", "true_positive_rate"]]
    for arm in arms {
      let step = max(1, arm.roc.count / 20)
      for (index, point) in arm.roc.enumerated() {
        csv.append([arm.name, CSV.number(point.x), CSV.number(point.y)])
        guard index.isMultiple(of: step) || index == arm.roc.count - 1 else { continue }
        rows.append([
          NameText.plain(arm.name, limit: 24), page.style.percent(point.x, decimals: 1),
          page.style.percent(point.y, decimals: 1),
        ])
      }
    }
    return DataTable(header: ["Arm", "Class 0 taken for 1", "Class 1 found"], rows: rows, csv: csv)
  }
}
