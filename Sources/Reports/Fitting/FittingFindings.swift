import Documents
import Statistics

/// What measured times say of the law that they follow.
package struct FittingFindings: Sendable {
  /// What the times were fitted by.
  package enum Form: Sendable {
    case plain
    /// So many seconds, and so many more for each unit of a column.
    case regression(TimeRegression, columns: [String])
    case batch(BatchCurve)
    /// `keys` are those of the scenario, in the order of the coefficients.
    case steps(TimeRegression, keys: [String])
  }

  /// One group of rows; the only one where none were asked for.
  package struct Group: Sendable {
    package var name: String?
    package var form: Form
    package var fittedCount: Int
    /// Of the times, or with another form than plain of time/fitted.
    package var selection: LatencySelection
    /// How each candidate tells the times that none was fitted to.
    package var checks: [LatencyCheck]
    /// With another form than plain.
    package var regressionCheck: RegressionCheck?

    package init(
      name: String?, form: Form, fittedCount: Int, selection: LatencySelection,
      checks: [LatencyCheck], regressionCheck: RegressionCheck?
    ) {
      self.name = name
      self.form = form
      self.fittedCount = fittedCount
      self.selection = selection
      self.checks = checks
      self.regressionCheck = regressionCheck
    }

    package var check: LatencyCheck { checks[selection.chosenIndex] }

    package var isPlain: Bool {
      if case .plain = form { return true }
      return false
    }
  }

  /// Rows that no fit could use.
  package struct LeftOut: Sendable, Equatable {
    package var count: Int
    /// "whose time is 0".
    package var reason: String

    package init(count: Int, reason: String) {
      self.count = count
      self.reason = reason
    }
  }

  package var groups: [Group]
  package var leftOut: [LeftOut]
  /// Where the times of the check come from: "the last 25 % of the rows".
  package var heldOut: String
  package var piece: JSONValue

  package init(groups: [Group], leftOut: [LeftOut], heldOut: String, piece: JSONValue) {
    self.groups = groups
    self.leftOut = leftOut
    self.heldOut = heldOut
    self.piece = piece
  }

  /// JSON5; ends with a line break.
  package var pieceText: String { piece.written(.json5) + "\n" }
}
