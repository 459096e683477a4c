import Documents
import Testing

@testable import Scenarios

@Suite("Key table") struct KeyTableTests {
  @Test("every key has words, and every section stands once")
  func whole() {
    #expect(Set(KeyTable.sections.map(\.id)).count == KeyTable.sections.count)
    for section in KeyTable.sections {
      #expect(Set(section.keys.map(\.name)).count == section.keys.count, "\(section.id)")
      for key in section.keys {
        #expect(key.about.hasSuffix(".") || key.about.hasSuffix(":"), "\(section.id).\(key.name)")
        #expect(!key.fallback.isEmpty && !key.type.words.isEmpty)
      }
    }
  }

  @Test("every example is JSON5, and starts with its key")
  func examples() throws {
    for section in KeyTable.sections {
      for key in section.keys {
        let source = SourceText(name: "\(section.id).\(key.name)", text: "{ \(key.example) }")
        let node = try JSONNode.read(source, dialect: .json5)
        #expect(node.members?.map(\.key) == [key.name])
      }
    }
  }
}
