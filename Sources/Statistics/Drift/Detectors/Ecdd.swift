/// ECDD: an exponentially weighted moving average of errors against the error rate so far.
///
/// With p̂ the share of errors among n answers, z = λ x + (1 − λ) z from 0 and s² = p̂(1 − p̂) λ/(2 − λ) · (1 − (1 − λ)²ⁿ), drift
/// is announced where z > p̂ + L s and a warning given where z > p̂ + L s / 2. L is a polynomial in p̂ that holds the mean
/// time to a false alarm.
///
/// - Source: Ross, Adams, Tasoulis and Hand (2012), "Exponentially weighted moving average charts for detecting concept
///   drift", section 3 and Table 1 (the polynomials, for λ = 0.2).
package struct Ecdd: DriftDetector {
  /// How L follows from the error rate.
  package enum Width: Sendable, Equatable {
    /// The paper's polynomials for a mean time to a false alarm of 100, 400 and 1,000 answers.
    case every100, every400, every1000
    /// The same L for every error rate.
    case fixed(Double)

    package func callAsFunction(_ p: Double) -> Double {
      let square = p * p
      func odd(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double) -> Double {
        a + p * (b + square * (c + square * (d + square * e)))
      }
      switch self {
      case .every100: return odd(2.76, -6.23, 18.12, -312.45, 1002.18)
      case .every400: return odd(3.97, -6.56, 48.73, -330.13, 848.18)
      case .every1000: return odd(1.17, 7.56, -21.24, 112.12, -987.23)
      case .fixed(let width): return width
      }
    }
  }

  /// λ in (0, 1].
  package let weight: Double
  package let width: Width
  /// The share of L at which the warning zone begins.
  package let warningShare: Double
  /// No alarm before this many answers.
  package let minimumCount: Int
  package private(set) var count = 0
  package private(set) var average = 0.0
  private var errors = 0.0
  private var forgotten = 1.0

  package init(
    width: Width = .every400, weight: Double = 0.2, warningShare: Double = 0.5,
    minimumCount: Int = 30
  ) {
    precondition(weight > 0 && weight <= 1, "weight \(weight)")
    self.width = width
    self.weight = weight
    self.warningShare = warningShare
    self.minimumCount = minimumCount
  }

  package var errorRate: Double { count > 0 ? errors / Double(count) : 0 }

  package mutating func reset() {
    count = 0
    average = 0
    errors = 0
    forgotten = 1
  }

  @inline(__always)
  package mutating func add(_ value: Double) -> DriftState {
    count += 1
    errors += value
    average = weight * value + (1 - weight) * average
    forgotten *= (1 - weight) * (1 - weight)
    guard count >= minimumCount else { return .stable }
    let p = errors / Double(count)
    let variance = weight / (2 - weight) * (1 - forgotten) * (p * (1 - p))
    let reach = width(p) * variance.squareRoot()
    if average > p + reach {
      reset()
      return .drift
    }
    return average > p + warningShare * reach ? .warning : .stable
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInRegisters(values, to: &record)
  }
}
