import Foundation
import Probability

/// How often something happened in seeded trials.
package struct TrialCount: Sendable, Equatable, CustomStringConvertible {
  package let hits: Int
  package let trials: Int
  package let seed: UInt64

  package init(hits: Int, trials: Int, seed: UInt64) {
    self.hits = hits
    self.trials = trials
    self.seed = seed
  }

  package var rate: Double { Double(hits) / Double(trials) }

  package var description: String { "\(hits) of \(trials) (\(rate)), seed \(seed)" }

  /// False where a count this far from `rate` has a probability below `missing`: a right program fails once in
  /// 1/`missing` seeds. The two tails of the binomial share `missing`, exactly.
  package func isPlausible(under rate: Double, missing: Double = 1e-6) -> Bool {
    let count = Binomial(trials: trials, probability: rate)
    return count.cdf(hits) > missing / 2 && count.survival(hits - 1) > missing / 2
  }

  /// False where so many hits have a probability below `missing` at the given rate: for procedures that may err less
  /// often than they say, never more.
  package func isPlausible(underAtMost rate: Double, missing: Double = 1e-6) -> Bool {
    Binomial(trials: trials, probability: rate).survival(hits - 1) > missing
  }
}

/// Runs `body` once for each entity 0..<count of the stream "trials" and counts how often it said true.
package func trials(
  _ count: Int, seed: UInt64, _ body: (inout RandomStream) throws -> Bool
) rethrows -> TrialCount {
  let stream = StreamName("trials")
  var hits = 0
  for trial in 0..<count {
    var luck = RandomStream(seed: seed, stream, entity: UInt64(trial))
    hits += try body(&luck) ? 1 : 0
  }
  return TrialCount(hits: hits, trials: count, seed: seed)
}
