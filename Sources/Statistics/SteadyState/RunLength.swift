/// Whether a run is long enough for intervals of its steady state, from the declared load.
///
/// The rule never looks at the run's own dependence: runs that look independent are those that missed the long waits, and
/// among M/M/1 runs that pass such a test coverage falls to a tenth. It asks for 100 times what the load forgets in: 100
/// relaxations, and 100 independent waits' worth of customers, which is a relative standard error of 10 %.
package struct RunLength: Sendable, Equatable {
  package enum Verdict: Sendable, Equatable {
    case enough
    /// Too short for this load; so many customers would do.
    case tooShort(needed: Double)
    /// The load is not below the capacity.
    case noSteadyState
    /// Gaps or services have no variance.
    case infiniteVariation
    /// The service tail is so heavy that the mean wait is infinite (index at most 2).
    case infiniteMean(index: Double)
    /// The mean exists, and the error of its estimate does not (index at most 4).
    case infiniteError(index: Double)
  }

  package let load: OfferedLoad
  /// Of the whole run: how much a warm-up takes depends on the run, and this flag must not.
  package let customers: Int64
  package let verdict: Verdict

  /// How often the load's memory must fit in.
  package static let fewestRelaxations = 100.0
  /// The squared relative standard error of the mean that is asked for is 1 over this.
  package static let fewestIndependentWaits = 100.0
  /// Below this nothing is said of any load.
  package static let fewestCustomers = 200.0
  /// How much longer a run is asked for where services have a heavy tail, since the few long ones carry the sum. A choice.
  package static let heavyTailFactor = 4.0

  package init(_ customers: Int64, of load: OfferedLoad) {
    precondition(customers >= 0, "\(customers) customers")
    self.load = load
    self.customers = customers
    if let obstacle = Self.obstacle(load) {
      verdict = obstacle
    } else {
      let needed = Self.needed(for: load)
      verdict = Double(customers) < needed ? .tooShort(needed: needed) : .enough
    }
  }

  package var isTooShort: Bool { verdict != .enough }

  /// How many customers would do; nil where no number does.
  package var needed: Double? { Self.obstacle(load) == nil ? Self.needed(for: load) : nil }

  /// How many customers give the mean wait this relative precision: half the width of its interval over the mean.
  ///
  /// - Parameters:
  ///   - relativeHalfWidth: > 0, such as 0.05.
  ///   - level: in (0, 1).
  /// - Returns: at least what is needed for an interval at all; nil where no number does.
  package static func customers(
    for load: OfferedLoad, relativeHalfWidth: Double, level: Double
  ) -> Double? {
    precondition(relativeHalfWidth > 0 && level > 0 && level < 1, "no precision")
    guard obstacle(load) == nil else { return nil }
    let errors =
      TEstimate(value: 0, standardError: 1, degreesOfFreedom: .infinity)
      .criticalValue(upperTail: (1 - level) / 2) / relativeHalfWidth
    return max(needed(for: load), (errors * errors * load.customersPerIndependentWait).rounded(.up))
  }

  private static func obstacle(_ load: OfferedLoad) -> Verdict? {
    guard load.isStable else { return .noSteadyState }
    if case .power(let index) = load.tail {
      if index <= 2 { return .infiniteMean(index: index) }
      if index <= 4 { return .infiniteError(index: index) }
    }
    return load.gapVariation + load.serviceVariation < .infinity ? nil : .infiniteVariation
  }

  private static func needed(for load: OfferedLoad) -> Double {
    let memory = max(
      fewestRelaxations * load.relaxationCustomers,
      fewestIndependentWaits * load.customersPerIndependentWait)
    let factor = load.tail == .light ? 1 : heavyTailFactor
    return max(fewestCustomers, (factor * memory).rounded(.up))
  }

  /// The verdict in words, a sentence without a full stop.
  package var reason: String {
    switch verdict {
    case .enough:
      return "\(customers) customers are enough for a load of \(percent(load.utilisation)): "
        + "\(whole(needed ?? 0)) would do"
    case .tooShort(let needed):
      return "\(customers) customers are too few for a load of \(percent(load.utilisation)) on "
        + "\(load.servers) \(load.servers == 1 ? "server" : "servers"): the queue forgets in about "
        + "\(whole(load.relaxationCustomers)) customers; \(whole(needed)) would do"
    case .noSteadyState:
      return "a load of \(percent(load.utilisation)) is not below the capacity, so there is no "
        + "steady state"
    case .infiniteVariation:
      return "gaps or services have an infinite variance, so no length will do"
    case .infiniteMean(let index):
      return "services with a tail of index \(index) make the mean wait infinite (it needs more "
        + "than 2), so no length will do"
    case .infiniteError(let index):
      return "services with a tail of index \(index) leave the mean wait without an error (it "
        + "needs more than 4), so no length will do"
    }
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  private func whole(_ number: Double) -> String {
    number < 1e15 ? "\(Int64(number.rounded(.up)))" : "\(number)"
  }
}
