import Statistics

/// `results/calibration/README.md`: how the study was made, what is out of band, and every method at a glance.
struct CalibrationOverview {
  let documents: [CalibrationDocument]
  let band: CalibrationBand

  var page: String {
    let records = documents.flatMap(\.records)
    return """
      # Calibration

      Made by `understudy audit`; nothing here is edited by hand, and `understudy verify results/calibration`
      makes it again (it takes hours, so it is done only when this folder is named).

      Every method of the catalogue that applies is run \(documents.first?.runs ?? 0) times on each kind of traffic, 200 and
      2,000 rows an arm, with nothing that differs and with one effect, whose truth is known in closed form or
      by quadrature. Methods that resample draw \(Calibration.resamples) times. Draws are addressed by (traffic, run), so all methods
      see the same data, and any number of threads or shards gives the same counts.

      \(Self.reading)
      With \(band.entries) gated rates in all, the band of a rate leaves \(CalibrationBand.familyError) for the chance that any of them lies above
      it (Bonferroni), and as much for below: at 10,000 runs \(bandText).

      ## Out of band

      \(outOfBand(records))
      ## False alarms at 5 %

      In per cent, at 200 and at 2,000 rows an arm. In brackets: the method does not promise its rate on such traffic.

      \(matrix(documents.filter { !isPaired($0) && $0.group != CalibrationGroup.judge }))
      Of pairs:

      \(matrix(documents.filter(isPaired)))
      ## What can be estimated on which traffic

      Of the methods that promise their rates there and keep them, with every rate in its band at 2,000 rows: the one with the most
      power at 5 % against the effect of the traffic. A dash with its reason stands where there is nothing to find: the estimand
      is the same with and without the effect, or it is another one in disguise, or it compares nothing.

      \(Markdown.table(["traffic", "estimand", "methods in band", "most power", "at 200", "at 2,000"], estimands))
      """
  }

  private static let reading = """
    A file `<traffic>.json` holds counts, of each cell and method: how many runs were `answered` and how many `abstained`,
    by reason; how many were `tested` (have a p-value), and `rejected` at 5 % and at 1 % as [count, share of all runs,
    standard error]; `missed`, of the intervals at 90, 95 and 99 %, as [intervals, those without the truth, share, standard
    error]; `unbounded` intervals at 95 % and the others' `meanWidth`; and the mean estimate. Sums are integers of 2⁻⁴⁰, so that
    parts add up exactly. The page beside it holds the same as tables: [the canary judge and ours](judge.md), and one page for
    each traffic below.

    In the tables every rate is a share of the runs in which a method was asked, so that one that abstains neither rejects
    nor misses; how often it abstains stands beside. Where nothing differs a method is asked in all runs, where the candidate
    differs in every tenth, and in every twentieth where it promises nothing; one that takes long (resampling, exact laws of many
    values, some sequential ones) in every fifth to fortieth. Each rate stands with its own number of runs.

    A method's promise comes from its guarantee and its scope: "nominal" is held to both bands, "at most" (exact, conservative and
    anytime methods) to the upper one, "none" is shown all the same.

    """

  private var bandText: String {
    [0.05, 0.01].map { rate in
      let low = band.smallest(trials: 10_000, rate: rate)
      let high = band.largest(trials: 10_000, rate: rate)
      return
        "\(Markdown.percent(low, of: 10_000)) to \(Markdown.percent(high, of: 10_000)) % around \(Int(rate * 100)) %"
    }.joined(separator: ", ")
  }

  private func isPaired(_ document: CalibrationDocument) -> Bool {
    document.group.hasPrefix("pairs-")
  }

  private func outOfBand(_ records: [CalibrationRecord]) -> String {
    let rows = records.flatMap(\.entries).compactMap { entry -> [String]? in
      guard let place = entry.place(in: band), place != .inside else { return nil }
      let what =
        switch entry.rate {
        case .rejected(let level): "alarms at \(level)"
        case .missed(let confidence): "misses at \(confidence)"
        }
      return [
        entry.cell, entry.method, what,
        "\(Markdown.percent(entry.count, of: entry.trials)) %", place.rawValue,
      ]
    }
    return rows.isEmpty
      ? "Nothing.\n" : Markdown.table(["cell", "method", "rate", "measured", "place"], rows)
  }

