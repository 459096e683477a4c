import Documents
import Foundation
import Probability
import Testing
import Traffic

/// Arrivals alone, in nanoseconds since the start.
private func arrivals(
  _ arrivals: SyntheticPlan.Arrivals, start: SimulatedTime = monday, requests: Int? = nil,
  duration: SimulatedDuration? = nil, seed: UInt64 = 7
) throws -> [Int64] {
  var plan = SyntheticPlan(start: start, arrivals: arrivals, features: [], label: .none)
  plan.requests = requests
  plan.duration = duration
  return try synthesise(plan, seed: seed).arrivals.map { $0 - start.nanoseconds }
}

@Suite("Arrivals") struct SynthesisArrivalTests {
  @Test("evenly spaced requests start at the start and fall on their nanoseconds")
  func constant() throws {
    #expect(
      try arrivals(.constant(rate: 1_000), requests: 5_000)
        == (0..<5_000).map { Int64($0) * 1_000_000 })
    // Thirds of a second, to the nearest nanosecond, a day and a half later too.
    #expect(
      try arrivals(.constant(rate: 3), requests: 400_000)[399_998...]
        == [133_332_666_666_667, 133_333_000_000_000])
  }

  @Test("the n-th arrival is the sum of n addressed exponentials, at 10⁷ a second too")
  func addressed() throws {
    let times = try arrivals(.poisson(rate: 1e7), requests: 20_000)
    var sum: Int128 = 0
    var luck = RandomStream(seed: 7, StreamName("arrival"), entity: 0)
    for request in 0..<20_000 {
      sum += Int128(-Elementary.log(1 - luck.nextUnit()) * 0x1p52)
      let exact = (sum * 100 + (1 << 51)) >> 52
      #expect(times[request] == Int64(exact), "request \(request)")
    }
  }

  @Test(
    "Poisson counts lie in their bounds", arguments: [0.5, 40, 3_000, 1e7], [1, 2] as [UInt64])
  func poisson(rate: Double, seed: UInt64) throws {
    let expected = 20_000.0
    let duration = SimulatedDuration(seconds: expected / rate)
    let times = try arrivals(.poisson(rate: rate), duration: duration, seed: seed)
    #expect(CountLaw.poisson(mean: expected).allows(times.count), "\(times.count), seed \(seed)")
    // Halves, tenths and hundredths of it as well, one at a time.
    for parts in [2, 10, 100] {
      let length = duration.nanoseconds / Int64(parts)
      let law = CountLaw.poisson(mean: expected / Double(parts))
      for part in 0..<Int64(parts) {
        let count = times.count { $0 >= part * length && $0 < (part + 1) * length }
        #expect(law.allows(count, missing: 1e-8), "part \(part) of \(parts): \(count)")
      }
    }
    // Gaps are exponential: each decile holds a tenth of them.
    let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) * rate * 1e-9 }
    let law = CountLaw.binomial(trials: gaps.count, probability: 0.1)
    for decile in 0..<10 {
      let low = -log(1 - Double(decile) / 10)
      let high = -log(1 - Double(decile + 1) / 10)
      // At 10⁷ a second a gap is some hundred nanoseconds, and whole ones round the deciles' borders.
      guard rate < 1e6 else { continue }
      let count = gaps.count { $0 >= low && $0 < high }
      #expect(law.allows(count, missing: 1e-7), "decile \(decile): \(count)")
    }
  }

  @Test("a week's rates are met hour by hour, and a rate of 0 by nobody")
  func weekly() throws {
    let rates: [Double] = (0..<168).map { hour in
      if hour % 24 < 6 { return 0 }
      return 0.001 * Double(1 + hour % 7)
    }
    let start = monday + .hours(37)
    let times = try arrivals(
      .piecewise(period: .days(7), rates: rates), start: start, duration: .days(70))
    var counts = [Int](repeating: 0, count: 168)
    for time in times { counts[Int(time / 3_600_000_000_000 + 37) % 168] += 1 }
    for hour in 0..<168 {
      let mean = rates[hour] * 3_600 * 10
      if mean == 0 {
        #expect(counts[hour] == 0)
      } else {
        #expect(CountLaw.poisson(mean: mean).allows(counts[hour], missing: 1e-8), "hour \(hour)")
      }
    }
  }

  @Test(
    "a week starts on Monday and a day at midnight, in UTC, before 1970 too",
    arguments: [
      // 2024-02-28 was a Wednesday, 1969-07-20 a Sunday.
      (1_709_132_400, 2024), (-14_182_940, 1969),
    ])
  func calendar(seconds: Int64, year: Int) throws {
    let start = SimulatedTime(nanoseconds: seconds * 1_000_000_000)
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    func date(_ time: Int64) -> Date {
      Date(timeIntervalSince1970: Double(seconds) + Double(time) / 1e9)
    }
    // Tuesdays from 00:00 to 12:00 alone.
    var week = [Double](repeating: 0, count: 14)
    week[2] = 0.01
    for time in try arrivals(
      .piecewise(period: .days(7), rates: week), start: start, requests: 2_000)
    {
      let parts = calendar.dateComponents([.weekday, .hour], from: date(time))
      #expect(parts.weekday == 3 && (parts.hour ?? 24) < 12)
    }
    // The last quarter of every day.
    for time in try arrivals(
      .piecewise(period: .days(1), rates: [0, 0, 0, 0.01]), start: start, requests: 2_000)
    {
      #expect((calendar.dateComponents([.hour], from: date(time)).hour ?? 0) >= 18)
    }
  }

  @Test("pieces of one rate give the Poisson process of that rate to the nanosecond")
  func equalPieces() throws {
    let whole = try arrivals(.poisson(rate: 3), requests: 20_000)
    let pieces = try arrivals(
      .piecewise(period: .seconds(7), rates: Array(repeating: 3, count: 11)), requests: 20_000)
    for (left, right) in zip(whole, pieces) { #expect(abs(left - right) <= 1) }
  }

  @Test(
    "pieces follow each other without a gap and hold their rate",
    arguments: [1e-3, 1, 1e7], [2, 3, 7])
  func pieces(rate: Double, count: Int) throws {
    let rates = (0..<count).map { rate * Double($0 + 1) }
    var curve = RateCurve(period: .seconds(100), rates: rates)
    let begin = curve.piece(from: monday.nanoseconds + 12_345_678_901)
    var piece = try #require(begin)
    for _ in 0..<1_000 {
      let expected = Double(piece.mass) * 0x1p-52
      let middle = piece.start + (piece.end - piece.start) / 2
      let index = Int(middle % 100_000_000_000) * count / 100_000_000_000
      let length = Double(piece.end - piece.start) / 1e9
      #expect(piece.end > piece.start && piece.mass <= 1 << 62)
      #expect(abs(expected - rates[index] * length) <= 1e-15 * expected + 0x1p-52)
      #expect(piece.time(at: piece.mass) == piece.end && piece.time(at: 0) == piece.start)
      let following = curve.piece(from: piece.end)
      let next = try #require(following)
      #expect(next.start == piece.end)
      piece = next
    }
  }

  @Test("a rate for ever is cut where 1,024 requests have come")
  func longPieces() throws {
    var curve = RateCurve(rate: 1_000)
    let whole = curve.piece(from: 0)
    let piece = try #require(whole)
    #expect(piece.mass == 1 << 62)
    #expect(piece.end == (1 << 10) * 1_000_000)
  }

  @Test("a traffic that outlives virtual time says so, word for word")
  func endOfTime() throws {
    var plan = SyntheticPlan(
      start: monday, arrivals: .constant(rate: 1e-9), features: [], label: .none)
    plan.requests = 100
    let error = #expect(throws: TrafficError.self) { try synthesise(plan) }
    #expect(
      error
        == .badData(
          Diagnostics([
            Diagnostic(
              .error, "the arrivals pass the end of virtual time (April 2262) after 8 requests",
              help: "raise the rate, or end the traffic with a duration")
          ])))
  }
}
