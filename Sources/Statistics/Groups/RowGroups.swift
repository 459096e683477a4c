/// Rows cut into a few groups that may be taken for independent of each other.
///
/// A group is made of whole units, where rows belong to units, and is else a stretch of time: stretches that are long
/// beside the memory of a series hardly depend on each other. Group g of one arm stands against group g of the other; on
/// a common clock both are of the same time.
package enum RowGroups {
  /// Fewer leave t with so few degrees of freedom that it says little; more are shorter, and depend more on each other.
  package static let fewest = 8
  package static let most = 16
  /// Rows (or units) from which on there may be a further group.
  static let length = 250

  /// How many groups so many rows (or units) are cut into.
  package static func count(of pieces: Int) throws(Unavailable) -> Int {
    guard pieces >= fewest else { throw .tooFew(has: pieces, needs: fewest) }
    return min(most, max(fewest, pieces / length))
  }

  /// Both arms, group by group: values, denominators, strata and censoring; what tells rows apart (units, places) has
  /// been used.
  ///
  /// - Throws: `tooFew` for fewer rows or units than groups, or a group without rows of either arm.
  package static func of(_ arms: TwoArms) throws(Unavailable) -> [TwoArms] {
    let (first, second) = (arms.candidate, arms.production)
    let count = try count(of: min(first.pieces, second.pieces))
    let groups =
      commonTimes(first, second, count)
      ?? (first.stretches(count), second.stretches(count))
    let (candidate, production) = (
      first.parts(groups.0, count: count), second.parts(groups.1, count: count)
    )
    for part in candidate + production where part.values.isEmpty {
      throw .tooFew(has: 0, needs: 1)
    }
    return zip(candidate, production).map { TwoArms(candidate: $0, production: $1) }
  }

  /// The same of pairs.
  package static func of(_ pairs: PairSample) throws(Unavailable) -> [PairSample] {
    let ones = ArmSample(
      values: pairs.candidate, denominators: pairs.denominators?.candidate, units: pairs.units)
    let others = ArmSample(
      values: pairs.production, denominators: pairs.denominators?.production, units: pairs.units)
    let groups = try of(TwoArms(candidate: ones, production: others))
    return groups.map { group in
      let below = group.candidate.denominators.flatMap { first in
        group.production.denominators.map {
          PairSample.Denominators(candidate: first, production: $0)
        }
      }
      return PairSample(
        candidate: group.candidate.values, production: group.production.values,
        denominators: below)
    }
  }

  /// The group of each row of two arms on one clock: from one time to the next, with as many rows of both together.
  private static func commonTimes(
    _ candidate: ArmSample, _ production: ArmSample, _ count: Int
  ) -> ([Int], [Int])? {
    guard candidate.units == nil, production.units == nil, let first = candidate.places,
      let second = production.places
    else { return nil }
    let all = (first + second).sorted()
    let starts = (1..<count).map { all[$0 * all.count / count] }
    func groups(_ places: [Int]) -> [Int] {
      places.map { place in starts.partitioningIndex { $0 > place } }
    }
    return (groups(first), groups(second))
  }
}

extension ArmSample {
  /// Units, or rows where each is a unit of its own.
  fileprivate var pieces: Int { units.map { ($0.max() ?? -1) + 1 } ?? values.count }

  /// The group of each row, by its unit's number or its own.
  fileprivate func stretches(_ count: Int) -> [Int] {
    let pieces = pieces
    return (units ?? Array(values.indices)).map { $0 * count / pieces }
  }

  fileprivate func parts(_ groups: [Int], count: Int) -> [ArmSample] {
    var rows = Array(repeating: [Int](), count: count)
    for group in rows.indices { rows[group].reserveCapacity(groups.count / count + 1) }
    for (row, group) in groups.enumerated() { rows[group].append(row) }
    return rows.map { rows in
      ArmSample(
        values: rows.map { values[$0] },
        denominators: denominators.map { column in rows.map { column[$0] } },
        strata: strata.map { column in rows.map { column[$0] } },
        censored: censored.map { column in rows.map { column[$0] } })
    }
  }
}
