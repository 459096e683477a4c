import Probability

@testable import Statistics

/// Two columns at an end of what there is.
struct EdgeData: Sendable {
  enum Column: String, Sendable {
    case empty, one, two, constant, zeros, ones, bits, fewOnes, normal, far, huge, counts,
      hugeCounts
    case missing, allMissing, infinite, negativeInfinite, largest, tiniest, outlier
  }

  var candidate: Column
  var production: Column
  var rows: Int

  var alternatives: [Question.Alternative] {
    #if DEBUG
      return [.different, .less]
    #else
      return rows > 100 ? [.different] : Question.Alternative.allCases
    #endif
  }

  static func all(for method: Method) -> [EdgeData] {
    let odd: [Column] = [
      .empty, .one, .two, .constant, .zeros, .ones, .missing, .allMissing, .infinite,
      .negativeInfinite, .largest, .tiniest, .outlier, .bits, .fewOnes, .far, .huge, .hugeCounts,
    ]
    let usual: Column =
      method.needs.contains(.binary) ? .bits : method.needs.contains(.counts) ? .counts : .normal
    var all: [EdgeData] = []
    for column in odd {
      for other in [usual, column] {
        all.append(EdgeData(candidate: column, production: other, rows: 14))
        if other != column { all.append(EdgeData(candidate: other, production: column, rows: 14)) }
      }
    }
    all.append(EdgeData(candidate: .zeros, production: .ones, rows: 14))
    all.append(EdgeData(candidate: .ones, production: .zeros, rows: 14))
    return all + (isQuick(method) ? large : [])
  }

  /// Where algorithms change.
  private static let large: [EdgeData] = [1_000, 1_029, 4_096].flatMap { rows in
    [(Column.zeros, Column.ones), (.fewOnes, .zeros), (.fewOnes, .bits), (.far, .normal)].map {
      EdgeData(candidate: $0, production: $1, rows: rows)
    }
  }

  private static func isQuick(_ method: Method) -> Bool {
    #if DEBUG
      return false
    #else
      return method.guarantee != .anytime && !method.title.contains("ootstrap")
        && !method.title.contains("ermutation")
    #endif
  }

  /// What is at fault with an answer that there should not be.
  func unsound(_ answer: Answer, of method: Method) -> String? {
    if candidate == .empty || production == .empty, method.name != "quantile-interval" {
      return "an answer to nothing: \(answer)"
    }
    let isMissing = [candidate, production].contains { $0 == .missing || $0 == .allMissing }
    let readsMissing = ["manski-bounds", "imbens-manski", "lee-bounds", "labelling-weights"]
    if isMissing, !readsMissing.contains(method.name) { return "an answer to NaN: \(answer)" }
    return nil
  }
}

extension EdgeData {
  /// What stands beside the values: as usual, all alike, or each of its own.
  enum Decoration: String, Sendable {
    case usual, alike, own

    static func all(for method: Method) -> [Decoration] {
      let beside: Set<Method.Need> = [
        .denominators, .units, .covariates, .strata, .labels, .places,
      ]
      return method.needs.isDisjoint(with: beside) ? [.usual] : [.usual, .alike, .own]
    }
  }

  func trial(
    _ method: Method, _ decoration: Decoration, _ alternative: Question.Alternative
  ) -> PropertyTrial {
    var luck = Luck(seed: 77, run: rows)
    let (x, y) = (candidate.values(rows, &luck), production.values(rows + 3, &luck))
    let data: CalibrationData
    if case .pairs = method.body {
      let count = min(x.count, y.count)
      let arm = decoration.arm(Array(x[..<count]), part: 0, method.needs)
      data = .pairs(
        PairSample(
          candidate: arm.values, production: Array(y[..<count]),
          denominators: arm.denominators.map { .init(candidate: $0, production: $0) },
          labels: arm.labels, units: arm.units, strata: arm.strata))
    } else {
      data = .arms(
        TwoArms(
          candidate: decoration.arm(x, part: 0, method.needs),
          production: decoration.arm(y, part: 1, method.needs)))
    }
    let isBinary = (x + y).allSatisfy { $0 == 0 || $0 == 1 }
    var question = Question(
      alternative: alternative, seed: 1, resamples: 19,
      range: method.needs.contains(.range) ? (isBinary ? 0...1 : -10...10) : nil)
    question.monitoring = Monitoring(expectedRows: max(1, x.count + y.count), looks: 4)
    let place = "\(candidate) and \(production), \(rows) rows, \(decoration) columns beside"
    return PropertyTrial(
      method: method, data: data, question: question, place: place, cell: "edges")
  }
}

