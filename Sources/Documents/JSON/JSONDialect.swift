/// Which language a text is read in.
package enum JSONDialect: Sendable {
  /// JSON5 1.0.0 (2018), whole.
  case json5
  /// RFC 8259, strictly; a byte order mark is passed over.
  case json
  /// The same with the words NaN, Infinity and −Infinity, which some programs write.
  case jsonWithNonFinite

  var allowsNonFinite: Bool { self != .json }
  var isStrict: Bool { self != .json5 }
}

extension JSONNode {
  /// Reads a whole text, and tells all of its mistakes at once.
  ///
  /// Infinity and NaN are numbers of JSON5: whether they make sense is for the caller to say. Repeated
  /// keys are kept, too.
  ///
  /// - Complexity: O(bytes); nesting is limited to `JSONReader.deepest`.
  package static func read(
    _ source: SourceText, dialect: JSONDialect
  ) throws(Diagnostics) -> JSONNode {
    try read(source, range: 0..<source.bytes.count, dialect: dialect)
  }

  /// Reads a stretch of a text, which holds one value and nothing else.
  package static func read(
    _ source: SourceText, range: Range<Int>, dialect: JSONDialect
  ) throws(Diagnostics) -> JSONNode {
    guard source.bytes.count < UInt32.max else {
      throw Diagnostics([
        Diagnostic(
          at: Place(file: source.name), "the file holds \(source.bytes.count) bytes",
          help: "files of this kind are read up to 4 GiB")
      ])
    }
    if let invalid = UTF8Check.firstInvalidByte(in: source.bytes) {
      throw Diagnostics([
        Diagnostic(
          at: source.place(at: invalid),
          "byte \(invalid) is \(hexadecimal(source.bytes[invalid])), which is not UTF-8",
          help: "save the file as UTF-8")
      ])
    }
    var reader = JSONReader(source, range: range, dialect: dialect)
    let node = reader.document()
    guard reader.mistakes.isEmpty, let node else { throw Diagnostics(reader.mistakes) }
    return node
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count < 2 ? "0" : "") + digits
  }
}
