import Probability

/// One draw for each request in a stream of its own: request r has draw r of entity 0.
///
/// A unit or an exponential is made of words 2r and 2r + 1 of that entity, a single-precision normal of word
/// r, as `RandomStream` makes them; a stream has draws of one kind only. So a run of requests is drawn
/// in bulk, and any block size meets the same draws.
struct RequestDraws: Sendable {
  let seed: UInt64
  let stream: StreamName
  /// Whether u is mirrored to 1 − u, for antithetic pairs of runs.
  let antithetic: Bool

  private let draws: BlockDraws

  init(seed: UInt64, stream: String, antithetic: Bool = false) {
    self.seed = seed
    self.stream = StreamName(stream)
    self.antithetic = antithetic
    draws = BlockDraws(seed: seed, self.stream)
  }

  /// Fills all of `units` with the u of requests from `first` on.
  func fillUnits(_ units: inout [Double], from first: UInt64) {
    var units = units.mutableSpan
    draws.fillUnits(entity: 0, firstIndex: first, into: &units)
    guard antithetic else { return }
    for row in 0..<units.count { units[row] = 1 - units[row] }
  }

  /// Fills all of `exponentials`, each of mean 1, with −log(1 − u).
  func fillExponentials(_ exponentials: inout [Double], from first: UInt64) {
    var exponentials = exponentials.mutableSpan
    guard antithetic else {
      draws.fillExponentials(entity: 0, firstIndex: first, into: &exponentials)
      return
    }
    draws.fillUnits(entity: 0, firstIndex: first, into: &exponentials)
    Elementary.log(inPlace: &exponentials)
    for row in 0..<exponentials.count { exponentials[row] = -exponentials[row] }
  }

  /// Fills all of `normals` with standard normals in single precision, of one word each.
  func fillNormals(_ normals: inout [Float], from first: UInt64) {
    var normals = normals.mutableSpan
    draws.fillNormals(entity: 0, firstIndex: first, into: &normals)
    guard antithetic else { return }
    for row in 0..<normals.count { normals[row] = -normals[row] }
  }
}

/// Space for one draw a request of a block, shared by everything that draws for it.
struct DrawSpace: Sendable {
  var units: [Double] = []
  var normals: [Float] = []

  mutating func reserve(_ capacity: Int) {
    guard units.count < capacity else { return }
    units = Array(repeating: 0, count: capacity)
    normals = Array(repeating: 0, count: capacity)
  }
}
