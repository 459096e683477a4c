import Probability

extension TwoProportions {
  /// The shares of ones in two columns of zeros and ones.
  package init(_ arms: TwoArms) throws(Unavailable) {
    self.init(candidate: try Share(arms.candidate), production: try Share(arms.production))
  }

  /// Both arms' shares as an answer shows them.
  var asArms: Answer.Arms {
    Answer.Arms(candidate: candidate.value, production: production.value)
  }
}

extension TwoProportions.Share {
  /// Throws for a ratio metric, whose rows are no single trials.
  init(_ arm: ArmSample) throws(Unavailable) {
    guard !arm.values.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    guard arm.denominators?.allSatisfy({ $0 == 1 }) ?? true else { throw .notBinary }
    var ones = 0
    for value in arm.values {
      if value == 1 { ones += 1 } else if value != 0 { throw .notBinary }
    }
    self.init(successes: ones, trials: arm.values.count)
  }
}

extension TwoPoissonRates {
  /// Values are counts of events; denominators are exposures, or 1 a row.
  package init(_ arms: TwoArms) throws(Unavailable) {
    self.init(
      candidate: try PoissonRate(arms.candidate), production: try PoissonRate(arms.production))
  }
}

extension PoissonRate {
  init(_ arm: ArmSample) throws(Unavailable) {
    guard !arm.values.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    var count = 0.0
    for value in arm.values {
      guard value >= 0, value == value.rounded(.towardZero) else { throw .notCounts }
      count += value
    }
    var exposures = ExactSum()
    for exposure in arm.denominators ?? [Double(arm.values.count)] {
      guard exposure >= 0 else { throw .notCounts }
      exposures.add(exposure)
    }
    let exposure = exposures.value
    guard count < 0x1p53, exposure > 0, exposure.isFinite else { throw .notCounts }
    self.init(count: Int(count), exposure: exposure)
  }
}

extension PairedProportions {
  /// Of two columns of zeros and ones; first is the candidate.
  package init(_ pairs: PairSample) throws(Unavailable) {
    guard !pairs.candidate.isEmpty else { throw .tooFew(has: 0, needs: 1) }
    guard pairs.denominators == nil else { throw .notBinary }
    var (both, first, second, neither) = (0, 0, 0, 0)
    for row in pairs.candidate.indices {
      switch (pairs.candidate[row], pairs.production[row]) {
      case (1, 1): both += 1
      case (1, 0): first += 1
      case (0, 1): second += 1
      case (0, 0): neither += 1
      default: throw .notBinary
      }
    }
    self.init(both: both, onlyFirst: first, onlySecond: second, neither: neither)
  }

  var asArms: Answer.Arms {
    Answer.Arms(
      candidate: Double(both + onlyFirst) / Double(n),
      production: Double(both + onlySecond) / Double(n))
  }
}
