import Probability
import Statistics

/// What the canary judge and ours did, beside each other, and whether ours kept what was asked of it.
struct JudgeFindings {
  let sections: [CalibrationTables.Section]

  var text: String {
    """

    Kayenta's rule for a canary's metric, one value a minute from each arm: the 98 % interval of the Mann-Whitney
    test's shift, against a quarter of the estimated shift. Beside it ours, on the same draws:

    - `spread`: 60 normal minutes; the candidate's standard deviation is twice production's.
    - `slow-minutes`: 60 minutes of 200 requests, lognormal with cv 1; each of the candidate's minutes is ten times slower with
      probability 0.1. Where nothing differs, production's are so, too.
    - `errors`: 60 minutes of 200 requests, of which 0.1 % fail, and 0.3 % of the candidate's.
    - `series-<rho>-<minutes>`: an AR(1) series in each arm; the effect is one standard deviation.

    Of the judge an alarm is "high" or "low"; of ours, p at most 5 %. "Abstains" is how often a procedure says that the
    minutes hold too little to decide, instead of an answer. Which of ours stands against which change was fixed
    before any run (`JudgeProcedure`).

    \(Markdown.table(
      ["situation", "procedure", "alarms, nothing differs", "abstains", "alarms, candidate differs", "abstains"],
      sections.flatMap(rows)))
    Ours alarms at most 5 % and three standard errors where nothing differs: \(overall).

    """
  }

  private func rows(of section: CalibrationTables.Section) -> [[String]] {
    guard let null = section.null, let effect = section.effects.first?.record else { return [] }
    return zip(null.lines, effect.lines).map { null, effect in
      [section.name, null.entrant.name] + cells(null) + cells(effect)
    }
  }

  private func cells(_ line: CalibrationRecord.Line) -> [String] {
    let tally = line.tally
    return [
      "\(Markdown.percent(tally.rejections[0], of: tally.tried)) %",
      "\(Markdown.percent(tally.abstentions.values.reduce(0, +), of: tally.tried)) %",
    ]
  }

  private var overall: String {
    let excess = sections.flatMap { section -> [String] in
      guard let null = section.null else { return [] }
      let n = Double(null.runs.count)
      let most = 0.05 * n + 3 * (0.05 * 0.95 * n).squareRoot()
      return null.lines.filter {
        $0.entrant.gate != .none && Double($0.tally.rejections[0]) > most
      }.map { "\($0.entrant.name) in \(section.name)" }
    }
    return excess.isEmpty ? "kept everywhere" : "**not kept** by \(excess.joined(separator: ", "))"
  }
}
