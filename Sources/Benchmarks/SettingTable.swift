import Foundation

/// How the measurements of one setting are shown.
struct SettingTable {
  let benchmark: String
  let setting: String
  let unit: Unit

  /// A line each: median, spread, answer; for peers how many times faster each of ours is.
  func text(_ ours: [Measurement], _ peers: [Measurement]) -> String {
    var lines = ["  \(setting), \(unit.text)"]
    for measurement in ours {
      lines.append("    \(row(measurement))  answer \(measurement.answer ?? "-")")
    }
    for peer in peers {
      let advantages = ours.map {
        String(format: "%.2fx", unit.advantage(of: $0.median, over: peer.median))
      }
      lines.append("    \(row(peer))  ours is \(advantages.joined(separator: ", ")) as fast")
    }
    return lines.joined(separator: "\n")
  }

  func json(_ ours: [Measurement], _ peers: [Measurement]) -> String {
    (ours + peers).map { line($0, ours) }.joined(separator: "\n")
  }

  private func row(_ measurement: Measurement) -> String {
    let name = measurement.contestant.padding(toLength: 42, withPad: " ", startingAt: 0)
    let least = number(measurement.figures.min() ?? .nan)
    let most = number(measurement.figures.max() ?? .nan)
    let memory = measurement.peakMegabytes.map { String(format: ", peak %.0f MB", $0) } ?? ""
    return "\(name) \(number(measurement.median)) (\(least) to \(most))\(memory)"
  }

  private func number(_ value: Double) -> String {
    String(format: value < 1_000 ? "%.2f" : "%.0f", value)
  }

  private func line(_ measurement: Measurement, _ ours: [Measurement]) -> String {
    let record = Record(
      benchmark: benchmark, setting: setting, contestant: measurement.contestant, unit: unit.text,
      median: measurement.median, figures: measurement.figures, answer: measurement.answer,
      advantage: ours.map { unit.advantage(of: $0.median, over: measurement.median) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(record) else { return "{}" }
    return String(bytes: data, encoding: .utf8) ?? "{}"
  }

  private struct Record: Encodable {
    var benchmark: String
    var setting: String
    var contestant: String
    var unit: String
    var median: Double
    var figures: [Double]
    var answer: String?
    /// How many times faster each of ours is.
    var advantage: [Double]
  }
}
