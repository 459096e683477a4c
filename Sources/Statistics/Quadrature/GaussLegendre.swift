import Probability

/// Nodes and weights of the Gauss-Legendre rule on −1...1.
struct GaussLegendre: Sendable {
  let nodes: [Double]
  let weights: [Double]

  /// - Parameter count: > 1.
  /// - Source: Newton's iteration on the Legendre polynomial from Tricomi's approximation of its roots.
  init(count: Int) {
    var nodes = Array(repeating: 0.0, count: count)
    var weights = nodes
    let n = Double(count)
    for i in 0..<(count + 1) / 2 {
      var x = Elementary.cos(.pi * (Double(i) + 0.75) / (n + 0.5))
      var slope = 0.0
      for _ in 0..<20 {
        var (p, before) = (x, 1.0)
        for k in 2...count {
          let k = Double(k)
          (p, before) = (((2 * k - 1) * x * p - (k - 1) * before) / k, p)
        }
        slope = n * (x * p - before) / (x * x - 1)
        let step = p / slope
        x -= step
        if step.magnitude < 1e-16 { break }
      }
      let weight = 2 / ((1 - x * x) * slope * slope)
      (nodes[i], nodes[count - 1 - i]) = (-x, x)
      (weights[i], weights[count - 1 - i]) = (weight, weight)
    }
    self.nodes = nodes
    self.weights = weights
  }

  static let sixteen = GaussLegendre(count: 16)
}

extension GaussLegendre {
  /// The integral of a smooth function, exact for polynomials of degree up to 2 · count − 1.
  func integral(over panel: ClosedRange<Double>, of term: (Double) -> Double) -> Double {
    let middle = 0.5 * (panel.lowerBound + panel.upperBound)
    let half = 0.5 * (panel.upperBound - panel.lowerBound)
    var sum = 0.0
    for index in nodes.indices { sum += weights[index] * term(middle + half * nodes[index]) }
    return half * sum
  }
}
