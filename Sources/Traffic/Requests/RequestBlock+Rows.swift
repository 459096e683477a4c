extension RequestBlock {
  /// Copies rows of another block of the same schema behind this block's rows; all columns but the
  /// ordinals, which follow from `firstOrdinal`.
  ///
  /// - Parameters:
  ///   - rows: indices of rows of `source`, of which those in `range` are taken in turn; they must fit.
  package mutating func append(_ source: RequestBlock, rows: [Int32], in range: Range<Int>) {
    precondition(count + range.count <= capacity, "\(count) + \(range.count) of \(capacity) rows")
    let first = count
    count += range.count
    Self.gather(&arrivals, first, source.arrivals, 0, rows, range)
    Self.gather(&units, first, source.units, 0, rows, range)
    Self.gather(&labels, first, source.labels, 0, rows, range)
    Self.gather(&latencies, first, source.latencies, 0, rows, range)
    Self.gather(&shifted, first, source.shifted, 0, rows, range)
    for column in 0..<featureCount {
      Self.gather(
        &features, column * capacity + first, source.features, column * source.capacity, rows, range
      )
    }
    for column in 0..<loggedCount {
      Self.gather(
        &logged, column * capacity + first, source.logged, column * source.capacity, rows, range)
    }
    for column in 0..<segmentCount {
      Self.gather(
        &segments, column * capacity + first, source.segments, column * source.capacity, rows,
        range)
    }
    appendServing(source, rows, range, from: first)
  }

  /// Columns that only some traffic has; the block this one is made from has the same ones.
  private mutating func appendServing(
    _ source: RequestBlock, _ rows: [Int32], _ range: Range<Int>, from first: Int
  ) {
    if !inputTokens.isEmpty {
      Self.gather(&inputTokens, first, source.inputTokens, 0, rows, range)
    }
    if !outputTokens.isEmpty {
      Self.gather(&outputTokens, first, source.outputTokens, 0, rows, range)
    }
    if !priorities.isEmpty { Self.gather(&priorities, first, source.priorities, 0, rows, range) }
    if !prefixes.places.isEmpty {
      prefixes.append(source.prefixes, rows: rows, in: range, from: first)
    }
  }

  @inline(__always)
  private static func gather<Value>(
    _ target: inout [Value], _ targetStart: Int, _ source: [Value], _ sourceStart: Int,
    _ rows: [Int32], _ range: Range<Int>
  ) {
    var target = target.mutableSpan
    var place = targetStart
    for index in range {
      target[place] = source[sourceStart + Int(rows[index])]
      place += 1
    }
  }
}
