import Documents
import Testing

@testable import Understudy

@Suite("DocumentDifference") struct DocumentDifferenceTests {
  private func differences(_ old: String, _ new: String) throws -> [String] {
    func value(_ text: String) throws -> JSONValue {
      JSONValue(try JSONNode.read(SourceText(name: "text", text: text), dialect: .json5))
    }
    return DocumentDifference.between(try value(old), try value(new)).map {
      "\($0.path) \($0.old?.written() ?? "-") \($0.new?.written() ?? "-")"
    }
  }

  @Test("equal documents have none, however they are written")
  func none() throws {
    #expect(try differences("{ a: 1, b: [1, 2] }", "{\"a\": 1, \"b\": [1,2]}").isEmpty)
  }

  @Test(
    "each is told as deep down as it can be",
    arguments: [
      ("{ a: 1 }", "{ a: 2 }", ["a 1 2"]),
      ("{ a: { b: 1, c: 2 } }", "{ a: { b: 1, d: 3 } }", ["a.c 2 -", "a.d - 3"]),
      ("{ a: 1 }", "{ a: '1' }", ["a 1 \"1\""]),
      ("{ a: ['x'] }", "{ a: ['x', 'y'] }", ["a [\"x\"] [\"x\",\"y\"]"]),
      ("{ s: [{ by: 1 }, { by: 2 }] }", "{ s: [{ by: 1 }, { by: 3 }] }", ["s[1].by 2 3"]),
      (
        "{ s: [{ by: 1 }, { by: 2 }] }", "{ s: [{ by: 0 }, { by: 1 }, { by: 2 }] }",
        ["s[0] - {\"by\":0}"]
      ),
      (
        "{ s: [{ by: 1 }, { by: 2 }, { by: 3 }] }", "{ s: [{ by: 1 }, { by: 3 }] }",
        ["s[1] {\"by\":2} -"]
      ),
    ] as [(String, String, [String])])
  func told(_ old: String, _ new: String, _ expected: [String]) throws {
    #expect(try differences(old, new) == expected)
  }
}
