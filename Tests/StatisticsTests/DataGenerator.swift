import Foundation

/// The deterministic data of the reference cases; Vectors/README.md defines each kind bit for bit.
struct DataGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func unit() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  mutating func value(_ kind: String, _ parameters: JSON) -> Double {
    if kind == "ih12" {
      var sum = unit()
      for _ in 1..<12 { sum += unit() }
      return sum - 6
    }
    let u = unit()
    switch kind {
    case "unif": return u
    case "pareto1": return 1 / (1 - u)
    case "pareto2": return 1 / (1 - u).squareRoot()
    case "laplike":
      let t = 2 * u - 1
      return t / (1 - abs(t))
    case "bern": return u < parameters["p"].number ? 1 : 0
    case "int": return (u * parameters["k"].number).rounded(.down)
    case "geo": return min(parameters["cap"].number, (1 / (1 - u)).rounded(.down) - 1)
    default: preconditionFailure("an unknown kind of data: \(kind)")
    }
  }

  /// The column that `specification` describes; `columns` holds those that it may refer to.
  static func column(_ specification: JSON, _ columns: (String) -> [Double]) -> [Double] {
    guard specification["kind"].string == "lin" else { return plain(specification) }
    let x = columns(specification["of"].string)
    let noise = plain(specification["e"])
    let (a, b) = (specification["a"].number, specification["b"].number)
    let c = specification["c"].number
    return x.indices.map { row in
      let line = a + b * x[row]
      let error = c * noise[row]
      return line + error
    }
  }

  private static func plain(_ specification: JSON) -> [Double] {
    var generator = DataGenerator(seed: UInt64(specification["seed"].string) ?? 0)
    let kind = specification["kind"].string
    let scale = specification["scale"].optionalNumber
    let location = specification["loc"].optionalNumber
    return (0..<Int(specification["n"].number)).map { _ in
      let x = generator.value(kind, specification)
      guard scale != nil || location != nil else { return x }
      let scaled = (scale ?? 1) * x
      return (location ?? 0) + scaled
    }
  }
}

/// JSON as the reference cases hold it; an absent member is null.
enum JSON: Decodable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  subscript(key: String) -> JSON {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  var optionalNumber: Double? {
    switch self {
    case .number(let value): value
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    default: nil
    }
  }

  var number: Double { optionalNumber ?? .nan }
  var int: Int { Int(number) }
  var string: String { if case .string(let text) = self { text } else { "" } }
  var flag: Bool { if case .flag(let value) = self { value } else { false } }
  var elements: [JSON] { if case .array(let values) = self { values } else { [] } }
  var numbers: [Double] { elements.map(\.number) }
  var isNull: Bool { if case .null = self { true } else { false } }
}
