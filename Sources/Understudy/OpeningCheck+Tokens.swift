import Documents
import Probability
import Scenarios
import Simulation

/// Requests that no LLM engine of the scenario can answer, because their tokens exceed its memory.
extension OpeningCheck {
  /// Of a recording.
  ///
  /// - Parameters:
  ///   - prompt: the tokens of the request that has the most.
  ///   - row: the number of its row, from 1 behind the header.
  func tokenMistakes(prompt: Int, answer: Int, row: Int) -> [Diagnostic] {
    tokenMistakes(prompt: prompt, answer: answer) { "the request in row \(row)" }
  }

  /// Of drawn traffic: told where more than one request in a thousand does not fit.
  func tokenMistakes(prompts: Distribution, answers: Distribution) -> [Diagnostic] {
    // The sum is at least this with the probability of the larger one.
    func tokens(_ law: Distribution, _ p: Double) -> Int {
      Int(min(max(law.quantile(p).rounded(), 1), 1e15))
    }
    let (rare, always) = (0.999, 1e-15)
    let long = tokenMistakes(prompt: tokens(prompts, rare), answer: tokens(answers, always)) {
      "one request in a thousand"
    }
    return long.isEmpty
      ? tokenMistakes(prompt: tokens(prompts, always), answer: tokens(answers, rare)) {
        "one request in a thousand"
      } : long
  }

  private func tokenMistakes(
    prompt: Int, answer: Int, _ who: () -> String
  ) -> [Diagnostic] {
    scenario.arms.compactMap { arm in
      guard let plan = arm.service?.language, !plan.fits(prompt: prompt, answer: answer) else {
        return nil
      }
      return Diagnostic(
        at: places.engine("memory", of: arm.name),
        "\(who()) has \(prompt) tokens of prompt and \(answer) of answer, and the memory of "
          + "\(arm.name) holds \(plan.memoryBlocks * plan.blockTokens)",
        help: "raise `memory`, or leave such requests out of the traffic")
    }
  }
}
