import Probability
import Simulation
import TestSupport
import Testing
import Traffic

@Suite("Assignment") struct AssignmentTests {
  /// Made by an implementation of Philox and of the address of `UnitHash` in Python.
  static let golden: [(salt: String, unit: UInt64, position: Double)] = [
    ("first-ab", 0, 0.2628595578906411), ("first-ab", 1, 0.31017882646659467),
    ("first-ab", 2, 0.0694700744452792), ("first-ab", 12345678901234567890, 0.708303941104001),
    ("", 0, 0.7743645820639571), ("", 1, 0.8299163611424264),
    ("Übung", 2, 0.2743906468937194), ("Übung", 12345678901234567890, 0.10836771649532662),
  ]

  @Test("a unit's position is what the documented hash gives", arguments: golden)
  func hash(salt: String, unit: UInt64, position: Double) {
    #expect(UnitHash(salt: salt).position(of: unit) == position)
  }

  @Test("positions of consecutive units are uniform by Kolmogorov's distance")
  func uniform() {
    let count = 100_000
    let hash = UnitHash(salt: "uniform")
    let positions = (0..<UInt64(count)).map { hash.position(of: $0) }.sorted()
    var distance = 0.0
    for (rank, position) in positions.enumerated() {
      distance = max(
        distance, (position - Double(rank) / Double(count)).magnitude,
        (position - Double(rank + 1) / Double(count)).magnitude)
    }
    // P(√n D > 2.7) < 10⁻⁶.
    #expect(distance * Double(count).squareRoot() < 2.7)
  }

  @Test(
    "arms get their shares",
    arguments: [[0.5, 0.5], [0.9, 0.1], [0.2, 0.3, 0.5], [0, 0.25, 0.75]])
  func shares(shares: [Double]) {
    let count = 20_000
    let sent = assign(shares, units: (0..<UInt64(count)).map { $0 })
    for (arm, share) in shares.enumerated() {
      let hits = sent[arm].reduce(0) { $0 + Int($1) }
      #expect(TrialCount(hits: hits, trials: count, seed: 0).isPlausible(under: share))
    }
  }

  @Test("every request goes to one arm, and all of a unit's to the same")
  func sticky() {
    let units = (0..<3_000).map { UInt64($0 * 7919 % 211) }
    let sent = assign([0.3, 0.3, 0.4], units: units)
    var arms: [UInt64: Int] = [:]
    for (row, unit) in units.enumerated() {
      let chosen = sent.indices.filter { sent[$0][row] == 1 }
      #expect(chosen.count == 1)
      #expect(arms[unit, default: chosen[0]] == chosen[0])
      arms[unit] = chosen[0]
    }
    #expect(Set(arms.values).count == 3)
  }

  @Test("by request, one unit meets several arms")
  func byRequest() {
    let sent = assign([0.5, 0.5], units: Array(repeating: 4, count: 200), by: .request)
    #expect((60...140).contains(sent[0].reduce(0) { $0 + Int($1) }))
  }

  @Test("another replication splits anew, the first as the plan says")
  func replications() {
    let units = (0..<UInt64(500)).map { $0 }
    let first = assign([0.5, 0.5], units: units)
    let second = assign([0.5, 0.5], units: units, replication: 1)
    #expect(first != second)
    #expect(assign([0.5, 0.5], units: units, salt: "salt#1") == second)
    let ends = units.map { UnitHash(salt: "salt").position(of: $0) < 0.5 }
    #expect(first[0].map { $0 == 1 } == ends)
  }

  @Test(
    "the twin sees all that production sees, whatever the mirror's share", arguments: [0, 0.3, 1])
  func twin(share: Double) {
    let assignment = Assignment(
      plan: .shadow(mirror: share), armCount: 3, hasTwin: true, seed: 3, replication: 0)
    let sent = columns(assignment, units: (0..<UInt64(400)).map { $0 }, arms: 3)
    #expect(sent[0].allSatisfy { $0 == 1 })
    #expect(sent[2].allSatisfy { $0 == 1 })
    #expect(share == 1 || sent[1].contains(0))
  }

  private func assign(
    _ shares: [Double], units: [UInt64], by: DeploymentPlan.SplitUnit = .unit,
    salt: String = "salt", replication: Int = 0
  ) -> [[UInt8]] {
    let assignment = Assignment(
      plan: .split(shares: shares, salt: salt, by: by), armCount: shares.count, seed: 1,
      replication: replication)
    return columns(assignment, units: units, arms: shares.count)
  }

  private func columns(_ assignment: Assignment, units: [UInt64], arms: Int) -> [[UInt8]] {
    let schema = TrafficSchema(features: [], label: .none, hasUnits: true)
    var block = RequestBlock(schema: schema, capacity: units.count)
    block.count = units.count
    block.units = units
    var sent = [UInt8](repeating: 9, count: arms * units.count)
    assignment.assign(block, into: &sent)
    return (0..<arms).map { Array(sent[$0 * units.count..<($0 + 1) * units.count]) }
  }
}
