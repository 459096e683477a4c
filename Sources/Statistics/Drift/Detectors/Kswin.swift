import Probability

/// KSWIN: the newest r of the last w values against r of the older ones, drawn without replacement, by the distance of
/// Kolmogorov and Smirnov.
///
/// After each value a new sample is drawn; its places follow from the seed and the number of the test. A test costs r draws,
/// r searches among r sorted values and r steps.
///
/// - Source: Raab, Heusinger and Schleif (2020), "Reactive soft prototype computing for concept drift streams".
package struct Kswin: DriftDetector {
  package enum Dialect: Sendable {
    /// Drift where D > √(−ln α / r); the newest r values are kept.
    case paper
    /// river's: drift where the exact two-sided p <= α and D > 0.1; nothing is kept.
    case river
  }

  package let level: Double
  package let windowCount: Int
  package let recentCount: Int
  package let dialect: Dialect
  package let seed: UInt64
  /// A ring: the oldest at `head` when it is full.
  private var window: [Double] = []
  private var head = 0
  /// The newest values, ascending.
  private var recent: [Double] = []
  private var tests = 0
  /// r · D of the last test; nil before one.
  package private(set) var distance: Int?
  /// The smallest r · D that is drift.
  private let critical: Int
  private let indices: StreamIndexSource
  private var order: [Int]
  private var atMost: [Int]
  private var below: [Int]

  package init(
    level: Double = 0.005, windowCount: Int = 100, recentCount: Int = 30, dialect: Dialect = .paper,
    seed: UInt64 = 0
  ) {
    precondition(level > 0 && level < 1, "level \(level)")
    precondition(
      recentCount > 0 && 2 * recentCount <= windowCount,
      "\(recentCount) of \(windowCount) values")
    self.level = level
    self.windowCount = windowCount
    self.recentCount = recentCount
    self.dialect = dialect
    self.seed = seed
    let r = Double(recentCount)
    switch dialect {
    case .paper:
      let bound = (-Elementary.log(level) / r).squareRoot() * r
      critical = Int(bound.rounded(.down)) + 1
    case .river:
      critical =
        (1...recentCount).first {
          Double($0) / r > 0.1 && Self.pExact($0, of: recentCount) <= level
        } ?? .max
    }
    indices = StreamIndexSource(seed: seed, StreamName("drift/kswin"))
    order = Array(repeating: 0, count: windowCount - recentCount)
    atMost = Array(repeating: 0, count: recentCount + 1)
    below = atMost
    window.reserveCapacity(windowCount)
    recent.reserveCapacity(recentCount)
  }

  package mutating func reset() {
    empty()
    tests = 0
  }

  private mutating func empty() {
    window.removeAll(keepingCapacity: true)
    recent.removeAll(keepingCapacity: true)
    head = 0
    distance = nil
  }

  package mutating func add(_ value: Double) -> DriftState {
    var places = indices
    return add(value, drawing: &places)
  }

  /// The same with places from elsewhere.
  package mutating func add(
    _ value: Double, drawing places: inout some IndexSource
  ) -> DriftState {
    take(value)
    guard window.count == windowCount else { return .stable }
    places.startResample(tests)
    tests += 1
    let distance = sampledDistance(&places)
    self.distance = distance
    guard distance >= critical else { return .stable }
    if dialect == .river {
      empty()
    } else {
      keepRecent()
    }
    return .drift
  }

  /// The exact two-sided p of the last test; nil before one.
  package var p: Double? { distance.map { Self.pExact($0, of: recentCount) } }

  /// The chance that two samples of n values from one continuous distribution are d / n apart or more.
  ///
  /// - Source: Gnedenko and Korolyuk (1951): 2 Σ (−1)^(j+1) C(2n, n + j d) / C(2n, n).
  package static func pExact(_ d: Int, of n: Int) -> Double {
    guard d > 0 else { return 1 }
    var sum = 0.0
    var (term, place, sign) = (1.0, 0, 1.0)
    while place + d <= n {
      for step in place..<place + d { term *= Double(n - step) / Double(n + step + 1) }
      place += d
      sum += sign * term
      sign = -sign
    }
    return min(1, 2 * sum)
  }

  package mutating func add(_ values: Span<Double>, to record: inout DriftRecord) {
    addInPlace(values, to: &record)
  }

  private mutating func take(_ value: Double) {
    let held = window.count
    if held >= recentCount {
      let place = held == windowCount ? head + windowCount - recentCount : held - recentCount
      leaveRecent(window[place < windowCount ? place : place - windowCount])
    }
    if held < windowCount {
      window.append(value)
    } else {
      window[head] = value
      head = head + 1 == windowCount ? 0 : head + 1
    }
    enterRecent(value)
  }

  private mutating func enterRecent(_ value: Double) {
    var place = recent.count
    recent.append(value)
    while place > 0, recent[place - 1] > value {
      recent[place] = recent[place - 1]
      place -= 1
    }
    recent[place] = value
  }

  private mutating func leaveRecent(_ value: Double) {
    var place = countAtMost(value) - 1
    while place + 1 < recent.count {
      recent[place] = recent[place + 1]
      place += 1
    }
    recent.removeLast()
  }

  private mutating func keepRecent() {
    let start = head + windowCount - recentCount
    let kept = (0..<recentCount).map { window[(start + $0) % windowCount] }
    window.removeAll(keepingCapacity: true)
    window += kept
    head = 0
  }

  /// How many of the newest values are at most this one.
  @inline(__always)
  private func countAtMost(_ value: Double) -> Int {
    var (base, left) = (0, recent.count)
    while left > 0 {
      let half = (left + 1) >> 1
      base = recent[base + half - 1] <= value ? base + half : base
      left -= half
    }
    return base
  }

  private mutating func sampledDistance(_ places: inout some IndexSource) -> Int {
    let older = windowCount - recentCount
    for index in 0..<older { order[index] = index }
    for index in 0...recentCount {
      atMost[index] = 0
      below[index] = 0
    }
    for index in 0..<recentCount {
      let other = index + places.nextIndex(below: older - index)
      let chosen = order[other]
      order[other] = order[index]
      let wrapped = head + chosen
      let value = window[wrapped < windowCount ? wrapped : wrapped - windowCount]
      let upTo = countAtMost(value)
      var under = upTo
      while under > 0, recent[under - 1] == value { under -= 1 }
      atMost[upTo] += 1
      below[under] += 1
    }
    return largestGap()
  }

  /// r · D: the distribution functions are compared at each distinct one of the newest values, and just before it.
  private func largestGap() -> Int {
    var (largest, seenAtMost, seenBelow) = (0, 0, 0)
    for rank in 0..<recentCount {
      seenAtMost += atMost[rank]
      seenBelow += below[rank]
      // `rank` newest values lie below this one: the state just before it ...
      if rank == 0 || recent[rank - 1] != recent[rank] {
        largest = max(largest, abs(seenAtMost - rank))
      }
      // ... and that at it, where the drawn values up to it have `rank` newest values or fewer below them.
      if rank + 1 == recentCount || recent[rank + 1] != recent[rank] {
        largest = max(largest, abs(seenBelow - rank - 1))
      }
    }
    return largest
  }
}
