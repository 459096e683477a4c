import Documents
import Traffic

/// One object of a scenario, read by the keys of its section of the table.
///
/// What is wrong is told once; a reader then gives nil, and the caller goes on with a default.
struct ObjectReader {
  let node: JSONNode
  let section: KeySection
  let complaints: Complaints

  /// Tells of unknown and repeated keys at once; nil when the node is no object.
  ///
  /// - Parameter key: the key that the object stands behind.
  init?(_ node: JSONNode, as sectionName: String, behind key: String, _ complaints: Complaints) {
    let section = KeyTable.section(sectionName)
    self.init(node, section: section, behind: key, complaints)
  }

  init?(_ node: JSONNode, section: KeySection, behind key: String, _ complaints: Complaints) {
    guard let members = node.members else {
      complaints.add(
        .wrongValue(
          key: key, found: node.inWords, expected: "an object (\(section.title))",
          example: section.keys.first.map { "\(key): { \($0.example) }" }),
        at: node)
      return nil
    }
    self.node = node
    self.section = section
    self.complaints = complaints
    let known = section.keys.map(\.name)
    for member in members where !known.contains(member.key) {
      complaints.add(.unknownKey(member.key, in: section.title, known: known), atKeyOf: member)
    }
    complaints.addRepetitions(of: node)
  }

  func has(_ key: String) -> Bool { value(key) != nil }

  func known(_ key: String) -> Bool { section.keys.contains { $0.name == key } }

  /// What stands behind a key of the section.
  func value(_ key: String) -> JSONNode? {
    precondition(section.keys.contains { $0.name == key }, "no key \(key) in \(section.id)")
    return node[key: key]
  }

  /// What stands behind a key that must be there.
  func required(_ key: String) -> JSONNode? {
    if let value = value(key) { return value }
    let names = section.keys.map(\.name)
    let isMisspelt = (node.members ?? []).contains {
      !known($0.key) && NearestName.of($0.key, among: names) == key
    }
    // A misspelt key has been told of already.
    if isMisspelt { return nil }
    complaints.add(
      .missingKey(key, in: section.title, example: section.entry(key).example), at: node)
    return nil
  }

  /// Tells that the value of a key is none of what the table says.
  func reject(_ key: String, _ value: JSONNode) {
    let entry = section.entry(key)
    complaints.add(
      .wrongValue(
        key: key, found: value.inWords, expected: entry.type.words, example: entry.example),
      at: value)
  }

  /// Tells that an element of a list is not what the table says.
  func rejectElement(_ key: String, _ element: JSONNode, _ expected: String) {
    complaints.add(
      .wrongElement(
        list: key, found: element.inWords, expected: expected, example: section.entry(key).example),
      at: element)
  }

  // MARK: Plain values

  func text(_ key: String) -> String? { value(key).flatMap { text(key, $0) } }
  func requiredText(_ key: String) -> String? { required(key).flatMap { text(key, $0) } }

  func text(_ key: String, _ node: JSONNode) -> String? {
    guard let text = node.string else {
      reject(key, node)
      return nil
    }
    if text.isEmpty { complaints.add(.empty(key: key), at: node) }
    return text.isEmpty ? nil : text
  }

  func flag(_ key: String) -> Bool? {
    guard let node = value(key) else { return nil }
    if node.bool == nil { reject(key, node) }
    return node.bool
  }

  func integer(_ key: String) -> Int? {
    guard let node = value(key) else { return nil }
    guard case .integer(let first, let last) = section.entry(key).type.integerType,
      let number = node.integer, number >= first, last.map({ number <= $0 }) ?? true
    else {
      reject(key, node)
      return nil
    }
    return Int(number)
  }

  func number(_ key: String) -> Double? { value(key).flatMap { number(key, $0) } }
  func requiredNumber(_ key: String) -> Double? { required(key).flatMap { number(key, $0) } }

  func number(_ key: String, _ node: JSONNode) -> Double? {
    guard case .number(let range) = section.entry(key).type.numberType, let number = node.number,
      range.contains(number)
    else {
      reject(key, node)
      return nil
    }
    return number
  }

  /// One of the words that the table allows; a near miss is offered the word.
  func word(_ key: String) -> String? { value(key).flatMap { word(key, $0) } }

  func word(_ key: String, _ node: JSONNode) -> String? {
    guard case .words(let words) = section.entry(key).type.wordsType else {
      preconditionFailure("\(key) in \(section.id) has no words")
    }
    if let text = node.string, words.contains(text) { return text }
    if let text = node.string, let near = NearestName.of(text, among: words) {
      complaints.add(
        .unknownWord(key: key, found: text, expected: section.entry(key).type.words, nearest: near),
        at: node)
    } else {
      reject(key, node)
    }
    return nil
  }

  func texts(_ key: String) -> [String]? {
    guard let node = value(key) else { return nil }
    guard let elements = node.elements else {
      reject(key, node)
      return nil
    }
    let texts = elements.compactMap { $0.string.flatMap { $0.isEmpty ? nil : $0 } }
    guard texts.count == elements.count else {
      for element in elements where element.string?.isEmpty ?? true {
        rejectElement(key, element, "a text")
      }
      return nil
    }
    tellRepetitions(in: texts, of: node, key)
    return texts
  }

