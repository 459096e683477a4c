/// What a queue was told to carry, as far as it decides how slowly the queue forgets.
///
/// From the scenario's declaration, never from the run: the utilisation, the number of servers, and how far gaps and
/// services vary.
package struct OfferedLoad: Sendable, Equatable {
  /// How the tail of the service time falls.
  package enum ServiceTail: Sendable, Equatable {
    /// At least as fast as an exponential: constant, exponential, gamma, uniform, bounded.
    case light
    /// All moments exist, no exponential one: lognormal, Weibull with a shape below 1.
    case heavy
    /// P(S > x) falls like x^(−index): Pareto.
    case power(index: Double)
  }

  /// λ E[S] / servers, >= 0; from 1 on there is no steady state.
  package let utilisation: Double
  package let servers: Int
  /// Squared coefficient of variation of the gaps between arrivals; 1 for a Poisson process, and for arrivals that
  /// depend on each other the limit of their index of dispersion.
  package let gapVariation: Double
  /// Squared coefficient of variation of the service times; 1 for exponential ones.
  package let serviceVariation: Double
  package let tail: ServiceTail

  /// - Parameters: none of them negative or not a number; infinity where a variance is infinite.
  package init(
    utilisation: Double, servers: Int = 1, gapVariation: Double = 1, serviceVariation: Double = 1,
    tail: ServiceTail = .light
  ) {
    precondition(utilisation >= 0 && utilisation < .infinity, "a utilisation of \(utilisation)")
    precondition(servers > 0, "\(servers) servers")
    precondition(gapVariation >= 0 && serviceVariation >= 0, "a negative or no variation")
    if case .power(let index) = tail { precondition(index > 0, "a tail index of \(index)") }
    self.utilisation = utilisation
    self.servers = servers
    self.gapVariation = gapVariation
    self.serviceVariation = serviceVariation
    self.tail = tail
  }

  package var isStable: Bool { utilisation < 1 }

  /// How many customers come while the queue forgets: λ times its relaxation time.
  ///
  /// For M/M/1 exactly ρ / (1 − √ρ)². Gaps and services of other variation stretch it by (ca² + cs²) / 2, as
  /// Brownian motion does. Counted in customers the number of servers falls out; but no queue forgets
  /// before the services that it holds are over, E[S] (1 + cs²) / 2, in which many servers let many customers in.
  ///
  /// - Source: Abate and Whitt (1987, 1988) for M/M/1 and Brownian motion; Halfin and Whitt (1981) for many servers.
  package var relaxationCustomers: Double {
    guard isStable else { return .infinity }
    if utilisation == 0 { return 0 }
    let rest = 1 - utilisation.squareRoot()
    let queue = utilisation / (rest * rest) * (gapVariation + serviceVariation) / 2
    let services = servers == 1 ? 0 : Double(servers) * utilisation * (1 + serviceVariation) / 2
    return max(queue, services)
  }

  /// How many customers' waits say as much of the mean wait as one that stood alone with a coefficient of variation of 1.
  ///
  /// n times the variance of a mean of n waits over the squared mean, for long runs. For M/M/1 exactly
  /// (2 + 5ρ − 4ρ² + ρ³) / (ρ (1 − ρ)²), which turns to the relaxation in customers in heavy traffic; its 1/ρ is the
  /// share of customers that wait, which is Erlang's C for more servers, and variation stretches it as above.
  ///
  /// - Source: Daley (1968) for M/M/1; Whitt (1989), "Planning queueing simulations", for the approximation.
  package var customersPerIndependentWait: Double {
    guard isStable else { return .infinity }
    let rho = utilisation
    let variation = (gapVariation + serviceVariation) / 2
    if rho == 0 || variation == 0 { return 0 }
    let rest = 1 - rho
    let bend = 2 + rho * (5 - rho * (4 - rho))
    return bend / (shareThatWaits * (rest * rest)) * variation
  }

  /// Erlang's C, by the recursion of his B: the share of customers that wait in M/M/c.
  package var shareThatWaits: Double {
    guard isStable else { return 1 }
    let offered = utilisation * Double(servers)
    var blocked = 1.0
    for server in 1...servers {
      blocked = offered * blocked / (Double(server) + offered * blocked)
    }
    return blocked / (1 - utilisation * (1 - blocked))
  }
}
