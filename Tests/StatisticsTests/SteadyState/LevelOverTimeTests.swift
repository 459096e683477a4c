import Testing

@testable import Statistics

@Suite("Levels over time") struct LevelOverTimeTests {
  struct Step: Sendable {
    let time: Int64
    let by: Int64
  }

  /// Steps at times that stand still, creep and leap.
  private func steps(_ count: Int, seed: UInt64) -> [Step] {
    var luck = Luck(seed: seed, run: 0)
    var time: Int64 = 100
    return (0..<count).map { _ in
      let kind = luck.unit()
      time += kind < 0.2 ? 0 : kind < 0.95 ? Int64(luck.unit() * 50) : Int64(luck.unit() * 5_000)
      return Step(time: time, by: luck.unit() < 0.5 ? 1 : -1)
    }
  }

  /// The area by its definition.
  private func area(_ steps: [Step], from start: Int64, level: Int64, to end: Int64) -> Int128 {
    var (level, now, area) = (level, start, Int128(0))
    for step in steps where step.time <= end {
      area += Int128(level) * Int128(step.time - now)
      (now, level) = (step.time, level + step.by)
    }
    return area + Int128(level) * Int128(end - now)
  }

  @Test("have exact areas, in all and slice by slice, while slices double", arguments: 1...6)
  func areas(seed: UInt64) {
    let steps = steps(3_000, seed: seed)
    var level = LevelOverTime(start: 37, level: 4, sliceWidth: 3, capacity: 32)
    for step in steps { level.change(at: step.time, by: step.by) }
    let end = steps[steps.count - 1].time + 11
    level.advance(to: end)
    #expect(level.area == area(steps, from: 37, level: 4, to: end))
    let slices = level.slices
    #expect((16...32).contains(slices.sums.count))
    #expect(slices.totalLength == Int128(end - 37))
    var before: Int128 = 0
    for (index, sum) in slices.sums.enumerated() {
      let until = area(steps, from: 37, level: 4, to: 37 + Int64(index + 1) * slices.length)
      #expect(sum == until - before)
      before = until
    }
    #expect(slices.restSum == level.area - before)
    var heights: [Int64] = [4]
    for step in steps { heights.append(heights[heights.count - 1] + step.by) }
    #expect(level.highest == heights.max() && level.lowest == heights.min())
  }

  @Test("do not depend on how often they were advanced in between")
  func advancing() {
    let steps = steps(500, seed: 9)
    var plain = LevelOverTime(start: 0, sliceWidth: 7, capacity: 32)
    var busy = plain
    for step in steps {
      plain.change(at: step.time, by: step.by)
      while busy.now + 13 < step.time { busy.advance(to: busy.now + 13) }
      busy.change(at: step.time, by: 0)
      busy.change(at: step.time, by: step.by)
    }
    #expect(plain == busy)
  }

  @Test("average a known step, and share a capacity")
  func averages() {
    var busy = LevelOverTime(start: 0, level: 1, sliceWidth: 10, capacity: 32)
    #expect(busy.mean == nil && busy.area == 0)
    busy.change(at: 40, by: 3)
    busy.advance(to: 100)
    #expect(busy.mean == 2.8)
    #expect(busy.sliceMeans == [1, 1, 1, 1, 4, 4, 4, 4, 4, 4])
    var replicas = LevelOverTime(start: 0, level: 4, sliceWidth: 10, capacity: 32)
    replicas.advance(to: 100)
    #expect(busy.share(of: replicas) == 0.7)
    #expect(replicas.share(of: LevelOverTime()) == nil)
  }

  @Test("reach over the whole range of times and levels")
  func extremes() {
    var level = LevelOverTime(start: -(1 << 60), level: .max, sliceWidth: 1, capacity: 32)
    level.advance(to: 1 << 60)
    #expect(level.area == Int128(Int64.max) << 61)
    #expect(level.mean == Double(Int64.max))
  }

  @Test("give the average over time an interval that holds a square wave's mean")
  func interval() throws {
    var luck = Luck(seed: 31, run: 0)
    var level = LevelOverTime(start: 0, sliceWidth: 1_000, capacity: 512)
    var time: Int64 = 0
    for _ in 0..<20_000 {
      time += 1 + Int64(luck.unit() * 100)
      level.change(at: time, by: 1)
      time += 1 + Int64(luck.unit() * 100)
      level.change(at: time, by: -1)
    }
    let mean = try SteadyMean(level)
    #expect(mean.interval(level: 0.999_999).contains(0.5))
    #expect((0.0005...0.01).contains(mean.standardError))
  }
}

@Suite("Little's law") struct LittleLawTests {
  /// A queue with one server from Lindley's recursion, told to both hands; the window cuts through it.
  private func verdict(
    begin: Int64, end: Int64, seed: UInt64, mistake: Int64 = 0
  ) -> LittleLaw.Verdict {
    var luck = Luck(seed: seed, run: 0)
    var stays: [(arrival: Int64, departure: Int64)] = []
    var (arrival, free) = (Int64(0), Int64(0))
    for _ in 0..<2_000 {
      arrival += Int64(luck.unit() * 110)
      free = max(free, arrival) + Int64(luck.unit() * 100)
      stays.append((arrival, free))
    }
    let there = stays.count { $0.arrival < begin && $0.departure >= begin }
    var number = LevelOverTime(start: begin, level: Int64(there), sliceWidth: 64, capacity: 32)
    var law = LittleLaw(begin: begin)
    let steps = stays.flatMap { [($0.arrival, Int64(1)), ($0.departure, Int64(-1))] }
    for step in steps.sorted(by: { $0 < $1 }) where (begin..<end).contains(step.0) {
      number.change(at: step.0, by: step.1)
    }
    number.advance(to: end)
    for stay in stays where stay.departure >= begin && stay.arrival < end {
      if stay.departure < end {
        law.depart(arrivedAt: stay.arrival + mistake, at: stay.departure + mistake * 2)
      } else {
        law.remain(arrivedAt: stay.arrival)
      }
    }
    return law.verdict(number)
  }

  @Test(
    "holds to the nanosecond in any window, with requests in flight at both ends",
    arguments: [(0, 200_000), (0, 5_003), (777, 40_001), (50_000, 50_001), (60_000, 60_000)])
  func holds(begin: Int64, end: Int64) {
    for seed in 1...5 as ClosedRange<UInt64> {
      let verdict = verdict(begin: begin, end: end, seed: seed)
      #expect(verdict.holds, "\(verdict.text)")
      #expect(verdict.areaMinusTimes == 0)
      if let means = verdict.means {
        let product = means.ratePerSecond * means.timeNanoseconds / 1e9
        #expect((means.number - product).magnitude <= 1e-12 * max(1, means.number))
      }
    }
  }

  @Test("says both numbers where one nanosecond a request is lost")
  func mistakes() {
    let right = verdict(begin: 0, end: 5_003, seed: 1)
    let wrong = verdict(begin: 0, end: 5_003 + 4, seed: 1, mistake: 1)
    #expect(right.holds && right.inFlight >= 0)
    #expect(!wrong.holds && wrong.areaMinusTimes != 0)
    #expect(
      wrong.text.contains("\(wrong.area) ns") && wrong.text.contains("\(wrong.timesInSystem)"))
  }

  @Test("an empty window holds, and has no means")
  func empty() {
    let verdict = LittleLaw().verdict(LevelOverTime())
    #expect(verdict.holds && verdict.means == nil && verdict.requests == 0)
  }
}
