import Documents

/// A place in a model file that is being read: its value, and the way to it.
///
/// Text and binary files read alike through it; whatever has the wrong shape is thrown as a
/// diagnostic that names the file, the line or byte, and the way ("trees[3].left_children").
struct FileCursor {
  enum Value {
    case text(JSONNode)
    case binary(BinaryNode)
  }

  let file: String
  /// The names and indices that lead here; empty at the top.
  let way: String
  let value: Value

  // MARK: What stands here

  var string: String? {
    switch value {
    case .text(let node): node.string
    case .binary(let node): if case .string(let text) = node.content { text } else { nil }
    }
  }

  var number: Double? {
    switch value {
    case .text(let node): node.number
    case .binary(let node): if case .number(let number) = node.content { number } else { nil }
    }
  }

  /// A list's numbers; true and false count as 1 and 0, as old files write them.
  var numbers: [Double]? {
    switch value {
    case .text(let node):
      if let numbers = node.numbers { return numbers }
      return node.elements.flatMap { Self.all($0.map { $0.number ?? $0.bool.map { $0 ? 1 : 0 } }) }
    case .binary(let node):
      switch node.content {
      case .numbers(let numbers): return numbers
      case .list(let nodes): return Self.all(nodes.map(Self.plainNumber))
      default: return nil
      }
    }
  }

  /// How many elements a list has; nil when this is none.
  var count: Int? {
    switch value {
    case .text(let node): node.kind == .array ? node.count : nil
    case .binary(let node):
      switch node.content {
      case .numbers(let numbers): numbers.count
      case .list(let nodes): nodes.count
      default: nil
      }
    }
  }

  var elements: [FileCursor]? {
    let values: [Value]
    switch value {
    case .text(let node):
      guard let nodes = node.elements else { return nil }
      values = nodes.map(Value.text)
    case .binary(let node):
      switch node.content {
      case .list(let nodes): values = nodes.map(Value.binary)
      case .numbers(let numbers):
        values = numbers.map { .binary(BinaryNode(content: .number($0), start: node.start)) }
      default: return nil
      }
    }
    return values.enumerated().map {
      FileCursor(file: file, way: "\(way)[\($0.offset)]", value: $0.element)
    }
  }

  /// The member of this name; nil when there is none, or this is no object.
  subscript(key: String) -> FileCursor? {
    let member: Value? =
      switch value {
      case .text(let node): node[key].map(Value.text)
      case .binary(let node):
        if case .object(let members) = node.content {
          members.first { $0.key == key }.map { .binary($0.value) }
        } else {
          nil
        }
      }
    return member.map {
      FileCursor(file: file, way: way.isEmpty ? key : "\(way).\(key)", value: $0)
    }
  }

  /// An object's keys, in order; empty for anything else.
  var keys: [Key] {
    switch value {
    case .text(let node):
      return (node.members ?? []).map { Key(name: $0.key, place: $0.keyPlace) }
    case .binary(let node):
      guard case .object(let members) = node.content else { return [] }
      return members.map { Key(name: $0.key, place: Place(file: file)) }
    }
  }

  struct Key {
    var name: String
    var place: Place
  }

  // MARK: What has to stand here

  func member(_ key: String) throws(ModelError) -> FileCursor {
    guard let member = self[key] else {
      throw complaint(
        isObject
          ? "\(self.name) has no member \"\(key)\""
          : "\(self.name) is \(inWords), not an object with the member \"\(key)\"")
    }
    return member
  }

  func requiredString() throws(ModelError) -> String {
    guard let string else { throw complaint("\(name) is \(inWords), not a text") }
    return string
  }

  func requiredElements() throws(ModelError) -> [FileCursor] {
    guard let elements else { throw complaint("\(name) is \(inWords), not a list") }
    return elements
  }

  func requiredNumbers() throws(ModelError) -> [Double] {
    guard count != nil else { throw complaint("\(name) is \(inWords), not a list of numbers") }
    guard let numbers else { throw complaint("\(name) holds something else than numbers") }
    return numbers
  }

