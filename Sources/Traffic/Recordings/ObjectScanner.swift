/// Splits JSON Lines into rows and fields: an object a line, whose keys are the columns.
///
/// The field of a text is what stands between its quotes, that of a number or a word is as it is written, that of
/// a list is the list with its brackets; null and a key that is not there are empty fields. A value
/// inside of an object is reached by the path of its keys. Lists, and objects of which nothing is
/// wanted, are passed over by their brackets and quotes, without a look at what stands between.
struct ObjectScanner {
  let columnCount: Int
  /// Columns in which true and false are read as 1 and 0.
  var numericColumns: [Bool]
  /// Lines that hold no whole object are passed over and counted, not reported.
  var skipsBroken = false
  /// Lines are counted unread (used to pass over rows before the first).
  var ignoresShape = false
  /// The scan is done when the next row has this number.
  var numberLimit = Int.max

  /// The line of the file on which `position` stands, from 1.
  var line = 1
  /// Number of the next row.
  private(set) var number = 0
  private(set) var blankLines = 0
  private(set) var brokenLines = 0
  /// Fields of the batch that hold escapes.
  private(set) var escapedFields: [Int] = []
  /// Fields of numeric columns that hold true or false.
  private(set) var booleanFields: [Int] = []
  private var keys: KeyTree
  private var slot = 0

  init(columns: [String]) {
    columnCount = columns.count
    numericColumns = Array(repeating: false, count: columns.count)
    keys = KeyTree(columns: columns)
  }

  /// What stopped a scan.
  enum Stop: Equatable {
    /// The batch is full, or the next row has the number `numberLimit`.
    case full
    /// The line at the position has no end before `limit`.
    case needsMore
    case broken(line: Int, start: Int, LineFlaw)
  }

  /// Objects inside of objects go no deeper, and lists and objects that are passed over neither.
  static let deepest = 64

  /// Adds rows to a batch from `position` on, which moves to the first byte not taken.
  ///
  /// - Parameters:
  ///   - text: at least `FieldScanner.padding` bytes longer than `limit`.
  ///   - byteLimit: no row begins at or after this position.
  mutating func scan(
    _ text: [UInt8], position: inout Int, limit: Int, fields: inout [FieldPlace],
    rows: inout [RowPlace], count: inout Int, byteLimit: Int
  ) -> Stop {
    let bytes = unsafe text.span.bytes
    precondition(bytes.byteCount >= limit + FieldScanner.padding && limit <= Int(UInt32.max))
    precondition(fields.count >= rows.count * columnCount)
    escapedFields.removeAll(keepingCapacity: true)
    booleanFields.removeAll(keepingCapacity: true)
    var fields = fields.mutableSpan
    while count < rows.count, number < numberLimit {
      if count > 0, position >= byteLimit { return .full }
      guard let end = Self.lineEnd(bytes, position, limit) else { return .needsMore }
      let start = position
      position = end + 1
      line += 1
      var at = start
      Self.passBlanks(bytes, &at)
      if at == end {
        blankLines += 1
        continue
      }
      number += 1
      rows[count] = RowPlace(line: line - 1, number: number - 1)
      if ignoresShape {
        count += 1
        continue
      }
      slot = count * columnCount
      for column in 0..<columnCount { fields[slot + column] = FieldPlace(start: 0, end: 0) }
      do throws(LineFlaw) {
        try readLine(bytes, &at, end, &fields)
        count += 1
      } catch {
        forgetRow()
        brokenLines += 1
        if !skipsBroken { return .broken(line: line - 1, start: start, error) }
      }
    }
    return .full
  }

  private static func lineEnd(_ bytes: RawSpan, _ start: Int, _ limit: Int) -> Int? {
    let newlines = ByteWords.broadcast(newline)
    var at = start
    while at < limit {
      let found = ByteWords.equalBytes(ByteWords.word(bytes, at), newlines)
      if found != 0 {
        at += found.trailingZeroBitCount >> 3
        return at < limit ? at : nil
      }
      at += 8
    }
    return nil
  }

  /// What was noted of a row that is not taken.
  private mutating func forgetRow() {
    while let field = escapedFields.last, field >= slot { escapedFields.removeLast() }
    while let field = booleanFields.last, field >= slot { booleanFields.removeLast() }
  }

  // MARK: Values

  private mutating func readLine(
    _ bytes: RawSpan, _ at: inout Int, _ end: Int, _ fields: inout MutableSpan<FieldPlace>
  ) throws(LineFlaw) {
    guard ByteWords.byte(bytes, at) == openBrace else { throw LineFlaw(.notAnObject, at: at) }
    at += 1
    try readObject(0, bytes, &at, &fields, depth: 1)
    Self.passBlanks(bytes, &at)
    if at < end { throw LineFlaw(.textAfterObject, at: at) }
  }

