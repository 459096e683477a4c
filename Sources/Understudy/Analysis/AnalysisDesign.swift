import Documents
import Simulation
import Statistics
import Traffic

/// Which rows belong to which arm, in which order, checked.
struct AnalysisDesign {
  /// The baseline first.
  let arms: [String]
  let baselineReason: String?
  /// By arm: its rows in order of time, or of the table; of pairs, all rows for every arm.
  private(set) var rows: [[Int]]
  /// By row: its unit's code; nil where every row is a unit.
  let units: [Int32]?
  /// By row: its stratum's code; nil without strata.
  let strata: [Int32]?
  /// By row: its segment's code; nil without segments.
  let segments: [Int32]?
  /// Segments by name: their codes and names.
  let segmentNames: [(code: Int32, name: String)]
  /// By row: its weight; nil without weights.
  let weights: [Double]?
  private(set) var health = AnalysisHealth()

  init(_ request: AnalysisRequest, _ table: AnalysisTable) throws(StudyError) {
    units = request.unit.map { table.categories($0).codes }
    strata = request.stratum.map { table.categories($0).codes }
    if let unit = request.unit { try table.checkFilled(unit, asker: "--unit") }
    if let stratum = request.stratum { try table.checkFilled(stratum, asker: "--stratum") }
    (segments, segmentNames) = try Self.segments(request, table)
    for covariate in request.covariates {
      try table.check(covariate) {
        $0.isNaN ? .emptyField(column: covariate, asker: "--covariate") : nil
      }
    }
    weights = try Self.weights(request, table)
    let order = Self.order(request, table)
    health.wasSorted = !zip(order, order.dropFirst()).allSatisfy(<)
    health.columnsOfWords = table.columns.columnsOfWords
    switch request.layout {
    case .pairs(let columns):
      (arms, baselineReason) = try Self.pairs(columns, request, table)
      rows = Array(repeating: order, count: columns.count)
    case .policies(let columns):
      (arms, baselineReason) = ([Self.loggedName(columns)] + columns, nil)
      rows = Array(repeating: order, count: columns.count + 1)
    case .arms(let column):
      let (codes, names) = table.categories(column)
      let sorted = try Self.armNames(column, names, request, table)
      (arms, baselineReason) = try Self.ordered(sorted, column, request, table)
      let arms = arms
      let indices = names.map { arms.firstIndex(of: $0) ?? 0 }
      rows = Array(repeating: [], count: arms.count)
      for row in order where codes[row] >= 0 { rows[indices[Int(codes[row])]].append(row) }
      health.rowsLeftOut = codes.count { $0 < 0 }
      try separateUnits(request, table, armOf: codes.map { $0 < 0 ? -1 : indices[Int($0)] })
      for arm in arms.indices where rows[arm].isEmpty {
        throw table.error(.nothingUncrossed(column: request.unit ?? column, arm: arms[arm]))
      }
    }
  }

  // MARK: Arms

  /// A column with more arms than this names something else.
  private static let mostArms = 50

  private static func armNames(
    _ column: String, _ names: [String], _ request: AnalysisRequest, _ table: AnalysisTable
  ) throws(StudyError) -> [String] {
    let sorted = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    for (arm, share) in request.plannedShares where !names.contains(arm) {
      throw share > 0 && names.count > 0
        ? table.error(.emptyArm(arm: arm, column: column))
        : table.error(.unknownArm(arm: arm, asker: "--ratio", column: column, arms: sorted))
    }
    guard names.count > 1 else {
      throw table.error(.oneArm(column: column, arm: names.first))
    }
    guard names.count <= mostArms else {
      throw table.error(.tooManyArms(column: column, count: names.count, limit: mostArms))
    }
    return sorted
  }

  /// Names that a baseline commonly has, the likeliest first.
  private static let usualBaselines = ["control", "production", "baseline", "a"]

  private static func ordered(
    _ names: [String], _ column: String, _ request: AnalysisRequest, _ table: AnalysisTable
  ) throws(StudyError) -> ([String], String?) {
    if let baseline = request.baseline {
      guard names.contains(baseline) else {
        throw table.error(
          .unknownArm(arm: baseline, asker: "--baseline", column: column, arms: names))
      }
      return ([baseline] + names.filter { $0 != baseline }, nil)
    }
    for usual in usualBaselines {
      if let baseline = names.first(where: { $0.lowercased() == usual }) {
        return ([baseline] + names.filter { $0 != baseline }, "a usual name for one")
      }
    }
    return (names, "the first by name")
  }

