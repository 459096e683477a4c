import Traffic

/// A language model's engine on each replica: continuous batching, step by step.
///
/// A step gives every running sequence one token, and may prefill prompts beside it. Its length, in
/// seconds, with s sequences that decode over c cached tokens and prefilled chunks [a, b) of prompts, is
/// base + perPrefillToken · Σ(b − a) + perPrefillTokenSquared · Σ(b² − a²) + perSequence · s
/// + perCachedToken · c.
package struct LanguagePlan: Sendable, Equatable {
  package var steps: StepTimes
  /// Sequences that run at once; at least 1.
  package var sequences: Int
  /// Tokens that a step may process, prefilled and decoded together; at least `sequences`.
  package var tokenBudget: Int
  /// Tokens whose keys and values fit, in blocks of `blockTokens`.
  package var memoryTokens: Int
  package var blockTokens = 16
  /// The share of the blocks that an admission leaves free while others run, so that they can go on.
  package var watermark = 0.01
  /// Whether a prompt may be prefilled in parts beside decoding; otherwise prefills go before, whole,
  /// in steps of their own.
  package var chunkedPrefill = true
  /// Whether blocks of prompts are kept and found again by their identity.
  package var prefixCaching = false
  /// Where prompts are prefilled on replicas of their own; nil is where they are decoded.
  package var prefillPool: PrefillPoolPlan?
  /// In the scenario's currency, of a replica's hour; nil is not asked.
  package var costPerHour: Double?

  package init(steps: StepTimes, sequences: Int, tokenBudget: Int, memoryTokens: Int) {
    self.steps = steps
    self.sequences = sequences
    self.tokenBudget = tokenBudget
    self.memoryTokens = memoryTokens
  }
}

/// The lengths of steps, in seconds; none negative.
package struct StepTimes: Sendable, Equatable {
  package var base: Double
  package var perPrefillToken: Double
  package var perPrefillTokenSquared: Double
  package var perSequence: Double
  package var perCachedToken: Double

  package init(
    base: Double, perPrefillToken: Double, perPrefillTokenSquared: Double = 0,
    perSequence: Double = 0, perCachedToken: Double = 0
  ) {
    self.base = base
    self.perPrefillToken = perPrefillToken
    self.perPrefillTokenSquared = perPrefillTokenSquared
    self.perSequence = perSequence
    self.perCachedToken = perCachedToken
  }
}

/// Replicas that only prefill, and what it takes to hand their keys and values on.
///
/// All else about them is as on the replicas that decode. The prefix cache is theirs.
package struct PrefillPoolPlan: Sendable, Equatable {
  package var replicas: Int
  package var steps: StepTimes
  /// Seconds for each prompt token from the end of prefill to the start of decoding.
  package var transferPerToken: Double

  package init(replicas: Int, steps: StepTimes, transferPerToken: Double) {
    self.replicas = replicas
    self.steps = steps
    self.transferPerToken = transferPerToken
  }
}
