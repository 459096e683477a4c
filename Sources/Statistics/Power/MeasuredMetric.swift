import Probability

/// What a plan needs to know of a metric, measured from rows that somebody has.
///
/// Every form of metric is brought to one column whose mean has the metric's error: the values themselves, a ratio's
/// residuals, a quantile's steps. Units and time are then told from that column alike.
package struct MeasuredMetric: Sendable, Equatable {
  package struct Units: Sendable, Equatable {
    package let count: Int
    /// Rows a unit on average, and the coefficient of variation of that.
    package let size: Double
    package let sizeVariation: Double
    /// Of two rows of a unit, in 0...1, by analysis of variance.
    package let correlation: Double
    /// The variance of the mean over that of as many independent rows, from the units' own sums.
    package let designEffect: Double
  }

  package struct Series: Sendable, Equatable {
    /// Of neighbours, in 0..<1.
    package let autocorrelation: Double
    /// The variance of the mean over that of as many independent rows.
    package let factor: Double
  }

  /// The metric's value.
  package let value: Double
  /// The standard deviation of a row's part in it.
  package let deviation: Double
  package let rowCount: Int
  /// Whether all values are 0 or 1, and the metric their share.
  package let isShare: Bool
  /// Nil where every row is a unit of its own.
  package let units: Units?
  /// Nil without times, and where the series is too short to tell.
  package let series: Series?

  /// The mean of a column.
  package init(mean values: [Double], units: [Int]?, isSeries: Bool) throws(Unavailable) {
    let moments = try Moments(of: values)
    try self.init(
      value: moments.mean, parts: values, isShare: values.allSatisfy { $0 == 0 || $0 == 1 },
      units: units, isSeries: isSeries)
  }

  /// Σ numerators / Σ denominators.
  ///
  /// - Source: Deng, Knoblich and Lu (2018).
  package init(
    numerators: [Double], denominators: [Double], units: [Int]?, isSeries: Bool
  ) throws(Unavailable) {
    let (top, bottom) = (try Moments(of: numerators), try Moments(of: denominators))
    guard bottom.mean != 0 else { throw .zeroDenominator }
    let ratio = top.mean / bottom.mean
    let parts = numerators.indices.map { (numerators[$0] - ratio * denominators[$0]) / bottom.mean }
    try self.init(value: ratio, parts: parts, isShare: false, units: units, isSeries: isSeries)
  }

  /// The quantile at `p` in (0, 1): each row's part is its step over the density there.
  ///
  /// - Source: Bahadur (1966) for the steps; Maritz and Jarrett (1978) for the density, from their error.
  package init(
    quantile p: Double, of values: [Double], units: [Int]?, isSeries: Bool
  ) throws(Unavailable) {
    guard values.count > 1 else { throw .tooFew(has: values.count, needs: 2) }
    let sorted = values.sorted()
    let value = SampleQuantile.linear(p, ofSorted: sorted)
    let error = try MaritzJarrett.standardError(sorted: sorted, p: p)
    guard error > 0 else { throw .noVariation }
    let scale = error * (Double(values.count) / (p * (1 - p))).squareRoot()
    let parts = values.map { $0 <= value ? (p - 1) * scale : p * scale }
    try self.init(value: value, parts: parts, isShare: false, units: units, isSeries: isSeries)
  }

  private init(
    value: Double, parts: [Double], isShare: Bool, units: [Int]?, isSeries: Bool
  ) throws(Unavailable) {
    let moments = try Moments(of: parts)
    guard moments.standardDeviation > 0 else { throw .noVariation }
    self.value = value
    deviation = moments.standardDeviation
    rowCount = parts.count
    self.isShare = isShare
    self.units = try units.flatMap { units throws(Unavailable) in
      try Self.units(parts, moments, units)
    }
    series = isSeries ? try? Self.series(parts) : nil
  }

  private static func series(_ parts: [Double]) throws(Unavailable) -> Series {
    let series = try SeriesMean(parts)
    return Series(
      autocorrelation: series.autocorrelation, factor: try VarianceFactor.serial(of: parts))
  }

  /// Nil where every row is a unit of its own.
  private static func units(
    _ parts: [Double], _ moments: Moments, _ units: [Int]
  ) throws(Unavailable) -> Units? {
    let count = (units.max() ?? -1) + 1
    guard count < parts.count else { return nil }
    guard count > 1 else { throw .tooFew(has: count, needs: 2) }
    var counts = [Int](repeating: 0, count: count)
    var sums = [Double](repeating: 0, count: count)
    for (row, unit) in units.enumerated() {
      counts[unit] += 1
      sums[unit] += (parts[row] - moments.mean) / moments.standardDeviation
    }
    let (n, k) = (Double(parts.count), Double(count))
    var (squares, between, sizes) = (0.0, 0.0, 0.0)
    for unit in counts.indices where counts[unit] > 0 {
      let size = Double(counts[unit])
      squares += sums[unit] * sums[unit]
      between += sums[unit] * sums[unit] / size
      sizes += size * size
    }
    // In units of the rows' variance, whose sum of squares about the mean is n − 1.
    let meanBetween = between / (k - 1)
    let meanWithin = max(0, n - 1 - between) / (n - k)
    let typical = (n - sizes / n) / (k - 1)
    let spread = meanBetween + (typical - 1) * meanWithin
    let size = n / k
    return Units(
      count: count, size: size,
      sizeVariation: max(0, (sizes / k - size * size) * k / (k - 1)).squareRoot() / size,
      correlation: spread > 0 ? min(1, max(0, (meanBetween - meanWithin) / spread)) : 0,
      designEffect: k / (k - 1) * squares / n)
  }
}
