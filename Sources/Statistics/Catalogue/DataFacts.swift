import Probability

/// What a choice of method looks at: the design of the data and a few facts about the values, never which arm is
/// ahead.
package struct DataFacts: Sendable, Equatable {
  package enum Layout: Sendable, Equatable {
    /// Two arms that share no unit.
    case arms
    /// Two answers to each request.
    case pairs
    /// What one policy did and earned, and how likely another would have done it.
    case log
  }

  /// What is to be compared.
  package enum Asked: Sendable, Equatable {
    case mean
    /// Σ values / Σ denominators.
    case ratio
    case quantile
    /// The area under the ROC curve of two scores, of the same requests or each of its own.
    case areaUnderCurve
    /// How long until an event that not every row had.
    case time
    /// Two answers as classes without an order.
    case classes
  }

  package var layout: Layout
  package var asked: Asked
  /// Rows of the smaller arm; pairs.
  package var smallerCount: Int
  /// Rows of both arms; pairs.
  package var count: Int
  package var isBinary = false
  /// Whole numbers >= 0.
  package var isCounts = false
  package var isPositive = false
  /// The range of the values is known before they are: 0 to 1 of a share, or what somebody said.
  package var hasRange = false
  package var hasDenominators = false
  package var hasCovariates = false
  package var hasStrata = false
  package var hasLabels = false
  package var hasTimes = false
  package var hasRewardModel = false
  /// The rows' order is that of time.
  package var hasPlaces = false
  /// Both arms have a value at every time: two series beside each other, not rows of one series that were assigned.
  package var isParallel = false
  /// Some unit made several rows.
  package var hasRepeatedUnits = false
  /// Units of the smaller arm; nil where every row is a unit of its own.
  package var smallerUnitCount: Int?
  /// Rows that are near in time may be alike.
  package var isDependent = false
  /// Of values that are 0 or 1: the smallest of the four counts that are expected where the arms do not differ (of
  /// pairs: how many pairs disagree).
  package var smallestExpectedCount: Double?
  /// The larger of the arms' |skewness| (of pairs, that of the differences); 0 where it does not exist.
  package var skewness = 0.0

  package init(layout: Layout, asked: Asked, smallerCount: Int, count: Int) {
    self.layout = layout
    self.asked = asked
    self.smallerCount = smallerCount
    self.count = count
  }

  package init(_ arms: TwoArms, asked: Asked) {
    let sides = [arms.candidate, arms.production]
    let counts = sides.map(\.values.count)
    self.init(
      layout: .arms, asked: asked, smallerCount: counts.min() ?? 0, count: counts.reduce(0, +))
    describe(sides.map(\.values))
    hasDenominators = sides.allSatisfy { $0.denominators != nil }
    hasCovariates = sides.allSatisfy { !$0.covariates.isEmpty }
    hasStrata = sides.allSatisfy { $0.strata != nil }
    hasPlaces = sides.allSatisfy { $0.places != nil }
    hasLabels = sides.allSatisfy { $0.labels != nil }
    hasTimes = sides.allSatisfy { $0.censored != nil }
    isParallel = Self.isParallel(arms)
    let units = sides.compactMap { side in side.units.map { ($0.max() ?? -1) + 1 } }
    if units.count == 2 {
      smallerUnitCount = units.min()
      hasRepeatedUnits = units.reduce(0, +) < count
    }
    skewness = sides.map { Self.skewness($0.values) }.max() ?? 0
    if isBinary, count > 0 {
      let ones = sides.reduce(0) { $0 + $1.values.count { $0 == 1 } }
      let rarer = min(ones, count - ones)
      smallestExpectedCount = Double(rarer) * (Double(smallerCount) / Double(count))
    }
  }

  package init(_ pairs: PairSample, asked: Asked) {
    let count = pairs.candidate.count
    self.init(layout: .pairs, asked: asked, smallerCount: count, count: count)
    describe([pairs.candidate, pairs.production])
    hasDenominators = pairs.denominators != nil
    hasStrata = pairs.strata != nil
    hasLabels = pairs.labels != nil
    if let units = pairs.units {
      let unitCount = (units.max() ?? -1) + 1
      smallerUnitCount = unitCount
      hasRepeatedUnits = unitCount < count
    }
    let differences = pairs.candidate.indices.map { pairs.candidate[$0] - pairs.production[$0] }
    skewness = Self.skewness(differences)
    if isBinary { smallestExpectedCount = Double(differences.count { $0 != 0 }) }
  }

  /// Whether of the places 2i and 2i + 1 each arm has one, for all i: by chance that happens once in 2ⁿ.
  private static func isParallel(_ arms: TwoArms) -> Bool {
    guard let first = arms.candidate.places, let second = arms.production.places,
      first.count == second.count, first.count > 1
    else { return false }
    return first.indices.allSatisfy { first[$0] / 2 == $0 && second[$0] / 2 == $0 }
  }

  private mutating func describe(_ columns: [[Double]]) {
    isBinary = columns.allSatisfy { $0.allSatisfy { $0 == 0 || $0 == 1 } }
    isCounts = columns.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 == $0.rounded() } }
    isPositive = columns.allSatisfy { $0.allSatisfy { $0 > 0 } }
    hasRange = isBinary
  }

  /// |m₃| / m₂^1.5, scaled so that no size of values is lost; plain sums, since it only chooses.
  static func skewness(_ values: [Double]) -> Double {
    guard let moments = try? Moments(of: values), moments.standardDeviation > 0 else { return 0 }
    var cubes = 0.0
    for value in values {
      let distance = (value - moments.mean) / moments.standardDeviation
      cubes += distance * distance * distance
    }
    return abs(cubes / Double(values.count))
  }
}
