import Simulation
import TestSupport
import Testing

@Suite("Drift detectors") struct DriftDetectorTests {
  @Test("alarms stand where river's stand", arguments: try DriftCase.all())
  func river(drift: DriftCase) throws {
    let values = drift.stream.values
    #expect(fingerprint(values) == drift.fnv)
    var alarms: [Int] = []
    let delta = drift.params.delta
    switch drift.detector {
    case "ADWIN":
      var detector = Adwin(delta: delta ?? 0.002, clock: drift.params.clock ?? 32)
      for (index, value) in values.enumerated() where detector.update(value) {
        alarms.append(index)
      }
    default:
      var detector = PageHinkley(delta: delta ?? 0.005, threshold: drift.params.threshold ?? 50)
      for (index, value) in values.enumerated() where detector.update(value) {
        alarms.append(index)
      }
    }
    #expect(alarms == drift.drifts)
  }

  private func fingerprint(_ values: [Double]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in values {
      for byte in 0..<8 {
        hash = (hash ^ (value.bitPattern >> UInt64(8 * byte) & 0xff)) &* 0x100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

struct DriftCase: Decodable, Sendable, CustomTestStringConvertible {
  var id: String
  var detector: String
  var params: Parameters
  var stream: Stream
  var fnv: String
  var drifts: [Int]

  var testDescription: String { id }

  static func all() throws -> [DriftCase] { try vectors([DriftCase].self, named: "drift") }

  struct Parameters: Decodable, Sendable {
    var delta: Double?
    var clock: Int?
    var threshold: Double?
  }

  struct Stream: Decodable, Sendable {
    var seed: UInt64
    var segments: [Segment]

    var values: [Double] {
      var luck = SplitMix(state: seed)
      return segments.flatMap { segment in
        (0..<segment.n).map { segment.value($0, &luck) }
      }
    }
  }

  struct Segment: Decodable, Sendable {
    var kind: String
    var n: Int
    var p: Double?
    var p0: Double?
    var p1: Double?
    var mu: Double?
    var sd: Double?
    var lo: Double?
    var hi: Double?
    var v: Double?

    fileprivate func value(_ index: Int, _ luck: inout SplitMix) -> Double {
      switch kind {
      case "bern": return luck.next() < p ?? 0 ? 1 : 0
      case "bern_ramp":
        let (first, last) = (p0 ?? 0, p1 ?? 0)
        return luck.next() < first + (last - first) * Double(index) / Double(n) ? 1 : 0
      case "norm":
        var sum = 0.0
        for _ in 0..<12 { sum += luck.next() }
        return (mu ?? 0) + (sd ?? 0) * (sum - 6)
      case "unif": return (lo ?? 0) + ((hi ?? 0) - (lo ?? 0)) * luck.next()
      case "tail":
        let u = luck.next()
        return u / (1 - u)
      default: return v ?? .nan
      }
    }
  }
}

private struct SplitMix {
  var state: UInt64

  /// In [0, 1).
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
