import Probability

/// The area under the ROC curve of one column of scores: the chance that a request of class 1 scores above
/// one of class 0, ties counting half.
///
/// Holds what its variance needs: DeLong's structural components, in the order of the requests, and as
/// influence values for a series that is not independent. Memory is in proportion to the requests;
/// `BinnedAUC` is the bounded alternative.
///
/// - Complexity: O(n) by a radix sort of the scores' bit patterns.
/// - Source: Mann and Whitney (1947); DeLong, DeLong and Clarke-Pearson (1988); Sun and Xu (2014) for the
///   components from midranks.
package struct AreaUnderCurve: Sendable, Equatable {
  package let value: Double
  package let positives: Int
  package let negatives: Int
  /// Of each request: the share of the other class that it is ranked right against, ties counting half.
  package let components: [Double]
  /// Of each request, by its class.
  private let labels: [Bool]

  /// - Parameters:
  ///   - scores: one a request, no NaN.
  ///   - labels: whether the request is of class 1.
  package init(scores: [Double], labels: [Bool]) throws(Unavailable) {
    precondition(scores.count == labels.count, "\(scores.count) scores, \(labels.count) labels")
    let positives = labels.reduce(0) { $0 + ($1 ? 1 : 0) }
    let negatives = labels.count - positives
    guard !labels.isEmpty else { throw .tooFew(has: 0, needs: 2) }
    guard positives > 0, negatives > 0 else { throw .oneClassOnly }
    precondition(scores.count <= Int(UInt32.max), "\(scores.count) scores")
    var keys = scores.map { OrderedBits.key($0) }
    var rows = (0..<UInt32(scores.count)).map { $0 }
    RadixSort.sort(&keys, carrying: &rows)
    var components = [Double](repeating: 0, count: scores.count)
    var positivesBelow = 0
    var negativesBelow = 0
    var twiceWins = Int128(0)
    var start = 0
    while start < scores.count {
      var end = start
      var positivesHere = 0
      while end < scores.count, keys[end] == keys[start] {
        positivesHere += labels[Int(rows[end])] ? 1 : 0
        end += 1
      }
      let negativesHere = end - start - positivesHere
      let twiceOverNegatives = 2 * negativesBelow + negativesHere
      let twiceUnderPositives = 2 * (positives - positivesBelow) - positivesHere
      let ofPositive = Double(twiceOverNegatives) / Double(2 * negatives)
      let ofNegative = Double(twiceUnderPositives) / Double(2 * positives)
      for place in start..<end {
        let row = Int(rows[place])
        components[row] = labels[row] ? ofPositive : ofNegative
      }
      twiceWins += Int128(positivesHere) * Int128(twiceOverNegatives)
      positivesBelow += positivesHere
      negativesBelow += negativesHere
      start = end
    }
    value = Double(twiceWins) / (2 * Double(positives) * Double(negatives))
    self.positives = positives
    self.negatives = negatives
    self.components = components
    self.labels = labels
  }

  /// Of each request, what it moves the area by, times n: (component − area) over its class's share.
  /// Their mean is 0.
  package var influence: [Double] {
    let n = Double(labels.count)
    let ofPositive = n / Double(positives)
    let ofNegative = n / Double(negatives)
    return labels.indices.map { row in
      (components[row] - value) * (labels[row] ? ofPositive : ofNegative)
    }
  }

  /// DeLong's estimate, for independent requests; infinite where a class has one request.
  package var independentEstimate: TEstimate {
    TEstimate(
      value: value,
      standardError: Self.covariance(self, self).squareRoot(), degreesOfFreedom: .infinity)
  }

  /// The area with its standard error under serial dependence.
  package func inference() throws(Unavailable) -> SeriesInference {
    var inference = try SeriesAccumulator.inference(of: influence)
    inference.mean = value
    inference.independentStandardError = independentEstimate.standardError
    return inference
  }

  /// DeLong's covariance of the areas of two columns over the same requests.
  package static func covariance(_ first: AreaUnderCurve, _ second: AreaUnderCurve) -> Double {
    precondition(first.labels == second.labels, "areas over different requests")
    var ofPositives = ExactSum()
    var ofNegatives = ExactSum()
    for row in first.labels.indices {
      let product = (first.components[row] - first.value) * (second.components[row] - second.value)
      if first.labels[row] { ofPositives.add(product) } else { ofNegatives.add(product) }
    }
    let positives = Double(first.positives)
    let negatives = Double(first.negatives)
    guard positives > 1, negatives > 1 else { return .infinity }
    return ofPositives.value / (positives - 1) / positives
      + ofNegatives.value / (negatives - 1) / negatives
  }
}

/// The difference of two areas over the same requests, candidate − production.
package struct PairedAUC: Sendable, Equatable {
  package let candidate: AreaUnderCurve
  package let production: AreaUnderCurve

  package init(
    candidateScores: [Double], productionScores: [Double], labels: [Bool]
  ) throws(Unavailable) {
    candidate = try AreaUnderCurve(scores: candidateScores, labels: labels)
    production = try AreaUnderCurve(scores: productionScores, labels: labels)
  }

  package var candidateMinusProduction: Double { candidate.value - production.value }

  /// DeLong's test, for independent requests.
  package var independentEstimate: TEstimate {
    let variance =
      AreaUnderCurve.covariance(candidate, candidate)
      - 2 * AreaUnderCurve.covariance(candidate, production)
      + AreaUnderCurve.covariance(production, production)
    return TEstimate(
      value: candidateMinusProduction, standardError: max(0, variance).squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// The difference with its standard error under serial dependence.
  package func inference() throws(Unavailable) -> SeriesInference {
    let first = candidate.influence
    let second = production.influence
    var inference = try SeriesAccumulator.inference(
      of: first.indices.map { first[$0] - second[$0] })
    inference.mean = candidateMinusProduction
    return inference
  }
}
