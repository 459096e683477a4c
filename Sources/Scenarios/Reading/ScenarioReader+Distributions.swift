import Documents
import Probability

/// What the values of a distribution are: bare numbers, or durations in seconds.
enum Quantity { case number, duration }

extension ScenarioReader {
  func distribution(
    _ object: ObjectReader, _ key: String, _ node: JSONNode, _ quantity: Quantity
  ) -> Distribution? {
    distribution(key, node, quantity)
  }

  /// A bare value, or an object of the section "distribution".
  func distribution(_ key: String, _ node: JSONNode, _ quantity: Quantity) -> Distribution? {
    guard node.members != nil else { return constant(key, node, quantity) }
    let kinds = KeyTable.section("distribution").keys.map(\.name)
    guard let object = ObjectReader(node, as: "distribution", behind: key, complaints),
      let (kind, value) = object.choice(among: kinds)
    else { return nil }
    if quantity == .duration, ["bernoulli", "categorical", "normal"].contains(kind) {
      complaints.add(.notForDurations(kind), at: node)
      return nil
    }
    switch kind {
    case "constant": return object.amount(kind, quantity).map { .constant($0) }
    case "bernoulli": return object.number(kind).map { .bernoulli(probability: $0) }
    case "categorical": return object.rates(kind).map { .categorical(weights: $0) }
    case "empirical": return empirical(object, value, quantity)
    case "mixture": return mixture(object, quantity)
    default: return object.object(kind, value).flatMap { parametric(kind, $0, quantity) }
    }
  }

  private func constant(
    _ key: String, _ node: JSONNode, _ quantity: Quantity
  ) -> Distribution? {
    let type: ValueType = quantity == .number ? .distribution : .durationDistribution
    switch quantity {
    case .number:
      if let number = node.number, number.isFinite { return .constant(number) }
    case .duration:
      if let text = node.string {
        if let seconds = DurationText.seconds(text), seconds >= 0 { return .constant(seconds) }
        complaints.add(.badDuration(key: key, found: text), at: node)
        return nil
      }
      if node.number != nil {
        complaints.add(.durationWithoutUnit(key: key, found: node.literal), at: node)
        return nil
      }
    }
    complaints.add(
      .wrongValue(key: key, found: node.inWords, expected: type.words, example: nil), at: node)
    return nil
  }

  private func parametric(
    _ kind: String, _ object: ObjectReader, _ quantity: Quantity
  ) -> Distribution? {
    switch kind {
    case "uniform":
      let ends = both(
        object.requiredAmount("low", quantity), object.requiredAmount("high", quantity))
      guard let (low, high) = ends else { return nil }
      guard low < high else {
        complaints.add(.reversedEnds, at: object.node)
        return nil
      }
      return .uniform(low: low, high: high)
    case "exponential":
      return object.requiredAmount("mean", quantity).map { .exponential(mean: $0) }
    case "normal":
      return both(object.requiredAmount("mean", quantity), object.requiredAmount("sd", quantity))
        .map { .normal(mean: $0, standardDeviation: $1) }
    case "lognormal": return lognormal(object, quantity)
    case "gamma": return gamma(object, quantity)
    case "weibull":
      return both(object.requiredAmount("shape", .number), object.requiredAmount("scale", quantity))
        .map { .weibull(shape: $0, scale: $1) }
    default:
      return both(
        object.requiredAmount("minimum", quantity), object.requiredAmount("shape", .number)
      ).map { .pareto(minimum: $0, shape: $1) }
    }
  }

  private func lognormal(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    let pairs = [["mean", "p99"], ["mean", "cv"], ["median", "p99"], ["mu", "sigma"]]
    guard let pair = object.pair(among: pairs) else { return nil }
    let isPlain = pair.second == "sigma"
    let amounts = both(
      object.amount(pair.first, isPlain ? .number : quantity),
      object.amount(pair.second, pair.second == "p99" ? quantity : .number))
    guard let (first, second) = amounts else { return nil }
    switch (pair.first, pair.second) {
    case ("mean", "p99"):
      if let sigma = Lognormal.sigma(mean: first, p99: second) {
        return .lognormal(mu: Elementary.log(first) - sigma * sigma / 2, sigma: sigma)
      }
    case ("mean", _):
      let variance = Elementary.log1p(second * second)
      return .lognormal(mu: Elementary.log(first) - variance / 2, sigma: variance.squareRoot())
    case ("median", _):
      if second > first {
        let sigma = Elementary.log(second / first) / Lognormal.z99
        return .lognormal(mu: Elementary.log(first), sigma: sigma)
      }
    default: return .lognormal(mu: first, sigma: second)
    }
    complaints.add(.impossibleTail(base: pair.first), at: object.node)
    return nil
  }

