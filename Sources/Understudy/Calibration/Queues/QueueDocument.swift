import Documents
import Foundation

/// `queues.json`: of each queue, how many intervals of each metric held the exact value.
struct QueueDocument: Equatable {
  struct Record: Equatable {
    var queue: String
    /// Of a run.
    var customers: Int
    var lines: [Line]
  }

  struct Line: Equatable {
    var metric: String
    var exact: Double
    var tally: QueueCalibration.Tally
  }

  /// Of each queue.
  var runs: Int
  /// In the order of `QueueCase.all`.
  var records: [Record]

  static let fileName = "queues.json"
  static let pageName = "queues.md"
  static let schema: Int64 = 1
  /// In which the share of runs that cover must lie.
  static let band = 0.93...0.97

  static func record(of queue: QueueCase, _ tallies: [QueueCalibration.Tally]) -> Record {
    Record(
      queue: queue.name, customers: queue.customers,
      lines: zip(queue.exact, tallies).map { exact, tally in
        Line(metric: exact.metric.rawValue, exact: exact.value, tally: tally)
      })
  }

  /// The same with `other`'s queues in place of its own; `other` alone where the numbers of runs differ.
  func replaced(by other: QueueDocument) -> QueueDocument {
    guard runs == other.runs else { return other }
    let all =
      other.records
      + records.filter { old in
        !other.records.contains { $0.queue == old.queue }
      }
    let order = QueueCase.all.map(\.name)
    return QueueDocument(
      runs: runs,
      records: order.compactMap { name in all.first { $0.queue == name } })
  }

  /// Schema 1.
  var text: String {
    var style = JSONValue.Style.pretty
    style.hasShortObjects = true
    style.shortest = 140
    let value = JSONValue.object([
      ("queues", .integer(Self.schema)), ("seed", .integer(Int64(QueueCalibration.seed))),
      ("runs", .integer(Int64(runs))), ("level", .number(QueueCalibration.level)),
      ("cells", .array(records.map(Self.json))),
    ])
    return value.written(style) + "\n"
  }

  private static func json(_ record: Record) -> JSONValue {
    .object([
      ("queue", .string(record.queue)), ("customers", .integer(Int64(record.customers))),
      (
        "metrics",
        .array(
          record.lines.map { line in
            .object([
              ("metric", .string(line.metric)), ("exact", .number(line.exact)),
              ("intervals", .integer(Int64(line.tally.intervals))),
              ("covered", .integer(Int64(line.tally.covered))),
              ("below", .integer(Int64(line.tally.below))),
              ("first", .integer(Int64(line.tally.first))),
            ])
          })
      ),
    ])
  }

  // MARK: Page

  /// `queues.md`.
  var page: String {
    """
    # Calibration of a run's intervals

    Made by `understudy audit --queues`; nothing here is edited by hand. Each queue is run \(runs) times from empty, of so many
    customers as stand beside it. Of each metric that has a closed form the run gives an interval at 95 %: warm-up by MSER, means
    of up to 32 batches whose length is fitted to the dependence, quantiles through ranks. Coverage is the share of all
    runs, in per cent, whose interval holds the exact value; one without an interval does not hold it.

    Shares are to lie in 93 to 97 %; of 1,000 runs one share has a standard error of 0.69 %.

    ## Out of band

    \(outOfBand)
    ## Coverage

    \(Markdown.table(["queue", "customers", "metric", "exact", "covers", "lies below", "no interval"], rows))
    """
  }

  private var outOfBand: String {
    let rows = records.flatMap { record in
      record.lines.filter { !Self.isInBand($0, of: runs) }.map { line in
        [record.queue, line.metric, "\(Markdown.percent(line.tally.covered, of: runs)) %"]
      }
    }
    return rows.isEmpty ? "Nothing.\n" : Markdown.table(["queue", "metric", "covers"], rows)
  }

  static func isInBand(_ line: Line, of runs: Int) -> Bool {
    band.contains(Double(line.tally.covered) / Double(runs))
  }

  private var rows: [[String]] {
    records.flatMap { record in
      record.lines.map { line in
        [
          record.queue, "\(record.customers)", line.metric, Markdown.number(line.exact),
          Markdown.percent(line.tally.covered, of: runs),
          Markdown.percent(line.tally.below, of: runs), "\(runs - line.tally.intervals)",
        ]
      }
    }
  }
}
