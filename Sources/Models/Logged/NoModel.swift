import Traffic

/// Stands for the model of an arm whose answers nobody judges: it answers nothing, to any traffic.
struct NoModel: Model {
  var inputs: [String] { [] }
  var loggedInputs: [String] { [] }
  var output: ModelOutput { .value }
  var summary: String { "no model" }

  func score(
    _ block: RequestBlock, at columns: ModelColumns, seed: UInt64, into scores: inout ScoreBlock
  ) {
    scores.count = block.count
    for row in 0..<block.count { scores.values[row] = .nan }
  }
}
