/// When each of a number of replicas is free again: few in order, many in a heap.
///
/// - Complexity: O(replicas) a service, without branches, up to 16 replicas; O(log replicas) above
///   (measured on x86-64: the heap wins from 24 on). Replicas that were never used take no memory.
struct FreeTimes: ~Copyable {
  private let replicas: Int
  /// Ascending, and `Int64.max` at the end; where there are few.
  private let sorted: Column<Int64>
  /// Of the replicas used so far; where there are many.
  private var heap: EventQueue

  private static let few = 16

  init(replicas: Int) {
    self.replicas = replicas
    let count = replicas <= Self.few ? replicas : 0
    sorted = Column(repeating: .max, count: count + 1)
    sorted.fill(from: 0, count: count, with: .min)
    heap = EventQueue(capacity: count == 0 ? min(replicas, 1 << 16) : 0)
  }

  /// When a request that arrives then can start, if nobody else comes in between.
  @inline(__always) func earliestStart(arrival: Int64) -> Int64 {
    if replicas <= Self.few { return max(arrival, sorted[0]) }
    return heap.count < replicas ? arrival : max(arrival, heap.earliestNanoseconds)
  }

  /// Occupies the replica that is free first, until `end`, which is not before it is free.
  @inline(__always) mutating func take(until end: Int64, arrival: Int64) {
    if replicas <= Self.few {
      for index in 0..<replicas {
        sorted[index] = min(sorted[index &+ 1], max(sorted[index], end))
      }
    } else if heap.count < replicas && heap.earliestNanoseconds > arrival {
      heap.schedule(at: end, priority: 0, slot: 0)
    } else {
      heap.replaceEarliest(at: end, priority: 0, slot: 0)
    }
  }
}
