import Documents
import Testing

@testable import Traffic

@Suite("Junk in a recording") struct RecordingJunkTests {
  private static let seedText = [
    "time,x,c,y,\"w w\"", "2026-01-31T14:00:00.5Z,1.5,red,0,\"a \"\"b\"\"\"",
    "2026-01-31T14:00:01Z,-2e3,\"blue, dark\",1,\"two", "lines\"",
    "2026-01-31T14:00:02+01:00,,red,,x", "",
    "2026-01-31T15:00:02+01:00,12345678901234567890,,1,\t", "",
  ].joined(separator: "\n")

  /// Changes, inserts, removes or repeats a few bytes.
  private func mutated(_ bytes: [UInt8], _ next: () -> UInt64) -> [UInt8] {
    let pool = Array("\",\n\r\t;0159.-+eEZ: \u{0}a".utf8) + [0xFF, 0xC3, 0x80]
    var bytes = bytes
    for _ in 0..<(1 + Int(next() % 6)) where !bytes.isEmpty {
      let place = Int(next() % UInt64(bytes.count))
      let letter = pool[Int(next() % UInt64(pool.count))]
      switch next() % 5 {
      case 0: bytes[place] = letter
      case 1: bytes.insert(letter, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int(next() % 20)))
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
      }
    }
    return bytes
  }

  @Test(
    "never crashes the reader, and gives the same whatever the size of blocks; seed and rule",
    arguments: [1, 2, 3] as [UInt64], RecordingPlan.BadValueRule.allCases)
  func junk(seed: UInt64, rule: RecordingPlan.BadValueRule) throws {
    let folder = try RecordingFolder()
    var state = seed
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let reversals: [RecordingPlan.TimeReversalRule] = [
      .stop, .shift, .reorder(window: SimulatedDuration(seconds: 3600)),
    ]
    for round in 0..<48 {
      let bytes = mutated(Array(Self.seedText.utf8), next)
      try folder.write(bytes)
      let plan = dataPlan {
        $0.onBadValue = rule
        $0.onTimeReversal = reversals[round % 3]
        $0.unitColumn = round % 2 == 0 ? "c" : nil
        $0.labelColumn = "y"
        $0.segmentColumns = ["w w"]
        $0.features = .named([.init(name: "x"), .init(name: "c", categories: [])])
        $0.loops = 1 + round % 2
      }
      let small = Self.ending(plan, folder, blockSize: 1)
      let large = Self.ending(plan, folder, blockSize: 100)
      if small != large {
        Issue.record("seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  private enum Ending: Equatable {
    case played(ReplayedTraffic)
    case told(TrafficError)
    case other
  }

  private static func ending(
    _ plan: RecordingPlan, _ folder: RecordingFolder, blockSize: Int
  ) -> Ending {
    do throws(TrafficError) {
      let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
      return .played(try TrafficContract.replay(source, blockSize: blockSize))
    } catch {
      return .told(error)
    }
  }
}
