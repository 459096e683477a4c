import Documents

/// Why a study could not be read, run or written, worded for the person.
public struct StudyError: Error, Sendable {
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

  public let kind: Kind
  package let diagnostics: Diagnostics

  package init(_ kind: Kind, _ diagnostics: Diagnostics) {
    self.kind = kind
    self.diagnostics = diagnostics
  }

  package init(_ kind: Kind, _ diagnostic: Diagnostic) {
    self.init(kind, Diagnostics([diagnostic]))
  }

  /// All that is wrong, each with its place and the way out; several lines.
  public func message(colour: Bool = false) -> String {
    diagnostics.rendered(colour ? .colours : .plain)
  }
}
