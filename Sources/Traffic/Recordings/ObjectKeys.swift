import Documents

/// Finds the columns of JSON Lines: the paths of keys in the first objects that lead to a value.
///
/// Rows that come later may lack some of them. A key that appears for the first time after the first
/// `rows` lines is no column.
struct ObjectKeys {
  /// How many lines are looked through for keys.
  static let rows = 100

  /// In order of appearance.
  private(set) var names: [String] = []
  private var known: Set<String> = []

  /// Reads the first stretch of a recording; nothing is taken from the window.
  static func read(_ window: inout ByteWindow) throws(TrafficError) -> [String] {
    _ = window.readMore(keepingFrom: 0)
    if let found = ForeignFormat.detect(window.bytes[..<window.limit]) {
      throw .badData(RecordingProblem.foreignFormat(found).diagnostic(file: window.path, line: nil))
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if window.bytes[..<window.limit].starts(with: mark) { window.position = mark.count }
    let newline = UInt8(ascii: "\n")
    while !window.bytes[window.position..<window.limit].contains(newline), !window.isAtEnd,
      window.waitingCount <= window.longestRow
    {
      _ = window.readMore(keepingFrom: window.position)
    }
    if window.waitingCount == 0 {
      if let failure = window.failure { throw failure }
      throw .badData(RecordingProblem.emptyFile.diagnostic(file: window.path, line: nil))
    }
    var keys = ObjectKeys()
    let lines = window.bytes[window.position..<window.limit]
    let whole = lines[...(lines.lastIndex(of: newline) ?? lines.startIndex)]
    for line in whole.split(separator: newline).prefix(rows) { keys.add(line) }
    return keys.names
  }

  /// A line that holds no object is for the scanner to tell of.
  private mutating func add(_ line: ArraySlice<UInt8>) {
    let source = SourceText(name: "", bytes: Array(line))
    guard let node = try? JSONNode.read(source, dialect: .jsonWithNonFinite) else { return }
    add(node, "")
  }

  private mutating func add(_ object: JSONNode, _ path: String) {
    for member in object.members ?? [] {
      let name = path.isEmpty ? member.key : "\(path).\(member.key)"
      if member.value.members != nil {
        add(member.value, name)
      } else if known.insert(name).inserted {
        names.append(name)
      }
    }
  }
}
