import Probability

/// The shares of two samples in the same bins or categories, and how far they are apart.
///
/// Every distance is 0 for equal shares; none has an error of its own here: see `docs/drift.md` for what a sample of that
/// size gives without drift.
package struct BinnedShares: Sendable, Equatable {
  /// Of each bin, >= 0.
  package private(set) var reference: [Double]
  package private(set) var current: [Double]

  package init(reference: [Double], current: [Double]) {
    precondition(reference.count == current.count, "\(reference.count), \(current.count) bins")
    self.reference = reference
    self.current = current
  }

  /// - Parameters:
  ///   - reference: at least one value.
  ///   - current: at least one value.
  package init(reference: [Double], current: [Double], in bins: BinEdges) throws(Unavailable) {
    guard !reference.isEmpty, !current.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    self.init(
      reference: Self.shares(bins.counts(reference), of: reference.count),
      current: Self.shares(bins.counts(current), of: current.count))
  }

  /// Of categories, in ascending order of their numbers.
  package init(_ table: CategoryTable) throws(Unavailable) {
    guard table.referenceCount > 0, table.currentCount > 0 else { throw .tooFew(has: 0, needs: 1) }
    self.init(
      reference: Self.shares(table.reference, of: table.referenceCount),
      current: Self.shares(table.current, of: table.currentCount))
  }

  private static func shares(_ counts: [Int], of total: Int) -> [Double] {
    counts.map { Double($0) / Double(total) }
  }

  /// No share below `least`; nothing is renormalised.
  package func floored(at least: Double) -> BinnedShares {
    BinnedShares(
      reference: reference.map { max($0, least) }, current: current.map { max($0, least) })
  }

  /// What the shares of each sample lack of 1, as a bin of its own, where that is more than rounding.
  package func withRest() -> BinnedShares {
    func rest(_ shares: [Double]) -> Double {
      let rest = 1 - shares.reduce(0, +)
      return rest > 1e-12 ? rest : 0
    }
    let (a, b) = (rest(reference), rest(current))
    guard max(a, b) > 0 else { return self }
    return BinnedShares(reference: reference + [a], current: current + [b])
  }

  // MARK: Divergences

  /// The population stability index Σ (q − p) ln(q/p), in nats: the sum of both Kullback-Leibler divergences. Infinite where a
  /// bin is empty in one sample; `floored` first.
  ///
  /// - Source: Lewis (1994), "An introduction to credit scoring"; Yurdakul (2018) for its law.
  package var stabilityIndex: Double {
    sum { p, q in p == q ? 0 : (q - p) * Elementary.log(q / p) }
  }

  /// Σ p ln(p/q) with p the reference, in nats.
  ///
  /// - Source: Kullback and Leibler (1951).
  package var divergenceFromCurrent: Double { sum(Self.relativeEntropy) }

  /// Σ q ln(q/p) with q the current shares, in nats.
  package var divergenceFromReference: Double { sum { p, q in Self.relativeEntropy(q, p) } }

  /// The Jensen-Shannon divergence of the shares (each made to add up to 1), in nats: at most ln 2.
  ///
  /// - Source: Lin (1991), "Divergence measures based on the Shannon entropy".
  package var jensenShannonDivergence: Double {
    let (a, b) = (reference.reduce(0, +), current.reduce(0, +))
    let total = sum { p, q in
      let (p, q) = (p / a, q / b)
      let middle = (p + q) / 2
      return Self.relativeEntropy(p, middle) + Self.relativeEntropy(q, middle)
    }
    return max(0, total) / 2
  }

  /// The root of the Jensen-Shannon divergence: a metric.
  ///
  /// - Parameter base: of the logarithm; with 2 it is at most 1.
  /// - Source: Endres and Schindelin (2003).
  package func jensenShannonDistance(base: LogarithmBase = .e) -> Double {
    (jensenShannonDivergence / base.naturalLogarithm).squareRoot()
  }

  package enum LogarithmBase: Sendable {
    case e, two

    fileprivate var naturalLogarithm: Double { self == .e ? 1 : Elementary.log(2) }
  }

  private static func relativeEntropy(_ p: Double, _ q: Double) -> Double {
    p > 0 ? p * Elementary.log(p / q) : 0
  }

  // MARK: Distances

  /// √(Σ (√p − √q)² / 2), in 0...1.
  ///
  /// - Source: Hellinger (1909); Le Cam (1986).
  package var hellinger: Double {
    let squares = sum { p, q in
      let difference = p.squareRoot() - q.squareRoot()
      return difference * difference
    }
    return (squares / 2).squareRoot()
  }

  /// Σ √(p q), in 0...1.
  ///
  /// - Source: Bhattacharyya (1946).
  package var bhattacharyyaCoefficient: Double { sum { p, q in (p * q).squareRoot() } }

  /// Half of Σ |p − q|: the largest difference of the probabilities of any set of bins.
  package var totalVariation: Double { sum { p, q in abs(p - q) } / 2 }

  /// The largest |p − q| of a bin.
  package var largestDifference: Double {
    zip(reference, current).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// Σ min(p, q), in 0...1.
  ///
  /// - Source: Swain and Ballard (1991).
  package var intersection: Double { sum { p, q in min(p, q) } }

  private func sum(_ term: (Double, Double) -> Double) -> Double {
    var sum = ExactSum()
    for bin in reference.indices {
      let value = term(reference[bin], current[bin])
      guard value.isFinite else { return value }
      sum.add(value)
    }
    return sum.value
  }
}

extension BinnedShares {
  /// The population stability index on bins of equal shares of the reference, empty bins floored.
  ///
  /// - Parameters:
  ///   - bins: deciles by custom.
  ///   - least: the share that an empty bin is taken for.
  /// - Complexity: O(n + m) time.
  package static func stabilityIndex(
    reference: [Double], current: [Double], bins: Int = 10, least: Double = 1e-4
  ) throws(Unavailable) -> Double {
    let edges = try BinEdges(sharesOf: reference, count: bins)
    return try BinnedShares(reference: reference, current: current, in: edges)
      .floored(at: least).stabilityIndex
  }
}
