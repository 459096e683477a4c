import Probability
import TestSupport
import Testing

@testable import Statistics

@Suite("Time in slices") struct SlicedTimeTests {
  @Test("holds the areas of a level that was followed, in whatever order stays are told")
  func areas() {
    var luck = Luck(seed: 41, run: 0)
    let stays = (0..<500).map { _ in
      let from = Int64(luck.unit() * 3e9)
      return (from: from, until: from + Int64(luck.unit() * 2e8))
    }
    var sliced = SlicedTime(start: 0, capacity: 64)
    for stay in stays { sliced.stay(from: stay.from, until: stay.until) }
    var level = LevelOverTime(capacity: 64)
    let steps = stays.flatMap { [($0.from, Int64(1)), ($0.until, Int64(-1))] }
    for (time, step) in steps.sorted(by: { $0.0 < $1.0 }) { level.change(at: time, by: step) }
    #expect(sliced.sliceWidth == level.sliceWidth)
    #expect(sliced.slices(until: level.now).sums == level.slices.sums)
    #expect(sliced.slices(until: level.now).sums.count > 32)
  }

  @Test("counts events by slice, and forgets none when slices merge")
  func events() {
    var sliced = SlicedTime(start: -5, capacity: 32)
    for index in 0..<10_000 { sliced.event(at: Int64(index) * 1_000_003) }
    let slices = sliced.slices(until: 10_000 * 1_000_003 + sliced.sliceWidth)
    #expect(slices.sums.reduce(0, +) == 10_000)
    #expect(slices.sums.count > 16)
    // A slice holds its width over the gap, give or take one.
    let expected = Double(sliced.sliceWidth) / 1_000_003
    for sum in slices.sums.dropLast() { #expect((Double(sum) - expected).magnitude <= 1) }
  }

  @Test("leaves out the slice that is not over")
  func open() {
    var sliced = SlicedTime(start: 0)
    sliced.stay(from: 0, until: 3 << 20)
    #expect(sliced.slices(until: (2 << 20) + 5).sums == [1 << 20, 1 << 20])
    #expect(sliced.slices(until: 3).sums.isEmpty)
  }
}

@Suite("Steady-state variances") struct SteadyVarianceTests {
  @Test("of independent values is the textbook's, and covered as often as it says")
  func coverage() throws {
    let runs = 300
    let covered = try (0..<runs).count { run in
      var luck = Luck(seed: 43, run: run)
      var (values, squares) = (OutputSeries(), OutputSeries())
      for _ in 0..<3_000 {
        let value = Int64(luck.unit() * 1e6)
        values.append(value)
        squares.append(value * value)
      }
      let variance = try SteadyVariance(
        values.batches, squares: squares.batches, after: try WarmUp(values))
      #expect((variance.value / (1e12 / 12) - 1).magnitude < 0.2)
      return variance.interval(level: 0.95).contains(1e12 / 12)
    }
    #expect(plausible(0.945, of: runs).contains(Double(covered) / Double(runs)), "\(covered)")
  }
}
