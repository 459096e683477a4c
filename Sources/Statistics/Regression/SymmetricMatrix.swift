/// A small symmetric matrix: of covariates, a few to a few dozen.
struct SymmetricMatrix: Sendable, Equatable {
  let size: Int
  private var entries: [Double]

  init(size: Int) {
    self.size = size
    entries = Array(repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { entries[row * size + column] }
    set {
      entries[row * size + column] = newValue
      entries[column * size + row] = newValue
    }
  }

  func times(_ vector: [Double]) -> [Double] {
    (0..<size).map { row in
      var sum = 0.0
      for column in 0..<size { sum += self[row, column] * vector[column] }
      return sum
    }
  }

  func adding(_ other: SymmetricMatrix) -> SymmetricMatrix {
    var sum = self
    for index in entries.indices { sum.entries[index] += other.entries[index] }
    return sum
  }

  /// The sum of vector[i] · vector[j] · self[i, j].
  func quadraticForm(_ vector: [Double]) -> Double { dot(vector, times(vector)) }

  /// Of all entries.
  var sumOfSquares: Double { dot(entries, entries) }

  /// Its values and vectors, by Jacobi's rotations.
  ///
  /// - Returns: `vectors[k]` belongs to `values[k]` and has length 1.
  /// - Complexity: O(size³) a sweep, a handful of sweeps.
  func eigen() -> (values: [Double], vectors: [[Double]]) {
    var matrix = self
    var vectors = (0..<size).map { k in (0..<size).map { $0 == k ? 1.0 : 0 } }
    for _ in 0..<60 {
      var off = 0.0
      var whole = 0.0
      for row in 0..<size {
        for column in 0..<size {
          let square = matrix[row, column] * matrix[row, column]
          whole += square
          if row != column { off += square }
        }
      }
      if off <= 1e-34 * whole { break }
      for row in 0..<size {
        for column in (row + 1)..<max(size, row + 1) {
          matrix.rotate(row, column, &vectors)
        }
      }
    }
    return ((0..<size).map { matrix[$0, $0] }, vectors)
  }

  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [[Double]]) {
    let off = self[p, q]
    guard off != 0 else { return }
    let theta = (self[q, q] - self[p, p]) / (2 * off)
    let root = (theta * theta + 1).squareRoot()
    let tangent = theta >= 0 ? 1 / (theta + root) : 1 / (theta - root)
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    let (first, second) = (self[p, p], self[q, q])
    for k in 0..<size where k != p && k != q {
      let (x, y) = (self[k, p], self[k, q])
      self[k, p] = cosine * x - sine * y
      self[k, q] = sine * x + cosine * y
    }
    self[p, p] = first - tangent * off
    self[q, q] = second + tangent * off
    self[p, q] = 0
    for k in 0..<size {
      let (x, y) = (vectors[p][k], vectors[q][k])
      vectors[p][k] = cosine * x - sine * y
      vectors[q][k] = sine * x + cosine * y
    }
  }
}

/// The triangular root L of a positive definite matrix A = L Lᵀ.
struct Cholesky: Sendable {
  let size: Int
  private(set) var lower: [[Double]]

  /// - Throws: `collinear` where a pivot keeps less than 1e-12 of its diagonal: a column is a combination of
  ///   those before it, up to rounding.
  init(_ matrix: SymmetricMatrix) throws(Unavailable) {
    size = matrix.size
    lower = (0..<size).map { _ in [] }
    for row in 0..<size {
      for column in 0...row {
        var rest = matrix[row, column]
        for k in 0..<column { rest -= lower[row][k] * lower[column][k] }
        if column < row {
          lower[row].append(rest / lower[column][column])
        } else {
          guard rest > 1e-12 * matrix[row, row] else { throw .collinear }
          lower[row].append(rest.squareRoot())
        }
      }
    }
  }

  /// A⁻¹ v.
  func solve(_ vector: [Double]) -> [Double] {
    var answer = forward(vector)
    for row in stride(from: size - 1, through: 0, by: -1) {
      for k in row + 1..<max(size, row + 1) { answer[row] -= lower[k][row] * answer[k] }
      answer[row] /= lower[row][row]
    }
    return answer
  }

  /// L⁻¹ v; its squared length is vᵀ A⁻¹ v.
  func forward(_ vector: [Double]) -> [Double] {
    var answer = vector
    for row in 0..<size {
      for k in 0..<row { answer[row] -= lower[row][k] * answer[k] }
      answer[row] /= lower[row][row]
    }
    return answer
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
