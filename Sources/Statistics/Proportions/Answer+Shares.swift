import Probability

/// How the families of shares and counts turn what they compute into an answer.
extension Answer {
  /// From a normal test and the interval that belongs to it.
  ///
  /// - Parameters:
  ///   - null: the estimand's "no difference".
  ///   - range: the values that a null hypothesis may take, without its ends.
  init(
    _ inference: NormalInference, to question: Question, null: Double = 0,
    range: (Double, Double) = (-1, 1)
  ) throws(Unavailable) {
    let null = try question.null(or: null, in: range)
    let score = inference.score(null)
    guard !score.isNaN else { throw .noVariation }
    var bounds = inference.interval(question)
    // A ratio's lower end is 0 at least.
    if range.0 == 0 { bounds.lower = max(0, bounds.lower) }
    self.init(
      estimate: inference.estimate, interval: bounds,
      p: NormalInference.p(score, question.alternative), statistic: score)
  }

  /// From an estimate whose error must not be 0.
  init(
    varying estimate: TEstimate, to question: Question, range: (Double, Double) = (-1, 1)
  ) throws(Unavailable) {
    guard estimate.standardError > 0 else { throw .noVariation }
    _ = try question.null(or: 0, in: range)
    self.init(estimate, to: question)
    degreesOfFreedom = nil
  }

  /// From the estimate of a logarithm: everything but the statistic and its error is given as the ratio.
  init(exponentialOf estimate: TEstimate, to question: Question) throws(Unavailable) {
    let null = try question.null(or: 1, in: (0, .infinity))
    var asked = question
    asked.null = Elementary.log(null)
    self.init(estimate, to: asked)
    self.estimate = Elementary.exp(estimate.value)
    degreesOfFreedom = nil
    interval = interval.map {
      Bounds(
        lower: $0.lower == -.infinity ? 0 : Elementary.exp($0.lower),
        upper: Elementary.exp($0.upper))
    }
  }

  /// From an exact conditional test, of which `unit` times the odds is the estimand.
  init(
    _ test: ConditionalTest, to question: Question, sides: ConditionalTest.Sides, unit: Double = 1
  ) throws(Unavailable) {
    let null = try question.null(or: 1, in: (0, .infinity))
    let bounds = test.interval(
      level: question.level, alternative: question.alternative, sides: sides)
    self.init(
      estimate: test.estimate.map { $0 * unit },
      interval: Bounds(lower: bounds.lower * unit, upper: bounds.upper * unit),
      p: test.p(question.alternative, odds: null / unit, sides: sides))
  }

  func with(arms: Arms) -> Answer {
    var answer = self
    answer.arms = arms
    return answer
  }

  func with(_ caution: Caution?) -> Answer {
    var answer = self
    if let caution { answer.cautions.append(caution) }
    return answer
  }
}

extension TwoProportions {
  /// The caution where the smallest cell that equal shares would fill is below 5.
  var smallCells: Caution? {
    let (n1, n2) = (Double(candidate.trials), Double(production.trials))
    let all = Double(candidate.successes + production.successes)
    let smallest = min(n1, n2) * (min(all, n1 + n2 - all) / (n1 + n2))
    return smallest < 5 ? .smallExpectedCount(smallest) : nil
  }
}
