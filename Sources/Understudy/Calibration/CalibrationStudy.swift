import Documents
import Foundation
import Statistics
import Synchronization

/// Runs every method on traffic with a known truth, many times, and counts how often each is wrong.
public struct CalibrationStudy: Sendable {
  /// How much is run, and how.
  public struct Options: Sendable {
    /// Of each cell.
    public var runs = CalibrationPlan.runs
    /// The methods' names; nil is all of them.
    public var methods: [String]?
    /// The part `index` (from 1) of `count` of the runs; nil is the whole.
    public var shard: Shard?
    /// Never changes an answer.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    /// The whole study.
    public init() {}
  }

  /// One part of several.
  public struct Shard: Sendable, Equatable {
    let index: Int
    let count: Int

    /// Reads "2/8"; nil where it is no such thing.
    public init?(_ text: String) {
      let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let index = numbers[0], let count = numbers[1], count >= 1,
        (1...count).contains(index)
      else { return nil }
      (self.index, self.count) = (index, count)
    }

    func range(of runs: Int) -> Range<Int> {
      (runs * (index - 1) / count)..<(runs * index / count)
    }
  }

  let groups: [CalibrationGroup]
  let options: Options

  /// The names of all groups of cells.
  public static let groupNames = CalibrationGroup.all(methods: []).map(\.name)

  /// - Parameters:
  ///   - names: of groups of cells; none means all.
  ///   - options: how many runs, of which methods, on how many threads.
  public init(groups names: [String], options: Options) throws(StudyError) {
    if let unknown = names.first(where: { !Self.groupNames.contains($0) }) {
      throw Self.unknown("cells", unknown, among: Self.groupNames)
    }
    let known = CalibrationGroup.contestants.map(\.name)
    if let unknown = options.methods?.first(where: { !known.contains($0) }) {
      throw Self.unknown("method", unknown, among: known)
    }
    let methods = CalibrationGroup.contestants.filter { options.methods?.contains($0.name) ?? true }
    groups = CalibrationGroup.all(methods: methods).filter {
      names.isEmpty || names.contains($0.name)
    }
    self.options = options
  }

  private static func unknown(_ what: String, _ name: String, among: [String]) -> StudyError {
    StudyError(
      .badData,
      Diagnostic(
        "there is no \(what) \"\(name)\"",
        help: NearestName.of(name, among: among).map { "did you mean \($0)?" }
          ?? "one of \(among.joined(separator: ", "))"))
  }

  /// - Parameters:
  ///   - progress: told the name of each group before it is run.
  ///   - isCancelled: asked now and then; true ends it with an error of kind `.interrupted`.
  ///   - finished: given the counts of each group as soon as they are there, before the next one is run.
  public func run(
    progress: (String) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false },
    finished: (CalibrationResult) throws(StudyError) -> Void = { _ in }
  ) throws(StudyError) -> CalibrationResult {
    let runs = options.shard?.range(of: options.runs) ?? 0..<options.runs
    var documents: [CalibrationDocument] = []
    for group in groups {
      progress(group.name)
      var records: [CalibrationRecord] = []
      for cell in group.cells {
        guard let record = record(of: cell, runs: runs, isCancelled) else {
          throw StudyError.interrupted
        }
        records.append(record)
      }
      let document = CalibrationDocument(
        group: group.name, runs: options.runs, records: records)
      try finished(CalibrationResult(documents: [document], shard: options.shard))
      documents.append(document)
    }
    return CalibrationResult(documents: documents, shard: options.shard)
  }

  /// In pieces, so that threads have work and an interruption is heard; nil when there was one.
  private func record(
    of cell: any CalibrationTrials, runs: Range<Int>,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) -> CalibrationRecord? {
    // Pieces remember the tables that came before, so they are not too small.
    let size = max(50, min(1_000, runs.count / (4 * options.threads)))
    let pieces = (0..<max(1, (runs.count + size - 1) / size)).map { piece in
      let first = runs.lowerBound + piece * size
      return first..<min(first + size, runs.upperBound)
    }
    let made = Mutex<[CalibrationRecord]>([])
    Parallel.each(pieces.count, threads: options.threads) { index in
      if isCancelled() { return }
      let record = CalibrationRecord(cell, runs: pieces[index])
      made.withLock { $0.append(record) }
    }
    let records = made.withLock { $0 }
    return records.count == pieces.count ? CalibrationRecord(merging: records) : nil
  }
}
