import Documents

/// What was measured of one case, to be kept in `results/benchmarks`.
package struct BenchmarkRecord: Sendable {
  package var benchmark: String
  package var question: String
  /// The command that measures it again.
  package var command: String
  package var workshop: Workshop
  package var settings: [SettingRecord] = []
  /// By contestant: the exponent x with which the cost of all grows as n^x.
  package var growth: [(contestant: String, exponent: Double)] = []

  package struct SettingRecord: Sendable {
    package var setting: Setting
    package var ours: [Measurement]
    package var peers: [Measurement]

    package init(setting: Setting, ours: [Measurement], peers: [Measurement]) {
      self.setting = setting
      self.ours = ours
      self.peers = peers
    }
  }

  package init(of benchmark: BenchmarkCase, command: String, workshop: Workshop) {
    self.benchmark = benchmark.name
    question = benchmark.question
    self.command = command
    self.workshop = workshop
  }

  /// The document, with a line feed at its end.
  package var text: String { document.written(.pretty) + "\n" }

  private var document: JSONValue {
    .object([
      ("schema", .integer(1)), ("benchmark", .string(benchmark)), ("question", .string(question)),
      ("command", .string(command)), ("toolchain", Self.object(workshop.toolchain)),
      ("machine", Self.object(workshop.machine)),
      ("settings", .array(settings.map(Self.settingObject))),
      (
        "growthExponents",
        .object(growth.map { ($0.contestant, .number(Self.rounded($0.exponent))) })
      ),
    ])
  }

  private static func object(_ facts: [Workshop.Fact]) -> JSONValue {
    .object(facts.map { ($0.name, .string($0.value)) })
  }

  private static func settingObject(_ record: SettingRecord) -> JSONValue {
    let unit = record.setting.unit
    return .object([
      ("setting", .string(record.setting.name)), ("unit", .string(unit.text)),
      ("ours", .array(record.ours.map { .object(members(of: $0)) })),
      (
        "peers",
        .array(
          record.peers.map { peer in
            let advantages = record.ours.map { ours in
              (
                ours.contestant,
                JSONValue.number(rounded(unit.advantage(of: ours.median, over: peer.median)))
              )
            }
            return .object(members(of: peer) + [("timesFasterIsOurs", .object(advantages))])
          })
      ),
    ])
  }

  private static func members(of measurement: Measurement) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = [
      ("name", .string(measurement.contestant)), ("median", .number(rounded(measurement.median))),
      ("least", .number(rounded(measurement.figures.min() ?? .nan))),
      ("most", .number(rounded(measurement.figures.max() ?? .nan))),
      ("readings", .integer(Int64(measurement.figures.count))),
    ]
    if let answer = measurement.answer { members.append(("answer", .string(answer))) }
    if let peak = measurement.peakMegabytes {
      members.append(("peakMegabytes", .number(rounded(peak))))
    }
    return members
  }

  /// To a whole number from 1,000 on, else to hundredths: more digits say nothing.
  private static func rounded(_ value: Double) -> Double {
    value.magnitude >= 1_000 ? value.rounded() : (value * 100).rounded() / 100
  }
}
