/// What can be wrong with services, stations, clients and routes beside the form of a value.
enum ServingMistake: Equatable {
  // Queues and batches
  case batchAboveQueue(size: Int, queue: Int)
  case pointsOutOfOrder(Int, before: Int)
  case firstPoint(found: String)
  case onePoint
  case curveBelowZero(size: Int)
  case preferredOutOfOrder(Int, before: Int)
  case preferredAboveSize(Int, size: Int)
  case deadlineWithoutOne
  case withoutWaiting(String)
  case stickyWithoutUnits
  case equalPriorities(key: String)

  // Numbers of replicas
  case lateSchedule(found: String)
  case stepsOutOfOrder(String, before: String)
  case stepBeyondPeriod(String, period: String)
  case twoScalings
  case fewestAboveMost(fewest: Int, most: Int)
  case targetAboveOne(found: String)
  case replicasOutside(Int, fewest: Int, most: Int)
  case noMeanForTarget
  case nobodyToWaitFor(key: String)
  case timesOutOfOrder(String, before: String)

  // Times that follow the request
  case noiseBelowZero

  // Language models
  case budgetBelowSequences(budget: Int, sequences: Int)
  case memoryBelowBlock(memory: Int, block: Int)
  case unevenPrefix(prefix: Int, block: Int, arm: String)
  case noTokens
  case timelessSteps
  case sharedLanguage(String)

  // Clients
  case longestBelowFirst(first: String, longest: String)
  case smallTokenBudget(found: String)

  // Routes and stations
  case routeWithoutOwn
  case ownTwice
  case stationCalledOwn
  case heldTwice(String)
  case heldAndVisited(String)
  case noPlaces(String)
  case tooManyFailures(Int)
  case neededAboveCount(needed: Int, count: Int)
  case timelessVisit(String)
  case unvisited(String)
  case emptyStationName
}

extension ServingMistake {
  /// What was found, and what was expected.
  var message: String {
    switch self {
    case .batchAboveQueue(let size, let queue):
      "the batch takes \(size) requests and only \(queue) may wait, so it is never full"
    case .pointsOutOfOrder(let size, let before):
      "the size \(size) stands after the size \(before) in `curve`"
    case .firstPoint(let found): "the first size of `curve` is \(found), not 1"
    case .onePoint: "`curve` has one point, which makes no line"
    case .curveBelowZero(let size):
      "the last line of `curve` has fallen to zero or below at the size \(size)"
    case .preferredOutOfOrder(let size, let before):
      "the size \(size) stands after the size \(before) in `preferred`"
    case .preferredAboveSize(let preferred, let size):
      "a batch of \(preferred) is preferred, and it takes at most \(size)"
    case .deadlineWithoutOne:
      "the earliest deadline is served first, and no request has one"
    case .withoutWaiting(let key):
      "`\(key)` means nothing with processor sharing, where nobody waits"
    case .stickyWithoutUnits:
      "replicas are chosen by the unit, and the traffic names none: each request is one of its own"
    case .equalPriorities(let key): "`\(key)` goes by the priority, and all requests have the same"
    default: capacityMessage ?? otherMessage
    }
  }

  private var capacityMessage: String? {
    switch self {
    case .lateSchedule(let found):
      "the schedule starts at \(found), so nobody knows how many replicas there are before"
    case .stepsOutOfOrder(let from, let before):
      "the step from \(from) does not come after the one from \(before)"
    case .stepBeyondPeriod(let from, let period):
      "the step from \(from) is never reached, because the schedule begins anew after \(period)"
    case .twoScalings:
      "the replicas follow a schedule and an autoscaler, and only one of them can decide"
    case .fewestAboveMost(let fewest, let most):
      "`fewest` is \(fewest) and `most` is \(most), so no number of replicas would do"
    case .targetAboveOne(let found):
      "`target` is \(found), and no replica is busy more than all of the time (1)"
    case .replicasOutside(let replicas, let fewest, let most):
      "the service starts with \(replicas) replicas, and its autoscaler keeps \(fewest) to \(most)"
    case .noMeanForTarget:
      "the service time has no mean, so no number of replicas holds the autoscaler's target"
    case .nobodyToWaitFor(let key):
      "`\(key)` means nothing without an autoscaler or a schedule, which starts replicas"
    case .timesOutOfOrder(let time, let before):
      "the outage at \(time) does not come after the one at \(before)"
    case .budgetBelowSequences(let budget, let sequences):
      "`tokenBudget` is \(budget), and the \(sequences) `sequences` take a token each in every step"
    case .memoryBelowBlock(let memory, let block):
      "`memory` is \(memory) tokens, less than one block of \(block)"
    case .noiseBelowZero: "the noise multiplies a time, and may be below zero"
    case .unevenPrefix(let prefix, let block, let arm):
      "`prefixBlock` is \(prefix) tokens, no multiple of the \(block) in a block of \(arm)'s memory"
    case .timelessSteps:
      "a step that decodes takes no time: `base` and `perSequence` are zero"
    case .noTokens: "an LLM engine counts tokens, and the traffic has none"
    case .sharedLanguage(let name):
      "the arm \(name) is an LLM engine, whose steps no other model can share"
    default: nil
    }
  }

