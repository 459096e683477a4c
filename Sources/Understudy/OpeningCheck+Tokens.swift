import Documents
import Probability
import Scenarios
import Simulation
import Traffic

/// Requests that no LLM engine of the scenario can answer, because their tokens exceed its memory.
extension OpeningCheck {
  /// Told where more than one drawn request in a thousand does not fit.
  func checkTokens(of plan: SyntheticPlan) throws(StudyError) {
    guard let prompts = plan.inputTokens, let answers = plan.outputTokens else { return }
    func tokens(_ law: Distribution, _ p: Double) -> Int {
      Int(min(max(law.quantile(p).rounded(), 1), Double(Int32.max)))
    }
    // The sum is at least this as often as the longer part is.
    let (rare, always) = (0.999, 1e-15)
    let long = mistakes(prompt: tokens(prompts, rare), answer: tokens(answers, always), Self.drawn)
    try stop(
      long.isEmpty
        ? mistakes(prompt: tokens(prompts, always), answer: tokens(answers, rare), Self.drawn)
        : long)
  }

  private static let drawn = "one request in a thousand"

  /// Reads a recording whole, where there is an engine that asks for its tokens.
  func checkTokens(of traffic: TrafficFeed) throws(StudyError) {
    guard scenario.arms.contains(where: { $0.service?.language != nil }),
      traffic.schema.hasInputTokens, traffic.schema.hasOutputTokens
    else { return }
    var feed = traffic
    var block = RequestBlock(schema: feed.schema, capacity: 4096)
    var longest = (prompt: 0, answer: 0, ordinal: 0)
    var before = 0
    while try next(&feed, into: &block) {
      for row in 0..<block.count {
        let (prompt, answer) = (Int(block.inputTokens[row]), Int(block.outputTokens[row]))
        if prompt + answer > longest.prompt + longest.answer {
          longest = (prompt, answer, before + row + 1)
        }
      }
      before += block.count
    }
    try stop(
      mistakes(prompt: longest.prompt, answer: longest.answer, "request \(longest.ordinal)"))
  }

  private func next(
    _ feed: inout TrafficFeed, into block: inout RequestBlock
  ) throws(StudyError) -> Bool {
    do { return try feed.next(into: &block) } catch { throw StudyError(error) }
  }

  private func stop(_ mistakes: [Diagnostic]) throws(StudyError) {
    if !mistakes.isEmpty { throw StudyError(.badData, Diagnostics(mistakes)) }
  }

  private func mistakes(prompt: Int, answer: Int, _ who: String) -> [Diagnostic] {
    scenario.arms.compactMap { arm in
      guard let plan = arm.service?.language, !plan.fits(prompt: prompt, answer: answer) else {
        return nil
      }
      return Diagnostic(
        at: places.engine("memory", of: arm.name),
        "\(who) has \(prompt) tokens of prompt and \(answer) of answer, and the memory of "
          + "\(arm.name) holds \(plan.memoryBlocks * plan.blockTokens)",
        help: "raise `memory`, or leave such requests out of the traffic")
    }
  }
}
