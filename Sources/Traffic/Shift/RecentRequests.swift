/// The payloads of the last requests that met a condition, in a ring.
///
/// The m-th request to be kept stands in place m mod 1,025: there is one place more than can be
/// chosen, so that a request may be kept before the one chosen for it is copied.
struct RecentRequests: Sendable {
  /// How many of the last can be chosen from.
  static let capacity = 1_024
  private static let places = capacity + 1

  /// How many were kept since the start, those that were overwritten included.
  private var kept = 0
  private var features: [Float] = []
  private var labels: [Float] = []
  private var logged: [Double] = []
  private var latencies: [Int64] = []
  private var units: [UInt64] = []
  private var segments: [UInt32] = []
  private var inputTokens: [Int32] = []
  private var outputTokens: [Int32] = []
  private var priorities: [UInt8] = []
  private var prefixes: [[UInt64]] = []

  init(schema: TrafficSchema) {
    let rows = Self.places
    features = Array(repeating: .nan, count: rows * schema.features.count)
    labels = Array(repeating: .nan, count: rows)
    logged = Array(repeating: .nan, count: rows * schema.logged.count)
    latencies = Array(repeating: -1, count: rows)
    units = Array(repeating: 0, count: rows)
    segments = Array(repeating: 0, count: rows * schema.segments.count)
    inputTokens = Array(repeating: -1, count: schema.hasInputTokens ? rows : 0)
    outputTokens = Array(repeating: -1, count: schema.hasOutputTokens ? rows : 0)
    priorities = Array(repeating: 0, count: schema.hasPriority ? rows : 0)
    prefixes = Array(repeating: [], count: schema.prefixBlockTokens == nil ? 0 : rows)
  }

  /// The place of one of the last `capacity` that were kept, each equally likely; nil when there is none.
  func choice(by unit: Double) -> Int? {
    let count = min(kept, Self.capacity)
    guard count > 0 else { return nil }
    return (kept - count + min(Int(unit * Double(count)), count - 1)) % Self.places
  }

  /// Counts requests as kept that later ones overwrite before any is read.
  mutating func skip(_ count: Int) { kept += count }

  mutating func keep(_ row: Int, of block: RequestBlock) {
    let place = kept % Self.places
    kept += 1
    copyColumns(from: block.features, at: row, stride: block.capacity, to: &features, at: place)
    copyColumns(from: block.logged, at: row, stride: block.capacity, to: &logged, at: place)
    copyColumns(from: block.segments, at: row, stride: block.capacity, to: &segments, at: place)
    labels[place] = block.labels[row]
    latencies[place] = block.latencies[row]
    units[place] = block.units[row]
    if !inputTokens.isEmpty { inputTokens[place] = block.inputTokens[row] }
    if !outputTokens.isEmpty { outputTokens[place] = block.outputTokens[row] }
    if !priorities.isEmpty { priorities[place] = block.priorities[row] }
    if !prefixes.isEmpty {
      prefixes[place].removeAll(keepingCapacity: true)
      prefixes[place].append(contentsOf: block.prefixes.blocks(of: row))
    }
  }

  /// Replaces everything of a row but its arrival, ordinal and truth by what stands in `place`.
  func restore(_ place: Int, to block: inout RequestBlock, row: Int) {
    let stride = block.capacity
    for column in 0..<block.featureCount {
      block.features[column * stride + row] = features[column * Self.places + place]
    }
    for column in 0..<block.loggedCount {
      block.logged[column * stride + row] = logged[column * Self.places + place]
    }
    for column in 0..<block.segmentCount {
      block.segments[column * stride + row] = segments[column * Self.places + place]
    }
    block.labels[row] = labels[place]
    block.latencies[row] = latencies[place]
    block.units[row] = units[place]
    if !inputTokens.isEmpty { block.inputTokens[row] = inputTokens[place] }
    if !outputTokens.isEmpty { block.outputTokens[row] = outputTokens[place] }
    if !priorities.isEmpty { block.priorities[row] = priorities[place] }
    if !prefixes.isEmpty { block.prefixes.set(row, to: prefixes[place]) }
  }

  private func copyColumns<Value>(
    from source: [Value], at row: Int, stride: Int, to target: inout [Value], at place: Int
  ) {
    for column in 0..<target.count / Self.places {
      target[column * Self.places + place] = source[column * stride + row]
    }
  }
}
