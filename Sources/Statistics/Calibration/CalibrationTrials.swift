/// One cell that can be run: some procedures, and trials of all of them on the same draws.
package protocol CalibrationTrials: Sendable {
  /// "skewed-200-null".
  var name: String { get }
  /// Whether a rejection is an error: nothing differs.
  var isNull: Bool { get }
  var entrants: [CalibrationEntrant] { get }

  /// One tally for each of `entrants`.
  ///
  /// - Parameter runs: numbers of runs, from 0; any split of them adds up to the same tally.
  func tally(runs: Range<Int>) -> [MethodTally]
}

/// A procedure on trial.
package struct CalibrationEntrant: Sendable, Equatable {
  /// What of the band its rates have to keep.
  package enum Gate: String, Sendable {
    /// It promises nothing here, and is shown all the same.
    case none
    /// It promises at most the nominal rate.
    case upper
    /// It promises the nominal rate.
    case both
  }

  /// The method's, with what it was asked behind a comma: "msprt, 100 looks".
  package var name: String
  package var estimand: String
  /// nil where it is not known, so that no coverage is counted.
  package var truth: Double?
  package var gate: Gate

  package init(name: String, estimand: String, truth: Double?, gate: Gate) {
    self.name = name
    self.estimand = estimand
    self.truth = truth
    self.gate = gate
  }

  package var methodName: String { String(name.prefix { $0 != "," }) }
}

/// What some runs of a cell counted: a part of it, or the whole.
package struct CalibrationRecord: Sendable, Equatable {
  package var name: String
  package var isNull: Bool
  package var runs: Range<Int>
  package var lines: [Line]

  package struct Line: Sendable, Equatable {
    package var entrant: CalibrationEntrant
    package var tally: MethodTally

    package init(entrant: CalibrationEntrant, tally: MethodTally) {
      self.entrant = entrant
      self.tally = tally
    }
  }

  package init(name: String, isNull: Bool, runs: Range<Int>, lines: [Line]) {
    self.name = name
    self.isNull = isNull
    self.runs = runs
    self.lines = lines
  }

  /// The runs `runs` of `cell`.
  package init(_ cell: any CalibrationTrials, runs: Range<Int>) {
    self.init(
      name: cell.name, isNull: cell.isNull, runs: runs,
      lines: zip(cell.entrants, cell.tally(runs: runs)).map(Line.init))
  }

  /// Parts of one cell put together.
  ///
  /// - Returns: nil unless they are of one cell and one set of procedures, and their runs follow each
  ///   other without gap or overlap, in any order.
  package init?(merging parts: [CalibrationRecord]) {
    let parts = parts.sorted { $0.runs.lowerBound < $1.runs.lowerBound }
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() {
      guard part.name == whole.name, part.runs.lowerBound == whole.runs.upperBound,
        part.lines.map(\.entrant) == whole.lines.map(\.entrant)
      else { return nil }
      whole.runs = whole.runs.lowerBound..<part.runs.upperBound
      for index in whole.lines.indices { whole.lines[index].tally.merge(part.lines[index].tally) }
    }
    self = whole
  }
}
