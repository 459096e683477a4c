import Statistics

/// When the tokens of an arm's answers were there: what quantiles and their variance need.
package struct TokenTimes: Sendable {
  /// From arrival to the first token, in nanoseconds.
  package private(set) var firsts = LatencySketch()
  /// The mean gap between two tokens of an answer; of answers with two tokens and more.
  package private(set) var gaps = LatencySketch()

  /// - Parameter positions: of the rows among what may depend on each other.
  mutating func fold(_ outcomes: BlockOutcomes, arm: Int, at positions: [UInt64]) {
    let start = arm * outcomes.capacity
    for row in 0..<outcomes.count where outcomes.fates[start + row] == .answered {
      let (first, gap) = (outcomes.firstTokens[start + row], outcomes.tokenGaps[start + row])
      if first >= 0 { firsts.add(first, at: positions[row]) }
      if gap >= 0 { gaps.add(gap, at: positions[row]) }
    }
  }
}
