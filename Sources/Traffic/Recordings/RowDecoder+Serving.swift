import Probability

/// What the requests of a served model carry beside their features.
extension RowDecoder {
  mutating func decodeServing(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ staged: inout RequestBlock
  ) {
    if let column = columns.inputTokens { decodeTokens(bytes, rows, column, &staged.inputTokens) }
    if let column = columns.outputTokens { decodeTokens(bytes, rows, column, &staged.outputTokens) }
    if let column = columns.priority { decodePriorities(bytes, rows, column, &staged.priorities) }
    if let column = columns.prefixes { decodePrefixes(bytes, rows, column, &staged.prefixes) }
  }

  private mutating func decodeTokens(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ tokens: inout [Int32]
  ) {
    for index in alive.indices {
      let (start, end) = Self.field(rows, Int(alive[index]), column)
      tokens[index] = -1
      if isMissing(bytes, start, end) {
        tally.rowsWithoutTokens += 1
      } else if let count = Self.wholeNumber(bytes, start, end, through: Double(Int32.max)) {
        tokens[index] = Int32(count)
      } else {
        let problem = RecordingProblem.badTokens(
          column: columns.names[column], text: text(bytes, start, end))
        if fail(index, column, problem) { break }
      }
    }
  }

  private mutating func decodePriorities(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ priorities: inout [UInt8]
  ) {
    let least = RequestBlock.leastUrgent
    for index in alive.indices {
      let (start, end) = Self.field(rows, Int(alive[index]), column)
      priorities[index] = least
      if isMissing(bytes, start, end) {
        tally.rowsWithoutPriority += 1
      } else if let priority = Self.wholeNumber(bytes, start, end, through: Double(least)) {
        priorities[index] = UInt8(priority)
      } else {
        let problem = RecordingProblem.badPriority(
          column: columns.names[column], text: text(bytes, start, end))
        if fail(index, column, problem) { break }
      }
    }
  }

  /// A field lists the identities of blocks, apart by blanks, commas or semicolons; brackets around
  /// the list and quotes around an identity are passed over.
  private mutating func decodePrefixes(
    _ bytes: Span<UInt8>, _ rows: RowBatch, _ column: Int, _ prefixes: inout PrefixColumn
  ) {
    prefixes.removeAll()
    for index in alive.indices {
      let (start, end) = Self.field(rows, Int(alive[index]), column)
      prefixes.open(index)
      if isMissing(bytes, start, end) { continue }
      var place = start
      while place < end {
        while place < end, Self.isBetweenBlocks(bytes[place]) { place += 1 }
        let first = place
        while place < end, !Self.isBetweenBlocks(bytes[place]) { place += 1 }
        if first < place { prefixes.add(Self.blockIdentity(bytes, first, place), to: index) }
      }
    }
  }

  /// Whole numbers of 64 bits stand for themselves; any other text for its hash.
  private static func blockIdentity(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    UnitIdentity.number(bytes, start, end) ?? UnitIdentity.of(bytes, start, end)
  }

  @inline(__always)
  private static func isBetweenBlocks(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "\""):
      true
    default: false
    }
  }

  /// A number from 0 to `last` without a fraction, however it is written (12, 12.0, 1.2e1).
  @inline(__always)
  private static func wholeNumber(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, through last: Double
  ) -> Double? {
    guard let number = DecimalNumber.parse(bytes, start, end), number >= 0, number <= last,
      number == number.rounded(.towardZero)
    else { return nil }
    return number
  }
}
