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
    guard let distribution = unchecked(key, node, quantity) else { return nil }
    return made(at: node) { () throws(DistributionError) in try distribution.checked() }
  }

  /// What a factory makes of parameters, or what it says is wrong with them.
  private func made(
    at node: JSONNode, _ make: () throws(DistributionError) -> Distribution
  ) -> Distribution? {
    do throws(DistributionError) {
      return try make()
    } catch {
      complaints.add(.badDistribution(error), at: node)
      return nil
    }
  }

  private func unchecked(_ key: String, _ node: JSONNode, _ quantity: Quantity) -> Distribution? {
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
    case "quantiles": return object.object(kind, value).flatMap { quantiles($0, quantity) }
    case "shifted": return object.object(kind, value).flatMap { shifted($0, quantity) }
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
      return both(object.requiredAmount("low", quantity), object.requiredAmount("high", quantity))
        .map { .uniform(low: $0, high: $1) }
    case "exponential":
      return object.requiredAmount("mean", quantity).map { .exponential(mean: $0) }
    case "normal":
      return both(object.requiredAmount("mean", quantity), object.requiredAmount("sd", quantity))
        .map { .normal(mean: $0, standardDeviation: $1) }
    case "lognormal": return lognormal(object, quantity)
    case "gamma": return gamma(object, quantity)
    case "weibull": return weibull(object, quantity)
    default: return pareto(object, quantity)
    }
  }

  private func lognormal(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    let pairs = [["mean", "p99"], ["mean", "cv"], ["median", "p99"], ["mu", "sigma"]]
    guard let (names, (first, second)) = object.amounts(among: pairs, quantity) else { return nil }
    return made(at: object.node) { () throws(DistributionError) in
      switch names {
      case ["mean", "p99"]: try .lognormal(mean: first, p99: second)
      case ["mean", "cv"]: try .lognormal(mean: first, cv: second)
      case ["median", "p99"]: try .lognormal(median: first, p99: second)
      default: .lognormal(mu: first, sigma: second)
      }
    }
  }

  private func gamma(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    let pairs = [["mean", "cv"], ["shape", "scale"]]
    guard let (names, (first, second)) = object.amounts(among: pairs, quantity) else { return nil }
    return made(at: object.node) { () throws(DistributionError) in
      names[0] == "mean"
        ? try .gamma(mean: first, cv: second) : .gamma(shape: first, scale: second)
    }
  }

  private func weibull(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    let pairs = [["mean", "cv"], ["shape", "scale"]]
    guard let (names, (first, second)) = object.amounts(among: pairs, quantity) else { return nil }
    return made(at: object.node) { () throws(DistributionError) in
      names[0] == "mean"
        ? try .weibull(mean: first, cv: second) : .weibull(shape: first, scale: second)
    }
  }

  private func pareto(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    let pairs = [["minimum", "shape"], ["mean", "shape"]]
    guard let (names, (first, second)) = object.amounts(among: pairs, quantity) else { return nil }
    return made(at: object.node) { () throws(DistributionError) in
      names[0] == "mean"
        ? try .pareto(mean: first, shape: second) : .pareto(minimum: first, shape: second)
    }
  }

  private func empirical(
    _ object: ObjectReader, _ node: JSONNode, _ quantity: Quantity
  ) -> Distribution? {
    guard let elements = object.elements("empirical") else { return nil }
    let values = elements.compactMap { object.amount("empirical", $0, .any, quantity) }
    guard values.count == elements.count else { return nil }
    guard !values.isEmpty else {
      complaints.add(.empty(key: "empirical"), at: node)
      return nil
    }
    return .empirical(values: values)
  }

  private func quantiles(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    func amounts(_ key: String, _ read: (JSONNode) -> Double?) -> [Double]? {
      guard object.required(key) != nil, let elements = object.elements(key) else { return nil }
      let values = elements.compactMap(read)
      return values.count == elements.count ? values : nil
    }
    return both(
      amounts("at") { object.amount("at", $0, .share, .number) },
      amounts("values") { object.amount("values", $0, .any, quantity) }
    ).map { .quantiles(probabilities: $0, values: $1) }
  }

  private func shifted(_ object: ObjectReader, _ quantity: Quantity) -> Distribution? {
    both(
      object.requiredAmount("by", quantity),
      object.required("of").flatMap { distribution("of", $0, quantity) }
    ).map { .shifted(by: $0, $1) }
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
      complaints.add(.empty(key: "mixture"), at: node)
      return nil
    }
    return .mixture(parts)
  }
}

extension ObjectReader {
  func amount(_ key: String, _ quantity: Quantity) -> Double? {
    guard let node = value(key) else { return nil }
    switch section.entry(key).type {
    // Shapes and parameters of logarithms stay numbers among durations.
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

  /// The one of several pairs of keys that is there, with its values.
  func amounts(
    among pairs: [[String]], _ quantity: Quantity
  ) -> (names: [String], values: (Double, Double))? {
    let found = section.keys.map(\.name).filter(has)
    guard let names = pairs.first(where: { Set($0) == Set(found) }) else {
      complaints.add(.badPair(in: section.title, found: found, among: pairs), at: node)
      return nil
    }
    return both(amount(names[0], quantity), amount(names[1], quantity)).map { (names, $0) }
  }
}
