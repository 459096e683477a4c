import Probability
import Traffic

/// What replicas can do in the long run, by closed form.
extension ServicePlan {
  /// The load on the replicas when work comes at a rate of `work`: seconds of service a second, at the
  /// speed 1.
  ///
  /// A subset of k replicas must be able to serve what can go nowhere else: of requests that choose among
  /// d of n, C(k, d) / C(n, d). The slowest k are asked most.
  ///
  /// - Source: Foss and Chernova (1998), "On the stability of a partially accessible multi-station queue
  ///   with state-dependent routing", theorem 1.
  func load(ofWork work: Double, replicas: Int) -> Double {
    let speeds = station.speeds.isEmpty ? [1] : station.speeds
    guard Set(speeds).count > 1 else { return work / (speeds[0] * Double(replicas)) }
    let slowest = (0..<replicas).map { speeds[$0 % speeds.count] }.sorted()
    let choices = min(station.balancing.choices ?? replicas, replicas)
    var capacity = slowest.prefix(choices - 1).reduce(0, +)
    // C(k, d) / C(n, d), from k = n down, is multiplied up from k = d on.
    var share = 1.0
    for k in choices..<replicas { share *= Double(k + 1 - choices) / Double(k + 1) }
    var largest = 0.0
    for k in choices...replicas {
      capacity += slowest[k - 1]
      largest = max(largest, work * share / capacity)
      share *= Double(k + 1) / Double(k + 1 - choices)
    }
    return largest
  }

  /// The share of the replicas' time that failures leave, slow times counted in part; nil where a failure
  /// has no mean. Outages at stated times end, and count for nothing in the long run.
  var availability: Double? {
    var left = 1.0
    for failure in station.failures {
      switch failure {
      case .breakdowns(let lasting, let every):
        guard let part = Self.part(lasting, every) else { return nil }
        left *= 1 - part
      case .outages(.every(let every), let lasting, let share):
        guard let part = Self.part(lasting, every) else { return nil }
        left *= 1 - part * share
      case .outages(.at, _, _): break
      case .slowness(let lasting, let every, let factor):
        guard let part = Self.part(lasting, every) else { return nil }
        left *= 1 - part + part / factor
      }
    }
    return left
  }

  /// Lasting / (lasting + every), by their means.
  private static func part(_ lasting: Distribution, _ every: Distribution) -> Double? {
    guard let lasting = lasting.mean, let every = every.mean else { return nil }
    return lasting / (lasting + every)
  }
}

extension StationPlan.Balancing {
  /// How many replicas a request may choose among; nil is all of them.
  fileprivate var choices: Int? {
    switch self {
    case .central, .leastLoaded: nil
    case .roundRobin, .random, .sticky: 1
    case .choices(let count): count
    }
  }
}

extension ReplicaSchedule {
  /// What replicas can do: of a schedule that begins anew, the mean over its period; else what it ends
  /// with.
  func mean(of capacity: (Int) -> Double) -> Double {
    guard let period else { return capacity(steps[steps.count - 1].replicas) }
    var total = 0.0
    for index in steps.indices {
      let end = index + 1 < steps.count ? steps[index + 1].from : period
      let length = Double(end.nanoseconds - steps[index].from.nanoseconds)
      total += length * capacity(steps[index].replicas)
    }
    return total / Double(period.nanoseconds)
  }

  /// The fewest that come again and again.
  var fewest: Int {
    period == nil
      ? steps[steps.count - 1].replicas : steps.map(\.replicas).min() ?? 1
  }
}

extension BatchPlan {
  /// The service time of a request in a full batch, its part of the batch's; nil where there is no closed
  /// form.
  ///
  /// - Parameters:
  ///   - mean: of the single times, in seconds.
  ///   - law: of the single times, where all requests have the same.
  func meanTime(mean: Double, law: Distribution?) -> Double? {
    switch time {
    case .sum: mean
    case .curve(let points):
      mean * Self.factor(at: largest, on: points) / Double(largest)
    case .slowest:
      largest == 1 ? mean : law?.meanOfLargest(of: largest).map { $0 / Double(largest) }
    }
  }
}

extension Distribution {
  /// The mean of the largest of `count` independent draws; nil without a closed form.
  func meanOfLargest(of count: Int) -> Double? {
    switch self {
    case .constant(let value): return value
    case .uniform(let low, let high):
      return low + (high - low) * Double(count) / Double(count + 1)
    case .exponential(let mean):
      return mean * (1...count).reversed().reduce(0) { $0 + 1 / Double($1) }
    case .empirical(let values):
      // P(largest <= i-th of n) = (i / n)^count, the values ascending.
      var (total, below) = (0.0, 0.0)
      for (index, value) in values.enumerated() {
        let share = Double(index + 1) / Double(values.count)
        let upTo = Elementary.exp(Double(count) * Elementary.log(share))
        total += value * (upTo - below)
        below = upTo
      }
      return total
    default: return nil
    }
  }
}
