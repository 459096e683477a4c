import Testing

@testable import Traffic

@Suite("A replay of a recording") struct RecordingReplayTests {
  /// Seconds of arrival, to a nanosecond.
  private func arrivals(_ traffic: ReplayedTraffic) -> [Double] {
    traffic.requests.map { Double($0.arrival.nanoseconds) / 1e9 }
  }

  private func replay(
    _ text: String, _ change: (inout RecordingPlan) -> Void = { _ in }
  ) throws -> ReplayedTraffic {
    let folder = try RecordingFolder()
    try folder.write(text)
    let plan = dataPlan(change)
    return try TrafficContract.check {
      try RecordingSource(plan: plan, baseDirectory: folder.path)
    }
  }

  private let fiveRows = "time,x\n100,0\n101,1\n103,2\n103,3\n107,4\n"

  @Test("plays only the rows that are asked for, numbered from 0 after the header")
  func rows() throws {
    let traffic = try replay("time,x\n\n100,0\n101,1\n\n103,2\n103,3\n107,4\n") {
      $0.fromRow = 1
      $0.untilRow = 4
    }
    #expect(traffic.requests.map { $0.feature(0) } == [1, 2, 3])
    #expect(traffic.requests.map(\.ordinal) == [0, 1, 2])
    #expect(traffic.counts.map(\.sentence) == ["2 lines held nothing and were skipped"])
  }

