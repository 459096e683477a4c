import Probability

/// FHDDM: the accuracy in a sliding window against the best that it has been.
///
/// Among the last n answers the share of right ones is p; drift is announced where max p − p >= √(ln(1/δ)/2n), Hoeffding's
/// bound. The stacked form watches a shorter window beside it.
///
/// - Source: Pesaranghader and Viktor (2016), "Fast Hoeffding drift detection method for evolving data streams"; Pesaranghader,
///   Viktor and Paquet (2018) for the stacked form.
package struct Fhddm: DriftDetector {
  package enum Dialect: Sendable {
    /// Takes errors, as every detector here.
    case paper
    /// river's: takes 1 for a *right* answer, against its documentation, so that it announces errors that become fewer if it
    /// is given errors; and > for >=.
    case river
  }

  package let dialect: Dialect
  /// δ.
  package let level: Double
  /// How many answers the short window of the stacked form holds; nil without it.
  package let shortCount: Int?
  private let bound: Double
  private let shortBound: Double
  private var answers: BitWindow
  private var shortOnes = 0
  private var best = 0
  private var shortBest = 0

  package init(
    windowCount: Int = 100, level: Double = 1e-6, shortCount: Int? = nil, dialect: Dialect = .paper
  ) {
    precondition(level > 0 && level < 1, "level \(level)")
    precondition(shortCount.map { $0 > 0 && $0 < windowCount } ?? true, "short \(shortCount ?? 0)")
    self.dialect = dialect
    self.level = level
    self.shortCount = shortCount
    answers = BitWindow(capacity: windowCount)
    // In answers: n times the bound on shares.
    let term = -0.5 * Elementary.log(level)
    bound = (term * Double(windowCount)).squareRoot()
    shortBound = (term * Double(shortCount ?? 0)).squareRoot()
  }

  /// How many right answers the window holds, and the most that it held when full.
  package var right: Int { answers.ones }
  package var mostRight: Int { best }

  package mutating func reset() {
    answers.removeAll()
    shortOnes = 0
    best = 0
    shortBest = 0
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    let isRight = dialect == .river ? value == 1 : value == 0
    if let shortCount {
      if answers.count >= shortCount, answers[shortCount - 1] { shortOnes -= 1 }
      if isRight { shortOnes += 1 }
    }
    answers.push(isRight)
    guard answers.isFull else { return .stable }
    best = max(best, answers.ones)
    var isFallen = hasFallen(best - answers.ones, bound)
    if shortCount != nil {
      shortBest = max(shortBest, shortOnes)
      isFallen = isFallen || hasFallen(shortBest - shortOnes, shortBound)
    }
    guard isFallen else { return .stable }
    reset()
    return .drift
  }

  @inline(__always)
  private func hasFallen(_ fall: Int, _ bound: Double) -> Bool {
    dialect == .river ? Double(fall) > bound : Double(fall) >= bound
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInPlace(values, to: &record)
  }
}
