import Documents
import Foundation

/// Files that hold a model.
package enum ModelFile {
  /// Reads a model file, whose kind is told by its content, never by its name.
  ///
  /// - Parameters:
  ///   - path: as the person wrote it; it names the file in every diagnostic.
  ///   - baseDirectory: what a relative path is relative to.
  package static func load(
    path: String, baseDirectory: String
  ) throws(ModelError) -> any Model {
    try load(bytes: bytes(of: path, in: baseDirectory), name: path)
  }

  /// The same of bytes that were read before.
  package static func load(bytes: [UInt8], name: String) throws(ModelError) -> any Model {
    let root = try root(of: bytes, name: name)
    if root["learner"] != nil { return try XGBoostFile.model(root) }
    if root["coef"] != nil || root["kind"] != nil { return try LinearFile.model(root) }
    throw root.complaint("the file describes no model that is known here", help: Self.whatIsRead)
  }

  private static func root(of bytes: [UInt8], name: String) throws(ModelError) -> FileCursor {
    switch kind(of: bytes) {
    case .universalBinaryJSON:
      do {
        let node = try BinaryReader.read(bytes)
        return FileCursor(file: name, way: "", value: .binary(node))
      } catch {
        throw .badFile(Diagnostics([error.diagnostic(file: name, byteCount: bytes.count)]))
      }
    case .json:
      do {
        let node = try JSONNode.read(
          SourceText(name: name, bytes: bytes), dialect: .jsonWithNonFinite)
        return FileCursor(file: name, way: "", value: .text(node))
      } catch {
        throw .badFile(error)
      }
    case .empty:
      throw bad(name, "the model file is empty", help: "save the model again")
    case .foreign(let what, let help):
      throw bad(name, "the file looks like \(what), which is not read here", help: help)
    case .unknown:
      throw bad(name, "the file is neither JSON nor Universal Binary JSON", help: Self.whatIsRead)
    }
  }

  static let whatIsRead =
    "models are read from XGBoost's JSON and UBJ files, and from the JSON of linear models"

  private static func bad(_ name: String, _ message: String, help: String) -> ModelError {
    .badFile(Diagnostics([Diagnostic(at: Place(file: name), message, help: help)]))
  }

  private static func bytes(
    of path: String, in directory: String
  ) throws(ModelError) -> [UInt8] {
    let url = URL(
      fileURLWithPath: path, relativeTo: URL(fileURLWithPath: directory, isDirectory: true))
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw .fileMissing(path: path)
    }
    if attributes[.type] as? FileAttributeType == .typeDirectory {
      throw bad(path, "this is a folder, not a model file", help: "name the file in it")
    }
    do {
      return [UInt8](try Data(contentsOf: url))
    } catch {
      throw bad(path, "the file cannot be read", help: "look at its permissions")
    }
  }
}

// MARK: - Kinds

extension ModelFile {
  private enum Kind {
    case json
    case universalBinaryJSON
    case empty
    /// A model of a known kind that nobody reads yet, and the way out.
    case foreign(String, help: String)
    case unknown
  }

  private static func kind(of bytes: [UInt8]) -> Kind {
    guard let first = bytes.first else { return .empty }
    if let foreign = foreignKind(of: bytes) { return foreign }
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = bytes.dropFirst(isMarked ? 3 : 0)
    guard let opener = text.first(where: { !isBlank($0) }) else { return .empty }
    if first == UInt8(ascii: "{"), bytes.count > 1, isBinaryObject(bytes[1]) {
      return .universalBinaryJSON
    }
    return opener == UInt8(ascii: "{") || opener == UInt8(ascii: "[") ? .json : .unknown
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Whether this byte follows the brace of a binary object: a length's marker, `$`, `#`, or no-op.
  private static func isBinaryObject(_ byte: UInt8) -> Bool {
    Array("iUIlL$#N".utf8).contains(byte)
  }

  private static func foreignKind(of bytes: [UInt8]) -> Kind? {
    if bytes.starts(with: Array("tree\n".utf8)) || bytes.starts(with: Array("tree\r\n".utf8)) {
      return .foreign("a LightGBM text model", help: whatIsRead)
    }
    if bytes.starts(with: Array("binf".utf8)) || bytes.starts(with: Array("bs64".utf8)) {
      return .foreign(
        "XGBoost's old binary format",
        help: "load it in XGBoost and save it again under a name that ends in .json or .ubj")
    }
    if bytes.starts(with: [0x80]), bytes.count > 1, bytes[1] >= 2, bytes[1] <= 5 {
      return .foreign(
        "a Python pickle", help: "save the model itself, for XGBoost by save_model(\"model.json\")")
    }
    if bytes.starts(with: [0x1F, 0x8B]) {
      return .foreign("a gzip file", help: "unpack it first")
    }
    // An ONNX model begins with its format version: field 1, a varint.
    if bytes.count > 2, bytes[0] == 0x08, bytes[1] < 0x20, bytes[2] == 0x12 || bytes[2] == 0x3A {
      return .foreign("an ONNX model", help: whatIsRead)
    }
    return nil
  }
}

extension BinaryFlaw {
  func diagnostic(file: String, byteCount: Int) -> Diagnostic {
    let saveAgain = "the file was cut or changed; save or copy the model again"
    let (message, help): (String, String) =
      switch self {
      case .truncated(let start):
        (
          "the file ends after \(byteCount) bytes, inside the value that begins at byte \(start)",
          saveAgain
        )
      case .unknownMarker(let byte, let at):
        (
          "byte \(at) is 0x\(Self.hexadecimal(byte)), which begins no value of Universal Binary JSON",
          saveAgain
        )
      case .badLength(let at): ("byte \(at) begins no length", saveAgain)
      case .tooLong(let count, let at):
        ("the list at byte \(at) says that it has \(count) elements, more than fit", saveAgain)
      case .badNumber(let at): ("the digits at byte \(at) are not a number", saveAgain)
      case .notUTF8(let at): ("the text at byte \(at) is not UTF-8", saveAgain)
      case .tooDeep(let at):
        ("more than 64 lists and objects stand in one another at byte \(at)", saveAgain)
      case .trailingBytes(let at):
        ("the model ends at byte \(at), but the file goes on", saveAgain)
      }
    return Diagnostic(at: Place(file: file), message, help: help)
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }
}
