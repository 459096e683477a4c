import Probability

/// The confidence sequence of a quantile: between two order statistics whose ranks the e-process of a share rules out,
/// exact at every look and for any distribution, one with ties included.
///
/// If the quantile lay above the j-th smallest of t values, at least j of them would lie below it, each with a
/// probability of at most p.
///
/// - Source: Howard and Ramdas (2022), with the beta-binomial mixture of their section 3 in its one-sided form.
package struct QuantileRanks: Sendable, Equatable {
  /// The rank of the lower end, from 1 on; 0 where there is none.
  package let lower: Int
  /// The rank of the upper end; count + 1 where there is none.
  package let upper: Int

  /// - Parameters:
  ///   - count: the values so far.
  ///   - probability: of the quantile, in (0, 1).
  ///   - bar: ln of the evidence at which a rank falls, −ln of the error of an end.
  /// - Complexity: O(log count) evaluations of an incomplete beta function.
  package init(count: Int, probability p: Double, bar: Double) {
    var (inside, outside) = (0, count + 1)
    while outside - inside > 1 {
      let middle = (inside + outside) / 2
      let mixture = BernoulliMixture(successes: middle, trials: count)
      if mixture.lnEvidence(above: p) >= bar { outside = middle } else { inside = middle }
    }
    upper = outside
    // The largest rank with one value fewer at or below it being too few.
    (inside, outside) = (count + 1, 0)
    while inside - outside > 1 {
      let middle = (inside + outside) / 2
      let mixture = BernoulliMixture(successes: middle - 1, trials: count)
      if mixture.lnEvidence(below: p) >= bar { outside = middle } else { inside = middle }
    }
    lower = outside
  }
}

/// The values of one arm in the order of time, of which any prefix can be asked for its k-th smallest.
///
/// - Complexity: O(log n) a value and a question, O(n) memory.
/// - Source: Fenwick (1994).
struct GrowingOrder: Sendable {
  private let sorted: [Double]
  private let ranks: [Int]
  private var tree: [Int]
  private(set) var count = 0

  init(_ values: [Double]) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = values.map { _ in 0 }
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    self.ranks = ranks
    sorted = order.map { values[$0] }
    tree = Array(repeating: 0, count: values.count + 1)
  }

  /// The next value in time has come.
  mutating func advance() {
    var node = ranks[count] + 1
    while node < tree.count {
      tree[node] += 1
      node += node & -node
    }
    count += 1
  }

  /// The k-th smallest so far; −infinity for k = 0, infinity for k > count.
  func smallest(_ k: Int) -> Double {
    if k < 1 || k > count { return k < 1 ? -.infinity : .infinity }
    var (node, left) = (0, k)
    var step = 1
    while step * 2 < tree.count { step *= 2 }
    while step > 0 {
      if node + step < tree.count, tree[node + step] < left {
        node += step
        left -= tree[node]
      }
      step /= 2
    }
    return sorted[node]
  }
}

/// The difference of the same quantile of two arms under repeated looks, over tables.
package struct QuantileMethods: Sendable {
  package let question: Question

  package init(_ question: Question) { self.question = question }

  /// Looks where the question does not say: a look needs some ten thousand operations.
  static let defaultLooks = 100

  package func path(of arms: TwoArms) throws(Unavailable) -> SequentialPath {
    guard question.alternative != .less else {
      return try QuantileMethods(question.exchanged { -$0 }).path(of: arms.exchanged).negated
    }
    let (x, y) = (arms.candidate.values, arms.production.values)
    guard !x.isEmpty, !y.isEmpty else { throw .tooFew(has: min(x.count, y.count), needs: 1) }
    guard x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite) else { throw .notFinite }
    var order = RowOrder(arms)
    var state = State(question, x, y)
    var schedule = LookSchedule(
      rows: order.rows, looks: question.monitoring.looks ?? Self.defaultLooks)
    var marks = LookSchedule(rows: order.rows, looks: SequentialPath.mostMarks)
    var path = SequentialPath(marks: [], looks: 0, firstCrossing: nil, answer: Answer())
    for row in 1...order.rows {
      if order.next() { state.candidate.advance() } else { state.production.advance() }
      guard order.isSettled, schedule.isDue(row), state.candidate.count > 0,
        state.production.count > 0
      else {
        continue
      }
      state.look(row)
      path.looks += 1
      guard marks.isDue(row) else { continue }
      path.marks.append(
        SequentialPath.Mark(
          rows: row, estimate: state.estimate, interval: state.record.interval,
          p: state.p))
    }
    path.firstCrossing = state.record.firstCrossing
    path.answer = Answer(
      estimate: state.estimate, interval: state.record.interval, p: state.p,
      arms: state.quantiles)
    if state.record.isContradictory { path.answer.cautions.append(.contradictoryLooks) }
    return path
  }

  private struct State {
    var candidate: GrowingOrder
    var production: GrowingOrder
    var record: SequentialRecord
    private let probability: Double
    private let null: Double
    private let isOneSided: Bool
    /// ln of how many ends share the error: two arms, and two ends of each where both directions are asked.
    private let lnEnds: Double
    private let bar: Double

    init(_ question: Question, _ x: [Double], _ y: [Double]) {
      candidate = GrowingOrder(x)
      production = GrowingOrder(y)
      probability = question.probability
      null = question.null ?? 0
      isOneSided = question.alternative == .greater
      lnEnds = Elementary.log(isOneSided ? 2 : 4)
      bar = lnEnds - Elementary.log(1 - question.level)
      record = SequentialRecord(bar: bar)
    }

    var p: PValue { record.p(lnFactor: lnEnds) }

    var quantiles: Answer.Arms {
      func value(_ arm: GrowingOrder) -> Double {
        arm.smallest(Int((Double(arm.count) * probability).rounded(.up)))
      }
      return .init(candidate: value(candidate), production: value(production))
    }

    var estimate: Double { quantiles.candidate - quantiles.production }

    mutating func look(_ row: Int) {
      let ends = ends(bar: bar)
      record.add(lower: ends.lower, upper: isOneSided ? .infinity : ends.upper)
      let lnEvidence = evidence(isExcluded(ends))
      record.add(lnEvidence: lnEvidence, row: row)
    }

    private func ends(bar: Double) -> (lower: Double, upper: Double) {
      let first = QuantileRanks(count: candidate.count, probability: probability, bar: bar)
      let second = QuantileRanks(count: production.count, probability: probability, bar: bar)
      return (
        candidate.smallest(first.lower) - production.smallest(second.upper),
        candidate.smallest(first.upper) - production.smallest(second.lower)
      )
    }

    private func isExcluded(_ ends: (lower: Double, upper: Double)) -> Bool {
      ends.lower > null || (!isOneSided && ends.upper < null)
    }

    /// The highest bar at which the null value is still excluded, to 10⁻⁹.
    private func evidence(_ isExcludedNow: Bool) -> Double {
      // Below ln of the number of ends, the p-value is 1 anyway.
      var inside = isExcludedNow ? bar : max(lnEnds, record.lnEvidence)
      guard isExcluded(ends(bar: inside)) else { return 0 }
      var outside = isExcludedNow ? 2 * bar + 1 : bar
      while isExcluded(ends(bar: outside)) { (inside, outside) = (outside, 2 * outside) }
      while outside - inside > 1e-9 * outside {
        let middle = (inside + outside) / 2
        if isExcluded(ends(bar: middle)) { inside = middle } else { outside = middle }
      }
      return inside
    }
  }
}
