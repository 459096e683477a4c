import Probability

/// The run length of a Markov statistic on an interval, from its transition density: Fredholm's equation of the second kind,
/// L(u) = 1 + P(u → atom) L(atom) + ∫ f(u, y) L(y) dy, solved at the nodes of a Gauss-Legendre rule.
///
/// For analytic densities the error falls exponentially with the number of nodes.
///
/// - Source: Page (1954) for the equation; Goel and Wu (1971) and Knoth (2006) for its numerical solution (Nyström's method).
struct RunLengthEquation {
  /// Where the statistic may be, the atom first if there is one.
  let states: [Double]
  /// Row i, column j: the chance to go from state i to state j, integrated with the rule's weight.
  private let transitions: [Double]

  /// - Parameters:
  ///   - interval: outside of it is an alarm.
  ///   - nodes: of the rule.
  ///   - atom: a place that has a probability of its own, and that probability from a state.
  ///   - density: of the next place, from a state.
  init(
    interval: ClosedRange<Double>, nodes: Int,
    atom: (place: Double, probability: (Double) -> Double)?,
    density: (_ from: Double, _ to: Double) -> Double
  ) {
    let rule = GaussLegendre(count: nodes)
    let middle = 0.5 * (interval.lowerBound + interval.upperBound)
    let half = 0.5 * (interval.upperBound - interval.lowerBound)
    let places = rule.nodes.map { middle + half * $0 }
    let states = (atom.map { [$0.place] } ?? []) + places
    self.states = states
    transitions = states.flatMap { from in
      (atom.map { [$0.probability(from)] } ?? [])
        + places.indices.map { half * rule.weights[$0] * density(from, places[$0]) }
    }
  }

  /// The mean number of values up to the alarm, from every state.
  func means() throws(Unavailable) -> [Double] {
    let size = states.count
    var matrix = transitions.map { -$0 }
    for state in 0..<size { matrix[state * size + state] += 1 }
    return try LinearSystem(matrix, size: size).solve(Array(repeating: 1, count: size))
  }

  /// The chance of no alarm within so many values, from every state.
  func survival(_ count: Int) -> [Double] {
    let size = states.count
    var now = [Double](repeating: 1, count: size)
    for _ in 0..<count {
      now = (0..<size).map { row in
        var sum = 0.0
        for column in 0..<size { sum += transitions[row * size + column] * now[column] }
        return sum
      }
    }
    return now
  }
}

/// A square system of linear equations, by elimination with row pivots.
struct LinearSystem {
  private let size: Int
  private var matrix: [Double]
  private var order: [Int]

  /// - Parameter matrix: row by row.
  init(_ matrix: [Double], size: Int) throws(Unavailable) {
    precondition(matrix.count == size * size, "\(matrix.count) entries, size \(size)")
    self.matrix = matrix
    self.size = size
    order = Array(0..<size)
    for column in 0..<size {
      var pivot = column
      for row in column + 1..<max(size, column + 1)
      where abs(self[row, column]) > abs(self[pivot, column]) { pivot = row }
      order.swapAt(column, pivot)
      guard abs(self[column, column]) > 0 else { throw .undefined }
      for row in column + 1..<max(size, column + 1) {
        let factor = self[row, column] / self[column, column]
        self[row, column] = factor
        guard factor != 0 else { continue }
        for k in column + 1..<max(size, column + 1) {
          self[row, k] -= factor * self[column, k]
        }
      }
    }
  }

  /// In the order of the pivots.
  private subscript(row: Int, column: Int) -> Double {
    get { matrix[order[row] * size + column] }
    set { matrix[order[row] * size + column] = newValue }
  }

  func solve(_ right: [Double]) -> [Double] {
    var answer = order.map { right[$0] }
    for row in 0..<size {
      for k in 0..<row { answer[row] -= self[row, k] * answer[k] }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for k in row + 1..<max(size, row + 1) { answer[row] -= self[row, k] * answer[k] }
      answer[row] /= self[row, row]
    }
    return answer
  }
}
