import Documents
import Foundation
import Statistics

/// A folder of calibration counts and the pages made of them.
public enum CalibrationFolder {
  private static let part = ".part-"

  /// Whether `folder` holds calibration counts.
  public static func isOne(_ folder: String) -> Bool {
    let first = names(in: folder).first
    let isOfMethods = first.map { (try? CalibrationDocument(path: "\(folder)/\($0)")) != nil }
    return isOfMethods ?? ((try? QueueDocument.stored(in: folder)) != nil)
  }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // The queues' counts are of another kind, and have a reader of their own.
    return names.filter {
      $0.hasSuffix(".json") && !$0.hasPrefix(".") && $0 != QueueDocument.fileName
    }.sorted()
  }

  static func documents(in folder: String) throws(StudyError) -> [CalibrationDocument] {
    var documents: [CalibrationDocument] = []
    for name in names(in: folder) where !name.contains(part) {
      documents.append(try CalibrationDocument(path: "\(folder)/\(name)"))
    }
    return documents
  }

  /// Counts and pages, in the order of the groups.
  static func files(of documents: [CalibrationDocument]) -> [ResultFile] {
    let order = CalibrationStudy.groupNames
    let sorted = documents.sorted {
      (order.firstIndex(of: $0.group) ?? order.count)
        < (order.firstIndex(of: $1.group) ?? order.count)
    }
    let band = CalibrationBand(sorted.flatMap(\.records))
    return sorted.flatMap { document in
      [
        ResultFile(name: "\(document.group).json", text: document.text),
        ResultFile(
          name: "\(document.group).md",
          text: CalibrationTables(document: document, band: band).page),
      ]
    } + [
      ResultFile(name: "README.md", text: CalibrationOverview(documents: sorted, band: band).page)
    ]
  }

  /// Puts the parts in `folder` together.
  ///
  /// - Returns: the files that one run of the whole would have written.
  public static func merged(in folder: String) throws(StudyError) -> [ResultFile] {
    var parts: [String: [CalibrationDocument]] = [:]
    for name in names(in: folder) where name.contains(part) {
      let document = try CalibrationDocument(path: "\(folder)/\(name)")
      parts[document.group, default: []].append(document)
    }
    guard !parts.isEmpty else {
      throw StudyError(
        .fileMissing,
        Diagnostic(
          at: Place(file: folder), "there is no part to merge",
          help: "make parts with understudy audit --shard 1/2 and --shard 2/2"))
    }
    var documents = try documents(in: folder)
    for (group, parts) in parts.sorted(by: { $0.key < $1.key }) {
      guard let whole = merged(parts) else {
        throw StudyError(
          .badData,
          Diagnostic(
            at: Place(file: folder), "the parts of \(group) do not cover all runs exactly once",
            help: "make every part of one number of shards, with the same runs and methods"))
      }
      documents.removeAll { $0.group == group }
      documents.append(whole)
    }
    return files(of: documents)
  }

  private static func merged(_ parts: [CalibrationDocument]) -> CalibrationDocument? {
    guard var whole = parts.first,
      parts.allSatisfy({ $0.runs == whole.runs && $0.records.count == whole.records.count })
    else { return nil }
    for index in whole.records.indices {
      guard let record = CalibrationRecord(merging: parts.map { $0.records[index] }) else {
        return nil
      }
      whole.records[index] = record
    }
    return whole.isWhole ? whole : nil
  }

  /// Runs what the folder's files say again, and tells what differs.
  public static func differences(
    in folder: String, threads: Int,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(StudyError) -> [String] {
    let documents = try documents(in: folder)
    var again: [CalibrationDocument] = []
    for document in documents {
      var options = CalibrationStudy.Options()
      options.runs = document.runs
      options.threads = threads
      let study = try CalibrationStudy(groups: [document.group], options: options)
      again += try study.run(isCancelled: isCancelled).documents
    }
    let queues = try QueueStudy.again(folder, threads: threads, isCancelled: isCancelled)
    let methods = again.isEmpty ? [] : files(of: again)
    return (methods + queues).compactMap { file in
      let committed = FileManager.default.contents(atPath: "\(folder)/\(file.name)")
      return committed == Data(file.text.utf8)
        ? nil : "\(folder)/\(file.name): \(committed == nil ? "missing" : "differs")"
    }
  }
}
