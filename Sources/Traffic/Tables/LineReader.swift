import Documents

/// The lines of a text that are not blank, one after the other, from a buffer that is as long as the longest.
struct LineReader {
  /// The number of the line given last, from 1.
  private(set) var number = 0
  private let source: ByteSource
  private var bytes: [UInt8] = []
  private var position = 0
  private var limit = 0
  private var isAtEnd = false

  init(_ source: ByteSource) { self.source = source }

  /// Without its line end; nil at the end of the text.
  mutating func next() throws(TrafficError) -> ArraySlice<UInt8>? {
    while let line = try nextLine() {
      if line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) { return line }
    }
    return nil
  }

  private mutating func nextLine() throws(TrafficError) -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = bytes[searched..<limit].firstIndex(of: UInt8(ascii: "\n")) {
        return take(until: end, next: end + 1)
      }
      searched = limit
      if isAtEnd { return position < limit ? take(until: limit, next: limit) : nil }
      searched -= try readMore()
    }
  }

  private mutating func take(until end: Int, next: Int) -> ArraySlice<UInt8> {
    defer { position = next }
    number += 1
    let isReturn = end > position && bytes[end - 1] == UInt8(ascii: "\r")
    return bytes[position..<(isReturn ? end - 1 : end)]
  }

  /// Gives back by how much the bytes moved to the front.
  private mutating func readMore() throws(TrafficError) -> Int {
    let shift = position
    bytes.removeSubrange(..<position)
    limit -= shift
    position = 0
    let room = limit + (1 << 20)
    if bytes.count < room { bytes += repeatElement(0, count: room - bytes.count) }
    do throws(ByteSourceError) {
      let count = try source.read(into: &bytes, at: limit)
      limit += count
      isAtEnd = count == 0
    } catch { throw TrafficError(error) }
    return shift
  }
}
