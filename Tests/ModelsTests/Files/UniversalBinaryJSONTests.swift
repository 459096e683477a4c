import Documents
import Testing

@testable import Models

@Suite("Universal Binary JSON") struct UniversalBinaryJSONTests {
  /// Bytes from text, in which <..> holds bytes in hexadecimal.
  static func bytes(_ notation: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(notation)
    while let first = rest.first {
      if first == "<", let end = rest.firstIndex(of: ">") {
        let digits = rest[rest.index(after: rest.startIndex)..<end].split(separator: " ")
        bytes += digits.compactMap { UInt8($0, radix: 16) }
        rest = rest[rest.index(after: end)...]
      } else {
        bytes += Array(String(first).utf8)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }

  @Test(
    "reads every marker",
    arguments: [
      ("Z", "null"), ("T", "true"), ("F", "false"), ("NNZ", "null"), ("ZN", "null"),
      ("i<80>", "-128.0"), ("i<7F>", "127.0"), ("U<FF>", "255.0"), ("I<80 00>", "-32768.0"),
      ("I<01 02>", "258.0"), ("l<FF FF FF FE>", "-2.0"), ("l<7F FF FF FF>", "2147483647.0"),
      ("L<00 00 00 01 00 00 00 00>", "4294967296.0"), ("L<FF FF FF FF FF FF FF FF>", "-1.0"),
      ("d<3F C0 00 00>", "1.5"), ("d<7F 80 00 00>", "inf"), ("D<C0 04 00 00 00 00 00 00>", "-2.5"),
      ("Hi<05>-12.5", "-12.5"), ("Cx", "'x'"), ("Si<00>", "''"), ("SU<03>abc", "'abc'"),
      ("SI<00 03>aä", "'aä'"), ("Sl<00 00 00 01>b", "'b'"),
      ("SL<00 00 00 00 00 00 00 01>b", "'b'"),
      ("[]", "[|]"), ("[i<01>i<02>]", "[|1.0 2.0]"), ("[Ni<01>NNi<02>N]", "[|1.0 2.0]"),
      ("[#i<02>i<01>U<02>", "[|1.0 2.0]"), ("[$U#i<03><01 02 FF>", "[|1.0 2.0 255.0]"),
      ("[$i#i<02><01 FF>", "[|1.0 -1.0]"), ("[$I#i<01><01 00>", "[|256.0]"),
      ("[$l#L<00 00 00 00 00 00 00 01><00 00 00 07>", "[|7.0]"),
      ("[$L#i<01><00 00 00 00 00 00 00 07>", "[|7.0]"),
      ("[$d#i<02><3F 80 00 00 BF 80 00 00>", "[|1.0 -1.0]"),
      ("[$D#i<01><3F F0 00 00 00 00 00 00>", "[|1.0]"), ("[$l#i<00>", "[|]"),
      ("[$S#i<02>i<01>ai<02>bc", "['a' 'bc']"), ("[$C#i<02>ab", "['a' 'b']"),
      ("[i<01>Z]", "[1.0 null]"), ("[Ti<01>]", "[true 1.0]"), ("[[]{}]", "[[|] {}]"),
      ("[$[#i<02>i<01>]]", "[[|1.0] [|]]"),
      ("{}", "{}"), ("{i<01>aT}", "{a: true}"), ("{U<02>abSi<01>xi<01>cZ}", "{ab: 'x' c: null}"),
      ("{#i<01>i<01>ai<05>", "{a: 5.0}"), ("{$U#i<02>i<01>a<05>i<01>b<06>", "{a: 5.0 b: 6.0}"),
      ("{i<01>a{i<01>b[]}}", "{a: {b: [|]}}"),
    ])
  func markers(notation: String, wanted: String) throws {
    #expect(Self.words(try BinaryReader.read(Self.bytes(notation))) == wanted)
  }

  @Test(
    "says what is wrong, and where",
    arguments: [
      ("", BinaryFlaw.truncated(start: 0)), ("NN", .truncated(start: 2)),
      ("I<01>", .truncated(start: 0)), ("[i<01>", .truncated(start: 0)),
      ("{", .truncated(start: 0)),
      ("Si<05>abc", .truncated(start: 0)), ("[$l#i<02><00 00 00 01>", .truncated(start: 0)),
      ("[$", .truncated(start: 2)), ("[#", .truncated(start: 2)), ("[$U", .truncated(start: 1)),
      ("{i<01>a", .truncated(start: 4)), ("{i<04>a", .truncated(start: 1)),
      ("x", .unknownMarker(0x78, at: 0)), ("[<00>]", .unknownMarker(0, at: 1)),
      ("]", .unknownMarker(0x5D, at: 0)),
      ("Sd<00 00 00 00>", .badLength(at: 1)), ("Si<FF>", .badLength(at: 1)),
      ("{Si<01>aT}", .badLength(at: 1)), ("[$Ui<01>", .badLength(at: 3)),
      ("[#L<7F FF FF FF FF FF FF FF>", .badLength(at: 2)),
      ("[#i<7F>i<01>", .tooLong(count: 127, at: 1)),
      ("[$Z#l<7F FF FF FF>", .tooLong(count: 2_147_483_647, at: 1)),
      ("Hi<02>1x", .badNumber(at: 0)), ("Si<01><FF>", .notUTF8(at: 3)),
      ("TT", .trailingBytes(at: 1)), ("[]]", .trailingBytes(at: 2)),
      (String(repeating: "[", count: 65), .tooDeep(at: 64)),
    ])
  func flaws(notation: String, flaw: BinaryFlaw) {
    #expect(throws: flaw) { try BinaryReader.read(Self.bytes(notation)) }
  }

  @Test("goes 64 lists deep")
  func depth() throws {
    let notation = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    _ = try BinaryReader.read(Self.bytes(notation))
  }

  @Test(
    "words its flaws for the person",
    arguments: [
      (
        BinaryFlaw.truncated(start: 7),
        "the file ends after 99 bytes, inside the value that begins at byte 7"
      ),
      (
        .unknownMarker(10, at: 7), "byte 7 is 0x0A, which begins no value of Universal Binary JSON"
      ),
      (.badLength(at: 7), "byte 7 begins no length"),
      (
        .tooLong(count: 12, at: 7),
        "the list at byte 7 says that it has 12 elements, more than fit"
      ),
      (.badNumber(at: 7), "the digits at byte 7 are not a number"),
      (.notUTF8(at: 7), "the text at byte 7 is not UTF-8"),
      (.tooDeep(at: 7), "more than 64 lists and objects stand in one another at byte 7"),
      (.trailingBytes(at: 7), "the model ends at byte 7, but the file goes on"),
    ])
  func words(flaw: BinaryFlaw, message: String) {
    #expect(
      flaw.diagnostic(file: "m.ubj", byteCount: 99).rendered() == """
        m.ubj: error: \(message)
          help: the file was cut or changed; save or copy the model again
        """)
  }

  /// A tree in words; a bar marks a list that is kept flat.
  private static func words(_ node: BinaryNode) -> String {
    switch node.content {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let number): "\(number)"
    case .string(let text): "'\(text)'"
    case .numbers(let numbers): "[|\(numbers.map { "\($0)" }.joined(separator: " "))]"
    case .list(let nodes): "[\(nodes.map(words).joined(separator: " "))]"
    case .object(let members):
      "{\(members.map { "\($0.key): \(words($0.value))" }.joined(separator: " "))}"
    }
  }
}
