extension ServiceLoad {
  /// "stable at load 0.83, with all of 20 replicas", and so on; without the name of the place.
  package var words: String {
    ([verdict.words] + notes.map(\.words)).joined(separator: ", ")
  }

  /// Whether a run can be expected to be about nothing but its queue.
  package var isTooMuch: Bool {
    switch verdict {
    case .unstable, .overloaded: true
    case .stable, .notDeterminable, .closed: false
    }
  }
}

extension ServiceLoad.Verdict {
  fileprivate var words: String {
    switch self {
    case .stable(let load): "stable at load \(LoadText.load(load))"
    case .unstable(let load):
      "unstable: offered \(LoadText.load(load)) times what it can serve, it can never catch up"
    case .overloaded(let load, let lost, let loss):
      "overloaded: offered \(LoadText.load(load)) times what it can serve, at least "
        + "\(LoadText.percent(lost)) % will \(loss.words)"
    case .closed(let most, .users):
      "closed loop, at most \(LoadText.load(most)) answers a second by its users"
    case .closed(let most, .replicas):
      "closed loop, at most \(LoadText.load(most)) answers a second by its replicas"
    case .notDeterminable(let reason): "not determinable, because \(reason.words)"
    }
  }
}

extension ServiceLoad.Loss {
  fileprivate var words: String {
    switch self {
    case .turnedAway: "be turned away"
    case .withoutAnswer: "get no answer"
    }
  }
}

extension ServiceLoad.Reason {
  fileprivate var words: String {
    switch self {
    case .unknownRate: "how fast requests come is not known before they are read"
    case .loggedTimes: "the service time is the logged latency"
    case .sizedTimes: "the service time follows the request"
    case .noMean: "the service time has no mean"
    case .languageEngine: "an LLM engine's steps depend on who runs together"
    case .slowestOfBatch: "the slowest of a batch has no mean in closed form"
    case .held: "it is held for as long as the rest of the way takes"
    case .failuresWithoutMean: "a failure's times have no mean"
    }
  }
}

extension ServiceLoad.Note {
  fileprivate var words: String {
    switch self {
    case .atPeak(let load): "\(LoadText.load(load)) at its peak"
    case .atFewest(let load): "\(LoadText.load(load)) with its fewest replicas"
    case .atMost(let replicas): "with all of \(replicas) replicas"
    case .fullBatches(let size): "in full batches of \(size)"
    case .afterRateLimit(let share):
      "after the rate limit has turned \(LoadText.percent(share)) % away"
    case .retries: "before retries"
    case .hedges: "before hedges"
    case .whileUsersSend(let most):
      "at \(LoadText.load(most)) requests a second, the most that users send"
    case .evenUnits: "if no unit asks more than others"
    }
  }
}

/// Loads and shares in few digits, never rounded over a border that matters.
private enum LoadText {
  /// Two decimals; more where it would look like 1 and is not.
  static func load(_ load: Double) -> String {
    var decimals = 2
    while decimals < 6, load != 1, text(load, decimals: decimals, .toNearestOrEven) == one(decimals)
    {
      decimals += 1
    }
    return text(load, decimals: decimals, .toNearestOrEven)
  }

  /// A share as a percentage of at least so much: cut, with a decimal below ten.
  static func percent(_ share: Double) -> String {
    text(100 * share, decimals: share < 0.1 ? 1 : 0, .down)
  }

  private static func one(_ decimals: Int) -> String {
    "1." + String(repeating: "0", count: decimals)
  }

  private static func text(
    _ value: Double, decimals: Int, _ rule: FloatingPointRoundingRule
  ) -> String {
    guard value < 1e9 else { return "more than a billion" }
    let power = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value * Double(power)).rounded(rule))
    guard decimals > 0 else { return "\(scaled)" }
    let part = "\(scaled % power)"
    return "\(scaled / power)." + String(repeating: "0", count: decimals - part.count) + part
  }
}
