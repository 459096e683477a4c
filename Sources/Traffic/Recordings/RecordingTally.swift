/// What was skipped or coerced while a recording was read.
struct RecordingTally {
  /// Rows that were passed over, by the column (of the file) at fault.
  var skipped: [Int]
  /// Fields that were read as missing, by column.
  var readAsMissing: [Int]
  var raggedRows = 0
  var blankLines = 0
  var missingLabels = 0
  var rowsWithoutUnit = 0
  var rowsWithoutTokens = 0
  var rowsWithoutPriority = 0
  var leapSeconds = 0
  var timeSteps = 0
  var shiftedBy = SimulatedDuration.zero
  var reorderedRows = 0

  init(columnCount: Int) {
    skipped = Array(repeating: 0, count: columnCount)
    readAsMissing = skipped
  }

  /// In a fixed order; what did not occur is left out.
  func counts(_ columns: RecordingColumns) -> [TrafficCount] {
    let labelName = columns.label.map { named(columns.names[$0]) } ?? ""
    let unitName = columns.unit.map { named(columns.names[$0]) } ?? ""
    let all = [
      byColumn("rowsWithBadValue", skipped, "row", "held a bad value in", "skipped", columns),
      byColumn(
        "valuesReadAsMissing", readAsMissing, "field", "held a bad value in", "read as missing",
        columns),
      count(
        "raggedRows", raggedRows, "row", "had another number of fields than the header and",
        "skipped"),
      count("blankLines", blankLines, "line", "held nothing and", "skipped"),
      TrafficCount(
        key: "missingLabels", count: missingLabels,
        sentence: "\(counted(missingLabels, "row")) had no label in \(labelName)"),
      TrafficCount(
        key: "rowsWithoutUnit", count: rowsWithoutUnit,
        sentence:
          "\(counted(rowsWithoutUnit, "row")) named no unit in \(unitName), and each counts "
          + "as a unit of its own"),
      TrafficCount(
        key: "rowsWithoutTokens", count: rowsWithoutTokens,
        sentence: "\(counted(rowsWithoutTokens, "field")) of numbers of tokens "
          + "\(rowsWithoutTokens == 1 ? "was" : "were") empty"),
      TrafficCount(
        key: "rowsWithoutPriority", count: rowsWithoutPriority,
        sentence: "\(counted(rowsWithoutPriority, "row")) named no priority, and "
          + "\(rowsWithoutPriority == 1 ? "counts" : "count") as the least urgent, "
          + "\(RequestBlock.leastUrgent)"),
      count(
        "leapSeconds", leapSeconds, "time", "fell into a leap second and",
        "moved to the end of the second before"),
      TrafficCount(
        key: "timeReversals", count: timeSteps,
        sentence: "time stepped back \(counted(timeSteps, "time")), and later rows were moved on, "
          + "by \(shiftedBy.readableText) at the end"),
      count("reorderedRows", reorderedRows, "row", "came after a later one and", "put in order"),
    ]
    return all.filter { $0.count > 0 }
  }

  private func count(
    _ key: String, _ count: Int, _ noun: String, _ found: String, _ done: String
  ) -> TrafficCount {
    TrafficCount(
      key: key, count: count,
      sentence: "\(counted(count, noun)) \(found) \(count == 1 ? "was" : "were") \(done)")
  }

  /// "12 rows held a bad value in price (10) and label (2) and were skipped".
  private func byColumn(
    _ key: String, _ counts: [Int], _ noun: String, _ found: String, _ done: String,
    _ columns: RecordingColumns
  ) -> TrafficCount {
    let total = counts.reduce(0, +)
    let hit = counts.indices.filter { counts[$0] > 0 }
    let places = hit.map { index in
      named(columns.names[index]) + (hit.count > 1 ? " (\(counts[index]))" : "")
    }
    return count(key, total, noun, "\(found) \(places.joined(separator: ", ")) and", done)
  }
}
