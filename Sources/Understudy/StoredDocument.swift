import Documents
import Foundation

/// A JSON or JSON5 file of a result.
enum StoredDocument {
  static func read(_ path: String, dialect: JSONDialect) throws(StudyError) -> JSONNode {
    if let missing = NamedFile(path: path, directory: ".").missing(at: nil) { throw missing }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw StudyError(.inputOutput, Diagnostic(at: Place(file: path), "the file cannot be read"))
    }
    do {
      return try JSONNode.read(SourceText(name: path, bytes: [UInt8](bytes)), dialect: dialect)
    } catch {
      throw StudyError(.badData, error)
    }
  }
}
