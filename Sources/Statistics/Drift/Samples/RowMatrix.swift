/// Rows of numbers, one after the other.
package struct RowMatrix: Sendable, Equatable {
  package let columns: Int
  package private(set) var values: [Double]

  /// - Parameter values: row by row, finite; a multiple of `columns`.
  package init(_ values: [Double], columns: Int) throws(Unavailable) {
    precondition(
      columns > 0 && values.count % columns == 0, "\(values.count) in \(columns) columns")
    guard values.allSatisfy(\.isFinite) else { throw .notFinite }
    self.columns = columns
    self.values = values
  }

  package var rows: Int { values.count / columns }

  func row(_ row: Int) -> ArraySlice<Double> {
    values[row * columns..<(row + 1) * columns]
  }

  /// These rows, then the others.
  func followed(by other: RowMatrix) -> RowMatrix {
    precondition(other.columns == columns, "\(columns) and \(other.columns) columns")
    var joined = self
    joined.values += other.values
    return joined
  }

  func rows(_ range: Range<Int>) -> RowMatrix {
    var part = self
    part.values = Array(values[range.lowerBound * columns..<range.upperBound * columns])
    return part
  }

  /// Every column less the other matrix's mean, over its standard deviation (n − 1 below; 1 where it is 0).
  func standardized(by reference: RowMatrix) throws(Unavailable) -> RowMatrix {
    var scaled = self
    for column in 0..<columns {
      let own = stride(from: column, to: reference.values.count, by: columns).map {
        reference.values[$0]
      }
      let moments = try Moments(of: own)
      let deviation = moments.standardDeviation > 0 ? moments.standardDeviation : 1
      for place in stride(from: column, to: values.count, by: columns) {
        scaled.values[place] = (values[place] - moments.mean) / deviation
      }
    }
    return scaled
  }

  /// The squared distances of a row from the rows before `end`, into the first places of `distances`.
  func squaredDistances(of row: Int, before end: Int, into distances: inout [Double]) {
    let values = values.span
    var distances = distances.mutableSpan
    let base = row * columns
    for other in 0..<end {
      var sum = 0.0
      for column in 0..<columns {
        let difference = values[base + column] - values[other * columns + column]
        sum += difference * difference
      }
      distances[other] = sum
    }
  }

  /// The squared distance between a row and one of another matrix.
  func squaredDistance(_ row: Int, _ other: RowMatrix, _ otherRow: Int) -> Double {
    var sum = 0.0
    for column in 0..<columns {
      let difference =
        values[row * columns + column] - other.values[otherRow * columns + column]
      sum += difference * difference
    }
    return sum
  }

  /// σ with 2σ² the median of the squared distances between two rows: of n(n − 1) distances, each pair twice, the one of rank
  /// n(n − 1)/2 − 1 from 0, as alibi-detect takes it.
  ///
  /// - Complexity: O(n² columns) time, O(n²) space.
  /// - Source: Gretton et al. (2012), section 8, the median heuristic.
  package func medianWidth() throws(Unavailable) -> Double {
    guard rows > 1 else { throw .tooFew(has: rows, needs: 2) }
    var all: [Double] = []
    all.reserveCapacity(rows * (rows - 1) / 2)
    var distances = [Double](repeating: 0, count: rows)
    for row in 1..<rows {
      squaredDistances(of: row, before: row, into: &distances)
      all += distances[..<row]
    }
    let rank = (rows * (rows - 1) / 2 - 1) / 2
    let median = Selection.orderStatistics(all, ranks: [rank])[0]
    guard median > 0 else { throw .noVariation }
    return (median / 2).squareRoot()
  }
}
