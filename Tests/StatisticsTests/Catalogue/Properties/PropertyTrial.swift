import Probability

@testable import Statistics

/// A method on data of the kind that it takes, and what it says of them.
struct PropertyTrial: Sendable {
  var method: Method
  var data: CalibrationData
  var question: Question
  /// "skewed-30-effect, run 2": all that is needed to draw the data again.
  var place: String
  /// "skewed-30-effect".
  var cell: String

  func answer() -> Result<Answer, Unavailable> {
    Result { () throws(Unavailable) in try data.answer(of: method, to: question) }
  }

  /// The same method, asked about other data or in another way.
  func with(_ change: (inout PropertyTrial) -> Void) -> PropertyTrial {
    var other = self
    change(&other)
    return other
  }
}

// MARK: - All of them

extension PropertyTrial {
  static let runs = 2
  static let resamples = 39

  /// Every method that compares two columns.
  static let methods = Catalogue.all.filter { method in
    #if DEBUG
      // Its p is a root of an integral over all looks: seconds each where nothing is optimized.
      if method.name == "group-sequential" { return false }
    #endif
    if case .ownCall = method.body { return false }
    return true
  }

  /// Those that take milliseconds an answer: one run of one kind of traffic.
  private static let dear: Set<String> = [
    "group-sequential", "sequential-quantile", "quantile-difference", "paired-quantile-difference",
    "cohen-d", "hedges-g", "permutation", "permutation-raw", "sign-flip",
  ]

  static let names = methods.map(\.name)

  /// Kinds of traffic, for which methods, with so few rows that a debug build goes through all of them.
  private static let cells: [(cell: CalibrationCell, audience: Audience)] = {
    let kinds: [(String, Int, Audience)] = [
      ("normal", 24, .all), ("skewed", 30, .all), ("binary", 14, .all), ("ties", 14, .all),
      ("scores", 40, .all), ("clustered", 60, .ofUnits), ("randomized-series-0.5", 100, .ofSeries),
      ("series-per-arm-0.5", 100, .ofSeries), ("normal", 300, .anytime), ("binary", 300, .anytime),
      ("ties", 300, .anytime), ("pairs-normal", 24, .all), ("pairs-skewed", 30, .all),
      ("pairs-binary", 40, .all), ("pairs-ties", 16, .all), ("pairs-scores", 40, .all),
      ("pairs-clustered", 60, .ofUnits), ("pairs-series-0.5", 100, .ofSeries),
      ("pairs-normal", 300, .anytime), ("pairs-binary", 300, .anytime),
    ]
    return kinds.compactMap { traffic, rows, audience in
      guard var cell = CalibrationPlan.cell(named: "\(traffic)-200-effect") else { return nil }
      cell.n = rows
      return (cell, audience)
    }
  }()

  /// Whom a kind of traffic is worth its time for.
  private enum Audience {
    case all, ofUnits, ofSeries, anytime

    func holds(_ method: Method) -> Bool {
      switch self {
      case .all: method.guarantee != .anytime && !method.allowsForTime
      case .ofUnits: method.holdsUnder.rows.contains(.clustered) && method.guarantee != .anytime
      case .ofSeries: method.allowsForTime
      case .anytime: method.guarantee == .anytime || method.name == "group-sequential"
      }
    }
  }

  static let all: [String: [PropertyTrial]] = {
    let draws = cells.map { ($0.cell, $0.audience, CalibrationDraws($0.cell)) }
    return [String: [PropertyTrial]](
      uniqueKeysWithValues: methods.map { method in
        let suited = draws.filter { $0.0.suits(method) && $0.1.holds(method) }
        let isDear = dear.contains(method.name)
        let trials = suited.prefix(isDear ? 1 : .max).flatMap { cell, _, draws in
          (0..<(isDear ? 1 : runs)).map { trial(of: method, in: cell, draws, run: $0) }
        }
        return (method.name, trials)
      })
  }()

  private static func trial(
    of method: Method, in cell: CalibrationCell, _ draws: CalibrationDraws, run: Int
  ) -> PropertyTrial {
    let data: CalibrationData =
      if case .pairs = method.body { .pairs(draws.pairs(run: run, needs: method.needs)) } else {
        .arms(draws.arms(run: run, needs: method.needs))
      }
    var question = Question(seed: UInt64(run), resamples: resamples, range: cell.range)
    question.monitoring = Monitoring(expectedRows: 2 * cell.n, looks: 10)
    if cell.range == nil, method.needs.contains(.range) { question.range = -60...60 }
    return PropertyTrial(
      method: method, data: data, question: question, place: "\(cell.name), run \(run)",
      cell: cell.name)
  }
}

extension CalibrationCell {
  /// Whether the data are such as the method takes; a range can be said of all of them.
  fileprivate func suits(_ method: Method) -> Bool {
    var method = method
    method.needs.remove(.range)
    return admits(method)
  }
}
