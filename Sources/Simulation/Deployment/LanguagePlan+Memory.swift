extension LanguagePlan {
  /// How many blocks fit on a replica.
  package var memoryBlocks: Int { memoryTokens / blockTokens }

  /// How many blocks the keys and values of a request take at its end.
  package func blocks(prompt: Int, answer: Int) -> Int {
    let (sum, overflows) = prompt.addingReportingOverflow(answer)
    return overflows ? .max : sum / blockTokens + (sum.isMultiple(of: blockTokens) ? 0 : 1)
  }

  /// Whether a request can ever be answered: alone on a replica, it must fit.
  package func fits(prompt: Int, answer: Int) -> Bool {
    blocks(prompt: prompt, answer: answer) <= memoryBlocks
  }
}
