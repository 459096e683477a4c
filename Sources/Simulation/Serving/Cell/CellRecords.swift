import Traffic

/// A request on its way through a cell: what its client knows and does.
struct RequestRecord: BitwiseCopyable {
  /// Its row number in `OpenBlocks`.
  var row = 0
  var ordinal: UInt64 = 0
  var unit: UInt64 = 0
  var arrival: Int64 = 0
  /// The service time of the first pass of the first attempt, as `ServiceDraws` planned it.
  var planned: Int64 = 0
  /// The logged latency; negative is missing.
  var logged: Int64 = -1
  /// The last instant at which any answer counts; `Int64.max` is none.
  var deadline = Int64.max
  /// The delay before the last retry, for decorrelated jitter.
  var lastDelay: Int64 = 0
  var retry = EventHandle.none
  var hedge = EventHandle.none
  var member: Int32 = 0
  /// Who waits for it in a closed loop; -1 is nobody.
  var user: Int32 = -1
  /// Attempts that are not over, as a list.
  var attempts: Int32 = -1
  /// Attempts sent, those refused by a gate among them.
  var sent: Int32 = 0
  /// Attempts with a record.
  var live: Int32 = 0
  /// Attempts whose answer the client waits for.
  var awaited: Int32 = 0
  /// The attempt whose end says what the outcome's wait and service are, while it runs on; else -1.
  var decider: Int32 = -1
  var priority: UInt8 = 0
  /// Whether the first pass of the first attempt ends in an error.
  var firstFails = false
  var isSettled = false
  var fate = Fate.inFlight
  var settledAt: Int64 = 0
  /// When the deciding attempt ended, and how long it was served.
  var ended: Int64 = 0
  var service: Int64 = 0
  /// Of an answered one: where its time went.
  var parts = LatencyParts()
}

/// How an attempt came about.
enum AttemptOrigin: UInt8, BitwiseCopyable { case first, retry, hedge }

/// One attempt of a request, on its way along its route.
struct AttemptRecord: BitwiseCopyable {
  var request: Int32 = -1
  /// From 0, in the order in which they were sent.
  var number: Int32 = 0
  var start: Int64 = 0
  /// The last instant at which its answer counts; `Int64.max` is none.
  var deadline = Int64.max
  /// How long it was served so far.
  var service: Int64 = 0
  /// The same on the member's own replicas, and how long it waited for them.
  var own = LatencyParts()
  var timer = EventHandle.none
  /// Of the list of its request's attempts.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// The list of its visits that are not over.
  var visits: Int32 = -1
  /// Visits so far: the index of the next one's draws.
  var passes: Int32 = 0
  /// The step of the route that it is in.
  var step: Int32 = -1
  /// Numbers the fan-outs, so that a late branch is known; and branches needed and still to come.
  var fan: Int32 = 0
  var needed: Int32 = 0
  var branches: Int32 = 0
  var origin = AttemptOrigin.first
  var isAwaited = true
  /// Whether it keeps places of stations until its way ends.
  var holdsPlaces = false
  /// Whether it holds one of the breaker's probes.
  var isProbe = false
  /// Its way has ended; only branches nobody needs are still out.
  var isOver = false
}

enum VisitState: UInt8, BitwiseCopyable {
  case coming, waiting, serving
  /// Over, its attempt not told yet.
  case ended
}

enum VisitRole: UInt8, BitwiseCopyable {
  /// The request goes on when it ends.
  case single
  /// One of several at once.
  case branch
  /// Keeps its place until the request's way ends.
  case hold
}

/// An attempt at a station: in a queue or on a replica.
struct VisitRecord: BitwiseCopyable {
  var attempt: Int32 = -1
  var station: Int32 = 0
  var account: Int32 = 0
  var queue: Int32 = -1
  var replica: Int32 = -1
  /// The fan-out it belongs to.
  var fan: Int32 = 0
  var state = VisitState.coming
  var role = VisitRole.single
  /// Served, it ends in an error.
  var fails = false
  /// The attempt's time is over before the service is.
  var isCut = false
  var lane: UInt8 = 0
  var priority: UInt8 = 0
  /// When it came into the queue it is in, and onto the replica.
  var entered: Int64 = 0
  var began: Int64 = 0
  /// When it came to the station.
  var joined: Int64 = 0
  /// Where batches form: how long it waited beside an idle replica, and the queue's idle time when it
  /// came into it.
  var batchWait: Int64 = 0
  var idleMark: Int64 = 0
  /// How long it needs at speed 1.
  var planned: Int64 = 0
  /// Rises with the order of coming into the queue; falls with that of coming back to its head.
  var ticket: Int64 = 0
  /// The order in a heap: a deadline or the share of work at which it is done.
  var key: Int128 = 0
  var patience = EventHandle.none
  /// Neighbours in the lane of a queue, or among those on a replica.
  var previous: Int32 = -1
  var next: Int32 = -1
  /// Neighbours among the visits of its attempt.
  var matePrevious: Int32 = -1
  var mateNext: Int32 = -1
  /// Of the pairing heap: the first child, the next sibling, and the previous sibling or the parent.
  var child: Int32 = -1
  var sibling: Int32 = -1
  var above: Int32 = -1
}

