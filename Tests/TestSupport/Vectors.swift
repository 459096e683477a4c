import Foundation

/// The reference vectors of `Vectors/<name>.json` beside the test file that asks.
///
/// "inf", "-inf" and "nan" stand for those numbers.
package func vectors<Content: Decodable>(
  _ type: Content.Type, named name: String, filePath: String = #filePath
) throws -> Content {
  let file = testFile("Vectors/\(name).json", beside: filePath)
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return try decoder.decode(type, from: Data(contentsOf: file))
}

/// The file at `path` in the folder of the test target that `filePath` belongs to.
package func testFile(_ path: String, beside filePath: String = #filePath) -> URL {
  var folder = URL(filePath: filePath).deletingLastPathComponent()
  while !folder.lastPathComponent.hasSuffix("Tests") && folder.pathComponents.count > 2 {
    folder.deleteLastPathComponent()
  }
  return folder.appending(path: path)
}

/// The double with these bits, written as hexadecimal digits: how exact vectors are kept.
package struct HexDouble: Decodable, Sendable, CustomStringConvertible {
  package let value: Double

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let bits = UInt64(text, radix: 16) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is not a double in hexadecimal digits")
    }
    value = Double(bitPattern: bits)
  }

  package var description: String { "\(value)" }
}
