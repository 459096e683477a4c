import Foundation
import Probability
import Testing

@testable import Traffic

/// A line of JSON Lines that is wrong, and every word of what is told.
struct WrongLine: Sendable, CustomTestStringConvertible {
  var line: String
  var told: String
  var testDescription: String { line }
}

@Suite("JSON Lines") struct JSONLinesTests {
  private func replay(
    _ text: String, name: String = "data.jsonl", blockSizes: [Int] = [1, 7, 4096],
    _ change: (inout RecordingPlan) -> Void = { _ in }
  ) throws -> (traffic: ReplayedTraffic, source: RecordingSource) {
    let folder = try RecordingFolder()
    try folder.write(text, to: name)
    var plan = RecordingPlan(path: name)
    plan.timeColumn = "timestamp"
    plan.timeFormat = .epoch(nanosecondsPerUnit: 1_000_000)
    change(&plan)
    let traffic = try TrafficContract.check(blockSizes: blockSizes) {
      try RecordingSource(plan: plan, baseDirectory: folder.path)
    }
    let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
    _ = try TrafficContract.replay(source, blockSize: 10)
    return (traffic, source)
  }

  @Test("replay a trace of a language model by the names of its keys")
  func trace() throws {
    let (traffic, _) = try replay(
      """
      {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47]}
      {"timestamp": 30535, "input_length": 6472, "output_length": 26, "hash_ids": [46, 2366, 7]}

      {"output_length":1,"input_length":3,"timestamp":31000,"hash_ids":[]}
      """
    ) {
      $0.inputTokenColumn = "input_length"
      $0.outputTokenColumn = "output_length"
      $0.prefixColumn = "hash_ids"
    }
    #expect(
      traffic.requests.map(\.arrival.nanoseconds)
        == [27_482, 30_535, 31_000].map { $0 * 1_000_000 })
    #expect(traffic.requests.map(\.inputTokens) == [6955, 6472, 3])
    #expect(traffic.requests.map(\.outputTokens) == [52, 26, 1])
    #expect(traffic.requests.map(\.prefixes) == [[46, 47], [46, 2366, 7], []])
    #expect(traffic.schema.features == [])
    #expect(traffic.counts.map(\.sentence) == ["1 line held nothing and was skipped"])
  }

  @Test("reach values inside of objects by a path, and read null and absent keys as missing")
  func paths() throws {
    let (traffic, source) = try replay(
      #"""
      {"timestamp":1,"user":{"id":"u1","tier":{"name":"gold"}},"x":1.5,"ok":true,"score":0.25,"a.b":1}
      {"timestamp":2,"user":{"id":"u\u0031","tier":null},"x":null,"ok":false,"more":{"x":[1,{"y":"]}"}]}}
      {"timestamp":3, "x" : -2e-1 , "ok":1 ,"user" : { } , "score":"0.5", "a": {"b": 7}}
      {"timestamp":4,"\u0078":9,"user":{"tier":{"name":"gold"},"id":"u2"},"ok":null,"x":8}
      """#
    ) {
      $0.unitColumn = "user.id"
      $0.segmentColumns = ["user.tier.name"]
      $0.labelColumn = "ok"
      $0.loggedColumns = ["score"]
      $0.features = .named([.init(name: "x"), .init(name: "a.b")])
    }
    #expect(source.columnNames.prefix(4) == ["timestamp", "user.id", "user.tier.name", "x"])
    let rows = traffic.requests
    #expect(rows.map { $0.feature(0).description } == ["1.5", "nan", "-0.2", "8.0"])
    #expect(rows.map { $0.feature(1).description } == ["1.0", "nan", "7.0", "nan"])
    #expect(rows.map(\.labelValue.description) == ["1.0", "0.0", "1.0", "nan"])
    #expect(
      rows.map { Double(bitPattern: $0.logged[0]).description } == ["0.25", "nan", "0.5", "nan"])
    #expect(rows.map(\.segments) == [[0], [1], [1], [0]])
    #expect(source.segmentNames(0) == ["gold", ""])
    #expect(rows[0].unit == rows[1].unit && rows[0].unit == RecordingSource.unit(named: "u1"))
    #expect(
      traffic.counts.map(\.key) == ["missingLabels", "rowsWithoutUnit"])
  }

  @Test("give the values that Foundation's reader gives, on lines of every form")
  func foundation() throws {
    var lines = RandomLines(seed: 11)
    var text = ""
    var expected: [[String: Any]] = []
    for number in 0..<2_000 {
      let line = lines.line(number)
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      expected.append(try #require(object, "\(line)"))
      text += line + (number % 7 == 0 ? "\r\n" : "\n")
    }
    let (traffic, source) = try replay(text, blockSizes: [13, 1024]) {
      $0.timeFormat = .epoch(nanosecondsPerUnit: 1)
      $0.loggedColumns = ["number"]
      $0.features = .named([.init(name: "text", categories: []), .init(name: "in.flag")])
      $0.segmentColumns = ["in.größe"]
    }
    guard case .categorical(let texts) = source.schema.features[0].kind else {
      Issue.record("no categories")
      return
    }
    for (request, object) in zip(traffic.requests, expected) {
      let number = (object["number"] as? NSNumber)?.doubleValue ?? .nan
      let logged = Double(bitPattern: request.logged[0])
      // Foundation goes by way of a decimal, and may be off in the last bits of long numbers.
      #expect(abs(logged - number) <= 1e-15 * abs(number) || logged.isNaN && number.isNaN)
      let code = request.feature(0)
      let held = code.isNaN ? "" : texts[Int(code)]
      #expect(Array(held.utf16) == Array((object["text"] as? String ?? "").utf16))
      let inner = object["in"] as? [String: Any]
      #expect(
        source.segmentNames(0)[Int(request.segments[0])] == inner?["größe"] as? String ?? "")
      let flag = (inner?["flag"] as? NSNumber)?.floatValue ?? .nan
      #expect(request.feature(1) == flag || request.feature(1).isNaN && flag.isNaN)
    }
  }

  @Test("say what is wrong with a line, and where", arguments: WrongLine.all)
  func wrong(_ wrong: WrongLine) throws {
    let folder = try RecordingFolder()
    try folder.write(
      "{\"timestamp\":1,\"x\":2}\n\(wrong.line)\n{\"timestamp\":3,\"x\":2}\n", to: "a.jsonl")
    var plan = RecordingPlan(path: "a.jsonl")
    plan.timeColumn = "timestamp"
    plan.timeFormat = .epoch(nanosecondsPerUnit: 1)
    #expect(try RecordingDiagnosticsTests.told(plan, folder) == wrong.told)
  }

  @Test("are skipped where they hold no object, and counted")
  func skipped() throws {
    let text = WrongLine.all.filter {
      $0.told.contains("a.jsonl:2: error: ") && !$0.told.contains("column")
    }
    let lines = text.map(\.line)
    let (traffic, _) = try replay(
      "{\"timestamp\":1,\"x\":2}\n" + lines.map { $0 + "\n" }.joined()
        + "{\"timestamp\":3,\"x\":4}\n"
    ) { $0.onBadValue = .skip }
    #expect(traffic.requests.map { $0.feature(0) } == [2, 4])
    #expect(
      traffic.counts.map(\.sentence) == [
        "\(lines.count) lines held no whole object and were skipped"
      ])
  }

  @Test("do not depend on where the buffer ends")
  func longRows() throws {
    var text = ""
    for index in 0..<600 {
      let filling = String(repeating: "\\u00e9\\\"", count: index % 20 == 0 ? 3_000 : index % 37)
      text +=
        "{\"timestamp\":\(index),\"skip\":[[\"\(filling)\"],{}],\"t\":\"\(filling)\(index)\",\"x\":\(index)}\n"
    }
    let (traffic, source) = try replay(text, blockSizes: [5, 600]) {
      $0.features = .named([.init(name: "x"), .init(name: "t", categories: [])])
    }
    #expect(traffic.requests.map { $0.feature(0) } == (0..<600).map(Float.init))
    guard case .categorical(let texts) = source.schema.features[1].kind else { return }
    #expect(texts.count == 600)
    for index in 0..<600 {
      let filling = String(repeating: "é\"", count: index % 20 == 0 ? 3_000 : index % 37)
      #expect(texts[index] == "\(filling)\(index)")
    }
  }
}

/// Lines of JSON with the same keys in many forms.
private struct RandomLines {
  private var luck: RandomStream

  init(seed: UInt64) { luck = RandomStream(seed: seed, StreamName("lines"), entity: 0) }

  private mutating func choice(_ count: Int) -> Int {
    min(Int(luck.nextUnit() * Double(count)), count - 1)
  }

  mutating func line(_ number: Int) -> String {
    var members = [
      "\"timestamp\":\(number)", "\"number\":\(self.number())", "\"text\":\(text())",
      "\"skip\":\(nested())",
      "\"in\":{\"gr\\u00f6\\u00DFe\"\(blank()):\(text()),\(blank())\"flag\":\(["true", "false", "null", "0.5"][choice(4)])}",
    ]
    if number > 0, choice(5) == 0 { members.remove(at: 1 + choice(4)) }
    if choice(3) == 0 { members.swapAt(choice(members.count), choice(members.count)) }
    return "{\(blank())" + members.joined(separator: "\(blank()),\(blank())")
      + "\(blank())}\(blank())"
  }

  private mutating func blank() -> String { ["", "", "", " ", "\t", "  "][choice(6)] }

  private mutating func number() -> String {
    let sign = ["", "-"][choice(2)]
    let whole = ["0", "7", "12345678901234567890", "\(choice(1_000_000))"][choice(4)]
    let fraction = ["", "", ".0", ".\(choice(99_999))", ".12345678901234567"][choice(5)]
    let exponent = ["", "", "e5", "E-7", "e+12", "e-30"][choice(6)]
    return ["null", sign + whole + fraction + exponent][min(choice(12), 1)]
  }

  private mutating func text() -> String {
    let parts = [
      "a", "Ö", "日本", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\b", "\\f", "\\r", "\\u0041",
      "\\u00e9", "\\ud83d\\ude00", "{", "]", ",", ":", " ", "plainer text",
    ]
    return "\"" + (0..<choice(9)).map { _ in parts[choice(parts.count)] }.joined() + "\""
  }

  private mutating func nested(depth: Int = 0) -> String {
    switch depth > 3 ? 0 : choice(4) {
    case 0: return number()
    case 1: return text()
    case 2:
      return "[" + (0..<choice(4)).map { _ in nested(depth: depth + 1) }.joined(separator: ", ")
        + "]"
    default:
      return "{"
        + (0..<choice(4)).map { "\"k\($0)\":\(nested(depth: depth + 1))" }.joined(separator: ",")
        + "}"
    }
  }
}

extension WrongLine {
  private static let whole =
    "\n  help: each line holds one whole object; `jq -c` writes them so, and `jq -c '.[]'` from a list"
  private static let skip = "\n  help: set onBadValue: \"skip\" to count and skip such lines"

  private static func line(_ line: String, _ message: String, _ help: String = skip) -> WrongLine {
    WrongLine(line: line, told: "a.jsonl:2: error: \(message)\(help)")
  }

  static let all = [
    line("[1, 2]", #"the line begins with "[1, 2]", where an object was expected"#, whole),
    line("17", #"the line begins with "17", where an object was expected"#, whole),
    line(#"{"timestamp":2,"x":"#, "the line ends inside of its object", whole),
    line(#"{"timestamp":2"#, "the line ends inside of its object", whole),
    line(#"{"timestamp":2,"#, "the line ends inside of its object", whole),
    line(#"{"timestamp":2,"x""#, "the line ends inside of its object", whole),
    line(#"{"timestamp":2,"x":[1,"#, "the line ends inside of its object", whole),
    line(#"{"timestamp":2,"x":"abc"#, #"the text "\"abc" is never closed"#, whole),
    line(#"{"timestamp":2,x:1}"#, #""x:1}" stands where a key in quotes was expected"#),
    line(#"{"timestamp":2,}"#, #""}" stands where a key in quotes was expected"#),
    line(#"{"timestamp" 2}"#, #""2}" stands where a colon was expected"#),
    line(
      #"{"timestamp":2 "x":1}"#,
      #""\"x\":1}" stands where a comma or the object's end was expected"#),
    line(#"{"timestamp":,"x":1}"#, #"",\"x\":1}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":012}"#, #""012}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":+1}"#, #""+1}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":.5}"#, #"".5}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":1.}"#, #""1.}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":1e}"#, #""1e}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":True}"#, #""True}" stands where a value was expected"#),
    line(#"{"timestamp":2,"x":"a\x"}"#, #""\\x\"}" begins with no escape of JSON"#),
    line(#"{"timestamp":2,"x":"a\u12g4"}"#, #""\\u12g4\"}" begins with no escape of JSON"#),
    line(
      "{\"timestamp\":2,\"x\":\"a\tb\"}", #"a text holds a control character, at "\tb\"}""#,
      "\n  help: write it as an escape, such as \\t"),
    line(#"{"timestamp":2,"x":[1}}"#, #""}}" closes another bracket than the one that is open"#),
    line(#"{"timestamp":2,"x":1} 3"#, #""3" follows the object, where the line must end"#),
    line(
      "{\"timestamp\":2,\"x\":\(String(repeating: "[", count: 65))1\(String(repeating: "]", count: 65))}",
      "lists and objects stand more than 64 deep in each other"),
    WrongLine(
      line: #"{"timestamp":2,"x":"abc"}"#,
      told: "a.jsonl:2: error: column x holds \"abc\", not a number" + rows),
    WrongLine(
      line: #"{"timestamp":2,"x":[1, 2]}"#,
      told: "a.jsonl:2: error: column x holds \"[1, 2]\", not a number" + rows),
    WrongLine(
      line: #"{"timestamp":2,"x":NaN}"#,
      told:
        "a.jsonl:2: error: column x holds \"NaN\", not a number\n  help: set missing: [\"NaN\"] to read it as missing, or onBadValue: \"skip\" to count and skip such rows"
    ),
  ]

  private static let rows = "\n  help: set onBadValue: \"skip\" to count and skip such rows"
}
