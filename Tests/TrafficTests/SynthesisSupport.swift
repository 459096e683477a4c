import Probability
import Traffic

/// 2024-01-01T00:00:00Z, a Monday.
let monday = SimulatedTime(nanoseconds: 1_704_067_200_000_000_000)

extension SimulatedDuration {
  static func seconds(_ count: Int64) -> Self { Self(nanoseconds: count * 1_000_000_000) }
  static func hours(_ count: Int64) -> Self { .seconds(count * 3_600) }
  static func days(_ count: Int64) -> Self { .hours(count * 24) }
}

/// All requests of a traffic, each column whole; floats as bit patterns, so that equal means equal bits.
struct WholeTraffic: Equatable {
  var arrivals: [Int64] = []
  var units: [UInt64] = []
  var features: [[UInt32]]
  var labels: [UInt32] = []
  var logged: [[UInt64]]
  var latencies: [Int64] = []
  var segments: [[UInt32]]
  var shifted: [UInt64] = []
  var inputTokens: [Int32] = []
  var outputTokens: [Int32] = []
  var priorities: [UInt8] = []

  var count: Int { arrivals.count }

  func feature(_ index: Int) -> [Float] { features[index].map { Float(bitPattern: $0) } }
  var labelValues: [Float] { labels.map { Float(bitPattern: $0) } }

  init(schema: TrafficSchema) {
    features = Array(repeating: [], count: schema.features.count)
    logged = Array(repeating: [], count: schema.logged.count)
    segments = Array(repeating: [], count: schema.segments.count)
  }

  mutating func append(_ block: RequestBlock) {
    let rows = 0..<block.count
    arrivals += rows.map { block.arrivals[$0].nanoseconds }
    units += block.units[rows]
    for index in features.indices {
      features[index] += rows.map { block.features[index * block.capacity + $0].bitPattern }
    }
    labels += rows.map { block.labels[$0].bitPattern }
    for index in logged.indices {
      logged[index] += rows.map { block.logged[index * block.capacity + $0].bitPattern }
    }
    latencies += block.latencies[rows]
    for index in segments.indices {
      segments[index] += rows.map { block.segments[index * block.capacity + $0] }
    }
    shifted += block.shifted[rows]
    if !block.inputTokens.isEmpty { inputTokens += block.inputTokens[rows] }
    if !block.outputTokens.isEmpty { outputTokens += block.outputTokens[rows] }
    if !block.priorities.isEmpty { priorities += block.priorities[rows] }
  }
}

/// Reads a source to its end, and holds it to the contract of its protocol as it goes.
func readAll(
  _ source: inout some TrafficSource, blockSize: Int = 4_096
) throws -> WholeTraffic {
  var whole = WholeTraffic(schema: source.schema)
  var block = RequestBlock(schema: source.schema, capacity: blockSize)
  var last = SimulatedTime(nanoseconds: .min)
  while try source.next(into: &block) {
    guard block.count > 0, block.firstOrdinal == UInt64(whole.count) else { throw Broken.ordinals }
    for row in 0..<block.count {
      guard block.arrivals[row] >= last else { throw Broken.order }
      last = block.arrivals[row]
    }
    whole.append(block)
  }
  guard block.count == 0, try !source.next(into: &block) else { throw Broken.end }
  return whole
}

enum Broken: Error { case ordinals, order, end }

func synthesise(
  _ plan: SyntheticPlan, seed: UInt64 = 7, blockSize: Int = 4_096, antithetic: Bool = false,
  labellers: [any Labeller] = []
) throws -> WholeTraffic {
  var source = SyntheticSource(
    plan: plan, labellers: labellers, seed: seed, antithetic: antithetic)
  return try readAll(&source, blockSize: blockSize)
}

/// The label is 1 where the first feature, or a draw where it is missing, is above 0.
struct SignLabeller: Labeller {
  func label(_ block: RequestBlock, seed: UInt64, into labels: inout [Float]) {
    for row in 0..<block.count {
      var luck = RandomStream(
        seed: seed, StreamName("sign"), entity: block.firstOrdinal + UInt64(row))
      let value = block.features[row]
      labels[row] = (value.isNaN ? luck.nextUnit() > 0.5 : value > 0) ? 1 : 0
    }
  }
}

/// Whether a count is one that a right program shows, by the exact law: wrong once in a million
/// seeds, unless `missing` says otherwise.
enum CountLaw {
  case poisson(mean: Double)
  case binomial(trials: Int, probability: Double)

  func allows(_ count: Int, missing: Double = 1e-6) -> Bool {
    switch self {
    case .poisson(let mean):
      let law = Poisson(mean: mean)
      return law.cdf(count) > missing / 2 && law.survival(count - 1) > missing / 2
    case .binomial(let trials, let probability):
      let law = Binomial(trials: trials, probability: probability)
      return law.cdf(count) > missing / 2 && law.survival(count - 1) > missing / 2
    }
  }
}

/// The correlation of two columns of equal length.
func correlation(_ left: [Double], _ right: [Double]) -> Double {
  let n = Double(left.count)
  let (meanLeft, meanRight) = (left.reduce(0, +) / n, right.reduce(0, +) / n)
  var (cross, squareLeft, squareRight) = (0.0, 0.0, 0.0)
  for (x, y) in zip(left, right) {
    cross += (x - meanLeft) * (y - meanRight)
    squareLeft += (x - meanLeft) * (x - meanLeft)
    squareRight += (y - meanRight) * (y - meanRight)
  }
  return cross / (squareLeft * squareRight).squareRoot()
}
