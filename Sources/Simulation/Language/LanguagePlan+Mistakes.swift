import Traffic

/// Why a language model's engine cannot be run as planned.
package enum LanguageMistake: Sendable, Equatable {
  /// A number outside of its range.
  case outOfRange(String, Double)
  /// Steps of no length.
  case noStepTime
  /// The memory has not one whole block.
  case memoryBelowBlock
  /// More sequences than the token budget: those who decode take a token each.
  case budgetBelowSequences
  /// A part of the station or of the clients that engines do not have.
  case notForEngines(String)
}

/// Why a request can never be served.
package enum LanguageMisfit: Sendable, Equatable {
  /// Prompt and answer need more blocks than there are.
  case memory(needed: Int, total: Int)
  /// Without chunks, what may have to be prefilled at once is more than the token budget.
  case tokenBudget(needed: Int, budget: Int)
  case tooLong
}

extension LanguagePlan {
  /// The longest prompt and answer together.
  package static let mostTokens = 1 << 24

  /// Blocks that an admission leaves free while others run.
  var watermarkBlocks: Int { Int(Double(memoryTokens / blockTokens) * watermark) }

  /// Why a request can never be served; nil where it can. Both counts are at least 1.
  ///
  /// The last token's keys and values are never stored. After a preemption all others are prefilled.
  package func misfit(inputTokens: Int, outputTokens: Int) -> LanguageMisfit? {
    let (sum, overflows) = inputTokens.addingReportingOverflow(outputTokens)
    if overflows || sum > Self.mostTokens { return .tooLong }
    let needed = (sum - 1 + blockTokens - 1) / blockTokens
    let total = memoryTokens / blockTokens
    if needed > total { return .memory(needed: needed, total: total) }
    if !chunkedPrefill && sum - 1 > tokenBudget {
      return .tokenBudget(needed: sum - 1, budget: tokenBudget)
    }
    return nil
  }

  /// Everything that is wrong with a service whose `language` is this plan.
  package func mistakes(in service: ServicePlan) -> [LanguageMistake] {
    var found = rangeMistakes
    if blockTokens > 0 && memoryTokens < blockTokens { found.append(.memoryBelowBlock) }
    if tokenBudget < sequences { found.append(.budgetBelowSequences) }
    found += steps.mistakes
    if let pool = prefillPool {
      found += pool.steps.mistakes
      if pool.replicas < 1 { found.append(.outOfRange("replicas", Double(pool.replicas))) }
      if !(0...1).contains(pool.transferPerToken) {
        found.append(.outOfRange("transferPerToken", pool.transferPerToken))
      }
    }
    return found + Self.foreignParts(of: service).map { .notForEngines($0) }
  }

  private var rangeMistakes: [LanguageMistake] {
    let ranges: [(String, Double, ClosedRange<Double>)] = [
      ("sequences", Double(sequences), 1...0x1p24),
      ("tokenBudget", Double(tokenBudget), 1...0x1p24),
      ("memoryTokens", Double(memoryTokens), 1...0x1p32),
      ("blockTokens", Double(blockTokens), 1...0x1p20),
      ("watermark", watermark, 0...0.5),
      ("costPerHour", costPerHour ?? 0, 0...1e12),
    ]
    return ranges.filter { !$0.2.contains($0.1) }.map { .outOfRange($0.0, $0.1) }
  }

  private static func foreignParts(of service: ServicePlan) -> [String] {
    let station = service.station
    let plain = StationPlan()
    let found: [(String, Bool)] = [
      ("discipline", ![.fifo, .priority].contains(station.discipline)),
      ("shedding", station.shedding != plain.shedding),
      ("batch", station.batch != nil),
      ("speeds", !station.speeds.isEmpty),
      ("scaling", station.scaling != plain.scaling),
      ("coldStart", station.coldStart != nil),
      ("coldCache", station.coldCache != nil),
      ("setUp", station.setUp != nil),
      ("failures", !station.failures.isEmpty),
      ("route", !service.route.isEmpty),
      ("deadline", service.client.deadline != nil),
      ("patience", service.client.patience != nil),
      ("retry", service.client.retry != nil),
      ("hedge", service.client.hedge != nil),
      ("rateLimit", service.client.rateLimit != nil),
      ("breaker", service.client.breaker != nil),
    ]
    return found.filter(\.1).map(\.0)
  }
}

extension StepTimes {
  /// The base is at most an hour, each of the others a second; together they are not nothing.
  fileprivate var mistakes: [LanguageMistake] {
    let ranges: [(String, Double, Double)] = [
      ("base", base, 3600),
      ("perPrefillToken", perPrefillToken, 1),
      ("perPrefillTokenSquared", perPrefillTokenSquared, 1),
      ("perSequence", perSequence, 1),
      ("perCachedToken", perCachedToken, 1),
    ]
    let outside = ranges.filter { !(0...$0.2).contains($0.1) }
    if !outside.isEmpty { return outside.map { .outOfRange($0.0, $0.1) } }
    return base + perPrefillToken + perSequence + perCachedToken > 0 ? [] : [.noStepTime]
  }
}
