/// Up to `capacity` requests as a struct of columns, in order of arrival.
///
/// A column has `count` values; feature f of row r stands at `features[f * capacity + r]`.
package struct RequestBlock: Sendable {
  package let capacity: Int
  package private(set) var featureCount: Int
  package private(set) var loggedCount: Int
  package private(set) var segmentCount: Int

  package var count = 0
  /// The ordinal of row 0; rows are numbered on from it (after sampling and resampling, from 0 per run).
  package var firstOrdinal: UInt64 = 0
  package var arrivals: [SimulatedTime]
  /// Which unit a request belongs to: a hash of the unit's text or number, or the request's ordinal.
  package var units: [UInt64]
  /// Column-major; NaN is missing; a category is its index.
  package var features: [Float]
  /// A class index or a real number; NaN is missing.
  package var labels: [Float]
  /// Column-major like `features`; NaN is missing.
  package var logged: [Double]
  /// Logged latencies in nanoseconds; negative is missing.
  package var latencies: [Int64]
  /// Column-major category codes of the segment columns.
  package var segments: [UInt32]
  /// Bit s is set where shift s (in scenario order, at most 64) changed the row.
  package var shifted: [UInt64]

  // What serving asks for: each is empty, and costs nothing, where the schema has no such column.
  /// Tokens of the prompt; -1 is missing.
  package var inputTokens: [Int32]
  /// Tokens of the answer; -1 is missing.
  package var outputTokens: [Int32]
  /// 0 (most urgent) to `leastUrgent`.
  package var priorities: [UInt8]
  /// The blocks that prompts begin with, of `TrafficSchema.prefixBlockTokens` tokens each.
  package var prefixes: PrefixColumn
  /// Nil where the traffic has no prefixes.
  package let prefixBlockTokens: Int?

  /// Priorities run from 0 up to here.
  package static let leastUrgent: UInt8 = 15

  package init(schema: TrafficSchema, capacity: Int) {
    precondition(capacity > 0, "block capacity \(capacity)")
    self.capacity = capacity
    featureCount = schema.features.count
    loggedCount = schema.logged.count
    segmentCount = schema.segments.count
    arrivals = Array(repeating: SimulatedTime(nanoseconds: 0), count: capacity)
    units = Array(repeating: 0, count: capacity)
    features = Array(repeating: .nan, count: capacity * featureCount)
    labels = Array(repeating: .nan, count: capacity)
    logged = Array(repeating: .nan, count: capacity * loggedCount)
    latencies = Array(repeating: -1, count: capacity)
    segments = Array(repeating: 0, count: capacity * segmentCount)
    shifted = Array(repeating: 0, count: capacity)
    inputTokens = Array(repeating: -1, count: schema.hasInputTokens ? capacity : 0)
    outputTokens = Array(repeating: -1, count: schema.hasOutputTokens ? capacity : 0)
    priorities = Array(repeating: Self.leastUrgent, count: schema.hasPriority ? capacity : 0)
    prefixBlockTokens = schema.prefixBlockTokens
    prefixes = PrefixColumn(capacity: schema.prefixBlockTokens == nil ? 0 : capacity)
  }
}
