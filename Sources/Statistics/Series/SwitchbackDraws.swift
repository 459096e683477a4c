import Probability

/// What the difference of a switchback would have been under other draws of its assignment.
///
/// With a constant effect δ taken off, draw d has the difference A_d − δ B_d, where A_d is that of the values
/// and B_d that of the observed assignment; so one set of draws serves every δ.
struct SwitchbackDraws {
  let estimate: Double
  private var draws: [(values: Double, treatment: Double)] = []

  init(
    values: [Double], isCandidate: [Bool], burnIn: Int, blockLength: Int, question: Question
  ) throws(Unavailable) {
    precondition(blockLength > 0, "blocks of \(blockLength) periods")
    let blocks = (values.count + blockLength - 1) / blockLength
    guard blocks >= 2 else { throw .tooFew(has: blocks, needs: 2) }
    guard !values.isEmpty,
      let observed = Switchback.differences(
        Self.centred(values), observed: isCandidate, assignment: isCandidate, burnIn: burnIn)
    else { throw .tooFew(has: 1, needs: 2) }
    estimate = observed.values
    let centred = Self.centred(values)
    var assignment = isCandidate
    for draw in 0..<question.resamples {
      var stream = RandomStream(
        seed: question.seed, StreamName("switchback"), entity: UInt64(draw))
      var found: (values: Double, treatment: Double)?
      // Two blocks or more are met by both arms in half of all draws at least.
      for _ in 0..<200 where found == nil {
        for block in 0..<blocks {
          let arm = stream.nextWord() & 1 == 1
          for period in (block * blockLength)..<min(values.count, (block + 1) * blockLength) {
            assignment[period] = arm
          }
        }
        found = Switchback.differences(
          centred, observed: isCandidate, assignment: assignment, burnIn: burnIn)
      }
      guard let found else { throw .tooFew(has: blocks, needs: blocks + 1) }
      draws.append(found)
    }
  }

  /// So that large offsets do not cost digits.
  private static func centred(_ values: [Double]) -> [Double] {
    let centre = Centre(of: values)
    return values.map { ($0 - centre.value) - centre.rest }
  }

  func p(null: Double, _ question: Question) -> PValue {
    switch question.alternative {
    case .greater: PValue(share(null) { $0 >= $1 })
    case .less: PValue(share(null) { $0 <= $1 })
    case .different: PValue(share(null) { abs($0) >= abs($1) })
    }
  }

  /// All effects that the test does not reject.
  func interval(_ question: Question) -> Bounds {
    let allowed = 1 - question.level
    let low = question.alternative == .less ? -Double.infinity : end(question, allowed, below: true)
    let high =
      question.alternative == .greater ? Double.infinity : end(question, allowed, below: false)
    return Bounds(lower: low, upper: high)
  }

  private func end(_ question: Question, _ allowed: Double, below: Bool) -> Double {
    func isInside(_ effect: Double) -> Bool { p(null: effect, question).value > allowed }
    let spread = draws.reduce(0) { max($0, abs($1.values)) }
    guard spread > 0 else { return estimate }
    let direction = below ? -1.0 : 1
    var inside = estimate
    var step = spread
    // Beyond a finite distance the test always rejects, unless too few assignments are possible.
    for _ in 0..<60 {
      guard isInside(inside + direction * step) else { break }
      inside += direction * step
      step *= 2
    }
    var outside = inside + direction * step
    guard !isInside(outside) else { return direction * .infinity }
    for _ in 0..<100 {
      let middle = inside / 2 + outside / 2
      guard middle != inside, middle != outside, abs(outside - inside) > 1e-12 * spread else {
        break
      }
      if isInside(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }

  /// (1 + draws as extreme) / (1 + draws), ties met within rounding.
  private func share(_ null: Double, _ isAsExtreme: (Double, Double) -> Bool) -> Double {
    let observed = estimate - null
    let slack = 1e-12 * (abs(observed) + abs(estimate))
    var count = 1
    for draw in draws {
      let value = draw.values - null * draw.treatment
      if isAsExtreme(value, observed) || abs(value - observed) <= slack { count += 1 }
    }
    return Double(count) / Double(draws.count + 1)
  }
}
