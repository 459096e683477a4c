import Documents

/// Collects what is wrong with one scenario, so that all of it is told at once.
///
/// A class because every part of the reading adds to one list.
final class Complaints {
  private var list: [(offset: Int, isEdit: Bool, diagnostic: Diagnostic)] = []

  var isEmpty: Bool { list.isEmpty }

  func add(_ mistake: ScenarioMistake, at node: JSONNode) {
    add(mistake, range: node.range, of: node.source)
  }

  func add(_ mistake: ScenarioMistake, atKeyOf member: JSONMember) {
    add(mistake, range: member.keyRange, of: member.source)
  }

  /// In the order of the text; what came in by `--set` comes last.
  var diagnostics: Diagnostics {
    let ordered = list.enumerated().sorted {
      ($0.element.isEdit ? 1 : 0, $0.element.offset, $0.offset)
        < ($1.element.isEdit ? 1 : 0, $1.element.offset, $1.offset)
    }
    return Diagnostics(ordered.map(\.element.diagnostic))
  }

  private func add(_ mistake: ScenarioMistake, range: Range<Int>, of source: SourceText) {
    let diagnostic = Diagnostic(
      at: source.place(of: range), mistake.message, help: mistake.help)
    let entry = (range.lowerBound, source.name == ScenarioEdit.sourceName, diagnostic)
    list.append((offset: entry.0, isEdit: entry.1, diagnostic: entry.2))
  }
}
