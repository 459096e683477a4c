import Documents

/// A bounded stretch of a recording's bytes that moves along it.
struct ByteWindow {
  /// As messages call the file.
  var path: String { source.path }
  private(set) var bytes: [UInt8]
  /// The first byte not yet taken.
  var position = 0
  /// The end of what was read; behind it stand at least `FieldScanner.padding` bytes of no meaning.
  private(set) var limit = 0
  private(set) var isAtEnd = false
  /// What went wrong at the end; what was read before it still counts.
  private(set) var failure: TrafficError?
  private let source: ByteSource

  /// A row longer than this is taken for a quote that was left open.
  let longestRow: Int
  private static let size = 1 << 20

  init(_ source: ByteSource, longestRow: Int) {
    self.source = source
    self.longestRow = longestRow
    bytes = Array(repeating: 0, count: Self.size + FieldScanner.padding)
  }

  var waitingCount: Int { limit - position }

  /// Reads more behind `limit`: at least half a buffer, and as much as is waiting, so that a long row is not
  /// looked through over and over. At the end of the file, adds the newline that its last line may lack.
  ///
  /// - Parameter start: what stands before it may be given up to make room.
  /// - Returns: by how much the bytes moved to the front.
  mutating func readMore(keepingFrom start: Int) -> Int {
    let wanted = max(Self.size / 2, waitingCount)
    var shift = 0
    if bytes.count < limit + wanted + FieldScanner.padding {
      shift = start
      if shift > 0 { moveToFront(from: shift) }
      let needed = limit + wanted + FieldScanner.padding
      if bytes.count < needed {
        bytes.append(
          contentsOf: repeatElement(0, count: max(needed, 2 * bytes.count) - bytes.count))
      }
    }
    let end = limit + wanted
    while limit < end, !isAtEnd { readOnce() }
    return shift
  }

  private mutating func readOnce() {
    do throws(ByteSourceError) {
      let count = try source.read(into: &bytes, at: limit)
      limit += count
      isAtEnd = count == 0
      if isAtEnd, limit > 0, bytes[limit - 1] != UInt8(ascii: "\n") { endLastLine() }
    } catch {
      isAtEnd = true
      failure = TrafficError(error)
    }
    if bytes.count < limit + FieldScanner.padding {
      bytes.append(contentsOf: repeatElement(0, count: FieldScanner.padding))
    }
  }

  private mutating func endLastLine() {
    bytes[limit] = UInt8(ascii: "\n")
    limit += 1
  }

  private mutating func moveToFront(from start: Int) {
    for index in start..<limit { bytes[index - start] = bytes[index] }
    limit -= start
    position -= start
  }

  /// Replaces the escapes of a JSON text by what they stand for, in place.
  mutating func unescapeText(_ field: inout FieldPlace) {
    field.end = UInt32(EscapedText.unescape(&bytes, Int(field.start), Int(field.end)))
  }

  /// Writes 1 over true and 0 over false.
  mutating func writeBoolean(_ field: inout FieldPlace) {
    let isTrue = bytes[Int(field.start)] == UInt8(ascii: "t")
    bytes[Int(field.start)] = UInt8(ascii: isTrue ? "1" : "0")
    field.end = field.start + 1
  }

  /// Takes one quote away where two stand, in place.
  mutating func unescape(_ field: inout FieldPlace) {
    let quote = UInt8(ascii: "\"")
    var target = Int(field.start)
    var index = target
    while index < Int(field.end) {
      bytes[target] = bytes[index]
      index += bytes[index] == quote ? 2 : 1
      target += 1
    }
    field.end = UInt32(target)
  }
}

extension TrafficError {
  init(_ error: ByteSourceError) {
    self =
      switch error {
      case .missing(let path): .fileMissing(path: path)
      default: .unreadable(path: error.path, reason: error.reason)
      }
  }
}
