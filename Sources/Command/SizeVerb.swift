import Understudy

extension Verb {
  static let size = Verb(
    name: "size", operands: "SCENARIO",
    summary: "how many replicas keep a promise such as p99 under 200 ms",
    details: """
      Plays the scenario with more and more replicas until the promise is kept, then halves the gap to
      the last number that did not keep it. Every number meets the same traffic and the same luck, over
      several replications; a number counts when the whole interval over them keeps the promise. --vary
      takes another whole number of the scenario in place of the replicas. Exits with 1 when no number
      that is allowed keeps the promise.
      """,
    flags: [
      FlagSpec(
        name: "until", value: "PROMISE",
        help: "metric, <, <=, > or >=, bound: \"latency.p99 < 200ms\", \"within.50ms >= 99.9%\""),
      FlagSpec(name: "arm", value: "NAME", help: "whose promise (default: production)"),
      FlagSpec(
        name: "vary", value: "PATH",
        help: "the whole number that is varied (default: arms.NAME.service.replicas)"),
      FlagSpec(name: "from", value: "N", help: "the smallest number allowed (default: 1)"),
      FlagSpec(name: "to", value: "N", help: "the largest number allowed (default: 1024)"),
      FlagSpec(
        name: "replications", value: "R", help: "plays of each number at first (default: 8)"),
      FlagSpec(
        name: "most-replications", value: "R",
        help: "plays where the answer is not clear (default: 64)"),
      FlagSpec(
        name: "level", value: "L", help: "the confidence of the intervals (default: 0.95)"),
      FlagSpec(
        name: "format", value: "FORMAT", help: "how the answer is printed",
        choices: SizeResult.Format.allCases.map(\.rawValue)),
      SharedFlags.set, SharedFlags.seed, SharedFlags.threads, SharedFlags.quiet,
    ],
    example: "understudy size scenarios/retry-storm.json5 --until \"within.1s >= 99%\""
  ) { flags, console in
    let sizing = Sizing(try flags.sizeRequest())
    let shows = console.showsProgress && !flags.has("quiet")
    let result: SizeResult
    do {
      result = try sizing.run(
        progress: { size, plays in
          if shows { console.writeNote("\rplays \(plays) times with \(size)   ") }
        }, isCancelled: console.isInterrupted)
    } catch let error as SizeRequest.Mistake {
      throw UsageError(message: error.message, help: error.help)
    }
    if shows { console.writeNote("\r" + String(repeating: " ", count: 40) + "\r") }
    let format = flags.last("format").flatMap(SizeResult.Format.init(rawValue:)) ?? .table
    try console.answer(result.answer(format))
    return result.size == nil ? .gateFailed : .done
  }
}

extension Flags {
  fileprivate func sizeRequest() throws(UsageError) -> SizeRequest {
    guard operands.count == 1, let scenario = operands.first else {
      throw UsageError(
        message: operands.isEmpty
          ? "no scenario is named" : "one scenario at a time, not \(operands.count)",
        help: "as in understudy size scenarios/retry-storm.json5 --until \"within.1s >= 99%\"")
    }
    guard let condition = last("until") else {
      throw UsageError(
        message: "--until is not given: what shall be kept?",
        help: "as in --until \"latency.p99 < 200ms\"")
    }
    let options = try options()
    var request = SizeRequest(scenario: scenario, condition: condition)
    request.settings = options.settings
    request.seed = options.seed
    request.threads = options.threads
    request.arm = last("arm") ?? request.arm
    request.path = last("vary")
    let low = try number("from", least: 0) ?? request.range.lowerBound
    let high = try number("to", least: 1) ?? max(low, request.range.upperBound)
    guard low <= high else {
      throw UsageError(message: "--from is \(low), above --to \(high)")
    }
    request.range = low...high
    request.replications = try number("replications", least: 2) ?? request.replications
    request.mostReplications =
      try number("most-replications", least: 2)
      ?? max(request.replications, request.mostReplications)
    if let text = last("level") {
      guard let level = Double(text), level > 0, level < 1 else {
        throw UsageError(message: "--level is \"\(text)\", not between 0 and 1")
      }
      request.level = level
    }
    return request
  }
}
