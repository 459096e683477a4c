/// Do the arms' distributions differ anywhere? The largest difference of the distribution functions, summed over the
/// groups, beside what it is with the arms exchanged in some of the groups.
///
/// Where both arms follow one law in each group, exchanging them in a group changes nothing but the sign of its
/// differences, so that all choices of signs are equally likely: the test is exact up to what groups share.
///
/// - Source: Canay, Romano and Shaikh (2017) for changes of signs over groups.
package struct GroupSigns: Sendable, Equatable {
  /// Group by group, at each threshold: production's share of values up to it less the candidate's, which is above 0
  /// where the candidate's values are the larger ones.
  package let differences: [[Double]]
  /// Between them lie equal shares of the values of both arms.
  private static let thresholds = 19

  /// - Throws: `noVariation` where all values are equal.
  package init(_ groups: [(candidate: [Double], production: [Double])]) throws(Unavailable) {
    let pooled = RadixSort.sorted(groups.flatMap { $0.candidate + $0.production })
    guard let least = pooled.first, let largest = pooled.last, least < largest else {
      throw .noVariation
    }
    var places: [Double] = []
    for step in 1...Self.thresholds {
      let value = pooled[step * pooled.count / (Self.thresholds + 1)]
      if value < largest, value != places.last { places.append(value) }
    }
    // Of values most of which are equal, what is above or below them.
    if places.isEmpty { places = [pooled[pooled.partitioningIndex { $0 >= largest } - 1]] }
    differences = groups.map { group in
      let (one, other) = (
        RadixSort.sorted(group.candidate), RadixSort.sorted(group.production)
      )
      return places.map { Self.share(of: other, upTo: $0) - Self.share(of: one, upTo: $0) }
    }
  }

  private static func share(of sorted: [Double], upTo place: Double) -> Double {
    Double(sorted.partitioningIndex { $0 > place }) / Double(sorted.count)
  }

  /// The largest difference of the groups' mean distribution functions, in the direction that is asked.
  package func statistic(_ alternative: Question.Alternative) -> Double {
    let sums = differences[0].indices.map { place in
      differences.reduce(0) { $0 + $1[place] }
    }
    return Self.largest(sums, alternative) / Double(differences.count)
  }

  /// The share of all choices of signs that bring as large a statistic.
  ///
  /// - Complexity: O(2^groups · thresholds).
  package func p(_ alternative: Question.Alternative) -> PValue {
    let places = differences[0].indices
    var sums = places.map { place in differences.reduce(0) { $0 + $1[place] } }
    let own = Self.largest(sums, alternative)
    // Sums of the same numbers in another order differ by rounding.
    let least = own - 0x1p-36
    var signs = Array(repeating: 1.0, count: differences.count)
    var count = 1
    let all = 1 << differences.count
    for step in 1..<all {
      // One sign changes from each choice to the next (Gray's code).
      let group = step.trailingZeroBitCount
      signs[group] = -signs[group]
      for place in places { sums[place] += 2 * signs[group] * differences[group][place] }
      if Self.largest(sums, alternative) >= least { count += 1 }
    }
    return PValue(Double(count) / Double(all))
  }

  private static func largest(_ sums: [Double], _ alternative: Question.Alternative) -> Double {
    var largest = 0.0
    for sum in sums {
      switch alternative {
      case .different: largest = max(largest, abs(sum))
      case .greater: largest = max(largest, sum)
      case .less: largest = max(largest, -sum)
      }
    }
    return largest
  }
}
