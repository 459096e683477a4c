import Documents
import Models
import Traffic

/// Why a study could not be read, run or written, worded for the person.
public struct StudyError: Error, Sendable {
  /// Whose fault it is: what an exit code is made from.
  public enum Kind: Sendable {
    /// The scenario, the traffic or a model is at fault.
    case badData
    case fileMissing
    /// A result could not be written, a file not read.
    case inputOutput
    /// The person asked to stop.
    case interrupted
    /// A fault of the program.
    case fault
  }

  /// Whose fault it is; of several mistakes, the first one's.
  public let kind: Kind
  package let diagnostics: Diagnostics

  package init(_ kind: Kind, _ diagnostics: Diagnostics) {
    self.kind = kind
    self.diagnostics = diagnostics
  }

  package init(_ kind: Kind, _ diagnostic: Diagnostic) {
    self.init(kind, Diagnostics([diagnostic]))
  }

  /// Several at once, of the first one's kind; what was said before is not said again.
  init?(_ errors: [StudyError]) {
    guard let first = errors.first else { return nil }
    var list: [Diagnostic] = []
    for diagnostic in errors.flatMap(\.diagnostics.list) where !list.contains(diagnostic) {
      list.append(diagnostic)
    }
    self.init(first.kind, Diagnostics(list))
  }

  package static let interrupted = StudyError(
    .interrupted, Diagnostic("interrupted; no result was written", help: "run it again"))

  /// All that is wrong, each with its place and the way out; several lines, the last one ended.
  public func message(colour: Bool = false) -> String {
    diagnostics.rendered(colour ? .colours : .plain) + "\n"
  }
}

extension StudyError {
  static func fromTraffic<Answer>(
    _ body: () throws(TrafficError) -> Answer
  ) throws(StudyError) -> Answer {
    do { return try body() } catch { throw StudyError(error) }
  }

  static func fromModel<Answer>(
    at place: Place? = nil, _ body: () throws(ModelError) -> Answer
  ) throws(StudyError) -> Answer {
    do { return try body() } catch { throw StudyError(error, at: place) }
  }

  init(_ error: TrafficError) {
    switch error {
    case .badData(let diagnostics): self.init(.badData, diagnostics)
    case .fileMissing(let path):
      self.init(.fileMissing, Diagnostic(at: Place(file: path), "there is no such file"))
    case .unreadable(let path, let reason):
      self.init(.inputOutput, Diagnostic(at: Place(file: path), "cannot be read: \(reason)"))
    }
  }

  /// - Parameter place: where the model is named, for what is wrong between it and the traffic.
  init(_ error: ModelError, at place: Place?) {
    switch error {
    case .fileMissing: self.init(.fileMissing, error.diagnostics)
    case .badFile: self.init(.badData, error.diagnostics)
    case .missingInputs, .wrongInputCount, .categoriesNotNamed:
      let list = error.diagnostics.list.map { diagnostic in
        var placed = diagnostic
        placed.place = place ?? diagnostic.place
        return placed
      }
      self.init(.badData, Diagnostics(list))
    }
  }
}

// MARK: What the command line has to say itself

extension StudyError {
  package init(unwritable name: String, reason: String) {
    self.init(.inputOutput, Diagnostic(at: Place(file: name), "cannot be written: \(reason)"))
  }

  /// The system's number and words for an error of a file.
  package static func systemReason(_ error: any Error) -> (code: Int32?, words: String) {
    (SystemReason.code(of: error), SystemReason.of(error))
  }
}