  private var otherMessage: String {
    switch self {
    case .longestBelowFirst(let first, let longest):
      "the delay starts with \(first), which is more than the `longest` of \(longest)"
    case .smallTokenBudget(let found):
      "`most` is \(found), so the first failure takes more than half, and nothing is ever retried"
    case .routeWithoutOwn: "the route never comes to the arm's own service"
    case .ownTwice: "the route comes to the arm's own service a second time"
    case .stationCalledOwn:
      "a station is called \"own\", which is how routes name the arm's service"
    case .heldTwice(let name): "the route holds a place of \(name) a second time"
    case .heldAndVisited(let name):
      "the route visits \(name) while it holds a place there, and may wait for itself"
    case .noPlaces(let name):
      "the route holds a place of \(name), which serves many at once and has no places"
    case .tooManyFailures(let count): "there are \(count) failures, and a service takes at most 32"
    case .neededAboveCount(let needed, let count):
      "the route waits for \(needed) answers of \(count)"
    case .timelessVisit(let name): "a visit of \(name) has no `time`, which it must have"
    case .unvisited(let name): "no route comes to the station \(name)"
    case .emptyStationName: "a station has an empty name"
    default: preconditionFailure("a mistake without words: \(self)")
    }
  }

  /// The way out; nil where there is none to name.
  var help: String? {
    switch self {
    case .batchAboveQueue(let size, _): "let \(size) wait, or make the batch smaller"
    case .pointsOutOfOrder, .preferredOutOfOrder, .stepsOutOfOrder, .timesOutOfOrder:
      "put them in ascending order"
    case .firstPoint: "begin with [1, 1]: the first request's own time"
    case .onePoint: "for example `curve: [[1, 1], [16, 3.2]]`"
    case .curveBelowZero: "add a point for the largest batch"
    case .preferredAboveSize: "take it away, or raise `size`"
    case .deadlineWithoutOne:
      "give the service a `timeout` or its client a `deadline`, or take \"fifo\""
    case .withoutWaiting: "take it away, or take \"fifo\""
    case .stickyWithoutUnits: "name them in `traffic` (`unit` or `units`), or take \"random\""
    case .equalPriorities:
      "give arms that share replicas a `priority` in `client`, or the traffic its own"
    case .lateSchedule: "write `from: \"0s\"` in its first step"
    case .stepBeyondPeriod: "take it away, or lengthen the period"
    case .twoScalings: "keep one"
    case .fewestAboveMost: "exchange the two"
    case .targetAboveOne: "for example `target: 0.7`"
    case .replicasOutside: "start with a number between them, or leave `replicas` out"
    case .noMeanForTarget:
      "take a distribution that has a mean: a pareto with a `shape` above 1, say"
    case .nobodyToWaitFor: "take it away"
    default: otherHelp
    }
  }

  private var otherHelp: String? {
    switch self {
    case .budgetBelowSequences(_, let sequences):
      "raise it to \(sequences) or more, or lower `sequences`"
    case .memoryBelowBlock: "raise `memory`, or lower `blockTokens`"
    case .unevenPrefix(_, let block, _): "write `prefixBlock: \(block)`, or change `blockTokens`"
    case .noTokens: "name their columns in `traffic`: `inputTokens` and `outputTokens`"
    case .noiseBelowZero: "for example `noise: { lognormal: { mu: -0.02, sigma: 0.2 } }`"
    case .timelessSteps: "for example `base: \"5ms\"`"
    case .sharedLanguage: "give this arm replicas of its own"
    case .longestBelowFirst: "exchange the two"
    case .smallTokenBudget: "for example `most: 10`"
    case .routeWithoutOwn: "write \"own\" where its model is asked"
    case .ownTwice: "write `{ own: { again: 0.3 } }` for requests that come back"
    case .stationCalledOwn: "give it another name"
    case .heldTwice: "take one of them away"
    case .heldAndVisited: "keep the hold or the visit"
    case .noPlaces: "take its `batch` or processor sharing away"
    case .tooManyFailures: "put some together"
    case .neededAboveCount(_, let count): "wait for at most \(count)"
    case .timelessVisit: "for example `time: \"4ms\"`"
    case .unvisited(let name): "name it in an arm's route: `route: [\"\(name)\", \"own\"]`"
    default: nil
    }
  }
}
