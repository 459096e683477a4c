import Probability

/// A step-time model in fixed point, so that many steps add up to the same bits as one after the other.
///
/// Lengths and instants inside an engine are whole numbers of 2⁻³² ns. An engine's clock shows an
/// instant to the outside as the first whole nanosecond at or after it.
struct StepLengths: Sendable, Equatable, BitwiseCopyable {
  private let base: Int128
  private let perPrefillToken: Int128
  private let perPrefillTokenSquared: Int128
  private let perSequence: Int128
  private let perCachedToken: Int128

  init(_ times: StepTimes) {
    base = FixedPoint.length(seconds: times.base)
    perPrefillToken = FixedPoint.length(seconds: times.perPrefillToken)
    perPrefillTokenSquared = FixedPoint.length(seconds: times.perPrefillTokenSquared)
    perSequence = FixedPoint.length(seconds: times.perSequence)
    perCachedToken = FixedPoint.length(seconds: times.perCachedToken)
  }

  /// What the tokens [start, end) of a prompt add to a step.
  @inline(__always) func prefill(from start: Int, to end: Int) -> Int128 {
    let tokens = end &- start
    return perPrefillToken &* Int128(tokens)
      &+ perPrefillTokenSquared &* Int128(tokens &* (end &+ start))
  }

  /// A step without prefills in which `sequences` decode over `cached` tokens in all.
  @inline(__always) func step(_ sequences: Int, over cached: Int) -> Int128 {
    base &+ perSequence &* Int128(sequences) &+ perCachedToken &* Int128(cached)
  }

  /// How much longer each step is than the one before, while `sequences` decode.
  @inline(__always) func growth(_ sequences: Int) -> Int128 {
    perCachedToken &* Int128(sequences)
  }
}

/// Whole numbers of 2⁻³² ns.
enum FixedPoint {
  private static let fractionBits: Int128 = 32
  private static let almostOne: Int128 = 1 << fractionBits - 1

  @inline(__always) static func instant(_ nanoseconds: Int64) -> Int128 {
    Int128(nanoseconds) << fractionBits
  }

  /// The first whole nanosecond at or after an instant, or the whole nanoseconds that hold a length.
  @inline(__always) static func nanoseconds(_ value: Int128) -> Int128 {
    (value &+ almostOne) >> fractionBits
  }

  /// The nearest length.
  static func length(seconds: Double) -> Int128 {
    Int128((seconds * 1e9 * 0x1p32).rounded(.toNearestOrEven))
  }
}

/// Steps of one batch, one after the other: their lengths are an arithmetic progression.
struct StepRun: BitwiseCopyable {
  var begin: Int128 = 0
  /// The length of the first step, and by how much each is longer than the one before.
  var first: Int128 = 0
  var growth: Int128 = 0
  var count = 0

  /// A run is never longer; what follows is another one.
  static let longest = 1 << 16

  @inline(__always) func length(of steps: Int) -> Int128 {
    Int128(steps) &* first &+ growth &* Int128(steps &* (steps &- 1) / 2)
  }

  @inline(__always) var end: Int128 { begin &+ length(of: count) }
  @inline(__always) var lastLength: Int128 { first &+ growth &* Int128(count &- 1) }

  /// Gives up the steps that would begin at `instant` or later; the first one stays.
  mutating func cut(at instant: Int128) {
    let gap = instant &- begin
    var steps = min(max(estimate(gap), 1), count)
    while steps < count && length(of: steps) < gap { steps += 1 }
    while steps > 1 && length(of: steps - 1) >= gap { steps -= 1 }
    count = steps
  }

  /// About how many steps `gap` has room for: the root of growth/2 n² + (first − growth/2) n = gap.
  private func estimate(_ gap: Int128) -> Int {
    let square = Double(growth) / 2
    let linear = Double(first) - square
    let length = Double(gap)
    let root = (linear * linear + 4 * square * length).squareRoot()
    let steps = 2 * length / (linear + root)
    return steps < Double(Self.longest) ? Int(steps) : Self.longest
  }
}
