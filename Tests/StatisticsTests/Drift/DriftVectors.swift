import Foundation
import Testing

@testable import Statistics

/// A case of the drift vectors, and the streams that they are about (Vectors/README.md).
struct DriftCase: Sendable, CustomTestStringConvertible {
  let id: String
  let content: JSON

  var testDescription: String { id }
  var parameters: JSON { content["params"] }
  var expected: JSON { content["expect"] }

  static func all(_ file: String) -> [DriftCase] {
    guard
      let file = Bundle.module.url(
        forResource: file, withExtension: "json", subdirectory: "Vectors"),
      let data = try? Data(contentsOf: file),
      let cases = try? JSONDecoder().decode([JSON].self, from: data)
    else { return [] }
    return cases.map { DriftCase(id: $0["id"].string, content: $0) }
  }

  /// The cases of a library's detector.
  static func detectors(_ library: String, _ detector: String) -> [DriftCase] {
    all("drift-detectors").filter {
      $0.content["library"].string.hasPrefix(library) && $0.content["detector"].string == detector
    }
  }

  static func samples(_ test: String) -> [DriftCase] {
    all("drift-samples").filter { $0.content["test"].string == test }
  }

  /// The values of a detector's stream, whose fingerprint must be that of the vectors.
  var values: [Double] {
    let values = DriftStream.values(content["stream"])
    #expect(fingerprint(values) == content["input"]["fnv"].string, "\(id): the stream itself")
    return values
  }

  /// Alarms where the library's are, warnings as many and at the same places.
  func expect(
    _ record: DriftRecord, warnings: [Int]? = nil, final: [(field: String, value: Double)]
  ) {
    #expect(record.drifts == expected["drifts"].numbers.map { Int($0) }, "\(id)")
    let warned = warnings ?? record.warnings.flatMap { Array($0) }
    #expect(warned.count == expected["warnings_count"].int, "\(id)")
    #expect(
      Array(warned.prefix(20)) == expected["warnings_first"].numbers.map { Int($0) }, "\(id)")
    #expect(
      fingerprint(warned.map(Double.init)) == expected["warnings_fnv"].string, "\(id): warnings")
    for (field, value) in final {
      expect(field, value, expected["final"][field].number, tolerance: 1e-9)
    }
  }

  func expect(_ field: String, _ got: Double, _ wanted: Double, tolerance: Double) {
    #expect(
      got == wanted || abs(got - wanted) <= tolerance * abs(wanted),
      "\(id) \(field): \(got), not \(wanted)")
  }
}

/// FNV-1a over the bytes of the doubles, lowest first.
func fingerprint(_ values: [Double]) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values {
    for byte in 0..<8 {
      hash = (hash ^ (value.bitPattern >> UInt64(8 * byte) & 0xff)) &* 0x100_0000_01b3
    }
  }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// SplitMix64, and what the vectors make of it.
struct DriftStream: IndexSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// In [0, 1).
  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// Nearly normal: twelve units less 6.
  mutating func normal() -> Double {
    var sum = unit()
    for _ in 1..<12 { sum += unit() }
    return sum - 6
  }

  mutating func startResample(_ resample: Int) {}

  mutating func nextIndex(below count: Int) -> Int { Int(unit() * Double(count)) }

  /// A permutation of 0..<count, from its end.
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, nextIndex(below: index + 1))
    }
    return order
  }

  static func values(_ stream: JSON) -> [Double] {
    var luck = DriftStream(seed: UInt64(stream["seed"].int))
    return stream["segments"].elements.flatMap { segment in
      (0..<segment["n"].int).map { luck.value($0, of: segment) }
    }
  }

  /// Row-major.
  static func matrix(_ stream: JSON) -> [Double] {
    var luck = DriftStream(seed: UInt64(stream["seed"].int))
    let (means, deviation) = (stream["mu"].numbers, stream["sd"].number)
    return (0..<stream["rows"].int).flatMap { _ in
      means.map { mean in
        let scaled = deviation * luck.normal()
        return mean + scaled
      }
    }
  }

  private mutating func value(_ index: Int, of segment: JSON) -> Double {
    func number(_ key: String) -> Double { segment[key].number }
    switch segment["kind"].string {
    case "bern": return unit() < number("p") ? 1 : 0
    case "bern_ramp":
      let rate =
        number("p0") + (number("p1") - number("p0")) * Double(index) / number("n")
      return unit() < rate ? 1 : 0
    case "norm": return scaled(number("sd"), from: number("mu"), by: normal())
    case "norm_ramp":
      let mean = number("mu0") + (number("mu1") - number("mu0")) * Double(index) / number("n")
      return scaled(number("sd"), from: mean, by: normal())
    case "unif": return scaled(number("hi") - number("lo"), from: number("lo"), by: unit())
    case "grid": return (number("k") * unit()).rounded(.down)
    case "tail":
      let u = unit()
      return u / (1 - u)
    case "cat": return category(segment["w"].numbers)
    default: return number("v")
    }
  }

  private func scaled(_ scale: Double, from place: Double, by x: Double) -> Double {
    let product = scale * x
    return place + product
  }

  private mutating func category(_ weights: [Double]) -> Double {
    let u = unit()
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight
      if u < sum { return Double(index) }
    }
    return Double(weights.count - 1)
  }
}
