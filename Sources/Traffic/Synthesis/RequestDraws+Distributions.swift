import Probability

extension RequestDraws {
  /// Writes one value a request to `column`, from `start` on: the distribution's quantile at the
  /// request's u.
  func fill(
    _ distribution: Distribution, into column: inout [Float], at start: Int,
    requests: Range<UInt64>, words: inout [UInt32]
  ) {
    fill(&words, requests: requests)
    let words = words.span
    var column = column.mutableSpan
    let rows = 0..<requests.count
    switch distribution {
    case .constant(let value):
      for row in rows { column[start + row] = Float(value) }
    case .uniform(let low, let high):
      let width = high - low
      for row in rows { column[start + row] = Float(low + width * Self.unit(words[row])) }
    case .bernoulli(let probability):
      // The quantile is 1 from 1 − p on.
      let limit = Self.threshold(1 - probability)
      for row in rows { column[start + row] = UInt64(words[row]) < limit ? 0 : 1 }
    case .exponential(let mean):
      // 1 − u is exact, so that these are the quantile's bits.
      logarithms(of: words, scale: -mean, into: &column, at: start, rows: rows)
    default:
      for row in rows {
        column[start + row] = Float(distribution.quantile(Self.unit(words[row])))
      }
    }
  }

  /// Writes scale · log(1 − u).
  private func logarithms(
    of words: Span<UInt32>, scale: Double, into column: inout MutableSpan<Float>, at start: Int,
    rows: Range<Int>
  ) {
    var chunk = [Double](repeating: 1, count: 256)
    var done = 0
    while done < rows.count {
      let count = min(chunk.count, rows.count - done)
      for i in 0..<count { chunk[i] = 1 - Self.unit(words[done + i]) }
      var values = chunk.mutableSpan
      Elementary.log(inPlace: &values)
      for i in 0..<count { column[start + done + i] = Float(scale * values[i]) }
      done += count
    }
  }
}
