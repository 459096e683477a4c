import Probability

/// How often each unit is in each resample of the Poisson bootstrap: a Poisson number of mean 1 that is a function of
/// (seed, name, unit, resample), so that no one has to know how many units there are.
///
/// It is made of one word of 32 bits, so its probabilities are exact to 2⁻³², and 12 is the most.
///
/// - Source: Hanley and MacGibbon (2006); Chamandy, Muralidharan, Najmi and Naidu (2012).
package struct PoissonWeights: Sendable {
  private let key: DrawKey
  private let draws: BlockDraws

  /// thresholds[k] = ⌊2³² · P(X <= k)⌋: a word below it has a weight of at most k.
  private static let thresholds: [UInt32] = {
    let law = Poisson(mean: 1)
    return (0..<12).map { UInt32((law.cdf($0) * 0x1p32).rounded(.down)) }
  }()

  package init(seed: UInt64, name: String) {
    key = DrawKey(seed: seed, StreamName("poisson-bootstrap/\(name)"))
    draws = BlockDraws(key)
  }

  /// In the order of the resamples, of which there are `words.count` (a multiple of 4).
  func fill(_ weights: inout [UInt32], unit: UInt64, words: inout [UInt32]) {
    var span = words.mutableSpan
    draws.fillWords(entity: unit, into: &span)
    var target = weights.mutableSpan
    for index in target.indices { target[index] = 0 }
    for threshold in Self.thresholds {
      Self.count(words.span.extracting(first: target.count), from: threshold, into: &target)
    }
  }

  private static func count(
    _ words: Span<UInt32>, from threshold: UInt32, into weights: inout MutableSpan<UInt32>
  ) {
    for index in 0..<weights.count { weights[index] &+= words[index] >= threshold ? 1 : 0 }
  }
}