  @Test("counts a ragged row that is skipped in the numbers of rows")
  func raggedRowsHaveNumbers() throws {
    let traffic = try replay("time,x\n1,0\n2\n3,2\n4,3\n5,4,4\n6,5\n7,6\n") {
      $0.untilRow = 6
      $0.onBadValue = .skip
    }
    #expect(traffic.requests.map { $0.feature(0) } == [0, 2, 3, 5])
    #expect(
      traffic.counts == [
        TrafficCount(
          key: "raggedRows", count: 2,
          sentence: "2 rows had another number of fields than the header and were skipped")
      ])
  }

  @Test("looks at nothing before its first row and after its last")
  func rowsOutside() throws {
    let traffic = try replay("time,x\nwhat,ever\nragged\n3,2\n4,3\n5,abc\n1,0\n") {
      $0.fromRow = 2
      $0.untilRow = 4
    }
    #expect(arrivals(traffic) == [3, 4])
  }

  @Test("keeps requests from `from` and before `until`, counted from the first row's time")
  func offsets() throws {
    let traffic = try replay(fiveRows) {
      $0.from = .offset(SimulatedDuration(seconds: 1))
      $0.until = .instant(SimulatedTime(nanoseconds: 107_000_000_000))
    }
    #expect(arrivals(traffic) == [101, 103, 103])
    #expect(
      traffic.requests.map { $0.feature(0) } == [1, 2, 3], "rows of one time keep their order")
  }

  @Test("reads nothing after `until`, so mistakes there are no mistakes")
  func stopsAtUntil() throws {
    let traffic = try replay("time,x\n1,1\n2,2\n9,9\nabc,def\n0,ghi,\n") {
      $0.until = .offset(SimulatedDuration(seconds: 5))
    }
    #expect(arrivals(traffic) == [1, 2])
  }

  @Test("divides gaps by the speed from the first row on, whatever part is played")
  func speed() throws {
    let whole = try replay(fiveRows) { $0.speed = 4 }
    #expect(arrivals(whole) == [100, 100.25, 100.75, 100.75, 101.75])
    let part = try replay(fiveRows) {
      $0.speed = 4
      $0.from = .offset(SimulatedDuration(seconds: 2))
    }
    #expect(arrivals(part) == [100.75, 100.75, 101.75])
  }

  @Test("rounds each arrival once, so that no speed drifts")
  func speedDoesNotDrift() throws {
    let count = 100_000
    let rows = (0..<count).map { "\($0),1" }.joined(separator: "\n")
    let folder = try RecordingFolder()
    try folder.write("time,x\n\(rows)\n")
    let source = try RecordingSource(plan: dataPlan { $0.speed = 3 }, baseDirectory: folder.path)
    let traffic = try TrafficContract.replay(source, blockSize: 4096)
    for (index, request) in traffic.requests.enumerated() {
      let thirds = Int64(index) * 1_000_000_000
      // Nearest, and no third is half way.
      #expect(request.arrival.nanoseconds == (2 * thirds + 3) / 6)
    }
  }

  @Test("goes on one last gap after the end when it is looped")
  func loops() throws {
    let traffic = try replay(fiveRows) { $0.loops = 3 }
    #expect(
      arrivals(traffic) == [
        100, 101, 103, 103, 107, 111, 112, 114, 114, 118, 122, 123, 125, 125, 129,
      ])
    #expect(traffic.requests.map(\.ordinal) == Array(0..<15))
    let faster = try replay(fiveRows) {
      $0.loops = 2
      $0.speed = 2
      $0.fromRow = 1
    }
    #expect(arrivals(faster) == [101, 102, 102, 104, 106, 107, 107, 109])
  }

  @Test("counts what it skips once, however often it is looped")
  func loopsCountOnce() throws {
    let text = "time,x\n1,1\n2,abc\n3,3\n"
    let once = try replay(text) { $0.onBadValue = .skip }
    let thrice = try replay(text) {
      $0.onBadValue = .skip
      $0.loops = 3
    }
    #expect(once.counts == thrice.counts && thrice.requests.count == 6)
    #expect(
      once.counts.map(\.sentence) == ["1 row held a bad value in x and was skipped"])
  }

  @Test("spaces rows without times evenly, each rounded once", arguments: [0.1, 3, 7, 1e6, 1e-3])
  func rate(rate: Double) throws {
    let text = "x\n" + (0..<3000).map { "\($0)\n" }.joined()
    let traffic = try replay(text) {
      $0.timeColumn = nil
      $0.rate = rate
    }
    for (index, request) in traffic.requests.enumerated() {
      let exact = Double(index) * 1e9 / rate
      #expect(abs(Double(request.arrival.nanoseconds) - exact) <= 0.5 + exact * 0x1p-52)
    }
    #expect(traffic.requests.last.map { $0.feature(0) } == 2999)
  }

  @Test("plays whole units, about as many as their share, and the same ones at any speed")
  func shareOfUnits() throws {
    let text =
      "time,user,x\n" + (0..<6000).map { "\($0),user \($0 % 1000),\($0)\n" }.joined()
    func units(_ share: Double, _ speed: Double) throws -> [UInt64: Int] {
      let traffic = try replay(text) {
        $0.unitColumn = "user"
        $0.shareOfUnits = share
        $0.speed = speed
      }
      return Dictionary(traffic.requests.map { ($0.unit, 1) }, uniquingKeysWith: +)
    }
    let some = try units(0.3, 1)
    #expect((250...350).contains(some.count))
    #expect(some.values.allSatisfy { $0 == 6 })
    #expect(try units(0.3, 9) == some)
    let more = try units(0.5, 1)
    #expect(some.keys.allSatisfy { more[$0] == 6 }, "shares are nested")
    #expect(
      some[RecordingSource.unit(named: "user 7")] == more[RecordingSource.unit(named: "user 7")]
        || some[RecordingSource.unit(named: "user 7")] == nil)
  }

  @Test("samples rows where there are no units, and numbers what is left from 0")
  func shareOfRows() throws {
    let text = "time,x\n" + (0..<5000).map { "\($0),\($0)\n" }.joined()
    let traffic = try replay(text) { $0.shareOfUnits = 0.2 }
    #expect((850...1150).contains(traffic.requests.count))
    #expect(traffic.requests.allSatisfy { $0.unit == $0.ordinal })
  }

  @Test("counts each row without a unit as a unit of its own")
  func missingUnits() throws {
    let traffic = try replay("time,user,x\n1,a,1\n2,,1\n3,a,1\n4,,1\n") { $0.unitColumn = "user" }
    #expect(Set(traffic.requests.map(\.unit)).count == 3)
    #expect(
      traffic.counts.map(\.sentence)
        == ["2 rows named no unit in user, and each counts as a unit of its own"])
  }

  @Test("puts rows in order inside the window")
  func reorders() throws {
    let traffic = try replay("time,x\n10,0\n14,1\n12,2\n14,3\n13,4\n9,5\n20,6\n15,7\n") {
      $0.onTimeReversal = .reorder(window: SimulatedDuration(seconds: 5))
    }
    #expect(arrivals(traffic) == [9, 10, 12, 13, 14, 14, 15, 20])
    #expect(traffic.requests.map { $0.feature(0) } == [5, 0, 2, 4, 1, 3, 7, 6])
    #expect(
      traffic.counts == [
        TrafficCount(
          key: "reorderedRows", count: 4,
          sentence: "4 rows came after a later one and were put in order")
      ])
  }

  @Test("sorts a long recording as a whole sort would", arguments: [1, 50, 3000, 20_000])
  func reordersLong(window: Int) throws {
    var state: UInt64 = 7
    var times: [Int] = []
    for index in 0..<12_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      times.append(30_000 + index - Int(state >> 33) % (window / 2 + 1))
    }
    let rows = times.enumerated().map { "\($1),\($0)\n" }.joined()
    let folder = try RecordingFolder()
    try folder.write("time,x\n\(rows)")
    let plan = dataPlan {
      $0.onTimeReversal = .reorder(window: SimulatedDuration(seconds: Double(window)))
    }
    let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
    let traffic = try TrafficContract.replay(source, blockSize: 100)
    let sorted = times.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    #expect(traffic.requests.map { $0.feature(0) } == sorted.map { Float($0.offset) })
  }

  @Test("moves later rows on where time steps back")
  func shifts() throws {
    let traffic = try replay("time,x\n10,0\n14,1\n12,2\n13,3\n11,4\n12,5\n") {
      $0.onTimeReversal = .shift
    }
    #expect(arrivals(traffic) == [10, 14, 14, 15, 15, 16])
    #expect(
      traffic.counts.map(\.sentence) == [
        "time stepped back 2 times, and later rows were moved on, by 4s at the end"
      ])
  }

  @Test("gives no request twice when a loop has no time left")
  func loopWithoutTime() throws {
    let folder = try RecordingFolder()
    try folder.write("x\n0\n1\n2\n")
    let plan = dataPlan {
      $0.timeColumn = nil
      $0.rate = 1e-9
      $0.loops = 4
      $0.speed = 1e9
      $0.onTimeReversal = .reorder(window: SimulatedDuration(seconds: 1))
    }
    let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
    var block = RequestBlock(schema: source.schema, capacity: 100)
    #expect(try source.next(into: &block))
    #expect(
      block.arrivals[..<block.count].map(\.nanoseconds) == (0..<10).map { $0 * 1_000_000_000 })
    #expect(throws: TrafficError.self) { try source.next(into: &block) }
  }
}
