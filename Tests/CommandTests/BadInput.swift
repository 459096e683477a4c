import Foundation
import Testing

@testable import Command

/// A call that cannot do what it is asked: what is wrong, and all that the person is told.
struct BadInput: Sendable, CustomTestStringConvertible {
  let name: String
  /// The exit code.
  let code: Int32
  /// All of standard error; paths are as a person in the folder wrote them.
  let notes: String
  let arguments: [String]
  let edits: [Edit]
  let files: [String: String]

  var testDescription: String { name }

  /// A change of one of the workspace's files, everywhere in it.
  struct Edit: Sendable {
    let file: String
    let old: String
    let new: String

    init(_ file: String, _ old: String, _ new: String) {
      self.file = file
      self.old = old
      self.new = new
    }
  }

  init(
    _ name: String, code: Int32, notes: String,
    arguments: [String] = ["run", "s.json5", "--out", "out"], edits: [Edit] = [],
    files: [String: String] = [:]
  ) {
    self.name = name
    self.code = code
    self.notes = notes
    self.arguments = arguments
    self.edits = edits
    self.files = files
  }

  /// Expects the code, the whole text, no answer, and the folder as it was.
  func check() throws {
    var changed = files
    for edit in edits {
      let text = try #require(changed[edit.file] ?? Workspace.files[edit.file])
      #expect(text.contains(edit.old))
      changed[edit.file] = text.replacing(edit.old, with: edit.new)
    }
    let workspace = try Workspace(changed)
    let before = try workspace.names()
    let ending = try workspace.run(arguments)
    #expect(ending.code == code)
    #expect(ending.notes == notes)
    #expect(ending.answer.isEmpty)
    #expect(try workspace.names() == before)
  }
}