  /// From after the opening brace to after the closing one.
  private mutating func readObject(
    _ object: Int, _ bytes: RawSpan, _ at: inout Int, _ fields: inout MutableSpan<FieldPlace>,
    depth: Int
  ) throws(LineFlaw) {
    if depth > Self.deepest { throw LineFlaw(.tooDeep, at: at) }
    var last = -1
    Self.passBlanks(bytes, &at)
    if ByteWords.byte(bytes, at) == closeBrace {
      at += 1
      return
    }
    while true {
      let (column, inner) = try readKey(object, bytes, &at, last: &last)
      try readValue(column, inner, bytes, &at, &fields, depth: depth)
      Self.passBlanks(bytes, &at)
      let next = ByteWords.byte(bytes, at)
      if next == closeBrace {
        at += 1
        return
      }
      guard next == UInt8(ascii: ",") else {
        throw next == newline ? LineFlaw(.endsEarly, at: at) : LineFlaw(.noComma, at: at)
      }
      at += 1
      Self.passBlanks(bytes, &at)
    }
  }

  /// A key and its colon; gives the column and the object that it leads to.
  @inline(__always)
  private mutating func readKey(
    _ object: Int, _ bytes: RawSpan, _ at: inout Int, last: inout Int
  ) throws(LineFlaw) -> (column: Int, object: Int) {
    let first = ByteWords.byte(bytes, at)
    guard first == quote else {
      throw first == newline ? LineFlaw(.endsEarly, at: at) : LineFlaw(.noKey, at: at)
    }
    let start = at + 1
    let hasEscapes = try Self.passText(bytes, &at)
    let key =
      hasEscapes
      ? keys.find(unescaped: Self.unescaped(bytes, start, at - 1), of: object)
      : keys.find(bytes, start, at - 1, of: object, after: last)
    last = key
    if ByteWords.byte(bytes, at) != colon { Self.passBlanks(bytes, &at) }
    let next = ByteWords.byte(bytes, at)
    guard next == colon else {
      throw next == newline ? LineFlaw(.endsEarly, at: at) : LineFlaw(.noColon, at: at)
    }
    at += 1
    Self.passBlanks(bytes, &at)
    return key < 0 ? (-1, -1) : (keys[key].column, keys[key].object)
  }