  // MARK: Matrix

  private func matrix(_ documents: [CalibrationDocument]) -> String {
    let methods = CalibrationGroup.contestants.map(\.name).filter { name in
      documents.contains { $0.records.contains { $0.lines.contains { $0.entrant.name == name } } }
    }
    return Markdown.table(
      ["method"] + documents.map { "[\($0.group)](\($0.group).md)" },
      methods.map { name in [name] + documents.map { cell(name, $0) } })
  }

  private func cell(_ method: String, _ document: CalibrationDocument) -> String {
    let rates = document.records.filter(\.isNull).compactMap { record -> String? in
      guard let line = record.lines.first(where: { $0.entrant.name == method }),
        let entry = record.entries(of: line).first(where: { $0.rate == .rejected(0.05) })
      else { return nil }
      let share = Markdown.percent(entry.count, of: entry.trials)
      switch entry.place(in: band) {
      case nil: return "(\(share))"
      case .inside: return share
      case let place?: return "\(share) **\(place.rawValue)**"
      }
    }
    return rates.isEmpty ? "" : rates.joined(separator: ", ")
  }

  // MARK: Estimands

  /// A row for each kind of traffic and each estimand of which some method was asked there.
  var estimands: [[String]] {
    documents.filter { $0.group != CalibrationGroup.judge }.flatMap { document in
      let tables = CalibrationTables(document: document, band: band)
      return Estimand.allCases.compactMap { row($0.rawValue, document.group, tables.sections) }
    }
  }

  private func row(
    _ estimand: String, _ group: String, _ sections: [CalibrationTables.Section]
  ) -> [String]? {
    let last = sections.last
    let lines = last?.null?.lines.filter { $0.entrant.estimand == estimand } ?? []
    guard !lines.isEmpty else { return nil }
    if let reason = reason(estimand, group) {
      return [group, estimand, "\(Self.noMethod)\(reason)", "", "", ""]
    }
    guard let effect = strongest(estimand, last) else {
      return [group, estimand, "\(Self.noMethod)the effect does not change it", "", "", ""]
    }
    let kept = lines.filter { holds($0.entrant.name, in: last) }.map(\.entrant.name)
    let tried = kept.compactMap { name in
      tally(name, effect, last).map { (name: name, tally: $0) }
    }
    guard let best = tried.max(by: { $0.tally.power < $1.tally.power }) else {
      return [group, estimand, "**none**", "", "", ""]
    }
    let small = tally(best.name, effect, sections.first)
    return [
      group, estimand, "\(kept.count)", best.name, small?.powerText ?? "–", best.tally.powerText,
    ]
  }

  /// What stands before the reason why an estimand needs no method.
  static let noMethod = "– "

  private func reason(_ estimand: String, _ group: String) -> String? {
    let cell = CalibrationPlan.cells.last { $0.traffic == group }
    return Estimand(rawValue: estimand).flatMap { cell?.reasonWithoutMethod(of: $0) }
  }

  /// The effect that moves the estimand; nil where none does.
  private func strongest(_ estimand: String, _ section: CalibrationTables.Section?) -> String? {
    section?.effects.first { _, record in
      let line = record.lines.first { $0.entrant.estimand == estimand }
      let none = Estimand(rawValue: estimand)?.noDifference
      return line.map { $0.entrant.truth == nil || $0.entrant.truth != none } ?? false
    }?.name
  }

  private func holds(_ method: String, in section: CalibrationTables.Section?) -> Bool {
    let records = [section?.null].compactMap { $0 } + (section?.effects.map(\.record) ?? [])
    let entries = records.flatMap(\.entries).filter { $0.method == method && $0.gate != .none }
    return !entries.isEmpty && entries.allSatisfy { $0.place(in: band) == .inside }
  }

  private func tally(
    _ method: String, _ effect: String, _ section: CalibrationTables.Section?
  ) -> MethodTally? {
    let record = section?.effects.first { $0.name == effect }?.record
    return record?.lines.first { $0.entrant.name == method }?.tally
  }
}

extension MethodTally {
  /// The share of runs that it was asked in and rejected at 5 %.
  fileprivate var power: Double { tried > 0 ? Double(rejections[0]) / Double(tried) : 0 }
  fileprivate var powerText: String { Markdown.percent(rejections[0], of: tried) }
}
