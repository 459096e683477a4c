import Foundation
import Simulation
import Traffic

/// What somebody asks: how many of something does an arm need to keep a promise?
public struct SizeRequest: Sendable {
  /// The scenario's file.
  public var scenario: String
  /// The promise: a metric, <, <=, > or >=, and a bound, as in "latency.p99 < 200ms".
  public var condition: String
  /// Whose promise it is.
  public var arm = "production"
  /// The whole number in the scenario that is varied; nil is the arm's replicas.
  public var path: String?
  /// The sizes that may be tried, ends included.
  public var range = 1...1024
  /// How often each size is played at first.
  public var replications = 8
  /// How often where the answer is not clear.
  public var mostReplications = 64
  /// Of the intervals that decide.
  public var level = 0.95
  /// "path=value" changes of the scenario, in order.
  public var settings: [String] = []
  /// Instead of the scenario's.
  public var seed: UInt64?
  /// How many threads work; never changes an answer.
  public var threads = ProcessInfo.processInfo.activeProcessorCount

  /// Asks for the replicas of production.
  public init(scenario: String, condition: String) {
    self.scenario = scenario
    self.condition = condition
  }

  /// What is wrong with a request, whatever the scenario says.
  public struct Mistake: Error, Sendable, Equatable {
    /// What was found and what was expected.
    public var message: String
    /// The way out.
    public var help: String?

    init(_ message: String, help: String? = nil) {
      self.message = message
      self.help = help
    }
  }
}

extension SizeCondition {
  private static let example = "as in --until \"latency.p99 < 200ms\" or \"within.200ms >= 99%\""

  /// - Throws: what is wrong with the text.
  init(_ text: String) throws(SizeRequest.Mistake) {
    let written = text.split(separator: " ").joined(separator: " ")
    let found = Relation.allCases.compactMap { relation in
      written.range(of: relation.rawValue).map { (relation, $0) }
    }.first
    guard let (relation, place) = found else {
      throw .init("--until is \"\(text)\", with none of <, <=, > and >= in it", help: Self.example)
    }
    let name = written[..<place.lowerBound].trimmingCharacters(in: .whitespaces)
    let bound = written[place.upperBound...].trimmingCharacters(in: .whitespaces)
    guard let metric = Metric(name: name) else {
      throw .init("--until speaks of \"\(name)\", which is no metric", help: Self.example)
    }
    guard let number = Self.bound(bound, metric.unit) else {
      throw .init(
        "--until has the bound \"\(bound)\", not \(Self.expected(metric.unit))", help: Self.example)
    }
    self.init(metric: metric, relation: relation, bound: number, text: written)
  }

  private static func bound(_ text: String, _ unit: Metric.Unit) -> Double? {
    switch unit {
    case .nanoseconds: return SimulatedDuration(text: text[...]).map { Double($0.nanoseconds) }
    case .share where text.hasSuffix("%"):
      return finite(text.dropLast().trimmingCharacters(in: .whitespaces)).map { $0 / 100 }
    default: return finite(text)
    }
  }

  private static func finite(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func expected(_ unit: Metric.Unit) -> String {
    switch unit {
    case .nanoseconds: "a time such as 200ms"
    case .share: "a share such as 99% or 0.99"
    default: "a number"
    }
  }
}
