import Documents
import Probability
import Traffic

/// Lists, and the durations that services are made of.
extension ObjectReader {
  /// The elements, each as `read` takes it; what it does not take is told, and then all is nil.
  func list<Value>(
    _ key: String, _ expected: String, _ read: (JSONNode) -> Value?
  ) -> [Value]? {
    guard let elements = elements(key) else { return nil }
    let values = elements.map(read)
    for (value, element) in zip(values, elements) where value == nil {
      rejectElement(key, element, expected)
    }
    let taken = values.compactMap(\.self)
    return taken.count == values.count ? taken : nil
  }

  func integers(_ key: String) -> [Int]? {
    guard case .list(of: .integer(let first, let last)) = section.entry(key).type else {
      preconditionFailure("\(key) in \(section.id) holds no integers")
    }
    return list(key, ValueType.integer(from: first, through: last).words) { node in
      node.integer.flatMap { number in
        number >= first && last.map { number <= $0 } ?? true ? Int(number) : nil
      }
    }
  }

  func numbers(_ key: String) -> [Double]? {
    guard case .list(of: .number(let range)) = section.entry(key).type else {
      preconditionFailure("\(key) in \(section.id) holds no numbers")
    }
    return list(key, range.words) { $0.number.flatMap { range.contains($0) ? $0 : nil } }
  }

  func durations(_ key: String) -> [SimulatedDuration]? {
    list(key, ValueType.duration(.nonNegative).words) {
      $0.string.flatMap { DurationText.duration($0) }
    }
  }

  /// Pairs of a whole number from 1 up and a number above 0.
  func points(_ key: String) -> [(size: Int, value: Double)]? {
    list(key, "a pair such as [16, 3.2]") { node in
      guard let pair = node.elements, pair.count == 2, let size = pair[0].integer, size >= 1,
        size <= 1_000_000, let value = pair[1].number, value > 0, value.isFinite
      else { return nil }
      return (Int(size), value)
    }
  }

  // MARK: Durations in seconds

  /// A duration that may have a part of a nanosecond.
  func seconds(_ key: String) -> Double? {
    guard let node = value(key) else { return nil }
    guard let text = node.string else {
      tellOfUnit(key, node)
      return nil
    }
    guard let seconds = DurationText.seconds(text), seconds >= 0, seconds.isFinite else {
      complaints.add(.badDuration(key: key, found: text), at: node)
      return nil
    }
    return seconds
  }

  /// A duration, or nil for the word "none".
  func durationUnlessNone(_ key: String) -> SimulatedDuration? {
    guard let node = value(key), node.string != "none" else { return nil }
    return duration(key, node)
  }
}

extension ScenarioReader {
  /// A distribution of durations that are not always zero.
  func spell(_ object: ObjectReader, _ key: String) -> Distribution? {
    guard let node = object.value(key) else { return nil }
    return spell(object, key, node)
  }

  func requiredSpell(_ object: ObjectReader, _ key: String) -> Distribution? {
    object.required(key).flatMap { spell(object, key, $0) }
  }

  private func spell(_ object: ObjectReader, _ key: String, _ node: JSONNode) -> Distribution? {
    guard let distribution = distribution(object, key, node, .duration) else { return nil }
    guard distribution.mean != 0 else {
      complaints.add(
        .wrongValue(
          key: key, found: node.inWords, expected: ValueType.duration(.positive).words,
          example: object.section.entry(key).example), at: node)
      return nil
    }
    return distribution
  }
}
