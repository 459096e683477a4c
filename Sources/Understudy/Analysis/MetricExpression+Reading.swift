import Documents

extension MetricExpression {
  static func armsForm(_ text: String, isLone: Bool) throws(Mistake) -> Form {
    if let call = call(text) {
      if !isLone, let form = try formBesideOthers(call, text) { return form }
      return try form(of: call, text, isOfPairs: false)
    }
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

  /// Of values beside which a label or an event stands; nil for other functions.
  private static func formBesideOthers(
    _ call: (name: String, arguments: String), _ text: String
  ) throws(Mistake) -> Form? {
    if let quality = Quality(rawValue: call.name) {
      return .quality(quality, of: try column(call.arguments, in: text))
    }
    guard call.name == "time" else { return nil }
    let parts = dividedOutsideQuotes(call.arguments, at: ",")
    guard parts.count == 2 else {
      throw Mistake(
        message: "--metric \"\(text)\" does not name a duration and an event",
        help: "as in time(days, cancelled), where cancelled is 1 for the event and 0 without it")
    }
    return .time(try column(parts[0], in: text), event: try column(parts[1], in: text))
  }

  static func pairsForm(_ text: String) throws(Mistake) -> Form {
    if let call = call(text) { return try form(of: call, text, isOfPairs: true) }
    if let quality = Quality(rawValue: text) { return .quality(quality, of: nil) }
    switch text {
    case "mean": return .mean(nil)
    case "median": return .quantile(nil, p: 0.5)
    case "ratio": return .ratioOfPairs
    case "classes": return .classes
    case "flips": return .flips
    default: break
    }
    if let p = percentile(text) { return .quantile(nil, p: p) }
    let known =
      Quality.allCases.map(\.rawValue) + ["flips", "classes", "ratio", "mean", "median", "p99"]
    throw Mistake(
      message: "--metric \"\(text)\" is nothing that pairs have",
      help: (NearestName.of(text, among: known).map { "did you mean \($0)? " } ?? "")
        + "they have auc, logLoss, brier, accuracy, mae, rmse and flips with --label, ratio with "
        + "--denominators, and mean, median, p99, quantile(0.99), share(> 200) and classes")
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