extension EdgeData.Decoration {
  fileprivate func arm(_ values: [Double], part: Int, _ needs: Set<Method.Need>) -> ArmSample {
    var arm = ArmSample(values: values)
    let rows = values.indices
    func numbers(_ usual: (Int) -> Int, alike: Int, own: (Int) -> Int) -> [Int] {
      rows.map { self == .usual ? usual($0) : self == .alike ? alike : own($0) }
    }
    if needs.contains(.denominators) {
      arm.denominators = numbers({ $0 % 3 + 1 }, alike: 0, own: { _ in 1 }).map { Double($0) }
    }
    if needs.contains(.units) { arm.units = numbers({ $0 / 3 }, alike: 0, own: { $0 }) }
    if needs.contains(.covariates) {
      let covariate = numbers({ $0 * 7_919 % 13 }, alike: 1, own: { $0 }).map { Double($0) }
      arm.covariates = [self == .own ? values : covariate]
    }
    if needs.contains(.strata) { arm.strata = numbers({ $0 % 2 }, alike: part, own: { $0 }) }
    if needs.contains(.labels) {
      arm.labels = numbers({ $0 % 2 }, alike: 1, own: { $0 % 3 }).map { Double($0) }
    }
    if needs.contains(.places) { arm.places = rows.map { 2 * $0 + part } }
    return arm
  }
}

extension EdgeData.Column {
  fileprivate func values(_ rows: Int, _ luck: inout Luck) -> [Double] {
    func normals(_ count: Int, _ luck: inout Luck) -> [Double] {
      (0..<count).map { _ in luck.normal() }
    }
    switch self {
    case .empty: return []
    case .one: return [3]
    case .two: return [3, 5]
    case .constant: return Array(repeating: 2, count: rows)
    case .zeros: return Array(repeating: 0, count: rows)
    case .ones: return Array(repeating: 1, count: rows)
    case .bits: return (0..<rows).map { _ in luck.unit() < 0.4 ? 1 : 0 }
    case .fewOnes: return (0..<rows).map { $0 % (rows / 3 + 1) == 1 ? 1 : 0 }
    case .normal: return normals(rows, &luck)
    case .far: return normals(rows, &luck).map { 1e6 + $0 }
    case .huge: return normals(rows, &luck).map { 1e200 * (1 + 0.1 * $0) }
    case .counts: return (0..<rows).map { _ in (luck.unit() * 5).rounded(.down) }
    case .hugeCounts: return (0..<rows).map { _ in 1e15 + (luck.unit() * 5).rounded(.down) }
    case .missing: return [.nan] + normals(rows - 1, &luck)
    case .allMissing: return Array(repeating: .nan, count: rows)
    case .infinite: return [.infinity] + normals(rows - 1, &luck)
    case .negativeInfinite: return [-.infinity] + normals(rows - 1, &luck)
    case .largest:
      return (0..<rows).map { _ in
        luck.unit() < 0.5 ? .greatestFiniteMagnitude : -.greatestFiniteMagnitude
      }
    case .tiniest:
      return (0..<rows).map { _ in .leastNonzeroMagnitude * (luck.unit() * 5).rounded(.down) }
    case .outlier: return [1e12] + normals(rows - 1, &luck)
    }
  }
}
