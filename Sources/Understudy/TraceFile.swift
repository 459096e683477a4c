import Documents
import Foundation
import Scenarios
import Synchronization
import Traffic

/// The requests of a run as a table on disk, before it becomes part of a result; the file goes with its
/// last user.
final class TraceFile: Sendable {
  /// Of the table in a result.
  static let name = "requests.csv"

  private let path: String
  private let state: Mutex<State>

  private struct State {
    var file: NewFile
    var table: RequestTable?
    var schema: TrafficSchema?
    var segmentValues: [[String]] = []
    var start: SimulatedTime?
    var failure: StudyError?
  }

  init() throws(StudyError) {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("understudy-\(UUID().uuidString)").path
    do { state = Mutex(State(file: try NewFile(at: path))) } catch {
      throw Self.unwritable(error)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Where offsets in the traffic count from.
  func begin(at start: SimulatedTime?) { state.withLock { $0.start = start } }

  /// Takes a block down; what goes wrong is kept for `check` and `close`.
  func append(_ block: RequestBlock, _ schema: TrafficSchema, segmentValues: [[String]]) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        if state.table == nil {
          let table = RequestTable(schema)
          state.table = table
          try state.file.write(table.header)
        }
        state.schema = schema
        state.segmentValues = segmentValues
        guard let table = state.table else { return }
        try state.file.write(table.rows(of: block, schema, segmentValues: segmentValues))
      } catch {
        state.failure = Self.unwritable(error)
      }
    }
  }

  func check() throws(StudyError) {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  func close() throws(StudyError) {
    try check()
    do { try state.withLock { try $0.file.close() } } catch { throw Self.unwritable(error) }
  }

  /// How the table is read again from beside a scenario; all requests must have been taken down.
  var plan: RecordingPlan {
    state.withLock { state in
      guard let table = state.table, let schema = state.schema else {
        return RecordingPlan(path: Self.name)
      }
      return table.plan(
        path: Self.name, schema, segmentValues: state.segmentValues, start: state.start)
    }
  }

  /// All of it.
  var text: String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// Gives the bytes in turn.
  func read(_ body: (Data) throws -> Void) throws {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { try body(piece) }
    try handle.close()
  }

  private static func unwritable(_ error: any Error) -> StudyError {
    StudyError(
      .inputOutput,
      Diagnostic(
        at: Place(file: name), "the trace cannot be kept: \(SystemReason.of(error))",
        help: "free the disk, or name another folder in TMPDIR"))
  }
}
