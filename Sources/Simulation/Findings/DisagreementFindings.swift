import Traffic

/// Where a candidate and production disagree (a shadow's pairs only).
package struct DisagreementFindings: Sendable, Equatable {
  package var arm: String
  package var bothRight: Int
  package var onlyProductionRight: Int
  package var onlyCandidateRight: Int
  package var bothWrong: Int
  /// Named class of production (row) × candidate (column): counts, row-major; empty for regression.
  package var answers: [Int]
  /// Score against score on a 20 × 20 grid over [0,1]² (binary) or over `scoreRange` (regression), row-major, production's score on y.
  package var density: [Int]
  package var scoreRange: Interval?
  /// The requests whose answers differ most, largest first (ties by ordinal), at most 20.
  package var rows: [Row]

  package struct Row: Sendable, Equatable {
    package var ordinal: UInt64
    package var time: SimulatedTime
    /// As text, in schema order.
    package var features: [Field]
    package var label: String?
    package var productionAnswer: Double
    package var candidateAnswer: Double

    package init(
      ordinal: UInt64, time: SimulatedTime, features: [Field], label: String?,
      productionAnswer: Double, candidateAnswer: Double
    ) {
      self.ordinal = ordinal
      self.time = time
      self.features = features
      self.label = label
      self.productionAnswer = productionAnswer
      self.candidateAnswer = candidateAnswer
    }
  }

  package struct Field: Sendable, Equatable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package init(arm: String) {
    self.arm = arm
    bothRight = 0
    onlyProductionRight = 0
    onlyCandidateRight = 0
    bothWrong = 0
    answers = []
    density = []
    scoreRange = nil
    rows = []
  }
}
