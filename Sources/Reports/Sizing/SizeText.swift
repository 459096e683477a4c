import Simulation
import Traffic

/// What a search for a size found, for a person: a sentence, every try, and what it rests on.
struct SizeText {
  private let findings: SizeFindings
  private let style = NumberStyle.terminal
  private let scale: MetricScale
  private static let width = 92

  init(_ findings: SizeFindings) {
    self.findings = findings
    let values = findings.tries.compactMap { $0.value?.magnitude } + [findings.condition.bound]
    let shown = values.filter { $0 <= 100 * findings.condition.bound }
    scale = MetricScale(
      findings.condition.metric, largest: shown.max() ?? findings.condition.bound,
      currency: findings.currency)
  }

  var terminal: String {
    let blocks = [
      [NameText.plain(findings.title, limit: 200), ""] + NameText.wrapped(head, width: Self.width),
      PlanText.aligned(table).map { "  " + $0 },
      notes.flatMap { NameText.wrapped($0, width: Self.width, indent: "  ") },
    ]
    return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  var markdown: String {
    let lines = table.map { "| \($0.map(MarkdownText.escaped).joined(separator: " | ")) |" }
    let rule = "|" + String(repeating: "---:|", count: table[0].count)
    let blocks = [
      "# " + MarkdownText.escaped(findings.title), "**\(MarkdownText.escaped(head))**",
      (lines.prefix(1) + [rule] + lines.dropFirst()).joined(separator: "\n"),
      notes.map { "- " + MarkdownText.escaped($0) }.joined(separator: "\n"),
    ]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  // MARK: The answer

  private var head: String {
    guard let answer = findings.answer else {
      let most = findings.tries.last?.size ?? findings.range.upperBound
      return "No \(noun) up to \(style.count(most)) \(verb(most)) \(promise): "
        + "\(value(findings.tries.last)) at \(style.count(most))."
    }
    let count = "\(style.count(answer.size)) \(noun)"
    let met = "\(count) \(verb(answer.size)) \(promise): \(value(answer))."
    guard let below = findings.tries.last(where: { $0.size < answer.size }) else {
      return "\(met) It is the smallest number that was allowed."
    }
    return
      "\(met) \(style.count(below.size)) \(isOne(below.size) ? "does" : "do") not: \(value(below))."
  }

  private var promise: String {
    "\(NameText.plain(findings.arm))'s promise \(findings.condition.text)"
  }

  private func verb(_ size: Int) -> String { isOne(size) ? "keeps" : "keep" }
  private func isOne(_ size: Int) -> Bool { size == 1 }

  /// The last word of the path: "replicas".
  private var noun: String { String(findings.path.split(separator: ".").last ?? "size") }

  private func value(_ tried: SizeFindings.Try?) -> String {
    guard let tried, let value = tried.value else { return "nothing was answered" }
    let interval = interval(tried).map { " \($0)" } ?? ""
    return style.unit(number(value, tried), scale.unit) + interval
  }

  private func interval(_ tried: SizeFindings.Try) -> String? {
    tried.interval.map { "[\(number($0.low, tried)), \(number($0.high, tried))]" }
  }

  private func number(_ value: Double, _ tried: SizeFindings.Try) -> String {
    let half = tried.interval.map { ($0.high - $0.low) / 2 * scale.factor } ?? 0
    let decimals =
      half > 0
      ? Digits.decimals(halfWidth: half) : Digits.decimals(significant: 4, of: value * scale.factor)
    return style.number(value * scale.factor, decimals: max(0, decimals))
  }

  // MARK: The tries

  private var table: [[String]] {
    let unit = scale.unit.isEmpty ? "" : ", \(scale.unit)"
    let level = "\(Digits.trimmed(100 * findings.level, decimals: 6)) % interval"
    var head = [noun, findings.condition.metric.name + unit, level, "answered"]
    let hasGoodput = findings.tries.contains { $0.goodput != nil }
    if hasGoodput { head.append("in time, a second") }
    return [head + ["plays", "promise"]]
      + findings.tries.map { tried in
        var row = [
          style.count(tried.size), tried.value.map { number($0, tried) } ?? NumberStyle.missing,
          interval(tried) ?? NumberStyle.missing, style.percent(tried.answered),
        ]
        if hasGoodput {
          row.append(
            tried.goodput.map {
              style.number($0, decimals: Digits.decimals(significant: 4, of: $0))
            } ?? NumberStyle.missing)
        }
        return row + [style.count(tried.replications), tried.outcome.word]
      }
  }

  private var notes: [String] {
    var notes = [
      "Varied: \(findings.path). Every size met the same traffic and the same luck, seed "
        + "\(findings.seed) and its replications; the intervals are over them."
    ]
    let worst = findings.tries.filter { $0.outcome == .keeps }.map(\.answered).min() ?? 1
    if findings.condition.metric.isLatency, worst < 0.9999 {
      notes.append(
        "Latencies are of answers: requests without one are not in them. A promise such as "
          + "\"within.\(limit) >= 99%\" counts them.")
    }
    if findings.tries.contains(where: { $0.outcome == .unclear }) {
      notes.append(
        "Where the bound lies inside the interval the promise counts as not kept; more plays "
          + "(--most-replications) narrow it.")
    }
    notes.append(
      findings.isUneven
        ? "More was not always better here: a larger number broke the promise that a smaller one kept. "
          + "The answer is the one above all that broke it; numbers that were not tried may keep it, too."
        : "The search takes it that more is never worse; no try said otherwise.")
    return notes
  }

  private var limit: String {
    let bound = findings.condition.bound
    guard bound > 0, bound < 0x1p62 else { return "200ms" }
    return SimulatedDuration(nanoseconds: Int64(bound)).text
  }
}

extension SizeFindings.Outcome {
  fileprivate var word: String {
    switch self {
    case .keeps: "kept"
    case .breaks: "broken"
    case .unclear: "not clear"
    }
  }
}