  private func gamma(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    guard let pair = object.pair(among: [["mean", "cv"], ["shape", "scale"]]) else { return nil }
    let amounts = both(
      object.amount(pair.first, pair.first == "mean" ? quantity : .number),
      object.amount(pair.second, pair.first == "mean" ? .number : quantity))
    guard let (first, second) = amounts else { return nil }
    return pair.first == "mean"
      ? .gamma(shape: 1 / (second * second), scale: first * second * second)
      : .gamma(shape: first, scale: second)
  }

  private func empirical(
    _ object: ObjectReader, _ node: JSONNode, _ quantity: Quantity
  ) -> Distribution? {
    guard let elements = object.elements("empirical") else { return nil }
    let values = elements.compactMap { object.amount("empirical", $0, .any, quantity) }
    guard values.count == elements.count else { return nil }
    guard !values.isEmpty else {
      object.reject("empirical", node)
      return nil
    }
    return .empirical(values: values.sorted())
  }

  private func mixture(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    guard let elements = object.elements("mixture") else { return nil }
    let parts = elements.compactMap { element -> Distribution.MixturePart? in
      let part = ObjectReader(element, as: "distribution.part", behind: "mixture", complaints)
      guard let part else { return nil }
      return both(
        part.requiredNumber("weight"),
        part.required("of").flatMap { distribution(part, "of", $0, quantity) }
      ).map { .init(weight: $0, distribution: $1) }
    }
    guard parts.count == elements.count else { return nil }
    if parts.isEmpty, let node = object.value("mixture") {
      object.reject("mixture", node)
      return nil
    }
    return .mixture(parts)
  }
}

/// The lognormal that people know by its mean and tail.
private enum Lognormal {
  /// The 0.99 quantile of the standard normal.
  static let z99 = 2.3263478740408408

  /// exp(σ z − σ²/2) = p99 / mean has the smaller root σ = z − √(z² − 2 ln(p99 / mean)).
  static func sigma(mean: Double, p99: Double) -> Double? {
    let square = z99 * z99 - 2 * Elementary.log(p99 / mean)
    guard p99 > mean, square >= 0 else { return nil }
    return z99 - square.squareRoot()
  }
}

extension ObjectReader {
  func amount(_ key: String, _ quantity: Quantity) -> Double? {
    guard let node = value(key) else { return nil }
    switch section.entry(key).type {
    case .amount(let range): return amount(key, node, range, quantity)
    case .number(let range): return amount(key, node, range, .number)
    default: preconditionFailure("\(key) in \(section.id) is no amount")
    }
  }

  func requiredAmount(_ key: String, _ quantity: Quantity) -> Double? {
    required(key).flatMap { _ in amount(key, quantity) }
  }

  /// A number in range, or, among durations, a text with its unit, from zero up.
  func amount(
    _ key: String, _ node: JSONNode, _ range: ValueType.NumberRange, _ quantity: Quantity
  ) -> Double? {
    switch quantity {
    case .number:
      if let number = node.number, range.contains(number) { return number }
      tellExpected(key, node, range.words)
    case .duration:
      guard let text = node.string else {
        if node.number != nil {
          complaints.add(.durationWithoutUnit(key: key, found: node.literal), at: node)
        } else {
          tellExpected(key, node, ValueType.duration(.nonNegative).words)
        }
        return nil
      }
      guard let seconds = DurationText.seconds(text), seconds >= 0 else {
        complaints.add(.badDuration(key: key, found: text), at: node)
        return nil
      }
      if range.contains(seconds) { return seconds }
      tellExpected(key, node, ValueType.duration(.positive).words)
    }
    return nil
  }

  private func tellExpected(_ key: String, _ node: JSONNode, _ expected: String) {
    complaints.add(
      .wrongValue(key: key, found: node.inWords, expected: expected, example: nil), at: node)
  }

  /// The one of several pairs of keys that is there.
  func pair(among pairs: [[String]]) -> (first: String, second: String)? {
    let found = section.keys.map(\.name).filter(has)
    if let pair = pairs.first(where: { Set($0) == Set(found) }) { return (pair[0], pair[1]) }
    complaints.add(.badPair(in: section.title, found: found, among: pairs), at: node)
    return nil
  }
}