  @inline(__always)
  private mutating func readValue(
    _ column: Int, _ inner: Int, _ bytes: RawSpan, _ at: inout Int,
    _ fields: inout MutableSpan<FieldPlace>, depth: Int
  ) throws(LineFlaw) {
    var start = at
    var end: Int
    switch ByteWords.byte(bytes, at) {
    case quote:
      let hasEscapes = try Self.passText(bytes, &at)
      start += 1
      end = at - 1
      if hasEscapes, column >= 0 { noteEscapes(slot + column) }
    case openBrace where inner >= 0:
      at += 1
      return try readObject(inner, bytes, &at, &fields, depth: depth + 1)
    case openBrace, UInt8(ascii: "["):
      try Self.passNested(bytes, &at)
      end = at
    default:
      let isNumber = Self.passNumber(bytes, &at)
      end = at
      if !isNumber {
        at = start
        let word = try Self.passWord(bytes, &at)
        end = word == .null ? start : at
        if word == .boolean, column >= 0, numericColumns[column] {
          booleanFields.append(slot + column)
        }
      }
    }
    guard column >= 0 else { return }
    fields[slot + column] = FieldPlace(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// A key that stands twice in an object must not have its field changed twice.
  private mutating func noteEscapes(_ field: Int) {
    for known in escapedFields.reversed() {
      if known < slot { break }
      if known == field { return }
    }
    escapedFields.append(field)
  }

  /// From the opening quote to after the closing one; tells whether escapes stand between.
  @inline(__always)
  private static func passText(_ bytes: RawSpan, _ at: inout Int) throws(LineFlaw) -> Bool {
    let quotes = ByteWords.broadcast(quote)
    let backslashes = ByteWords.broadcast(backslash)
    let start = at
    var hasEscapes = false
    at += 1
    while true {
      let word = ByteWords.word(bytes, at)
      // Of the bytes below 0x20 the first is exact (Warren, section 6-1), and only the first is looked at.
      let controls = (word &- ByteWords.broadcast(0x20)) & ~word & ByteWords.broadcast(0x80)
      let found =
        ByteWords.equalBytes(word, quotes) | ByteWords.equalBytes(word, backslashes) | controls
      if found == 0 {
        at += 8
        continue
      }
      at += found.trailingZeroBitCount >> 3
      let byte = ByteWords.byte(bytes, at)
      if byte == quote {
        at += 1
        return hasEscapes
      }
      guard byte == backslash else {
        throw byte == newline
          ? LineFlaw(.unclosedText, at: start) : LineFlaw(.controlCharacter, at: at)
      }
      try passEscape(bytes, &at)
      hasEscapes = true
    }
  }

  @inline(never)
  private static func passEscape(_ bytes: RawSpan, _ at: inout Int) throws(LineFlaw) {
    switch ByteWords.byte(bytes, at + 1) {
    case quote, backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
    case UInt8(ascii: "u"):
      for place in at + 2..<at + 6 where EscapedText.digit(ByteWords.byte(bytes, place)) == nil {
        throw LineFlaw(.badEscape, at: at)
      }
      at += 6
    default: throw LineFlaw(.badEscape, at: at)
    }
  }

  private static func unescaped(_ bytes: RawSpan, _ start: Int, _ end: Int) -> [UInt8] {
    var name: [UInt8] = []
    for place in start..<end { name.append(ByteWords.byte(bytes, place)) }
    name.removeLast(name.count - EscapedText.unescape(&name, 0, name.count))
    return name
  }

  /// A list or an object, from its opening bracket to after its closing one.
  private static func passNested(_ bytes: RawSpan, _ at: inout Int) throws(LineFlaw) {
    let opens = ByteWords.broadcast(openBrace)
    let closes = ByteWords.broadcast(closeBrace)
    let quotes = ByteWords.broadcast(quote)
    let newlines = ByteWords.broadcast(newline)
    // A bit for each open bracket, the innermost lowest: 1 is a brace.
    var kinds: UInt64 = 0
    var depth = 0
    words: while true {
      let word = ByteWords.word(bytes, at)
      // "[" and "]" differ from "{" and "}" in the bit 0x20 alone.
      let folded = word | ByteWords.broadcast(0x20)
      var found =
        ByteWords.equalBytes(folded, opens) | ByteWords.equalBytes(folded, closes)
        | ByteWords.equalBytes(word, quotes) | ByteWords.equalBytes(word, newlines)
      while found != 0 {
        let place = at + found.trailingZeroBitCount >> 3
        found &= found - 1
        let byte = ByteWords.byte(bytes, place)
        switch byte {
        case quote:
          at = place
          _ = try passText(bytes, &at)
          continue words
        case newline: throw LineFlaw(.endsEarly, at: at)
        case openBrace, UInt8(ascii: "["):
          if depth == deepest { throw LineFlaw(.tooDeep, at: at) }
          depth += 1
          kinds = kinds << 1 | (byte == openBrace ? 1 : 0)
        default:
          guard kinds & 1 == (byte == closeBrace ? 1 : 0) else {
            throw LineFlaw(.wrongBracket, at: place)
          }
          kinds >>= 1
          depth -= 1
          if depth == 0 {
            at = place + 1
            return
          }
        }
      }
      at += 8
    }
  }

  /// A number in the grammar of RFC 8259; false where none stands, with `at` anywhere in it.
  @inline(__always)
  private static func passNumber(_ bytes: RawSpan, _ at: inout Int) -> Bool {
    if ByteWords.byte(bytes, at) == UInt8(ascii: "-") { at += 1 }
    let start = at
    guard passDigits(bytes, &at) else { return false }
    // 0 is a number, and 012 is none.
    if at - start > 1, ByteWords.byte(bytes, start) == UInt8(ascii: "0") { return false }
    if ByteWords.byte(bytes, at) == UInt8(ascii: ".") {
      at += 1
      guard passDigits(bytes, &at) else { return false }
    }
    if ByteWords.byte(bytes, at) | 0x20 == UInt8(ascii: "e") {
      at += 1
      let sign = ByteWords.byte(bytes, at)
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { at += 1 }
      guard passDigits(bytes, &at) else { return false }
    }
    return isEnd(ByteWords.byte(bytes, at))
  }

  @inline(__always)
  private static func passDigits(_ bytes: RawSpan, _ at: inout Int) -> Bool {
    let start = at
    while isDigit(ByteWords.byte(bytes, at)) { at += 1 }
    return at > start
  }

  @inline(__always)
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }

  private enum Word { case null, boolean, notFinite }

  private static func passWord(_ bytes: RawSpan, _ at: inout Int) throws(LineFlaw) -> Word {
    let start = at
    while !isEnd(ByteWords.byte(bytes, at)) { at += 1 }
    if at == start {
      throw ByteWords.byte(bytes, at) == newline
        ? LineFlaw(.endsEarly, at: at) : LineFlaw(.noValue, at: start)
    }
    func isWord(_ word: String) -> Bool {
      word.utf8.count == at - start
        && word.utf8.enumerated().allSatisfy { ByteWords.byte(bytes, start + $0) == $1 }
    }
    if isWord("null") { return .null }
    if isWord("true") || isWord("false") { return .boolean }
    // What Python's json writes for numbers that are none; a column may name them as missing.
    if isWord("NaN") || isWord("Infinity") || isWord("-Infinity") { return .notFinite }
    throw LineFlaw(.noValue, at: start)
  }

  /// Whether a number or a word ends before this byte.
  @inline(__always)
  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == closeBrace || byte == 0x20 || byte == 0x0D
      || byte == newline || byte == 0x09
  }

  @inline(__always)
  private static func passBlanks(_ bytes: RawSpan, _ at: inout Int) {
    while true {
      let byte = ByteWords.byte(bytes, at)
      if byte != 0x20, byte != 0x09, byte != 0x0D { return }
      at += 1
    }
  }
}

private let newline = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")
private let backslash = UInt8(ascii: "\\")
private let colon = UInt8(ascii: ":")
private let openBrace = UInt8(ascii: "{")
private let closeBrace = UInt8(ascii: "}")
