import Documents

/// What is wrong with a table's fields: the first mistake of each column, so that one column of the wrong
/// kind does not hide the others.
struct FieldMistakes {
  private let path: String
  private var isKnown: [Bool]
  private var list: [Diagnostic] = []

  /// Lines that are no rows are told up to here.
  private static let most = 5

  init(path: String, columnCount: Int) {
    self.path = path
    isKnown = Array(repeating: false, count: columnCount)
  }

  mutating func add(_ problem: TableProblem, _ column: Int, _ place: Place) {
    guard !isKnown[column] else { return }
    isKnown[column] = true
    list.append(problem.diagnostic(at: place))
  }

  /// The file cannot be read on from here.
  mutating func add(_ problem: RecordingProblem, line: Int) {
    let place = Place(file: path, line: line)
    if let ofTable = problem.ofTable {
      list.append(ofTable.diagnostic(at: place))
    } else {
      list += problem.diagnostic(file: path, line: line).list
    }
  }

  /// The members of a line of JSON; nil where it holds no row.
  mutating func row(_ line: ArraySlice<UInt8>, number: Int) -> [JSONMember]? {
    guard list.count < Self.most else { return nil }
    let source = SourceText(name: path, bytes: Array(line))
    let node: JSONNode
    do throws(Diagnostics) {
      node = try JSONNode.read(source, dialect: .jsonWithNonFinite)
    } catch {
      list += error.list.map { $0.inLine(number) }
      return nil
    }
    guard let members = node.members else {
      list.append(
        TableProblem.notAnObject(found: node.inWords).diagnostic(at: node.place).inLine(number))
      return nil
    }
    if let repeated = node.repeatedMembers.first {
      list.append(
        TableProblem.repeatedKey(repeated.key).diagnostic(at: repeated.keyPlace).inLine(number))
    }
    return members
  }

  func check() throws(TrafficError) {
    guard !list.isEmpty else { return }
    throw .badData(
      Diagnostics(list.sorted { ($0.place?.line ?? 0) < ($1.place?.line ?? 0) }))
  }
}

extension Diagnostic {
  /// A mistake of a text that is one line of a file.
  fileprivate func inLine(_ number: Int) -> Diagnostic {
    var moved = self
    moved.place?.line = number
    return moved
  }
}
