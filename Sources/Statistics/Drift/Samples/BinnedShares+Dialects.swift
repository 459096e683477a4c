import Probability

/// The bins and floors of published programs, by name.
extension BinnedShares {
  /// evidently 0.7.23: Sturges's number of bins over both samples (its `n_bins` is ignored), or categories where the reference
  /// has 20 distinct values or fewer.
  package static func evidently(
    reference: [Double], current: [Double]
  ) throws(Unavailable) -> BinnedShares {
    let table = CategoryTable(reference: reference, current: current)
    guard table.reference.count(where: { $0 > 0 }) > 20 else { return try BinnedShares(table) }
    let edges = try BinEdges(reference + current, width: .sturges)
    return try BinnedShares(reference: reference, current: current, in: edges)
  }

  /// evidently's stand-in for empty bins: 1e-4, or a millionth of the sample's smallest share where that is 1e-4 or less.
  package var flooredAsEvidently: BinnedShares {
    func filled(_ shares: [Double]) -> [Double] {
      let smallest = shares.filter { $0 > 0 }.min() ?? 0
      let floor = smallest <= 1e-4 ? smallest / 1e6 : 1e-4
      return shares.map { $0 == 0 ? floor : $0 }
    }
    return BinnedShares(reference: filled(reference), current: filled(current))
  }

  /// evidently's Hellinger distance of numbers: √(1 − Σ √(p q)) over Sturges's bins of the distinct values.
  package static func evidentlyHellinger(
    reference: [Double], current: [Double]
  ) throws(Unavailable) -> Double {
    let table = CategoryTable(reference: reference, current: current)
    let edges = try BinEdges(table.categories, width: .sturges)
    let shares = try BinnedShares(reference: reference, current: current, in: edges)
    return (1 - min(1, shares.bhattacharyyaCoefficient)).squareRoot()
  }

  /// NannyML 0.13.1: Doane's bins of the reference, or its categories where it has few distinct values; what is outside is a
  /// bin of its own.
  package static func nannyML(
    reference: [Double], current: [Double]
  ) throws(Unavailable) -> BinnedShares {
    let table = CategoryTable(reference: reference, current: current)
    let distinct = table.reference.count { $0 > 0 }
    if distinct > 50 || Double(distinct) / Double(reference.count) > 0.1 {
      let edges = try BinEdges(reference, width: .doane)
      return try BinnedShares(reference: reference, current: current, in: edges).withRest()
    }
    let all = try BinnedShares(table)
    let known = all.reference.indices.filter { all.reference[$0] > 0 }
    return BinnedShares(
      reference: known.map { all.reference[$0] }, current: known.map { all.current[$0] }
    ).withRest()
  }

  /// frouros 0.9.0: bins of one width over both samples.
  package static func frouros(
    reference: [Double], current: [Double], bins: Int = 10
  ) throws(Unavailable) -> BinnedShares {
    let edges = try BinEdges(reference + current, width: .count(bins))
    return try BinnedShares(reference: reference, current: current, in: edges)
  }

  /// frouros's stand-in for empty bins is the smallest normal double, so that one empty bin adds tens to the stability index.
  package var flooredAsFrouros: BinnedShares { floored(at: .leastNormalMagnitude) }

  /// frouros's shares for the divergences: of `points` − 1 intervals over both samples, read off distribution functions that are
  /// straight within the bins of each sample's own histogram.
  package static func frourosSmoothed(
    reference: [Double], current: [Double], points: Int = 10
  ) throws(Unavailable) -> BinnedShares {
    let grid = try BinEdges(reference + current, width: .count(points - 1)).edges
    func shares(_ values: [Double]) throws(Unavailable) -> [Double] {
      let edges = try BinEdges(values, width: .automatic)
      var below = [0.0]
      for count in edges.counts(values) { below.append(below[below.count - 1] + Double(count)) }
      let heights = grid.map { place -> Double in
        guard place > edges.edges[0] else { return 0 }
        guard let bin = edges.bin(of: place) else { return 1 }
        let (low, high) = (edges.edges[bin], edges.edges[bin + 1])
        let share = (place - low) / (high - low)
        return (below[bin] + share * (below[bin + 1] - below[bin])) / Double(values.count)
      }
      return (1..<heights.count).map { heights[$0] - heights[$0 - 1] }
    }
    return BinnedShares(reference: try shares(reference), current: try shares(current))
  }
}

extension CategoryTable {
  /// evidently's chi-square test takes the reference's shares for known, so that p is too small by the reference's own error.
  package func evidentlyChiSquare() throws(Unavailable) -> ChiSquareResult {
    let (n, m) = (Double(referenceCount), Double(currentCount))
    guard n > 0, m > 0 else { throw .tooFew(has: 0, needs: 1) }
    guard reference.allSatisfy({ $0 > 0 }) else { throw .emptyCell }
    var sum = ExactSum()
    for category in categories.indices {
      let expected = Double(reference[category]) / n * m
      let distance = Double(current[category]) - expected
      sum.add(distance * distance / expected)
    }
    return ChiSquareResult(statistic: sum.value, degreesOfFreedom: categories.count - 1)
  }
}

extension SortedPair {
  /// NannyML 0.13.1's estimates for references of 10,000 rows and more, from bins of one width between the reference's ends.
  ///
  /// Wasserstein's distance adds up |F − G| at the ends of the bins, and what the current values beyond the reference's ends add;
  /// there each side is taken for one value more than it has.
  package func nannyMLWasserstein(bins: Int = 10_000) throws(Unavailable) -> Double {
    let edges = try BinEdges(reference, width: .count(bins))
    let width = edges.edges[1] - edges.edges[0]
    let shares = try BinnedShares(reference: reference, current: current, in: edges)
    let (low, high) = (reference[0], reference[reference.count - 1])
    let m = Double(current.count)
    let smaller = current.prefix { $0 < low }
    let larger = current.drop { $0 <= high }
    var sum = ExactSum()
    var g = smaller.isEmpty ? 0 : Double(smaller.count + 1) / m
    for (index, value) in smaller.enumerated() {
      let next = index + 1 < smaller.count ? smaller[smaller.startIndex + index + 1] : low
      sum.add(Double(index + 1) / m * (next - value))
    }
    var before = high
    for (index, value) in larger.enumerated() {
      sum.add(Double(larger.count - index) / m * (value - before))
      before = value
    }
    var f = 0.0
    for bin in shares.reference.indices {
      f += shares.reference[bin]
      g += shares.current[bin]
      sum.add(abs(f - g) * width)
    }
    return sum.value
  }

  /// The largest |F − G| at the ends of the bins.
  package func nannyMLKolmogorovSmirnov(bins: Int = 10_000) throws(Unavailable) -> Double {
    let edges = try BinEdges(reference, width: .count(bins))
    let shares = try BinnedShares(reference: reference, current: current, in: edges)
    var f = 0.0
    var g = Double(current.prefix { $0 < reference[0] }.count) / Double(current.count)
    var largest = 0.0
    for bin in shares.reference.indices {
      f += shares.reference[bin]
      g += shares.current[bin]
      largest = max(largest, abs(f - g))
    }
    return largest
  }
}
