import Probability

/// How strong each of several arms is, from which of two answers was preferred, request by request, with ties.
///
/// Arm i is preferred to j with chance ∝ π_i, and they tie with chance ∝ ν √(π_i π_j).
///
/// - Source: Bradley and Terry (1952); Davidson (1970) for ties.
package struct PreferenceStrengths: Sendable, Equatable {
  /// How two arms compared.
  package struct Record: Sendable, Equatable {
    package var first: Int
    package var second: Int
    package var firstWins: Int
    package var secondWins: Int
    package var ties: Int

    package init(first: Int, second: Int, firstWins: Int, secondWins: Int, ties: Int = 0) {
      precondition(first != second && min(first, second) >= 0, "arms \(first), \(second)")
      precondition(min(firstWins, secondWins, ties) >= 0, "a negative count")
      self.first = first
      self.second = second
      self.firstWins = firstWins
      self.secondWins = secondWins
      self.ties = ties
    }

    fileprivate var count: Int { firstWins + secondWins + ties }
  }

  /// log π of each arm; 0 for the first one, the reference.
  package let logStrengths: [Double]
  /// log ν, or nil where nothing was tied.
  package let logTies: Double?
  /// Of log π of arms 1, 2, …, then of log ν.
  let covariance: [[Double]]

  /// - Throws: `separated` where some arms never lost to nor tied with the others, so that they are infinitely stronger;
  ///   `emptyCell` where everything is tied.
  /// - Complexity: O(arms³ + arms² · records) a step, about ten steps.
  package init(arms: Int, _ records: [Record]) throws(Unavailable) {
    guard arms > 1 else { throw .tooFew(has: arms, needs: 2) }
    for record in records {
      precondition(max(record.first, record.second) < arms, "an arm beyond \(arms)")
    }
    let seen = records.filter { $0.count > 0 }
    guard Self.areConnected(arms, seen) else { throw .separated }
    let ties = seen.reduce(0) { $0 + $1.ties }
    guard seen.contains(where: { $0.firstWins + $0.secondWins > 0 }) else { throw .emptyCell }
    let size = arms - 1 + (ties > 0 ? 1 : 0)
    var place = Array(repeating: 0.0, count: size)
    var likelihood = Likelihood(arms: arms, records: seen, hasTies: ties > 0)
    likelihood.move(to: place)
    for _ in 0..<100 {
      let step = try Cholesky(likelihood.information).solve(likelihood.score)
      var share = 1.0
      let before = likelihood.value
      repeat {
        likelihood.move(to: place.indices.map { place[$0] + share * step[$0] })
        share /= 2
      } while likelihood.value < before - 0x1p-40 * abs(before) && share > 0x1p-40
      for index in place.indices { place[index] += 2 * share * step[index] }
      // Newton's steps square their error.
      if step.allSatisfy({ abs($0) < 0x1p-30 }) { break }
    }
    let root = try Cholesky(likelihood.information)
    covariance = (0..<size).map { k in root.solve((0..<size).map { $0 == k ? 1 : 0 }) }
    logStrengths = [0] + place.prefix(arms - 1)
    logTies = ties > 0 ? place[arms - 1] : nil
  }

  /// log(π of `arm` / π of `other`), normal.
  package func logRatio(of arm: Int, to other: Int = 0) -> TEstimate {
    func entry(_ i: Int, _ j: Int) -> Double {
      i == 0 || j == 0 ? 0 : covariance[i - 1][j - 1]
    }
    let variance = entry(arm, arm) + entry(other, other) - 2 * entry(arm, other)
    return TEstimate(
      value: logStrengths[arm] - logStrengths[other], standardError: max(0, variance).squareRoot(),
      degreesOfFreedom: .infinity)
  }

  /// Whether every arm reaches every other along wins and ties, which is when a finite maximum exists.
  ///
  /// - Source: Ford (1957).
  private static func areConnected(_ arms: Int, _ records: [Record]) -> Bool {
    func reached(isForward: Bool) -> Int {
      var seen = Array(repeating: false, count: arms)
      seen[0] = true
      var (queue, next) = ([0], 0)
      while next < queue.count {
        let arm = queue[next]
        next += 1
        for record in records {
          let (wins, losses) =
            isForward
            ? (record.firstWins, record.secondWins) : (record.secondWins, record.firstWins)
          if record.first == arm, wins + record.ties > 0, !seen[record.second] {
            seen[record.second] = true
            queue.append(record.second)
          }
          if record.second == arm, losses + record.ties > 0, !seen[record.first] {
            seen[record.first] = true
            queue.append(record.first)
          }
        }
      }
      return queue.count
    }
    return reached(isForward: true) == arms && reached(isForward: false) == arms
  }

  /// The log likelihood with its slope and (negative) curvature, at one place.
  private struct Likelihood {
    let arms: Int
    let records: [Record]
    let hasTies: Bool
    var value = 0.0
    var score: [Double] = []
    var information: SymmetricMatrix

    init(arms: Int, records: [Record], hasTies: Bool) {
      self.arms = arms
      self.records = records
      self.hasTies = hasTies
      information = SymmetricMatrix(size: arms - 1 + (hasTies ? 1 : 0))
    }

    mutating func move(to place: [Double]) {
      let size = place.count
      score = Array(repeating: 0, count: size)
      information = SymmetricMatrix(size: size)
      value = 0
      for record in records { add(record, at: place) }
    }

    private mutating func add(_ record: Record, at place: [Double]) {
      func strength(_ arm: Int) -> Double { arm == 0 ? 0 : place[arm - 1] }
      let (one, other) = (strength(record.first), strength(record.second))
      // The three outcomes' exponents, relative to the middle of the two arms.
      let half = (one - other) / 2
      let tie = hasTies ? place[arms - 1] : -Double.infinity
      let top = max(abs(half), tie)
      let weights = [
        Elementary.exp(half - top), Elementary.exp(-half - top),
        hasTies ? Elementary.exp(tie - top) : 0,
      ]
      let whole = weights[0] + weights[1] + weights[2]
      let counts = [record.firstWins, record.secondWins, record.ties].map { Double($0) }
      let n = Double(record.count)
      let logWhole = Elementary.log(whole) + top
      value += counts[0] * (half - logWhole) + counts[1] * (-half - logWhole)
      if hasTies { value += counts[2] * (tie - logWhole) }
      // In `half` and log ν.
      let (lead, tied) = ((weights[0] - weights[1]) / whole, weights[2] / whole)
      let slope = counts[0] - counts[1] - n * lead
      let bend = n * (1 - tied - lead * lead)
      let cross = -n * lead * tied
      let sides = [(record.first, 0.5), (record.second, -0.5)].filter { $0.0 > 0 }
      for (arm, sign) in sides {
        score[arm - 1] += sign * slope
        for (next, otherSign) in sides where next <= arm {
          information[arm - 1, next - 1] += sign * otherSign * bend
        }
        if hasTies { information[arms - 1, arm - 1] += sign * cross }
      }
      if hasTies {
        score[arms - 1] += counts[2] - n * tied
        information[arms - 1, arms - 1] += n * tied * (1 - tied)
      }
    }
  }
}
