import Documents

/// Reads the first line of a recording that is not blank.
struct HeaderReader {
  let delimiter: UInt8
  /// The line after what was read, from 1.
  private(set) var line = 1

  init(delimiter: UInt8) { self.delimiter = delimiter }

  mutating func read(_ window: inout ByteWindow) throws(TrafficError) -> [String] {
    _ = window.readMore(keepingFrom: 0)
    let path = window.path
    if let found = ForeignFormat.detect(window.bytes[..<window.limit]) {
      throw .badData(RecordingProblem.foreignFormat(found).diagnostic(file: path, line: nil))
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if window.bytes[..<window.limit].starts(with: mark) { window.position = mark.count }
    while true {
      skipBlankLines(&window)
      if let names = parse(&window) { return names }
      if window.isAtEnd {
        if let failure = window.failure { throw failure }
        let isEmpty = window.waitingCount == 0
        let problem: RecordingProblem = isEmpty ? .emptyFile : .unclosedQuote
        throw .badData(problem.diagnostic(file: path, line: isEmpty ? nil : line))
      }
      guard window.waitingCount <= window.longestRow else {
        let problem = RecordingProblem.rowTooLong(bytes: window.longestRow)
        throw .badData(problem.diagnostic(file: path, line: line))
      }
      _ = window.readMore(keepingFrom: window.position)
    }
  }

  private mutating func skipBlankLines(_ window: inout ByteWindow) {
    let bytes = window.bytes
    while window.position < window.limit {
      if bytes[window.position] == UInt8(ascii: "\n") {
        window.position += 1
      } else if bytes[window.position] == UInt8(ascii: "\r"), window.position + 1 < window.limit,
        bytes[window.position + 1] == UInt8(ascii: "\n")
      {
        window.position += 2
      } else {
        return
      }
      line += 1
    }
  }

  /// The names, when the header's line is whole; then the window's position and `line` are after it.
  private mutating func parse(_ window: inout ByteWindow) -> [String]? {
    let bytes = window.bytes
    let limit = window.limit
    var names: [String] = []
    var name: [UInt8] = []
    var isQuoted = false
    var isAtFieldStart = true
    var lines = 1
    var index = window.position
    while index < limit {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          if byte == UInt8(ascii: "\n") { lines += 1 }
          name.append(byte)
        } else if index < limit, bytes[index] == byte {
          name.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), isAtFieldStart {
        isQuoted = true
        isAtFieldStart = false
      } else if byte == delimiter || byte == UInt8(ascii: "\n") {
        if byte != delimiter, name.last == UInt8(ascii: "\r") { name.removeLast() }
        names.append(String(decoding: name, as: UTF8.self))
        name.removeAll()
        isAtFieldStart = true
        if byte != delimiter {
          window.position = index
          line += lines
          return names
        }
      } else {
        name.append(byte)
        isAtFieldStart = false
      }
    }
    return nil
  }
}

/// Files that are recognised as something other than delimited text.
enum ForeignFormat: String, Equatable {
  case gzip, zstd, bzip2, xz, utf16, parquet, zip

  static func detect(_ bytes: ArraySlice<UInt8>) -> ForeignFormat? {
    let signatures: [(ForeignFormat, [UInt8])] = [
      (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.bzip2, Array("BZh".utf8)),
      (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A]), (.utf16, [0xFF, 0xFE]), (.utf16, [0xFE, 0xFF]),
      (.parquet, Array("PAR1".utf8)), (.zip, [0x50, 0x4B, 0x03, 0x04]),
    ]
    return signatures.first { bytes.starts(with: $0.1) }?.0
  }
}
