import Probability

/// A question about speed, as a list of settings in which contestants are measured.
package struct BenchmarkCase: Sendable {
  /// What follows `benchmarks` on the command line.
  package var name: String
  package var question: String
  package var settings: @Sendable (Size) -> [Setting]

  package enum Size: String, Sendable {
    /// For measuring.
    case full
    /// For the tests: the same code in a moment.
    case small
  }

  package init(
    name: String, question: String, settings: @escaping @Sendable (Size) -> [Setting]
  ) {
    self.name = name
    self.question = question
    self.settings = settings
  }

  /// Our own contestants, each measured once.
  package func run(_ size: Size) -> [Measurement] {
    settings(size).flatMap { setting in
      setting.ours.map { ours in
        let reading = ours.measure()
        var measurement = Measurement(
          setting: setting.name, contestant: ours.name, unit: setting.unit)
        measurement.take(reading)
        return measurement
      }
    }
  }
}

/// One row of a case's table: the same task for everyone.
package struct Setting: Sendable {
  package var name: String
  package var unit: Unit
  /// How large the task is, where the case asks how the cost grows with it.
  package var extent: Int?
  package var ours: [Contestant]
  package var peers: [PeerProgram]

  package init(
    name: String, unit: Unit, extent: Int? = nil, ours: [Contestant], peers: [PeerProgram] = []
  ) {
    self.name = name
    self.unit = unit
    self.extent = extent
    self.ours = ours
    self.peers = peers
  }
}

/// What a figure counts.
package enum Unit: Sendable, Equatable {
  /// Nanoseconds of processor time for one of these; fewer are better.
  case nanoseconds(per: String)
  /// So many in a second of processor time; more are better.
  case perSecond(String)

  package var text: String {
    switch self {
    case .nanoseconds(let thing): "ns/\(thing)"
    case .perSecond(let things): "\(things)/s"
    }
  }

  /// Processor time for one, in any unit of time.
  package func cost(_ figure: Double) -> Double {
    switch self {
    case .nanoseconds: figure
    case .perSecond: 1 / figure
    }
  }

  /// How many times faster `ours` is than `theirs`.
  package func advantage(of ours: Double, over theirs: Double) -> Double {
    switch self {
    case .nanoseconds: theirs / ours
    case .perSecond: ours / theirs
    }
  }
}

/// Something of ours that is measured.
package struct Contestant: Sendable {
  package var name: String
  package var measure: @Sendable () -> Reading

  package init(_ name: String, measure: @escaping @Sendable () -> Reading) {
    self.name = name
    self.measure = measure
  }
}

package struct Reading: Sendable, Equatable {
  package var figure: Double
  /// A hash of the answer, so that a faster wrong answer is seen.
  package var answer: String?
  /// The most memory that the process had held by then.
  package var peakMegabytes: Double?

  package init(figure: Double, answer: String? = nil, peakMegabytes: Double? = nil) {
    self.figure = figure
    self.answer = answer
    self.peakMegabytes = peakMegabytes
  }
}

/// The readings of one contestant in one setting.
package struct Measurement: Sendable, Equatable {
  package var setting: String
  package var contestant: String
  package var unit: Unit
  package private(set) var figures: [Double] = []
  package private(set) var answer: String?
  /// Of the first reading.
  package private(set) var peakMegabytes: Double?

  package init(setting: String, contestant: String, unit: Unit) {
    self.setting = setting
    self.contestant = contestant
    self.unit = unit
  }

  package mutating func take(_ reading: Reading) {
    if figures.isEmpty { peakMegabytes = reading.peakMegabytes }
    figures.append(reading.figure)
    answer = reading.answer
  }

  package var median: Double { figures.medianOfAll }
}

extension [Double] {
  /// The middle one of an odd number of values; of an even number, the upper of the two.
  package var medianOfAll: Double { isEmpty ? .nan : sorted()[count / 2] }
}

/// The exponent x with cost ~ extent^x that fits best, by least squares on logarithms; nil where the
/// extents do not differ.
package func growthExponent(extents: [Double], costs: [Double]) -> Double? {
  let x = extents.map(Elementary.log)
  let y = costs.map(Elementary.log)
  let meanX = x.reduce(0, +) / Double(x.count)
  let meanY = y.reduce(0, +) / Double(y.count)
  let square = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
  let product = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
  return square > 0 ? product / square : nil
}

/// All cases, in the order they run.
package let allCases: [BenchmarkCase] = [
  holdCase, queueCase, languageCase, shadowCase, shadowFileCase, scaleCase, statisticsCase,
]
