import Statistics

extension ServingFindings.LanguageFindings {
  /// What the engines counted; the times of tokens are left empty.
  init(_ engine: LanguageFacts, of facts: ServingFacts, memory plan: LanguagePlan) {
    self.init()
    promptTokens = engine.answeredInputTokens
    generatedTokens = engine.answeredOutputTokens
    cachedTokens = engine.cacheHitTokens
    recomputedTokens = engine.recomputedTokens
    preemptions = engine.preemptions
    steps = engine.steps
    generatedPerSecond = facts.outputTokensPerSecond
    costPerMillionTokens = facts.costPerMillionOutputTokens
    let tokens = plan.memoryBlocks * plan.blockTokens
    if tokens > 0 { peakMemory = Double(engine.memoryPeakTokens) / Double(tokens) }
  }
}

extension LatencySketch {
  /// p = 0.5, 0.9, 0.99, each where a value lies beyond it; without an interval where there are too few
  /// independent values for one.
  func quantiles(_ dependence: QuantileInference.Dependence) -> [QuantileFinding] {
    let level = ArmEstimates.level
    return [0.5, 0.9, 0.99].compactMap { p in
      guard Double(histogram.count) * (1 - p) >= 1 else { return nil }
      if let found = try? QuantileInference(self, p: p, dependence: dependence) {
        let interval = Interval(found.interval(level: level), level: level)
        return QuantileFinding(
          p: p, estimate: Estimate(value: found.value, interval: interval, n: found.n))
      }
      guard let value = histogram.spreadQuantile(p) else { return nil }
      return QuantileFinding(
        p: p, estimate: Estimate(value: value, interval: nil, n: histogram.count))
    }
  }
}
