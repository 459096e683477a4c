/// A value that was read from Universal Binary JSON, with the byte where it starts.
struct BinaryNode: Sendable {
  indirect enum Content: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    /// A list of numbers, kept flat.
    case numbers([Double])
    case list([BinaryNode])
    case object([(key: String, value: BinaryNode)])
  }

  let content: Content
  let start: Int
}

/// What is wrong with a text of Universal Binary JSON, and at which byte.
enum BinaryFlaw: Error, Equatable {
  /// The text ends inside the value that begins at `start`.
  case truncated(start: Int)
  /// No value begins with this byte.
  case unknownMarker(UInt8, at: Int)
  /// A length that is negative, or not an integer.
  case badLength(at: Int)
  /// A list or object says that it holds more than the file could.
  case tooLong(count: Int, at: Int)
  case badNumber(at: Int)
  case notUTF8(at: Int)
  case tooDeep(at: Int)
  case trailingBytes(at: Int)
}

/// A reader of Universal Binary JSON, Draft 12: every marker, counted and typed containers included.
///
/// - Complexity: O(bytes); no length is trusted before the bytes that it promises are there.
struct BinaryReader {
  /// How many lists and objects may stand in one another.
  private static let deepest = 64

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  static func read(_ bytes: [UInt8]) throws(BinaryFlaw) -> BinaryNode {
    var reader = BinaryReader(bytes: bytes)
    let root = try reader.value()
    reader.skipNoOperations()
    guard reader.at == bytes.count else { throw .trailingBytes(at: reader.at) }
    return root
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func value() throws(BinaryFlaw) -> BinaryNode {
    skipNoOperations()
    let start = at
    return try value(of: marker(), from: start)
  }

  private mutating func value(of marker: UInt8, from start: Int) throws(BinaryFlaw) -> BinaryNode {
    let content: BinaryNode.Content
    switch marker {
    case UInt8(ascii: "Z"): content = .null
    case UInt8(ascii: "T"): content = .bool(true)
    case UInt8(ascii: "F"): content = .bool(false)
    case UInt8(ascii: "C"): content = .string(try text(count: 1, from: start))
    case UInt8(ascii: "S"): content = .string(try text(count: length(), from: start))
    case UInt8(ascii: "H"): content = .number(try decimal(from: start))
    case UInt8(ascii: "["):
      content = try nested(from: start) { reader throws(BinaryFlaw) in
        try reader.list(from: start)
      }
    case UInt8(ascii: "{"):
      content = try nested(from: start) { reader throws(BinaryFlaw) in
        try reader.object(from: start)
      }
    default:
      guard let width = Self.width(of: marker) else {
        throw .unknownMarker(marker, at: start)
      }
      try need(width, from: start)
      content = .number(number(of: marker))
    }
    return BinaryNode(content: content, start: start)
  }

  private mutating func nested(
    from start: Int, _ read: (inout Self) throws(BinaryFlaw) -> BinaryNode.Content
  ) throws(BinaryFlaw) -> BinaryNode.Content {
    guard depth < Self.deepest else { throw .tooDeep(at: start) }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  // MARK: Lists and objects

  /// What stands between the opening bracket and the first element.
  private struct Frame {
    /// The marker that all elements share.
    var type: UInt8?
    /// How many elements there are; nil when a closing bracket ends them.
    var count: Int?
  }

  private mutating func frame() throws(BinaryFlaw) -> Frame {
    var frame = Frame()
    let start = at
    if peek() == UInt8(ascii: "$") {
      at += 1
      frame.type = try marker()
    }
    if peek() == UInt8(ascii: "#") {
      at += 1
      let count = try length()
      // Each element takes a byte at least, and those that take none are not worth a container.
      guard count <= bytes.count - at else { throw .tooLong(count: count, at: start) }
      frame.count = count
    } else if frame.type != nil {
      // A type needs a count: without it the end could not be seen.
      guard at < bytes.count else { throw .truncated(start: start) }
      throw .badLength(at: at)
    }
    return frame
  }

  private mutating func list(from start: Int) throws(BinaryFlaw) -> BinaryNode.Content {
    let frame = try frame()
    if let type = frame.type, let count = frame.count, let width = Self.width(of: type) {
      let (size, overflow) = count.multipliedReportingOverflow(by: width)
      guard !overflow else { throw .tooLong(count: count, at: start) }
      try need(size, from: start)
      return .numbers(numbers(count, of: type))
    }
    return try looseList(frame, from: start)
  }

  /// A list whose elements carry their own markers: flat for as long as they are numbers.
  private mutating func looseList(
    _ frame: Frame, from start: Int
  ) throws(BinaryFlaw) -> BinaryNode.Content {
    var flat: [Double] = []
    var nodes: [BinaryNode] = []
    while try another(frame, done: flat.count + nodes.count, closer: UInt8(ascii: "]"), start) {
      let here = at
      let element = try element(of: frame.type, from: here)
      if nodes.isEmpty, case .number(let number) = element.content {
        flat.append(number)
      } else {
        if nodes.isEmpty {
          nodes = flat.map { BinaryNode(content: .number($0), start: start) }
          flat = []
        }
        nodes.append(element)
      }
    }
    return nodes.isEmpty ? .numbers(flat) : .list(nodes)
  }

  private mutating func object(from start: Int) throws(BinaryFlaw) -> BinaryNode.Content {
    let frame = try frame()
    var members: [(key: String, value: BinaryNode)] = []
    while try another(frame, done: members.count, closer: UInt8(ascii: "}"), start) {
      let keyStart = at
      let key = try text(count: length(), from: keyStart)
      members.append((key, try element(of: frame.type, from: at)))
    }
    return .object(members)
  }

  private mutating func element(
    of type: UInt8?, from start: Int
  ) throws(BinaryFlaw) -> BinaryNode {
    if let type { return try value(of: type, from: start) }
    return try value()
  }

  /// Whether one more element follows; passes the closing bracket when none does.
  private mutating func another(
    _ frame: Frame, done: Int, closer: UInt8, _ start: Int
  ) throws(BinaryFlaw) -> Bool {
    if let count = frame.count { return done < count }
    skipNoOperations()
    guard let next = peek() else { throw .truncated(start: start) }
    guard next == closer else { return true }
    at += 1
    return false
  }

  // MARK: Leaves

  private func peek() -> UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipNoOperations() {
    while peek() == UInt8(ascii: "N") { at += 1 }
  }

  private mutating func marker() throws(BinaryFlaw) -> UInt8 {
    guard let marker = peek() else { throw .truncated(start: at) }
    at += 1
    return marker
  }

  private func need(_ count: Int, from start: Int) throws(BinaryFlaw) {
    guard count <= bytes.count - at else { throw .truncated(start: start) }
  }

  private mutating func length() throws(BinaryFlaw) -> Int {
    let start = at
    let marker = try marker()
    let markers: [UInt8] = Array("iUIlL".utf8)
    guard markers.contains(marker), let width = Self.width(of: marker) else {
      throw .badLength(at: start)
    }
    try need(width, from: start)
    guard let length = Int(exactly: number(of: marker)), length >= 0 else {
      throw .badLength(at: start)
    }
    return length
  }

  private mutating func text(count: Int, from start: Int) throws(BinaryFlaw) -> String {
    try need(count, from: start)
    guard let text = String(validating: bytes[at..<at + count], as: UTF8.self) else {
      throw .notUTF8(at: at)
    }
    at += count
    return text
  }

  private mutating func decimal(from start: Int) throws(BinaryFlaw) -> Double {
    guard let number = Double(try text(count: length(), from: start)) else {
      throw .badNumber(at: start)
    }
    return number
  }

  /// How many bytes a number takes after its marker; nil for what is no number of fixed size.
  private static func width(of marker: UInt8) -> Int? {
    switch marker {
    case UInt8(ascii: "i"), UInt8(ascii: "U"): 1
    case UInt8(ascii: "I"): 2
    case UInt8(ascii: "l"), UInt8(ascii: "d"): 4
    case UInt8(ascii: "L"), UInt8(ascii: "D"): 8
    default: nil
    }
  }

  private mutating func numbers(_ count: Int, of marker: UInt8) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(number(of: marker)) }
    return numbers
  }

  /// The big-endian number at `at`, whose bytes are there.
  private mutating func number(of marker: UInt8) -> Double {
    switch marker {
    case UInt8(ascii: "i"): Double(Int8(truncatingIfNeeded: bits(1)))
    case UInt8(ascii: "U"): Double(bits(1))
    case UInt8(ascii: "I"): Double(Int16(truncatingIfNeeded: bits(2)))
    case UInt8(ascii: "l"): Double(Int32(truncatingIfNeeded: bits(4)))
    case UInt8(ascii: "d"): Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits(4))))
    case UInt8(ascii: "L"): Double(Int64(truncatingIfNeeded: bits(8)))
    default: Double(bitPattern: bits(8))
    }
  }

  private mutating func bits(_ width: Int) -> UInt64 {
    var bits: UInt64 = 0
    for byte in bytes[at..<at + width] { bits = bits << 8 | UInt64(byte) }
    at += width
    return bits
  }
}
