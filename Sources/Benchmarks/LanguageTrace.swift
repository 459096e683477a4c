import Foundation
import Probability
import Simulation
import Traffic

/// Requests for a language model: the conversation trace of Azure where it is found, otherwise drawn
/// requests with about its rate and its medians of tokens.
package struct LanguageTrace: Sendable {
  package var name: String
  /// Nanoseconds from the first arrival, ascending.
  package var arrivals: [Int64]
  package var inputs: [Int32]
  package var outputs: [Int32]

  /// The first `most` requests. The trace is looked for below the current directory.
  ///
  /// - Throws: what is wrong with the trace where there is one.
  package static func load(most: Int) throws -> LanguageTrace {
    let path = "scenarios/data/azure-llm-2023-conv.csv.gz"
    let isThere = FileManager.default.fileExists(atPath: path)
    return isThere ? try recorded(path, most: most) : drawn(most)
  }

  /// Of a recording with the columns of that trace.
  package static func recorded(_ path: String, most: Int) throws -> LanguageTrace {
    var plan = RecordingPlan(path: path)
    plan.timeColumn = "TIMESTAMP"
    plan.timeFormat = .pattern("%Y-%m-%d %H:%M:%S.%f")
    plan.inputTokenColumn = "ContextTokens"
    plan.outputTokenColumn = "GeneratedTokens"
    plan.untilRow = most
    let source = try RecordingSource(plan: plan, baseDirectory: ".")
    var block = RequestBlock(schema: source.schema, capacity: 4_096)
    var trace = LanguageTrace(name: "Azure trace", arrivals: [], inputs: [], outputs: [])
    while try source.next(into: &block) {
      trace.arrivals += block.arrivals[..<block.count].map(\.nanoseconds)
      trace.inputs += block.inputTokens[..<block.count]
      trace.outputs += block.outputTokens[..<block.count]
    }
    let start = trace.arrivals.first ?? 0
    trace.arrivals = trace.arrivals.map { $0 - start }
    return trace
  }

  private static func drawn(_ count: Int) -> LanguageTrace {
    var trace = LanguageTrace(name: "drawn requests", arrivals: [], inputs: [], outputs: [])
    var now = 0.0
    for request in 0..<UInt64(count) {
      var luck = RandomStream(seed: 1, StreamName("benchmark/language"), entity: request)
      now += luck.nextExponential() / 5.5
      trace.arrivals.append(Int64(now * 1e9))
      trace.inputs.append(Int32(min(max(Elementary.exp(6.9 + 0.8 * luck.nextNormal()), 1), 14_000)))
      trace.outputs.append(Int32(min(max(Elementary.exp(4.9 + 0.9 * luck.nextNormal()), 1), 1_000)))
    }
    return trace
  }

  /// Plays it `loops` times in a row, `speed` times as fast, on four replicas.
  package func play(speed: Int64, loops: Int) -> LanguagePlay {
    let capacity = 4_096
    let serving = Serving(
      names: ["production"], services: [Self.service], seed: 1, capacity: capacity)
    var outcomes = BlockOutcomes(armCount: 1, capacity: capacity, hasTokens: true)
    let sent = Array(repeating: UInt8(1), count: capacity)
    var play = LanguagePlay()
    let length = (arrivals.last ?? 0) + 1_000_000_000
    for loop in 0..<loops {
      for first in stride(from: 0, to: arrivals.count, by: capacity) {
        let range = first..<min(first + capacity, arrivals.count)
        var tokens = RequestTokens()
        tokens.inputs = Array(inputs[range])
        tokens.outputs = Array(outputs[range])
        serving.admit(
          arrivals: range.map {
            SimulatedTime(nanoseconds: (Int64(loop) * length + arrivals[$0]) / speed)
          },
          loggedLatencies: [], firstOrdinal: UInt64(loop * arrivals.count + first),
          count: range.count, sent: sent, tokens: tokens)
        while serving.takeCompleted(into: &outcomes) { play.add(outcomes) }
      }
    }
    serving.drain()
    while serving.takeCompleted(into: &outcomes) { play.add(outcomes) }
    play.facts = serving.facts[0]
    return play
  }

  /// About a model of 8 · 10⁹ weights on one accelerator.
  private static var service: ServicePlan {
    var service = ServicePlan(time: .drawn(.constant(0)))
    service.replicas = 4
    service.station.balancing = .leastLoaded
    service.language = LanguagePlan(
      steps: StepTimes(
        base: 8e-3, perPrefillToken: 3e-5, perPrefillTokenSquared: 2e-10, perSequence: 5e-5,
        perCachedToken: 6e-8),
      sequences: 256, tokenBudget: 2_048, memoryTokens: 400_000)
    return service
  }
}

/// What a trace came to.
package struct LanguagePlay: Sendable {
  package var requests = 0
  package var answer = AnswerHash()
  package var facts = ServingFacts()

  mutating func add(_ outcomes: BlockOutcomes) {
    for row in 0..<outcomes.count {
      answer.add(outcomes.latencies[row])
      answer.add(outcomes.firstTokens[row])
      answer.add(outcomes.longestGaps[row])
    }
    requests += outcomes.count
  }

  /// Tokens read and written.
  package var tokens: Int {
    (facts.language?.answeredInputTokens ?? 0) + (facts.language?.answeredOutputTokens ?? 0)
  }
}
