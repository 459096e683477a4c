import Traffic

/// What one engine did.
struct EngineFacts: BitwiseCopyable {
  var steps = 0
  var prefilledTokens = 0
  var decodedTokens = 0
  var preemptions = 0
  var recomputedTokens = 0
  var cacheHitTokens = 0
  /// In 2⁻³² ns.
  var busy: Int128 = 0
}

/// What the engines of a language model did, all arms that share them together.
package struct LanguageFacts: Sendable, Equatable {
  package var steps = 0
  /// Prompt tokens computed, those anew after a preemption among them, and those found in the cache.
  package var prefilledTokens = 0
  package var cacheHitTokens = 0
  /// Tokens made by decode steps; each prefill that ends makes one more.
  package var decodedTokens = 0
  package var preemptions = 0
  /// Tokens whose keys and values were thrown away by preemptions.
  package var recomputedTokens = 0
  /// The most tokens of memory that sequences held on one replica, in whole blocks.
  package var memoryPeakTokens = 0
  /// Replicas, those that only prefill included, and what one costs an hour.
  package var replicas = 0
  package var costPerHour: Double?

  // Of this arm alone:
  /// Tokens of the prompts and the answers of the requests that were answered.
  package var answeredInputTokens = 0
  package var answeredOutputTokens = 0
  /// Requests that failed because they could never fit, or their tokens are missing; also in `failed`.
  package var misfits = 0
  package var missingTokens = 0
  /// Integral of the number of requests in service: request-nanoseconds.
  package var serviceArea: Int128 = 0

  package init() {}
}

extension ServingFacts {
  /// Tokens of answers in a second, from the first arrival to the last end; nil where no time passed.
  package var outputTokensPerSecond: Double? {
    guard let language, let seconds else { return nil }
    return Double(language.answeredOutputTokens) / seconds
  }

  /// What the replicas cost for a million tokens of this arm's answers; nil without a price or an answer.
  package var costPerMillionOutputTokens: Double? {
    guard let language, let price = language.costPerHour, let seconds,
      language.answeredOutputTokens > 0
    else { return nil }
    let cost = price * Double(language.replicas) * seconds / 3600
    return cost / Double(language.answeredOutputTokens) * 1e6
  }

  private var seconds: Double? {
    guard let begin, let end, end > begin else { return nil }
    return Double(Int128(end.nanoseconds) - Int128(begin.nanoseconds)) / 1e9
  }
}
