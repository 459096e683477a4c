/// One rate of one procedure in one cell, with the rate that it should have.
package struct CalibrationEntry: Sendable, Equatable {
  package enum Rate: Sendable, Equatable {
    /// False alarms, at a level such as 0.05.
    case rejected(Double)
    /// Intervals that miss the truth, at a confidence such as 0.95.
    case missed(Double)
  }

  package var cell: String
  package var method: String
  package var gate: CalibrationEntrant.Gate
  package var rate: Rate
  package var count: Int
  /// Runs in which it was asked: who abstains neither rejects nor misses.
  package var trials: Int
  /// Of these, runs with a number to count at all: abstentions make a rate small, not wrong.
  package var decided: Int

  package var nominal: Double {
    switch rate {
    case .rejected(let level): level
    case .missed(let confidence): 1 - confidence
    }
  }

  package var share: Double { Double(count) / Double(trials) }

  /// Where the count lies; nil without a gate.
  package func place(in band: CalibrationBand) -> CalibrationBand.Place? {
    switch gate {
    case .none: nil
    case .upper:
      count > band.largest(trials: trials, rate: nominal) ? .above : .inside
    case .both:
      count > band.largest(trials: trials, rate: nominal)
        ? .above
        : count < band.smallest(trials: decided, rate: nominal) ? .below : .inside
    }
  }
}

extension CalibrationRecord {
  /// What is held to a band: false alarms where nothing differs, and missed truths everywhere.
  package var entries: [CalibrationEntry] { lines.flatMap(entries) }

  package func entries(of line: Line) -> [CalibrationEntry] {
    var entries: [CalibrationEntry] = []
    func append(_ rate: CalibrationEntry.Rate, _ count: Int, _ trials: Int, _ decided: Int) {
      entries.append(
        CalibrationEntry(
          cell: name, method: line.entrant.name, gate: line.entrant.gate, rate: rate,
          count: count, trials: trials, decided: decided))
    }
    let tally = line.tally
    if isNull, tally.tested > 0 {
      for (level, count) in zip(MethodTally.rejectionLevels, tally.rejections) {
        append(.rejected(level), count, tally.tried, tally.tested)
      }
    }
    for (index, level) in MethodTally.coverageLevels.enumerated() where tally.intervals[index] > 0 {
      let intervals = tally.intervals[index]
      append(.missed(level), intervals - tally.covered[index], tally.tried, intervals)
    }
    return entries
  }
}

extension CalibrationBand {
  /// The band for all gated entries of `records` together.
  package init(_ records: [CalibrationRecord]) {
    let gated = records.flatMap(\.entries).filter { $0.gate != .none }
    self.init(entries: gated.count)
  }
}
