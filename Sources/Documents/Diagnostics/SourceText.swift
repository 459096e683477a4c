/// A text that is read with positions: its name for the person, and its bytes.
///
/// Readers keep byte offsets only; lines and columns are counted when somebody has to be told.
package final class SourceText: Sendable {
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a range of bytes; what is not UTF-8 shows as U+FFFD.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Where a range of bytes stands; a range over several lines is underlined to the end of its first.
  ///
  /// - Complexity: O(the bytes before it).
  package func place(of range: Range<Int>) -> Place {
    let start = min(range.lowerBound, bytes.count)
    let line = line(holding: start)
    let lineText = text(line.bytes)
    let column = text(line.bytes.lowerBound..<start).count + 1
    let end = max(start, min(range.upperBound, line.bytes.upperBound))
    let width = max(1, text(start..<end).count)
    return Place(
      file: name, line: line.number, column: column,
      excerpt: Place.Excerpt(text: lineText, width: width))
  }

  package func place(at offset: Int) -> Place { place(of: offset..<offset + 1) }

  /// The line that holds a byte, counted from 1, without its line end (LF, CR LF or CR).
  private func line(holding offset: Int) -> (number: Int, bytes: Range<Int>) {
    let lineFeed = UInt8(ascii: "\n")
    let carriageReturn = UInt8(ascii: "\r")
    var number = 1
    var start = startsWithByteOrderMark ? 3 : 0
    var index = start
    while index < offset {
      let byte = bytes[index]
      let isCarriageReturnOfPair =
        byte == carriageReturn && index + 1 < bytes.count && bytes[index + 1] == lineFeed
      index += 1
      if byte == lineFeed || byte == carriageReturn && !isCarriageReturnOfPair {
        number += 1
        start = index
      }
    }
    var end = start
    while end < bytes.count, bytes[end] != lineFeed, bytes[end] != carriageReturn { end += 1 }
    return (number, min(start, offset)..<max(end, min(start, offset)))
  }

  private var startsWithByteOrderMark: Bool {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }
}
