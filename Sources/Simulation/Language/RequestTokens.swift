import Traffic

/// What a language model's engine asks of the requests of a block, by row; empty where the traffic has none.
package struct RequestTokens: Sendable {
  /// Tokens of the prompt and of the answer; below 1 is missing.
  package var inputs: [Int32] = []
  package var outputs: [Int32] = []
  /// 0 (the most urgent) to 15, before the arms' own.
  package var priorities: [UInt8] = []
  /// Identities of the blocks that prompts begin with, `prefixTokens` tokens each: where a row's begin
  /// and end in the pool.
  package var prefixPlaces: [Range<Int>] = []
  package var prefixes: [UInt64] = []
  package var prefixTokens: Int?
  /// Whose requests they are, for sticky balancing.
  package var units: [UInt64] = []

  package init() {}

  /// Those of a block of traffic.
  package init(_ block: RequestBlock) {
    inputs = block.inputTokens
    outputs = block.outputTokens
    priorities = block.priorities
    units = block.units
    prefixTokens = block.prefixBlockTokens
    guard prefixTokens != nil else { return }
    prefixes = block.prefixes.pool
    prefixPlaces = block.prefixes.places.map { Int($0.start)..<Int($0.end) }
  }
}