  func requiredNumber() throws(ModelError) -> Double {
    guard let number else { throw complaint("\(name) is \(inWords), not a number") }
    return number
  }

  /// An integer, written as a number or, as XGBoost does, as a text.
  func requiredInteger() throws(ModelError) -> Int {
    let integer = string.flatMap { Int($0) } ?? number.flatMap { Int(exactly: $0) }
    guard let integer else { throw complaint("\(name) is \(inWords), not an integer") }
    return integer
  }

  /// A list of whole numbers, each within the range.
  func requiredIntegers(
    _ range: ClosedRange<Int>, count: Int? = nil
  ) throws(ModelError) -> [Int] {
    let numbers = try requiredNumbers()
    try check(numbers.count, is: count)
    var integers: [Int] = []
    integers.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() {
      guard let integer = Int(exactly: number), range.contains(integer) else {
        throw complaint(
          "\(name)[\(index)] is \(Self.inWords(number)), not a whole number from "
            + "\(range.lowerBound) to \(range.upperBound)")
      }
      integers.append(integer)
    }
    return integers
  }

  /// A list of numbers as Float32, none of them NaN.
  func requiredFloats(count: Int? = nil) throws(ModelError) -> [Float] {
    let numbers = try requiredNumbers()
    try check(numbers.count, is: count)
    if let index = numbers.firstIndex(where: \.isNaN) {
      throw complaint("\(name)[\(index)] is NaN, not a number")
    }
    return numbers.map { Float($0) }
  }

  /// A list of finite numbers.
  func requiredFinite(count: Int? = nil) throws(ModelError) -> [Double] {
    let numbers = try requiredNumbers()
    try check(numbers.count, is: count)
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw complaint("\(name)[\(index)] is \(Self.inWords(numbers[index])), not a finite number")
    }
    return numbers
  }

  private func check(_ found: Int, is wanted: Int?) throws(ModelError) {
    guard let wanted, found != wanted else { return }
    throw complaint("\(name) has \(found) elements, not \(wanted)")
  }

  // MARK: Telling

  func complaint(_ message: String, help: String? = nil) -> ModelError {
    .badFile(Diagnostics([Diagnostic(at: place, message, help: help)]))
  }

  /// A key that nobody reads, with the one that may be meant.
  func complaint(atKey key: Key, knowing names: [String]) -> ModelError {
    let nearest = NearestName.of(key.name, among: names)
    return .badFile(
      Diagnostics([
        Diagnostic(
          at: key.place, "\(self.name) has an unknown key \"\(key.name)\"",
          help: nearest.map { "did you mean \"\($0)\"?" }
            ?? "known are \(names.joined(separator: ", "))")
      ]))
  }

  /// How this place is called: its way, or the file.
  var name: String { way.isEmpty ? "the file" : way }

  private var place: Place {
    switch value {
    case .text(let node): node.place
    case .binary: Place(file: file)
    }
  }

  private var isObject: Bool {
    switch value {
    case .text(let node): node.kind == .object
    case .binary(let node): if case .object = node.content { true } else { false }
    }
  }

  private var inWords: String {
    switch value {
    case .text(let node): return node.inWords
    case .binary(let node):
      switch node.content {
      case .null: return "null"
      case .bool(let value): return value ? "true" : "false"
      case .number(let number): return Self.inWords(number)
      case .string(let text): return text.count <= 40 ? "\"\(text)\"" : "a long text"
      case .numbers, .list: return "a list"
      case .object: return "an object"
      }
    }
  }

  private static func inWords(_ number: Double) -> String {
    Int64(exactly: number).map { "\($0)" } ?? (number.isNaN ? "NaN" : "\(number)")
  }

  private static func plainNumber(_ node: BinaryNode) -> Double? {
    switch node.content {
    case .number(let number): number
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  private static func all(_ numbers: [Double?]) -> [Double]? {
    let found = numbers.compactMap { $0 }
    return found.count == numbers.count ? found : nil
  }
}