  private func tellRepetitions(in texts: [String], of node: JSONNode, _ key: String) {
    var seen: Set<String> = []
    for (text, element) in zip(texts, node.elements ?? []) where !seen.insert(text).inserted {
      complaints.add(.repeatedName(text, in: "`\(key)`"), at: element)
    }
  }

  /// Numbers in the range of the table; at least one, and not all zero.
  func rates(_ key: String) -> [Double]? {
    guard let node = value(key) else { return nil }
    guard case .list(of: .number(let range)) = section.entry(key).type,
      let elements = node.elements
    else {
      reject(key, node)
      return nil
    }
    let numbers = elements.compactMap(\.number).filter(range.contains)
    guard numbers.count == elements.count else {
      for element in elements where !(element.number.map(range.contains) ?? false) {
        rejectElement(key, element, range.words)
      }
      return nil
    }
    guard numbers.contains(where: { $0 > 0 }) else {
      complaints.add(.nothingAboveZero(key: key), at: node)
      return nil
    }
    return numbers
  }

  // MARK: Times

  func duration(_ key: String) -> SimulatedDuration? { value(key).flatMap { duration(key, $0) } }
  func requiredDuration(_ key: String) -> SimulatedDuration? {
    required(key).flatMap { duration(key, $0) }
  }

  func duration(_ key: String, _ node: JSONNode) -> SimulatedDuration? {
    guard case .duration(let range) = section.entry(key).type.durationType else {
      preconditionFailure("\(key) in \(section.id) is no duration")
    }
    guard let text = node.string else {
      tellOfUnit(key, node)
      return nil
    }
    guard let duration = DurationText.duration(text) else {
      complaints.add(.badDuration(key: key, found: text), at: node)
      return nil
    }
    guard duration > .zero || range == .nonNegative && duration == .zero else {
      reject(key, node)
      return nil
    }
    return duration
  }

  /// A number without a unit gets a better word than "not a duration".
  func tellOfUnit(_ key: String, _ node: JSONNode) {
    if node.number != nil {
      complaints.add(.durationWithoutUnit(key: key, found: node.literal), at: node)
    } else {
      reject(key, node)
    }
  }

  func timePoint(_ key: String) -> TimePoint? {
    guard let node = value(key) else { return nil }
    guard let text = node.string else {
      reject(key, node)
      return nil
    }
    if text.hasPrefix("+") {
      guard let offset = DurationText.duration(String(text.dropFirst())) else {
        complaints.add(.badDuration(key: key, found: text), at: node)
        return nil
      }
      return .offset(offset)
    }
    return instant(key, node).map { .instant($0) }
  }

  func instant(_ key: String) -> SimulatedTime? { value(key).flatMap { instant(key, $0) } }

  private func instant(_ key: String, _ node: JSONNode) -> SimulatedTime? {
    guard let text = node.string else {
      reject(key, node)
      return nil
    }
    switch InstantText.instant(text) {
    case .success(let time): return time
    case .failure(let reason):
      complaints.add(.badInstant(key: key, found: text, reason), at: node)
      return nil
    }
  }

  // MARK: Objects

  func object(_ key: String) -> ObjectReader? {
    value(key).flatMap { object(key, $0) }
  }

  func object(_ key: String, _ node: JSONNode) -> ObjectReader? {
    guard let name = section.entry(key).type.objectSection else {
      preconditionFailure("\(key) in \(section.id) is no object")
    }
    return ObjectReader(node, as: name, behind: key, complaints)
  }

  /// The members of an object whose keys are the user's; repetitions are told and left out.
  func named(_ key: String) -> [JSONMember]? {
    value(key).flatMap { named(key, $0) }
  }

  func named(_ key: String, _ node: JSONNode) -> [JSONMember]? {
    guard let members = node.members else {
      reject(key, node)
      return nil
    }
    complaints.addRepetitions(of: node)
    var seen: Set<String> = []
    return members.filter { seen.insert($0.key).inserted }
  }

  func elements(_ key: String) -> [JSONNode]? {
    guard let node = value(key) else { return nil }
    if node.elements == nil { reject(key, node) }
    return node.elements
  }
}

extension Complaints {
  func addRepetitions(of node: JSONNode) {
    for member in node.repeatedMembers {
      let first = node.members?.first { $0.key == member.key }
      add(.repeatedKey(member.key, firstLine: first?.keyPlace.line ?? 1), atKeyOf: member)
    }
  }
}

extension JSONNode {
  fileprivate subscript(key key: String) -> JSONNode? { self[key] }
}

extension ValueType {
  /// The alternatives of a type, itself alone where it has none.
  var alternatives: [ValueType] {
    if case .either(let types) = self { types } else { [self] }
  }

  var numberType: ValueType {
    alternatives.first { if case .number = $0 { true } else { false } } ?? self
  }
  var integerType: ValueType {
    alternatives.first { if case .integer = $0 { true } else { false } } ?? self
  }
  var durationType: ValueType {
    alternatives.first { if case .duration = $0 { true } else { false } } ?? self
  }
  var wordsType: ValueType {
    alternatives.first { if case .words = $0 { true } else { false } } ?? self
  }
  var objectSection: String? {
    for type in alternatives { if case .object(let name) = type { return name } }
    return nil
  }
}

/// Both of two readings, each of which was made, and told its mistakes, in any case.
func both<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
  guard let first, let second else { return nil }
  return (first, second)
}
