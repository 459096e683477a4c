import Documents

/// Collects what is wrong with one scenario, so that all of it is told at once.
///
/// A class because every part of the reading adds to one list.
final class Complaints {
  private var list: [Entry] = []
  private var cautions: [Entry] = []

  private typealias Entry = (offset: Int, isEdit: Bool, diagnostic: Diagnostic)

  var isEmpty: Bool { list.isEmpty }

  func add(_ mistake: ScenarioMistake, at node: JSONNode) {
    add(mistake, range: node.range, of: node.source)
  }

  func add(_ mistake: ScenarioMistake, atKeyOf member: JSONMember) {
    add(mistake, range: member.keyRange, of: member.source)
  }

  /// Tells of what can be run and is hardly meant.
  func warn(_ mistake: ScenarioMistake, at node: JSONNode) {
    cautions.append(entry(.warning, mistake, node.range, node.source))
  }

  /// In the order of the text; what came in by `--set` comes last.
  var diagnostics: Diagnostics { Self.inOrder(list) }
  var warnings: Diagnostics { Self.inOrder(cautions) }

  private static func inOrder(_ list: [Entry]) -> Diagnostics {
    let ordered = list.enumerated().sorted {
      ($0.element.isEdit ? 1 : 0, $0.element.offset, $0.offset)
        < ($1.element.isEdit ? 1 : 0, $1.element.offset, $1.offset)
    }
    return Diagnostics(ordered.map(\.element.diagnostic))
  }

  private func add(_ mistake: ScenarioMistake, range: Range<Int>, of source: SourceText) {
    list.append(entry(.error, mistake, range, source))
  }

  private func entry(
    _ severity: Diagnostic.Severity, _ mistake: ScenarioMistake, _ range: Range<Int>,
    _ source: SourceText
  ) -> Entry {
    let diagnostic = Diagnostic(
      severity, at: source.place(of: range), mistake.message, help: mistake.help)
    return (range.lowerBound, source.name == ScenarioEdit.sourceName, diagnostic)
  }
}