  private static func pairs(
    _ columns: [String], _ request: AnalysisRequest, _ table: AnalysisTable
  ) throws(StudyError) -> ([String], String?) {
    guard let baseline = request.baseline else { return (columns, nil) }
    guard columns.contains(baseline) else {
      throw table.error(
        .unknownArm(arm: baseline, asker: "--baseline", column: "--pairs", arms: columns))
    }
    return ([baseline] + columns.filter { $0 != baseline }, nil)
  }

  /// What the logging policy is called.
  private static func loggedName(_ policies: [String]) -> String {
    policies.contains("logged") ? "the logging policy" : "logged"
  }

  /// A column with more segments than this names something else.
  private static let mostSegments = 50

  private static func segments(
    _ request: AnalysisRequest, _ table: AnalysisTable
  ) throws(StudyError) -> ([Int32]?, [(code: Int32, name: String)]) {
    guard let column = request.segment else { return (nil, []) }
    try table.checkFilled(column, asker: "--segment")
    let (codes, names) = table.categories(column)
    guard names.count <= mostSegments else {
      throw table.error(
        .tooManySegments(column: column, count: names.count, limit: mostSegments))
    }
    let sorted = names.indices.sorted {
      Array(names[$0].utf8).lexicographicallyPrecedes(Array(names[$1].utf8))
    }
    return (codes, sorted.map { (Int32($0), names[$0]) })
  }

  // MARK: Rows

  private static func order(_ request: AnalysisRequest, _ table: AnalysisTable) -> [Int] {
    let all = Array(0..<table.columns.rowCount)
    guard let time = request.time else { return all }
    let times = table.times(time)
    return all.sorted { (times[$0], $0) < (times[$1], $1) }
  }

  private static func weights(
    _ request: AnalysisRequest, _ table: AnalysisTable
  ) throws(StudyError) -> [Double]? {
    if let column = request.propensity {
      try table.check(column) { value in
        if value.isNaN { return .emptyField(column: column, asker: "--propensity") }
        if value == 0 { return .noOverlap(column: column) }
        return value < 0 || value > 1 ? .propensityOutside(column: column, value: value) : nil
      }
      return request.isOfPolicies ? nil : table.numbers(column).map { 1 / $0 }
    }
    guard let column = request.weight else { return nil }
    try table.check(column) { value in
      if value.isNaN { return .emptyField(column: column, asker: "--weight") }
      return value < 0 ? .negativeWeight(column: column, value: value) : nil
    }
    return table.numbers(column)
  }

  /// Units with rows in two arms are told, or left out.
  private mutating func separateUnits(
    _ request: AnalysisRequest, _ table: AnalysisTable, armOf: [Int]
  ) throws(StudyError) {
    guard let column = request.unit, let units else { return }
    let names = table.categories(column).names
    var armOfUnit = [Int](repeating: -1, count: names.count)
    var isCrossed = [Bool](repeating: false, count: names.count)
    var first: (row: Int, arm: Int)?
    for row in armOf.indices where armOf[row] >= 0 {
      let unit = Int(units[row])
      if armOfUnit[unit] < 0 { armOfUnit[unit] = armOf[row] }
      guard armOfUnit[unit] != armOf[row] else { continue }
      isCrossed[unit] = true
      if first == nil { first = (row, armOfUnit[unit]) }
    }
    guard let first else { return }
    health.crossedUnits = isCrossed.count { $0 }
    guard request.leavesOutCrossedUnits else {
      throw table.error(
        .crossedUnit(
          unit: names[Int(units[first.row])], column: column, first: arms[first.arm],
          second: arms[armOf[first.row]], others: health.crossedUnits - 1),
        row: first.row)
    }
    for arm in rows.indices { rows[arm].removeAll { isCrossed[Int(units[$0])] } }
  }

  /// How many units an arm has; nil where every row is one.
  func unitCount(_ arm: Int) -> Int? {
    units.map { units in Self.renumbered(rows[arm], units).1 }
  }

  /// The codes of some rows as 0..<k in order of appearance, and k.
  static func renumbered(_ rows: [Int], _ codes: [Int32]) -> ([Int], Int) {
    var numbers: [Int] = Array(repeating: -1, count: Int(codes.max() ?? -1) + 1)
    var count = 0
    let renumbered = rows.map { row in
      let code = Int(codes[row])
      if numbers[code] < 0 {
        numbers[code] = count
        count += 1
      }
      return numbers[code]
    }
    return (renumbered, count)
  }
}
