import Documents

/// What was measured of each method where nothing differs, as the methods guide shows it.
package struct GuideCalibration: Sendable {
  private let records: [CalibrationRecord]
  private let band: CalibrationBand

  /// - Parameter records: of all kinds of traffic, in the order of the report.
  package init(_ records: [CalibrationRecord]) {
    self.records = records
    band = CalibrationBand(records)
  }

  /// From the texts of `results/calibration/*.json`, in any order; what is no such text is passed over.
  package init(texts: [SourceText]) {
    var all: [CalibrationRecord] = []
    for text in texts {
      guard let node = try? JSONNode.read(text, dialect: .json), node["calibration"]?.integer == 1,
        let cells = node["cells"]?.elements
      else { continue }
      all += cells.compactMap { CalibrationRecord($0) }
    }
    let order = CalibrationPlan.cells.map(\.traffic)
    func place(_ record: CalibrationRecord) -> Int {
      Cell(record).flatMap { order.firstIndex(of: $0.traffic) } ?? order.count
    }
    let places = all.map(place)
    self.init(all.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { all[$0] })
  }

  /// A record of arms or pairs without an effect.
  private struct Cell {
    var traffic: String
    var size: Int

    init?(_ record: CalibrationRecord) {
      var words = record.name.split(separator: "-")
      guard record.isNull, words.popLast() == "null",
        let size = words.popLast().flatMap({ Int($0) })
      else { return nil }
      traffic = words.joined(separator: "-")
      self.size = size
    }
  }

  /// A line of the table: what was asked of the method on one kind of traffic.
  private struct Row {
    var name: String
    /// By size.
    var lines: [(size: Int, line: CalibrationRecord.Line, record: CalibrationRecord)]
  }

  /// The method's table with a line that says what it holds; nil where nothing was measured.
  func table(of method: Method) -> String? {
    var rows: [Row] = []
    var sizes: Set<Int> = []
    for record in records {
      guard let cell = Cell(record) else { continue }
      for line in record.lines where line.entrant.methodName == method.name {
        let asked = line.entrant.name.dropFirst(method.name.count)
        let name = cell.traffic + asked
        sizes.insert(cell.size)
        if let place = rows.firstIndex(where: { $0.name == name }) {
          rows[place].lines.append((cell.size, line, record))
        } else {
          rows.append(Row(name: name, lines: [(cell.size, line, record)]))
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    let columns = sizes.sorted()
    let head = ["traffic"] + Self.rates.map(\.head) + ["abstains"]
    let lines =
      [head, head.map { _ in "---" }]
      + rows.map { row in
        [row.name] + Self.rates.map { rate in cells(rate.rate, row, columns) }
          + [abstentions(row, columns)]
      }
    return "Measured, in per cent, with \(Self.listed(columns)) rows an arm (<doc:Methods>):\n\n"
      + lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }

  private static let rates: [(head: String, rate: CalibrationEntry.Rate)] = [
    ("alarms at 5 %", .rejected(0.05)), ("at 1 %", .rejected(0.01)),
    ("misses at 90 %", .missed(0.9)), ("at 95 %", .missed(0.95)), ("at 99 %", .missed(0.99)),
  ]

  /// "200 and 2000".
  private static func listed(_ sizes: [Int]) -> String {
    sizes.map { String($0) }.joined(separator: " and ")
  }

  /// In brackets where nothing is promised, with a star out of the band, a dash where nothing was counted.
  private func cells(_ rate: CalibrationEntry.Rate, _ row: Row, _ sizes: [Int]) -> String {
    let cells = sizes.map { size -> String? in
      guard let (_, line, record) = row.lines.first(where: { $0.size == size }),
        let entry = record.entries(of: line).first(where: { $0.rate == rate })
      else { return nil }
      let share = Self.percent(entry.count, of: entry.trials)
      switch entry.place(in: band) {
      case nil: return "(\(share))"
      case .inside: return share
      case .above, .below: return "\(share)\\*"
      }
    }
    return Self.joined(cells)
  }

  private func abstentions(_ row: Row, _ sizes: [Int]) -> String {
    Self.joined(
      sizes.map { size in
        row.lines.first { $0.size == size }.map { found in
          let tally = found.line.tally
          return tally.tried == tally.answered
            ? "0" : Self.percent(tally.tried - tally.answered, of: tally.tried)
        }
      })
  }

  /// "4.9, 5.1"; one dash where there is nothing at all.
  private static func joined(_ cells: [String?]) -> String {
    cells.allSatisfy { $0 == nil } ? "–" : cells.map { $0 ?? "–" }.joined(separator: ", ")
  }

  /// "4.9", of 489 in 10,000.
  private static func percent(_ count: Int, of trials: Int) -> String {
    guard trials > 0 else { return "–" }
    let tenths = (count * 1_000 + trials / 2) / trials
    return "\(tenths / 10).\(tenths % 10)"
  }
}
