import Documents

/// A change of a scenario from outside of its file: `--set arms.candidate.service.replicas=4`.
///
/// It is applied to the tree before it is decoded, so what it sets is checked like the rest, and told
/// with the setting's own text.
package struct ScenarioEdit: Sendable {
  /// What stands for the file in the place of a mistake.
  package static let sourceName = "--set"

  private let source: SourceText
  private let path: [Step]
  private let value: JSONNode
  private let pathRange: Range<Int>

  enum Step: Equatable {
    case key(String)
    case index(Int)
  }

  /// - Parameter text: `path=value`; the value is JSON5, or, where it is none, a text as it stands.
  package init(_ text: String) throws(Diagnostics) {
    source = SourceText(name: Self.sourceName, text: text)
    let bytes = source.bytes
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
      throw Self.diagnostics(.settingWithoutValue, 0..<bytes.count, source)
    }
    pathRange = 0..<equals
    let pathText = source.text(pathRange)
    guard let path = Self.steps(of: pathText) else {
      throw Self.diagnostics(.badPath(pathText), pathRange, source)
    }
    self.path = path
    value = Self.value(equals + 1..<bytes.count, source)
  }

  /// The tree with the value in its place.
  package func applied(to root: JSONNode) throws(Diagnostics) -> JSONNode {
    try replaced(root, path[...], "")
  }

  // MARK: Reading

  private static func value(_ range: Range<Int>, _ source: SourceText) -> JSONNode {
    do throws(Diagnostics) {
      return try JSONNode.read(source, range: range, dialect: .json5)
    } catch {
      return JSONNode(string: source.text(range), range: range, of: source)
    }
  }

  /// Names between points, each with any number of [index] behind it; nil when it is no path.
  static func steps(of text: String) -> [Step]? {
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let name = pieces.first, !name.isEmpty else { return nil }
      steps.append(.key(String(name)))
      for piece in pieces.dropFirst() {
        guard piece.hasSuffix("]"), let index = Int(piece.dropLast()), index >= 0 else {
          return nil
        }
        steps.append(.index(index))
      }
    }
    return steps
  }

  // MARK: Applying

  private func replaced(
    _ node: JSONNode, _ rest: ArraySlice<Step>, _ walked: String
  ) throws(Diagnostics) -> JSONNode {
    guard let step = rest.first else { return value }
    switch step {
    case .index(let index):
      guard var elements = node.elements else {
        throw fail(.notAList(walked, found: node.inWords))
      }
      guard elements.indices.contains(index) else {
        throw fail(.noElement(walked, count: elements.count))
      }
      elements[index] = try replaced(elements[index], rest.dropFirst(), "\(walked)[\(index)]")
      return node.with(elements: elements)
    case .key(let key):
      guard let members = node.members else {
        throw fail(.notAnObject(walked, found: node.inWords))
      }
      let next = walked.isEmpty ? key : "\(walked).\(key)"
      guard let place = members.firstIndex(where: { $0.key == key }) else {
        return node.with(members: members + [try newMember(key, rest.dropFirst(), walked, members)])
      }
      var edited = members
      let member = members[place]
      edited[place] = JSONMember(
        key: key, keyRange: member.keyRange, source: member.source,
        value: try replaced(member.value, rest.dropFirst(), next))
      return node.with(members: edited)
    }
  }

  /// A key that is not there yet: right at the end of a path (the reader judges it), and inside of it
  /// only where the table knows it, so that a slip makes no new arm.
  private func newMember(
    _ key: String, _ rest: ArraySlice<Step>, _ walked: String, _ members: [JSONMember]
  ) throws(Diagnostics) -> JSONMember {
    let names = members.map(\.key)
    let isUsersName = ["arms", "features", "gate"].contains {
      walked == $0 || walked.hasSuffix(".\($0)")
    }
    guard rest.isEmpty || !isUsersName && KeyTable.allKeys.contains(key) else {
      throw fail(
        .pathLeadsNowhere(key, at: walked, known: isUsersName ? names : names + KeyTable.allKeys))
    }
    let empty = JSONNode(members: [], range: pathRange, of: source)
    let next = walked.isEmpty ? key : "\(walked).\(key)"
    if case .index = rest.first { throw fail(.noElement(next, count: 0)) }
    return JSONMember(
      key: key, keyRange: pathRange, source: source, value: try replaced(empty, rest, next))
  }

  private func fail(_ mistake: ScenarioMistake) -> Diagnostics {
    Self.diagnostics(mistake, pathRange, source)
  }

  private static func diagnostics(
    _ mistake: ScenarioMistake, _ range: Range<Int>, _ source: SourceText
  ) -> Diagnostics {
    Diagnostics([Diagnostic(at: source.place(of: range), mistake.message, help: mistake.help)])
  }
}
