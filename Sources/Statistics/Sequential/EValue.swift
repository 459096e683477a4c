import Probability

/// Evidence against a null hypothesis: a number whose expectation under it is at most 1.
///
/// A bet at fair odds: the factor by which a stake of 1 has grown. Kept as its logarithm.
package struct EValue: Sendable, Equatable {
  /// In −infinity...infinity.
  package var ln: Double

  package init(ln: Double) {
    precondition(!ln.isNaN, "an e-value that is not a number")
    self.ln = ln
  }

  package init(_ value: Double) {
    precondition(value >= 0, "an e-value of \(value)")
    self.init(ln: Elementary.log(value))
  }

  package var value: Double { Elementary.exp(ln) }

  /// 1/e, at most 1.
  ///
  /// - Source: Markov's inequality; for a running maximum Ville's (1939).
  package var p: PValue { PValue(ln: min(0, -ln)) }
}

// MARK: - Merging

extension EValue {
  /// The mean: an e-value whatever the dependence.
  ///
  /// - Source: Vovk and Wang (2021), proposition 3.1.
  package static func mean(_ values: [EValue]) -> EValue {
    precondition(!values.isEmpty, "the mean of no e-values")
    let largest = values.reduce(-Double.infinity) { max($0, $1.ln) }
    guard largest.isFinite else { return EValue(ln: largest) }
    var sum = ExactSum()
    for value in values { sum.add(Elementary.exp(value.ln - largest)) }
    return EValue(ln: largest + Elementary.log(sum.value / Double(values.count)))
  }

  /// The product: an e-value where they are independent, or each is one given those before.
  ///
  /// A product of zero and infinity counts as zero.
  package static func product(_ values: [EValue]) -> EValue {
    var sum = ExactSum()
    for value in values {
      if value.ln == -.infinity { return value }
      sum.add(value.ln)
    }
    return EValue(ln: sum.value)
  }

  /// Which null hypotheses fall, keeping the expected share of false ones among them at `level` whatever the
  /// dependence: the k largest for the largest k whose k-th reaches count/(level · k).
  ///
  /// - Parameter values: e-values as numbers, infinity where they are beyond all.
  /// - Returns: a flag an e-value. Of equal e-values all fall or none does.
  /// - Source: Wang and Ramdas (2022), the e-BH procedure.
  package static func benjaminiHochberg(_ values: [Double], level: Double) -> [Bool] {
    precondition(level > 0 && level < 1, "a level of \(level)")
    precondition(values.allSatisfy { $0 >= 0 }, "an e-value below 0: \(values)")
    let falling = values.sorted(by: >)
    let least = falling.indices.last { place in
      falling[place] >= Double(values.count) / (level * Double(place + 1))
    }
    guard let least else { return values.map { _ in false } }
    return values.map { $0 >= falling[least] }
  }
}

// MARK: - Calibration

extension EValue {
  /// kappa · p^(kappa − 1), for kappa in (0, 1).
  ///
  /// - Source: Shafer, Shen, Vereshchagin and Vovk (2011).
  package init(calibrating p: PValue, power kappa: Double) {
    precondition(kappa > 0 && kappa < 1, "a power of \(kappa)")
    self.init(ln: Elementary.log(kappa) + (kappa - 1) * p.ln)
  }

  /// The mean of those over all kappa: (1 − p + p ln p)/(p ln² p); no kappa has to be chosen.
  ///
  /// - Source: Vovk and Wang (2021), section 2.
  package init(calibrating p: PValue) {
    guard p.ln < 0 else {
      self.init(0.5)
      return
    }
    guard p.ln > -.infinity else {
      self.init(ln: .infinity)
      return
    }
    // With u = −ln p the mean is (e^u − 1 − u)/u²; near u = 0 by its series.
    let u = -p.ln
    if u < 0.5 {
      var term = 0.5
      var sum = 0.0
      for k in 3..<24 {
        sum += term
        term *= u / Double(k)
      }
      self.init(sum)
    } else if u < 700 {
      self.init((Elementary.expm1(u) - u) / (u * u))
    } else {
      self.init(ln: u - 2 * Elementary.log(u))
    }
  }

  /// p^(−½) − 1.
  ///
  /// - Source: Shafer (2021).
  package init(calibratingByRoot p: PValue) {
    let half = -p.ln / 2
    self.init(ln: half < 300 ? Elementary.log(Elementary.expm1(half)) : half)
  }
}
