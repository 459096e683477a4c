import Documents
import Simulation

/// What is compared, as a person writes it: `revenue`, `revenue/sessions`, `p99(latency)`, `share(latency > 200)`, or, of
/// pairs with a label, `auc`.
package struct MetricExpression: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    /// The mean of a column; of pairs, of the two columns (then without a name).
    case mean(String?)
    /// Σ of a column over Σ of another.
    case ratio(String, String)
    /// With p in (0, 1).
    case quantile(String?, p: Double)
    /// The share of the rows whose value compares so.
    case share(String?, Comparison, Double)
    /// Of a score or an answer against the label.
    case quality(Quality)
  }

  package enum Comparison: String, Sendable, CaseIterable {
    // Longer ones first, because reading takes the first that fits.
    case atMost = "<="
    case atLeast = ">="
    case notEqual = "!="
    case equalTwice = "=="
    case less = "<"
    case greater = ">"
    case equal = "="

    package func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .atMost: value <= bound
      case .atLeast: value >= bound
      case .notEqual: value != bound
      case .equal, .equalTwice: value == bound
      case .less: value < bound
      case .greater: value > bound
      }
    }
  }

  package enum Quality: String, Sendable, CaseIterable {
    case auc, logLoss, brier, accuracy, mae, rmse

    package var direction: Metric.Direction {
      switch self {
      case .auc, .accuracy: .higherIsBetter
      case .logLoss, .brier, .mae, .rmse: .lowerIsBetter
      }
    }

    /// Whether the label has to be 0 or 1.
    package var isOfClasses: Bool {
      switch self {
      case .auc, .logLoss, .brier: true
      case .accuracy, .mae, .rmse: false
      }
    }

    /// Whether the answers have to be probabilities.
    package var isOfProbabilities: Bool { self == .logLoss || self == .brier }
  }

  /// As it was written.
  package let text: String
  package let form: Form

  /// What cannot be read, and what could.
  package struct Mistake: Error, Equatable {
    package var message: String
    package var help: String?
  }

  /// - Parameter isOfPairs: the columns are those of the pairs, and are not named again.
  package init(_ text: String, isOfPairs: Bool) throws(Mistake) {
    self.text = text
    form = try isOfPairs ? Self.pairsForm(text) : Self.armsForm(text)
  }

  /// Whether it is the mean of one number a row.
  package var isOfMean: Bool {
    switch form {
    case .mean, .share: true
    case .ratio, .quantile, .quality: false
    }
  }

  /// The columns that it reads, beside those of pairs.
  package var columns: [String] {
    switch form {
    case .mean(let name), .quantile(let name, _), .share(let name, _, _): name.map { [$0] } ?? []
    case .ratio(let numerator, let denominator): [numerator, denominator]
    case .quality: []
    }
  }

  // MARK: Reading

  private static func armsForm(_ text: String) throws(Mistake) -> Form {
    if let call = call(text) { return try form(of: call, text, isOfPairs: false) }
    let parts = dividedOutsideQuotes(text, at: "/")
    switch parts.count {
    case 1: return .mean(try column(parts[0], in: text))
    case 2: return .ratio(try column(parts[0], in: text), try column(parts[1], in: text))
    default:
      throw Mistake(
        message: "--metric \"\(text)\" divides more than once",
        help: "a column whose name holds a / stands in quotes, as in '\"a/b\"'")
    }
  }

  private static func pairsForm(_ text: String) throws(Mistake) -> Form {
    if let call = call(text) { return try form(of: call, text, isOfPairs: true) }
    if let quality = Quality(rawValue: text) { return .quality(quality) }
    if text == "mean" { return .mean(nil) }
    if text == "median" { return .quantile(nil, p: 0.5) }
    if let p = percentile(text) { return .quantile(nil, p: p) }
    let known = Quality.allCases.map(\.rawValue) + ["mean", "median", "p99"]
    throw Mistake(
      message: "--metric \"\(text)\" is nothing that pairs have",
      help: (NearestName.of(text, among: known).map { "did you mean \($0)? " } ?? "")
        + "they have auc, logLoss, brier, accuracy, mae and rmse with --label, and mean, median, "
        + "p99, quantile(0.99) and share(> 200)")
  }

  private static func call(_ text: String) -> (name: String, arguments: String)? {
    guard text.hasSuffix(")"), let open = text.firstIndex(of: "("), !text.hasPrefix("\"")
    else { return nil }
    let name = trimmed(text[..<open])
    return (name, trimmed(text[text.index(after: open)...].dropLast()))
  }

  private static func form(
    of call: (name: String, arguments: String), _ text: String, isOfPairs: Bool
  ) throws(Mistake) -> Form {
    switch call.name {
    case "mean" where !isOfPairs: return .mean(try column(call.arguments, in: text))
    case "median" where !isOfPairs:
      return .quantile(try column(call.arguments, in: text), p: 0.5)
    case "quantile": return try quantile(call.arguments, text, isOfPairs: isOfPairs)
    case "share": return try share(call.arguments, text, isOfPairs: isOfPairs)
    default:
      if !isOfPairs, let p = percentile(call.name) {
        return .quantile(try column(call.arguments, in: text), p: p)
      }
      let known = ["mean", "median", "quantile", "share"]
      throw Mistake(
        message: "--metric \"\(text)\" asks for \(call.name), which is none of "
          + "mean, median, quantile, share and p1 to p99.9",
        help: NearestName.of(call.name, among: known).map { "did you mean \($0)?" })
    }
  }

  private static func quantile(
    _ arguments: String, _ text: String, isOfPairs: Bool
  ) throws(Mistake) -> Form {
    let parts = dividedOutsideQuotes(arguments, at: ",")
    guard parts.count == (isOfPairs ? 1 : 2), let p = parts.last.flatMap({ Double(trimmed($0)) }),
      p > 0, p < 1
    else {
      throw Mistake(
        message: "--metric \"\(text)\" names no quantile between 0 and 1",
        help: isOfPairs ? "as in quantile(0.99)" : "as in quantile(latency, 0.99)")
    }
    return .quantile(isOfPairs ? nil : try column(parts[0], in: text), p: p)
  }

  private static func share(
    _ arguments: String, _ text: String, isOfPairs: Bool
  ) throws(Mistake) -> Form {
    for comparison in Comparison.allCases {
      let parts = dividedOutsideQuotes(arguments, at: comparison.rawValue)
      guard parts.count == 2 else { continue }
      guard let bound = Double(trimmed(parts[1])), bound.isFinite,
        isOfPairs == trimmed(parts[0]).isEmpty
      else { break }
      return .share(isOfPairs ? nil : try column(parts[0], in: text), comparison, bound)
    }
    throw Mistake(
      message: "--metric \"\(text)\" compares nothing with a number",
      help: isOfPairs ? "as in share(> 200)" : "as in share(latency > 200)")
  }

  /// "p99.9" is 0.999.
  private static func percentile(_ name: String) -> Double? {
    let digits = name.dropFirst()
    guard name.first == "p", !digits.isEmpty, digits.first != ".", digits.last != ".",
      digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let share = Double("\(digits)e-2"), share > 0, share < 1
    else { return nil }
    return share
  }

  private static func column(_ text: some StringProtocol, in whole: String) throws(Mistake)
    -> String
  {
    var name = trimmed(text)
    if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
      name = String(name.dropFirst().dropLast())
    }
    guard !name.isEmpty else {
      throw Mistake(message: "--metric \"\(whole)\" lacks the name of a column")
    }
    return name
  }

  private static func dividedOutsideQuotes(_ text: String, at mark: String) -> [String] {
    var parts = [""]
    var isQuoted = false
    var rest = text[...]
    while let character = rest.first {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, rest.hasPrefix(mark) {
        parts.append("")
        rest = rest.dropFirst(mark.count)
      } else {
        parts[parts.count - 1].append(character)
        rest = rest.dropFirst()
      }
    }
    return parts
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
