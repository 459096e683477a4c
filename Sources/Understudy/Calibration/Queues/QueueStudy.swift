import Documents
import Foundation

/// Runs queues whose steady state is known, many times, and counts how often a run's intervals hold.
public struct QueueStudy: Sendable {
  /// How much is run, and how.
  public struct Options: Sendable {
    /// Of each queue.
    public var runs = QueueCalibration.runs
    /// Never changes an answer.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    /// The whole study.
    public init() {}
  }

  let queues: [QueueCase]
  let options: Options

  /// The names of all queues.
  public static let names = QueueCase.all.map(\.name)

  /// - Parameters:
  ///   - names: of queues; none means all.
  ///   - options: how many runs, on how many threads.
  public init(queues names: [String], options: Options) throws(StudyError) {
    if let unknown = names.first(where: { !Self.names.contains($0) }) {
      throw StudyError(
        .badData,
        Diagnostic(
          "there is no queue \"\(unknown)\"",
          help: NearestName.of(unknown, among: Self.names).map { "did you mean \($0)?" }
            ?? "one of \(Self.names.joined(separator: ", "))"))
    }
    queues = QueueCase.all.filter { names.isEmpty || names.contains($0.name) }
    self.options = options
  }

  /// - Parameters:
  ///   - folder: where earlier counts are looked for; those of other queues with as many runs stay.
  ///   - progress: told the name of each queue before it is run.
  ///   - isCancelled: asked now and then; true ends it with an error of kind `.interrupted`.
  ///   - finished: given the files to write as soon as a queue is done, before the next one is run.
  public func run(
    into folder: String, progress: (String) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false },
    finished: ([ResultFile]) throws(StudyError) -> Void
  ) throws(StudyError) {
    var document = try QueueDocument.stored(in: folder)
    for queue in queues {
      progress(queue.name)
      let part = try Self.document(of: queue, options, isCancelled)
      let whole = document?.replaced(by: part) ?? part
      try finished(Self.files(of: whole))
      document = whole
    }
  }

  private static func document(
    of queue: QueueCase, _ options: Options, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(StudyError) -> QueueDocument {
    guard
      let tallies = QueueCalibration.tallies(
        of: queue, runs: options.runs, threads: options.threads, isCancelled: isCancelled)
    else { throw StudyError.interrupted }
    return QueueDocument(
      runs: options.runs, records: [QueueDocument.record(of: queue, tallies)])
  }

  static func files(of document: QueueDocument) -> [ResultFile] {
    [
      ResultFile(name: QueueDocument.fileName, text: document.text),
      ResultFile(name: QueueDocument.pageName, text: document.page),
    ]
  }

  /// The files that the counts of a folder would be now; none where it holds no queues' counts.
  static func again(
    _ folder: String, threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws(StudyError) -> [ResultFile] {
    guard let stored = try QueueDocument.stored(in: folder) else { return [] }
    var options = Options()
    options.runs = stored.runs
    options.threads = threads
    var records: [QueueDocument.Record] = []
    for queue in try QueueStudy(queues: stored.records.map(\.queue), options: options).queues {
      records += try document(of: queue, options, isCancelled).records
    }
    return files(of: QueueDocument(runs: stored.runs, records: records))
  }
}