enum ReplicaState: UInt8, BitwiseCopyable {
  case absent
  /// Ordered, not there yet.
  case starting
  case ready
  /// Switched off until somebody waits, or on the way back from that.
  case resting, settingUp
  /// Ordered away; it ends what it serves.
  case draining
}

struct ReplicaRecord: BitwiseCopyable {
  var station: Int32 = 0
  var index: Int32 = 0
  var state = ReplicaState.absent
  /// By failure plan of the station, a bit for each that has it down or slow.
  var downMask: UInt32 = 0
  var slowMask: UInt32 = 0
  /// Those on it.
  var first: Int32 = -1
  var count: Int32 = 0
  /// The account whose request made it busy.
  var account: Int32 = -1
  /// Services begun since it started, for the cold cache.
  var served: Int64 = 0
  /// How fast it is now.
  var speed = 1.0
  /// The event that ends a service, a share or a start.
  var event = EventHandle.none
  /// When the service would end if nobody cut it.
  var workEnd: Int64 = 0
  /// Starts and set-ups so far, which index their draws.
  var starts: Int32 = 0
  var setUps: Int32 = 0
  /// Processor sharing: the heap of those on it, the work each has had since the replica was last
  /// empty, in 2⁻²⁰ ns, and when that was so.
  var heap: Int32 = -1
  var share: Int128 = 0
  var shareTime: Int64 = 0

  var isUp: Bool { downMask == 0 }
}

/// Those who wait for a station, or for one of its replicas, in up to 16 lanes by order of coming.
struct QueueRecord: BitwiseCopyable {
  var station: Int32 = 0
  /// The only replica it waits for; -1 is any.
  var replica: Int32 = -1
  var count = 0
  /// Bit l is set where lane l is not empty.
  var lanes: UInt16 = 0
  /// By deadline.
  var heap: Int32 = -1
  var timer = EventHandle.none
  var timerAt = Int64.max
  /// Where batches form: how long replicas of it were idle before `idleFrom`, which is `Int64.max` while
  /// none is.
  var idleSum: Int64 = 0
  var idleFrom = Int64.max
}

/// What a station counts over all its replicas.
struct StationState: BitwiseCopyable {
  /// Replicas ordered and not ordered away; of them, those that are there and up.
  var ordered = 0
  var ready = 0
  var orderedMoment: Int128 = 0
  var readyMoment: Int128 = 0
  var idle = 0
  var settingUp = 0
  /// The next replica in turn.
  var turn = 0
  var scheduleStep = 0
  var periodStart: Int64 = 0

  func orderedArea(_ now: Int64) -> Int128 { orderedMoment &+ Int128(ordered) &* Int128(now) }
  func readyArea(_ now: Int64) -> Int128 { readyMoment &+ Int128(ready) &* Int128(now) }
}

/// The sums of an account over virtual time. An area is the integral of a level: the level times now,
/// plus each time at which it fell, less each at which it rose.
struct AccountRecord: BitwiseCopyable {
  var waiting = 0
  var serving = 0
  var busy = 0
  var waitingMoment: Int128 = 0
  var servingMoment: Int128 = 0
  var busyMoment: Int128 = 0
  /// Over visits, when they left the queue or the replica.
  var waitingSum: Int128 = 0
  var servingSum: Int128 = 0
  var mostWaiting = 0
  var cutTimes = 0
  /// Of a member: requests that have come and whose clients wait.
  var present = 0
  var presentMoment: Int128 = 0

  func waitingArea(_ now: Int64) -> Int128 { waitingMoment &+ Int128(waiting) &* Int128(now) }
  func servingArea(_ now: Int64) -> Int128 { servingMoment &+ Int128(serving) &* Int128(now) }
  func busyArea(_ now: Int64) -> Int128 { busyMoment &+ Int128(busy) &* Int128(now) }
  func presentArea(_ now: Int64) -> Int128 { presentMoment &+ Int128(present) &* Int128(now) }
}

/// What a row of `OpenBlocks` will say.
struct Landing: BitwiseCopyable {
  var row = 0
  var member: Int32 = 0
  var fate = Fate.inFlight
  var wait: Int64 = 0
  var service: Int64 = 0
  var latency: Int64 = 0
}
