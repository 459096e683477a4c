/// A value that was read from JSON or JSON5, with the place where it stands.
///
/// Lists of numbers alone are kept flat: `numbers` and `integers` give them without a node for each.
package struct JSONNode: Sendable {
  package enum Kind: Sendable { case null, bool, number, string, array, object }

  /// Where the value was read from.
  package let source: SourceText
  private let start: UInt32
  private let end: UInt32
  let content: Content

  indirect enum Content: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case numbers(FlatNumbers)
    case array([JSONNode])
    case object([JSONMember])
  }

  /// Number literals in a row: their values and where each starts.
  struct FlatNumbers: Sendable {
    var values: [Double] = []
    var starts: [UInt32] = []
  }

  init(_ content: Content, in range: Range<Int>, of source: SourceText) {
    self.content = content
    self.source = source
    start = UInt32(range.lowerBound)
    end = UInt32(range.upperBound)
  }

  /// The bytes of `source` that it takes.
  package var range: Range<Int> { Int(start)..<Int(end) }
  package var place: Place { source.place(of: range) }
  /// As it was written.
  package var literal: String { source.text(range) }

  package var kind: Kind {
    switch content {
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .numbers, .array: .array
    case .object: .object
    }
  }

  package var isNull: Bool { kind == .null }
  package var bool: Bool? { if case .bool(let value) = content { value } else { nil } }
  package var string: String? { if case .string(let text) = content { text } else { nil } }

  /// The nearest double; infinite or NaN only where the text says so and its dialect allows it.
  package var number: Double? { if case .number(let value) = content { value } else { nil } }

  /// The number as an integer, exact whatever its size; nil when it is none or does not fit.
  package var integer: Int64? {
    guard let number else { return nil }
    if abs(number) < 0x1p53 { return Int64(exactly: number) }
    return JSONNumber.integer(of: literal) ?? Int64(exactly: number)
  }

  /// The same without a sign, for seeds and hashes.
  package var unsignedInteger: UInt64? {
    guard let number, number >= 0 else { return nil }
    if number < 0x1p53 { return UInt64(exactly: number) }
    return JSONNumber.unsignedInteger(of: literal) ?? UInt64(exactly: number)
  }

  /// The elements of a list, in order.
  package var elements: [JSONNode]? {
    switch content {
    case .array(let nodes): nodes
    case .numbers(let flat): nodes(of: flat)
    default: nil
    }
  }

  /// A list's numbers; nil when it is no list or holds anything else.
  package var numbers: [Double]? {
    switch content {
    case .numbers(let flat): return flat.values
    case .array(let nodes):
      let values = nodes.compactMap(\.number)
      return values.count == nodes.count ? values : nil
    default: return nil
    }
  }

  /// A list's numbers as integers; nil when it is no list or holds anything else.
  package var integers: [Int64]? {
    switch content {
    case .numbers(let flat):
      var integers: [Int64] = []
      integers.reserveCapacity(flat.values.count)
      for value in flat.values {
        guard let integer = Int64(exactly: value) else { return nil }
        integers.append(integer)
      }
      return integers
    case .array(let nodes):
      let values = nodes.compactMap(\.integer)
      return values.count == nodes.count ? values : nil
    default: return nil
    }
  }

  /// How many elements or members there are; nil for anything else.
  package var count: Int? {
    switch content {
    case .array(let nodes): nodes.count
    case .numbers(let flat): flat.values.count
    case .object(let members): members.count
    default: nil
    }
  }

  /// The members of an object in the order of the text; repeated keys stand there repeatedly.
  package var members: [JSONMember]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The value of the first member with this key.
  package subscript(key: String) -> JSONNode? {
    members?.first { $0.key == key }?.value
  }

  /// Members whose key stood in the same object before, in order.
  package var repeatedMembers: [JSONMember] {
    guard let members else { return [] }
    var seen: Set<String> = []
    return members.filter { !seen.insert($0.key).inserted }
  }

  func nodes(of flat: FlatNumbers) -> [JSONNode] {
    zip(flat.values, flat.starts).map { value, start in
      let start = Int(start)
      let end = JSONNumber.end(of: source.bytes, from: start)
      return JSONNode(.number(value), in: start..<end, of: source)
    }
  }
}

/// A key and its value.
package struct JSONMember: Sendable {
  package let key: String
  /// Where the key stands, with its quotes.
  package let keyRange: Range<Int>
  /// Which text the key was read from.
  package let source: SourceText
  package let value: JSONNode

  package var keyPlace: Place { source.place(of: keyRange) }

  package init(key: String, keyRange: Range<Int>, source: SourceText, value: JSONNode) {
    self.key = key
    self.keyRange = keyRange
    self.source = source
    self.value = value
  }
}

extension JSONNode {
  /// A text that no reader found, standing for a stretch of a source.
  package init(string: String, range: Range<Int>, of source: SourceText) {
    self.init(.string(string), in: range, of: source)
  }

  /// An object that no reader found, standing for a stretch of a source.
  package init(members: [JSONMember], range: Range<Int>, of source: SourceText) {
    self.init(.object(members), in: range, of: source)
  }

  /// The same object with other members, for edits that keep every place.
  package func with(members: [JSONMember]) -> JSONNode {
    JSONNode(.object(members), in: range, of: source)
  }

  /// The same list with other elements.
  package func with(elements: [JSONNode]) -> JSONNode {
    JSONNode(.array(elements), in: range, of: source)
  }

  /// What was found, in words: `"abc"`, `3`, `a list`, `an object`, `null`.
  package var inWords: String {
    switch kind {
    case .null: "null"
    case .array: "a list"
    case .object: "an object"
    case .bool, .number: literal
    case .string: Self.shortened(literal)
    }
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 40 ? text : "\(text.prefix(36))…\(text.suffix(1))"
  }
}
