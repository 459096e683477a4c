/// Decoded rows on their way into blocks; put in order of time where the plan asks for it.
struct RowQueue {
  /// How many rows have left it.
  private(set) var movedCount = 0
  private let schema: TrafficSchema
  private let reorders: Bool
  private var staged: RequestBlock
  /// Rows of `staged` (or of `held`, when rows are put in order) that are ready, from `next` on.
  private var ready: [Int32] = []
  private var readyEnd = 0
  private var next = 0
  /// Rows that wait for earlier ones, sorted up to `readyEnd` by the last release.
  private var held: RequestBlock
  private var batchOrder: [Int32] = []
  /// How many rows must be held before they are sorted again.
  private var sortThreshold = 0

  init(schema: TrafficSchema, capacity: Int, reorders: Bool) {
    self.schema = schema
    self.reorders = reorders
    staged = RequestBlock(schema: schema, capacity: capacity)
    held = RequestBlock(schema: schema, capacity: reorders ? 2 * capacity : 1)
  }

  var readyCount: Int { readyEnd - next }

  /// Takes a batch of rows in; what was ready must have left.
  mutating func fill(_ decoder: inout RowDecoder, _ reader: RowReader) -> RowDecoder.Outcome {
    precondition(readyCount == 0, "rows left behind")
    guard reorders else {
      next = 0
      readyEnd = 0
      return decoder.decode(reader.bytes, reader.batch, into: &staged, order: &ready)
    }
    let outcome = decoder.decode(
      reader.bytes, reader.batch, into: &staged, order: &batchOrder)
    if next > 0 || held.count + batchOrder.count > held.capacity {
      dropMoved(makingRoomFor: batchOrder.count)
    }
    held.append(staged, rows: batchOrder, in: 0..<batchOrder.count)
    return outcome
  }

  /// Makes rows ready whose time is before `limit`, in order of time, then of the file.
  ///
  /// Rows are sorted only when as many have come as were left waiting, so that a long window costs
  /// O(log n) a row, not O(n).
  mutating func release(before limit: Int64) {
    guard reorders else {
      readyEnd = ready.count
      return
    }
    guard limit == .max || held.count >= sortThreshold else { return }
    if next > 0 { dropMoved(makingRoomFor: 0) }
    ready = (0..<Int32(held.count)).sorted { left, right in
      let (a, b) = (held.arrivals[Int(left)], held.arrivals[Int(right)])
      return a == b ? left < right : a < b
    }
    next = 0
    let firstWaiting = ready.firstIndex { held.arrivals[Int($0)].nanoseconds >= limit }
    readyEnd = limit == .max ? ready.count : firstWaiting ?? ready.count
    sortThreshold = 2 * (ready.count - readyEnd)
  }

  /// Moves as many ready rows as fit.
  mutating func move(into block: inout RequestBlock) {
    let count = min(readyCount, block.capacity - block.count)
    block.append(reorders ? held : staged, rows: ready, in: next..<next + count)
    next += count
    movedCount += count
  }

  /// Gives up what is ready.
  mutating func dropReady() { next = readyEnd }

  /// Keeps only what is still waiting, in the order it came in.
  private mutating func dropMoved(makingRoomFor count: Int) {
    let waiting = next > 0 ? ready[next...].sorted() : Array(0..<Int32(held.count))
    let needed = waiting.count + count
    let capacity = needed > held.capacity ? 2 * needed : held.capacity
    var kept = RequestBlock(schema: schema, capacity: capacity)
    kept.append(held, rows: waiting, in: 0..<waiting.count)
    held = kept
    ready.removeAll(keepingCapacity: true)
    next = 0
    readyEnd = 0
  }
}
