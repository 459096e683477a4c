import Probability
import Simulation
import TestSupport
import Testing
import Traffic

@Suite("Label arrivals") struct LabelArrivalTests {
  private let schema = TrafficSchema(features: [], label: .real)

  @Test("labels are lost at the stated rate, and those that are missing count apart")
  func lost() {
    var block = RequestBlock(schema: schema, capacity: 4_000)
    block.count = 4_000
    for row in 0..<4_000 { block.labels[row] = row % 4 == 0 ? .nan : Float(row) }
    let (labels, _, arrivals) = fill(block, LabelPlan(delay: .constant(1), lost: 0.2))
    #expect(arrivals.missing == 1_000)
    #expect(arrivals.arrived + arrivals.lost == 3_000)
    #expect(labels.count { !$0.isNaN } == arrivals.arrived)
    #expect(
      TrialCount(hits: arrivals.lost, trials: 3_000, seed: 7).isPlausible(under: 0.2))
    for row in 0..<4_000 where !labels[row].isNaN { #expect(labels[row] == Float(row)) }
  }

  @Test("a delay is counted from the arrival; below zero it is none, and beyond reason it is cut")
  func delays() {
    var block = RequestBlock(schema: schema, capacity: 3)
    block.count = 3
    block.arrivals = [0, 5, Int64.max - 10].map { SimulatedTime(nanoseconds: $0) }
    let (_, late, _) = fill(block, LabelPlan(delay: .constant(2)))
    #expect(late.map(\.nanoseconds) == [2_000_000_000, 2_000_000_005, .max])
    let (_, early, _) = fill(block, LabelPlan(delay: .constant(-2)))
    #expect(early == block.arrivals)
    let (_, never, _) = fill(block, LabelPlan(delay: .constant(1e300)))
    #expect(never.map(\.nanoseconds) == [1 << 60, 1 << 60 + 5, .max])
  }

  private func fill(
    _ block: RequestBlock, _ plan: LabelPlan
  ) -> (labels: [Float], times: [SimulatedTime], arrivals: LabelArrivals) {
    var arrivals = LabelArrivals(plan: plan, seed: 7)
    var labels = [Float](repeating: .nan, count: block.count)
    var times = [SimulatedTime](repeating: SimulatedTime(nanoseconds: 0), count: block.count)
    arrivals.fill(block, labels: &labels, times: &times)
    return (labels, times, arrivals)
  }
}
