import Traffic

/// An answer that was logged in the traffic.
///
/// A probability outside [0, 1] and a class outside its range are no answer, like an empty field.
struct LoggedColumn: Model {
  let name: String
  let output: ModelOutput

  var inputs: [String] { [] }
  var loggedInputs: [String] { [name] }

  var summary: String {
    switch output {
    case .probability: "the logged column \(name), a probability"
    case .classProbabilities(let count): "the logged column \(name), one of \(count) classes"
    case .value: "the logged column \(name), a value"
    }
  }

  func score(
    _ block: RequestBlock, at columns: ModelColumns, seed: UInt64, into scores: inout ScoreBlock
  ) {
    scores.count = block.count
    let start = columns.logged[0] * block.capacity
    for row in 0..<block.count {
      let value = block.logged[start + row]
      switch output {
      case .value: scores.values[row] = value
      case .probability: scores.values[row] = 0...1 ~= value ? value : .nan
      case .classProbabilities(let count):
        let named = Int(exactly: value).flatMap { 0..<count ~= $0 ? $0 : nil }
        for index in 0..<count {
          scores.values[index * scores.capacity + row] =
            named.map { $0 == index ? 1 : 0 } ?? .nan
        }
      }
    }
  }
}
