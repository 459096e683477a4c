import Documents
import Foundation

extension QueueDocument {
  init(path: String) throws(StudyError) {
    let node = try StoredDocument.read(path, dialect: .json)
    guard node["queues"]?.integer == Self.schema,
      node["seed"]?.integer == Int64(QueueCalibration.seed), let runs = node["runs"]?.integer,
      runs > 0, let cells = node["cells"]?.elements
    else { throw Self.foreign(path) }
    let records = cells.compactMap(Self.record)
    guard records.count == cells.count else { throw Self.foreign(path) }
    self.init(runs: Int(runs), records: records)
  }

  /// The counts in a folder; nil where there are none.
  static func stored(in folder: String) throws(StudyError) -> QueueDocument? {
    let path = "\(folder)/\(fileName)"
    return FileManager.default.fileExists(atPath: path) ? try QueueDocument(path: path) : nil
  }

  private static func foreign(_ path: String) -> StudyError {
    StudyError(
      .badData,
      Diagnostic(
        at: Place(file: path), "this is not a file of queues' counts of this version",
        help: "make it again with understudy audit --queues"))
  }

  private static func record(_ node: JSONNode) -> Record? {
    guard let queue = node["queue"]?.string, let customers = node["customers"]?.integer,
      let metrics = node["metrics"]?.elements
    else { return nil }
    let lines = metrics.compactMap(line)
    guard lines.count == metrics.count else { return nil }
    return Record(queue: queue, customers: Int(customers), lines: lines)
  }

  private static func line(_ node: JSONNode) -> Line? {
    guard let metric = node["metric"]?.string, let exact = node["exact"]?.number,
      let intervals = node["intervals"]?.integer, let covered = node["covered"]?.integer,
      let below = node["below"]?.integer, let first = node["first"]?.integer
    else { return nil }
    return Line(
      metric: metric, exact: exact,
      tally: QueueCalibration.Tally(
        intervals: Int(intervals), covered: Int(covered), below: Int(below), first: Int(first)))
  }
}
