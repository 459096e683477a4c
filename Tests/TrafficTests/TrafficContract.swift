import Testing

@testable import Traffic

/// All requests of a source, as rows that can be compared.
struct ReplayedTraffic: Equatable {
  var schema: TrafficSchema
  var counts: [TrafficCount]
  var requests: [Request] = []

  struct Request: Equatable {
    var ordinal: UInt64
    var arrival: SimulatedTime
    var unit: UInt64
    /// Bit patterns, so that missing equals missing.
    var features: [UInt32]
    var label: UInt32
    var logged: [UInt64]
    var latency: Int64
    var segments: [UInt32]
    /// Nil where the traffic has no such column.
    var inputTokens: Int32?
    var outputTokens: Int32?
    var priority: UInt8?
    var prefixes: [UInt64]?

    func feature(_ index: Int) -> Float { Float(bitPattern: features[index]) }
    var labelValue: Float { Float(bitPattern: label) }
  }
}

/// What every `TrafficSource` owes.
enum TrafficContract {
  /// Reads all of a source in blocks of one size, checking what holds of each block.
  static func replay(
    _ source: any TrafficSource, blockSize: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws(TrafficError) -> ReplayedTraffic {
    var source = source
    var traffic = ReplayedTraffic(schema: source.schema, counts: [])
    var block = RequestBlock(schema: source.schema, capacity: blockSize)
    var newest = SimulatedTime(nanoseconds: .min)
    while try source.next(into: &block) {
      #expect(block.count > 0 && block.count <= blockSize, sourceLocation: sourceLocation)
      #expect(
        block.firstOrdinal == UInt64(traffic.requests.count), "ordinals count on from 0",
        sourceLocation: sourceLocation)
      for row in 0..<block.count {
        let request = self.request(block, row)
        #expect(
          request.arrival >= newest, "arrivals never step back", sourceLocation: sourceLocation)
        newest = request.arrival
        traffic.requests.append(request)
      }
    }
    #expect(block.count == 0, "the block after the last is empty", sourceLocation: sourceLocation)
    #expect(try source.next(into: &block) == false, sourceLocation: sourceLocation)
    traffic.schema = source.schema
    traffic.counts = source.counts
    return traffic
  }

  /// The same source gives the same requests, schema and counts whatever the block size.
  @discardableResult
  static func check(
    blockSizes: [Int] = [1, 7, 4096], sourceLocation: SourceLocation = #_sourceLocation,
    _ make: () throws -> any TrafficSource
  ) throws -> ReplayedTraffic {
    let all = try blockSizes.map {
      try replay(make(), blockSize: $0, sourceLocation: sourceLocation)
    }
    let first = try #require(all.first)
    for (size, traffic) in zip(blockSizes, all) {
      #expect(
        traffic == first, "blocks of \(size) differ from blocks of \(blockSizes[0])",
        sourceLocation: sourceLocation)
    }
    return first
  }

  private static func request(_ block: RequestBlock, _ row: Int) -> ReplayedTraffic.Request {
    func column<Value>(_ values: [Value], _ count: Int) -> [Value] {
      (0..<count).map { values[$0 * block.capacity + row] }
    }
    var request = ReplayedTraffic.Request(
      ordinal: block.firstOrdinal + UInt64(row), arrival: block.arrivals[row],
      unit: block.units[row],
      features: column(block.features, block.featureCount).map(\.bitPattern),
      label: block.labels[row].bitPattern,
      logged: column(block.logged, block.loggedCount).map(\.bitPattern),
      latency: block.latencies[row], segments: column(block.segments, block.segmentCount))
    if !block.inputTokens.isEmpty { request.inputTokens = block.inputTokens[row] }
    if !block.outputTokens.isEmpty { request.outputTokens = block.outputTokens[row] }
    if !block.priorities.isEmpty { request.priority = block.priorities[row] }
    if !block.prefixes.places.isEmpty { request.prefixes = Array(block.prefixes.blocks(of: row)) }
    return request
  }
}
