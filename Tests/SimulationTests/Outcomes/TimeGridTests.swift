import Probability
import Simulation
import Testing
import Traffic

@Suite("Time grid") struct TimeGridTests {
  static let buckets: [TimeBuckets] = [
    .automatic, .every(SimulatedDuration(seconds: 420)), .every(SimulatedDuration(seconds: 86_400)),
    .every(SimulatedDuration(seconds: 172_800)), .day, .week, .month, .quarter,
  ]

  @Test(
    "every request stands in the bucket of its time, whatever the blocks and the coarsenings",
    arguments: buckets, [1e-3, 60, 86_400, 2e6])
  func places(buckets: TimeBuckets, gap: Double) {
    var luck = RandomStream(seed: 4, StreamName("test/grid"), entity: 0)
    var now = SimulatedTime.day(1969, 11, 3).nanoseconds
    let arrivals = (0..<900).map { _ in
      now += Int64(gap * luck.nextExponential() * 1e9)
      return SimulatedTime(nanoseconds: now)
    }
    let whole = place(arrivals, buckets, blockSize: 4096)
    for blockSize in [1, 7, 64] { #expect(place(arrivals, buckets, blockSize: blockSize) == whole) }
    for (arrival, bucket) in zip(arrivals, whole.bucketOfRow) {
      #expect(whole.grid.starts[bucket] == whole.grid.cut.start(of: arrival))
    }
    for (bucket, count) in whole.grid.counts.enumerated() {
      #expect(count == whole.bucketOfRow.count { $0 == bucket })
    }
    if buckets == .automatic { #expect(whole.grid.starts.count <= TimeGrid.automaticLimit) }
  }

  @Test("a grid of many weeks joins them two by two, from Mondays on")
  func weeks() {
    let start = SimulatedTime.day(1960, 1, 6)
    let arrivals = (0..<2_100).map {
      SimulatedTime(nanoseconds: start.nanoseconds + Int64($0) * 7 * 86_400_000_000_000)
    }
    let placed = place(arrivals, .week, blockSize: 500)
    #expect(placed.grid.cut.name == "14d")
    #expect(placed.grid.starts.allSatisfy { $0.date.weekday == 1 })
    #expect(placed.grid.counts.dropFirst().dropLast().allSatisfy { $0 == 2 })
    for (arrival, bucket) in zip(arrivals, placed.bucketOfRow) {
      #expect(placed.grid.starts[bucket] == placed.grid.cut.start(of: arrival))
    }
  }

  @Test("quarters of a leap year have 91, 91, 92 and 92 days")
  func quarters() throws {
    var play = Play(arms: ["production"], task: Play.binary, metrics: [.accuracy])
    play.ledger.buckets = .quarter
    let start = SimulatedTime.day(2024, 1, 1).nanoseconds
    play.traffic.rows = (0..<367).map { day -> TableTraffic.Row in
      let label = Float(day % 2)
      return TableTraffic.Row(
        time: SimulatedTime(nanoseconds: start + Int64(day) * 86_400_000_000_000),
        label: label, logged: [day < 91 ? Double(label) : 0])
    }
    let timeline = try play.findings().timeline
    #expect(timeline.bucket == "quarter")
    #expect(
      timeline.starts
        == [(2024, 1), (2024, 4), (2024, 7), (2024, 10), (2025, 1)].map {
          SimulatedTime.day($0.0, $0.1, 1)
        })
    #expect(timeline.series[0].points.map { $0.estimate?.n } == [91, 91, 92, 92, 1])
    #expect(timeline.series[0].points[0].estimate?.value == 1)
    #expect(timeline.series[0].points[2].estimate?.value == 0.5)
  }

  private struct Placed: Equatable {
    var grid: TimeGrid
    var bucketOfRow: [Int]
  }

  private func place(_ arrivals: [SimulatedTime], _ buckets: TimeBuckets, blockSize: Int) -> Placed
  {
    var grid = TimeGrid(buckets)
    var places: [Int] = []
    for start in stride(from: 0, to: arrivals.count, by: blockSize) {
      let block = Array(arrivals[start..<min(arrivals.count, start + blockSize)])
      let step = grid.place(block, count: block.count)
      if !step.merges.isEmpty { places = places.map { step.merges[$0] } }
      for run in step.runs {
        places += Array(repeating: run.bucket, count: run.rows.count)
      }
    }
    return Placed(grid: grid, bucketOfRow: places)
  }
}
