/// A histogram of non-negative integers (nanoseconds) whose buckets come from the bit pattern.
///
/// A value below 2^(b+1) has a bucket of its own, where b is `subBucketBits`; above, each power of two is
/// cut into 2^b equal buckets, so a bucket is never wider than 2⁻ᵇ of its low end. Counts and the sum are
/// integers: a merge in any order and any grouping gives the same bits.
///
/// - Source: the layout is the one of HdrHistogram (Tene 2012), found from the position of the leading bit.
package struct LogHistogram: Sendable, Equatable {
  /// b: buckets per power of two are 2ᵇ; 7 gives a relative half-width of 0.39 %.
  package let subBucketBits: Int
  package private(set) var count = 0
  private var total: Int128 = 0
  /// The bucket of `counts[0]`; a multiple of 2ᵇ, so that equal contents mean equal windows.
  private var firstBucket = 0
  private var counts: [Int] = []

  package init(subBucketBits: Int = 7) {
    precondition((0...16).contains(subBucketBits), "sub-bucket bits \(subBucketBits)")
    self.subBucketBits = subBucketBits
  }

  /// Half the width of a bucket over its middle, at most: the relative error of `quantile`.
  package var relativeError: Double { 1 / Double((1 << (subBucketBits + 1)) + 1) }

  /// The exact mean, rounded once; nil without values.
  package var mean: Double? { count == 0 ? nil : Double(total) / Double(count) }

  /// The exact sum of the values.
  package var sum: Int128 { total }

  /// Adds a value >= 0.
  package mutating func add(_ value: Int64) { add(value, times: 1) }

  package mutating func add(_ value: Int64, times: Int) {
    let bucket = Self.bucket(of: value, bits: subBucketBits)
    makeRoom(for: bucket...bucket)
    counts[bucket - firstBucket] += times
    count += times
    total += Int128(value) * Int128(times)
  }

  /// Adds the latencies that there are among `rows`.
  package mutating func add(_ column: LatencyColumn, rows: Range<Int>) {
    precondition(subBucketBits == LatencyColumn.fineBits, "a column of other precision")
    let buckets = column.fine.span.extracting(rows)
    guard let range = buckets.rangeOfNonNegatives else { return }
    makeRoom(for: range)
    let latencies = column.latencies.span.extracting(rows)
    let first = firstBucket
    var added = 0
    var sum: Int128 = 0
    var counts = counts.mutableSpan
    for row in buckets.indices where buckets[row] >= 0 {
      counts[Int(buckets[row]) - first] += 1
      sum &+= Int128(latencies[row])
      added += 1
    }
    count += added
    total += sum
  }

  package mutating func merge(_ other: LogHistogram) {
    precondition(other.subBucketBits == subBucketBits, "merge of histograms of other precision")
    guard !other.counts.isEmpty else { return }
    makeRoom(for: other.firstBucket...(other.firstBucket + other.counts.count - 1))
    let offset = other.firstBucket - firstBucket
    for index in other.counts.indices { counts[offset + index] += other.counts[index] }
    count += other.count
    total += other.total
  }

  /// The middle of the bucket that holds the smallest value with at least p of the values at or below
  /// it; within `relativeError` of that value. nil without values.
  ///
  /// - Parameter p: in [0, 1].
  package func quantile(_ p: Double) -> Double? {
    guard count > 0 else { return nil }
    // p·n may come out a rounding above the whole number that was meant.
    let wanted = Double(count) * p * (1 - 0x1p-50)
    let rank = min(count, max(1, Int(wanted.rounded(.up))))
    var below = 0
    for (index, here) in counts.enumerated() where here > 0 {
      below += here
      if below >= rank { return Self.middle(of: firstBucket + index, bits: subBucketBits) }
    }
    return nil
  }

  /// The quantile with the values of a bucket spread evenly over it: continuous and increasing in p, and
  /// inside the right bucket. Below the first and above the last value it stays at their bucket's ends.
  package func spreadQuantile(_ p: Double) -> Double? {
    guard count > 0 else { return nil }
    let position = min(Double(count), max(0, p * Double(count)))
    var below = 0.0
    var last = 0.0
    for (index, here) in counts.enumerated() where here > 0 {
      let (low, high) = Self.ends(of: firstBucket + index, bits: subBucketBits)
      let inside = Double(here)
      if below + inside >= position {
        return low + (high - low) * max(0, position - below) / inside
      }
      below += inside
      last = high
    }
    return last
  }

  /// The share of values below `value`, those of its bucket spread evenly.
  package func shareBelow(_ value: Double) -> Double? {
    guard count > 0 else { return nil }
    var below = 0.0
    for (index, here) in counts.enumerated() where here > 0 {
      let (low, high) = Self.ends(of: firstBucket + index, bits: subBucketBits)
      if value >= high {
        below += Double(here)
      } else {
        if value > low { below += Double(here) * (value - low) / (high - low) }
        break
      }
    }
    return below / Double(count)
  }

  package struct Bin: Sendable, Equatable {
    /// Values v with low <= v < high.
    package var low: Double
    package var high: Double
    package var count: Int
  }

  /// The buckets that hold values, ascending.
  package var bins: [Bin] {
    counts.enumerated().compactMap { index, here in
      guard here > 0 else { return nil }
      let (low, high) = Self.ends(of: firstBucket + index, bits: subBucketBits)
      return Bin(low: low, high: high, count: here)
    }
  }

  package static func == (left: LogHistogram, right: LogHistogram) -> Bool {
    left.subBucketBits == right.subBucketBits && left.count == right.count
      && left.total == right.total && left.bins == right.bins
  }

  // MARK: Buckets

  /// The bucket of a value >= 0.
  package static func bucket(of value: Int64, bits: Int) -> Int {
    precondition(value >= 0, "a negative latency: \(value)")
    let shift = max(0, 63 - bits - max(1, value).leadingZeroBitCount)
    return (shift << bits) + Int(value >> Int64(shift))
  }

  /// The bucket's values v are low <= v < high.
  static func ends(of bucket: Int, bits: Int) -> (low: Double, high: Double) {
    guard bucket >= 1 << (bits + 1) else { return (Double(bucket), Double(bucket + 1)) }
    let shift = (bucket >> bits) - 1
    let lead = Double(bucket - (shift << bits))
    let scale = Double(sign: .plus, exponent: shift, significand: 1)
    return (lead * scale, (lead + 1) * scale)
  }

  /// The middle of the integers of a bucket.
  static func middle(of bucket: Int, bits: Int) -> Double {
    let (low, high) = ends(of: bucket, bits: bits)
    return low + (high - 1 - low) / 2
  }

  private mutating func makeRoom(for buckets: ClosedRange<Int>) {
    let octave = 1 << subBucketBits
    if counts.isEmpty { firstBucket = buckets.lowerBound & ~(octave - 1) }
    if buckets.lowerBound < firstBucket {
      let wanted = buckets.lowerBound & ~(octave - 1)
      counts.insert(contentsOf: repeatElement(0, count: firstBucket - wanted), at: 0)
      firstBucket = wanted
    }
    let end = firstBucket + counts.count
    if buckets.upperBound >= end {
      let wanted = (buckets.upperBound | (octave - 1)) + 1
      counts.append(contentsOf: repeatElement(0, count: wanted - end))
    }
  }
}

extension Span<Int32> {
  /// From the least to the greatest of the numbers >= 0; nil where there is none.
  var rangeOfNonNegatives: ClosedRange<Int>? {
    // As unsigned numbers, negative ones are the greatest.
    var least = UInt32.max
    var greatest = Int32(-1)
    for index in indices {
      let number = self[index]
      least = min(least, UInt32(bitPattern: number))
      greatest = max(greatest, number)
    }
    return greatest < 0 ? nil : Int(least)...Int(greatest)
  }
}
