import Documents
import Foundation
import Statistics

/// One file of counts: the cells of one kind of traffic, all of their runs or a part.
struct CalibrationDocument {
  var group: String
  /// Of the whole study.
  var runs: Int
  var records: [CalibrationRecord]

  static let schema: Int64 = 1

  /// Whether every cell holds all runs.
  var isWhole: Bool { records.allSatisfy { $0.runs == 0..<runs } }

  /// Schema 1; `results/calibration/README.md` says what the members mean.
  var text: String {
    var style = JSONValue.Style.pretty
    style.hasShortObjects = true
    // A method is one line, so that a change of its rates is one line of a difference.
    style.shortest = 1_600
    let value = JSONValue.object([
      ("calibration", .integer(Self.schema)), ("group", .string(group)),
      ("runs", .integer(Int64(runs))), ("resamples", .integer(Int64(Calibration.resamples))),
      ("cells", .array(records.map(\.json))),
    ])
    return value.written(style) + "\n"
  }

  init(group: String, runs: Int, records: [CalibrationRecord]) {
    self.group = group
    self.runs = runs
    self.records = records
  }

  init(path: String) throws(StudyError) {
    let node = try StoredDocument.read(path, dialect: .json)
    guard node["calibration"]?.integer == Self.schema, let group = node["group"]?.string,
      let runs = node["runs"]?.integer, runs > 0, let cells = node["cells"]?.elements
    else { throw Self.foreign(path) }
    let records = cells.compactMap { CalibrationRecord($0) }
    guard records.count == cells.count else { throw Self.foreign(path) }
    self.init(group: group, runs: Int(runs), records: records)
  }

  private static func foreign(_ path: String) -> StudyError {
    StudyError(
      .badData,
      Diagnostic(
        at: Place(file: path), "this is not a file of calibration counts of this version",
        help: "make it again with understudy audit"))
  }

  /// The same with `other`'s methods in place of its own of that name, where both hold the same runs of the
  /// same cells; `other` alone where they do not.
  func replaced(by other: CalibrationDocument) -> CalibrationDocument {
    let ours = records.map { ($0.name, $0.runs) }
    let theirs = other.records.map { ($0.name, $0.runs) }
    guard runs == other.runs, ours.count == theirs.count, zip(ours, theirs).allSatisfy({ $0 == $1 })
    else { return other }
    var result = self
    for index in records.indices {
      var lines = records[index].lines
      let count = lines.count
      for line in other.records[index].lines {
        if let place = lines.firstIndex(where: { $0.entrant.name == line.entrant.name }) {
          lines[place] = line
        } else {
          lines.append(line)
        }
      }
      result.records[index].lines = lines.count > count ? Self.ordered(lines) : lines
    }
    return result
  }

  /// As the catalogue has them ("msprt, 100 looks" is msprt); what it does not have keeps its order, in front.
  private static func ordered(_ lines: [CalibrationRecord.Line]) -> [CalibrationRecord.Line] {
    let names = CalibrationGroup.contestants.map(\.name)
    let places = lines.map { line in names.firstIndex(of: line.entrant.methodName) ?? -1 }
    return lines.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { lines[$0] }
  }
}

/// What a calibration counted, not written yet.
public struct CalibrationResult {
  let documents: [CalibrationDocument]
  let shard: CalibrationStudy.Shard?

  /// The detailed tables, as they would be written.
  public var tables: String {
    let band = CalibrationBand(documents.flatMap(\.records))
    return documents.map { CalibrationTables(document: $0, band: band).page }
      .joined(separator: "\n")
  }

  /// The files to write into `folder`, with the pages of what is there already made anew.
  ///
  /// - Parameters:
  ///   - folder: where earlier results are looked for.
  ///   - keepsOthers: whether methods in the folder's files that this result does not have stay.
  public func files(into folder: String, keepsOthers: Bool) throws(StudyError) -> [ResultFile] {
    if let shard {
      return documents.map {
        ResultFile(
          name: "\($0.group).part-\(shard.index)-of-\(shard.count).json", text: $0.text)
      }
    }
    var all = try CalibrationFolder.documents(in: folder)
    for document in documents {
      if let place = all.firstIndex(where: { $0.group == document.group }) {
        all[place] = keepsOthers ? all[place].replaced(by: document) : document
      } else {
        all.append(document)
      }
    }
    return CalibrationFolder.files(of: all)
  }
}
