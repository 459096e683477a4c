/// RDDM: DDM that forgets, so that long concepts do not make it slow.
///
/// As `Ddm` with the levels 1.773 and 2.258 from 129 answers on; the statistics are made anew from the newest `shortConcept`
/// answers when a concept reaches `longConcept` answers without a warning, and too long a warning is drift. After drift
/// they are made anew from the answers since the warning began.
///
/// - Source: Barros, Cabral, Gonçalves and Santos (2017), "RDDM: reactive drift detection method".
package struct Rddm: DriftDetector {
  package enum Dialect: Sendable {
    case paper
    /// frouros's with a call of its reset after each drift: statistics begin empty after drift, and the count of warnings
    /// and all stored answers outlive it. After it shortens a concept, its number of answers lags by one.
    case frouros
  }

  /// When to forget.
  package struct Memory: Sendable, Equatable {
    /// The statistics of a longer concept are shortened to `shortConcept` answers.
    package var longConcept: Int
    package var shortConcept: Int
    /// A warning of so many answers is drift.
    package var longestWarning: Int

    package init(longConcept: Int = 40_000, shortConcept: Int = 7_000, longestWarning: Int = 1_400)
    {
      self.longConcept = longConcept
      self.shortConcept = shortConcept
      self.longestWarning = longestWarning
    }
  }

  package let dialect: Dialect
  package let memory: Memory
  package let warningLevel: Double
  package let driftLevel: Double
  package let minimumCount: Int
  package private(set) var count = 0
  private var samples = 0
  private var errors = 0.0
  private var bestRate = Double.infinity
  private var bestDeviation = Double.infinity
  private var warnings = 0
  private var isWarning = false
  /// Whether the statistics are to be made anew before the next answer, and whether because of drift.
  private var isSpent = false
  private var hasDrifted = false
  private var answers: BitWindow

  package init(
    dialect: Dialect = .paper, memory: Memory = Memory(), warningLevel: Double = 1.773,
    driftLevel: Double = 2.258, minimumCount: Int = 129
  ) {
    self.dialect = dialect
    self.memory = memory
    self.warningLevel = warningLevel
    self.driftLevel = driftLevel
    self.minimumCount = minimumCount
    answers = BitWindow(capacity: memory.shortConcept)
  }

  package var errorRate: Double { samples > 0 ? errors / Double(samples) : 0 }

  package mutating func reset() {
    self = Rddm(
      dialect: dialect, memory: memory, warningLevel: warningLevel, driftLevel: driftLevel,
      minimumCount: minimumCount)
  }

  package mutating func add(_ value: Double) -> DriftState {
    if dialect == .frouros { count += 1 }
    if isSpent { makeAnew() }
    if dialect == .paper { count += 1 }
    answers.push(value != 0)
    errors += value
    samples += 1
    guard count >= minimumCount else {
      isWarning = false
      return .stable
    }
    let (p, s) = rateAndDeviation()
    if p + s < bestRate + bestDeviation { (bestRate, bestDeviation) = (p, s) }
    if p + s > bestRate + driftLevel * bestDeviation {
      if dialect == .paper || warnings == 0 { answers.keepNewest(warnings + 1) }
      return announce()
    }
    guard p + s > bestRate + warningLevel * bestDeviation else {
      isWarning = false
      warnings = 0
      if count >= memory.longConcept { isSpent = true }
      return .stable
    }
    guard warnings < memory.longestWarning else {
      answers.keepNewest(1)
      return announce()
    }
    isWarning = true
    warnings += 1
    return .warning
  }

  private func rateAndDeviation() -> (Double, Double) {
    let p = errors / Double(samples)
    return (p, (p * (1 - p) / Double(count)).squareRoot())
  }

  private mutating func announce() -> DriftState {
    isWarning = false
    if dialect == .paper {
      isSpent = true
      hasDrifted = true
    } else {
      empty()
    }
    return .drift
  }

  private mutating func empty() {
    count = 0
    samples = 0
    errors = 0
    bestRate = .infinity
    bestDeviation = .infinity
  }

  private mutating func makeAnew() {
    empty()
    warnings = 0
    for age in stride(from: answers.count - 1, through: 0, by: -1) {
      count += 1
      samples += 1
      if answers[age] { errors += 1 }
      guard hasDrifted, count >= minimumCount else { continue }
      let (p, s) = rateAndDeviation()
      if p + s < bestRate + bestDeviation { (bestRate, bestDeviation) = (p, s) }
    }
    isSpent = false
    hasDrifted = false
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInPlace(values, to: &record)
  }
}
