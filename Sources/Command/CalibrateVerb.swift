import Understudy

extension Verb {
  static let calibrate = Verb(
    name: "calibrate", operands: "MEASUREMENTS",
    summary: "fits service times to measurements, and writes them for a scenario",
    details: """
      Reads measured times from a CSV or JSON Lines table, in the order in which they were measured, and
      fits exponential, gamma, Weibull and lognormal laws, these above a minimum, a mixture of two
      lognormals, and the measured quantiles themselves. The one that tells left-out blocks of time best,
      or a simpler one that does as well, becomes the piece of a scenario; the last rows, which nothing
      was fitted to, say how well it fits. With --by, --batch or --steps the time is first fitted as a
      function of the request, of the batch's size, or of an LLM engine's step (columns prefill_tokens,
      sequences, cached_tokens), and the law is that of measured over fitted.
      """,
    flags: measured + parts + output,
    example:
      "understudy calibrate docs/examples/calibrate/latencies.csv --time latency_ms --unit ms"
  ) { flags, console in
    let request = try flags.fittingRequest()
    let result: FittingResult
    do {
      result = try Fitting(request).run(isCancelled: console.isInterrupted)
    } catch let error as FittingRequest.Mistake {
      throw UsageError(message: error.message, help: error.help)
    }
    if let path = flags.last("write") { try result.writePiece(to: path) }
    let format = flags.last("format").flatMap(FittingResult.Format.init(rawValue:)) ?? .table
    if !flags.has("quiet") { try console.answer(result.answer(format)) }
    return .done
  }

  private static let measured = [
    FlagSpec(name: "time", value: "COLUMN", help: "the column of the times"),
    FlagSpec(
      name: "unit", value: "UNIT", help: "what times are measured in (default: ms)",
      choices: FittingRequest.units),
    FlagSpec(
      name: "where", value: "COLUMN=VALUE",
      help: "only rows whose field is this; may be given again"),
    FlagSpec(name: "per", value: "COLUMN", help: "a fit for each text of the column"),
    FlagSpec(
      name: "holdout", value: "SHARE",
      help: "the last rows, which are checked on and not fitted to (default: 0.25)"),
    FlagSpec(
      name: "check", value: "FILE", help: "checks on this table, and fits to all of the other",
      isPath: true),
    FlagSpec(
      name: "missing", value: "TEXT",
      help: "a field that means missing, beside the empty one; may be given again"),
    FlagSpec(
      name: "delimiter", value: "CHARACTER",
      help: "what divides the fields of CSV, or the word tab (default: a comma)"),
  ]

  private static let parts = [
    FlagSpec(
      name: "by", value: "A,B", help: "the time is a base and so much more for each unit of these"),
    FlagSpec(
      name: "batch", value: "COLUMN", help: "the time is a curve over this size of a batch"),
    FlagSpec(name: "steps", help: "the times are steps of an LLM engine"),
    FlagSpec(
      name: "squares", value: "COLUMN",
      help: "of --steps: Σ(b² − a²) of prefilled chunks [a, b) (default: prefill_tokens²)"
    ),
    FlagSpec(
      name: "family", value: "NAME", help: "tries only this family; may be given again",
      choices: FittingRequest.families),
  ]

  private static let output = [
    FlagSpec(
      name: "write", value: "FILE", help: "writes the piece of a scenario into a new file",
      isPath: true),
    FlagSpec(
      name: "format", value: "FORMAT", help: "how the answer is printed",
      choices: FittingResult.Format.allCases.map(\.rawValue)),
    SharedFlags.quiet,
  ]
}

extension Flags {
  fileprivate func fittingRequest() throws(UsageError) -> FittingRequest {
    guard let table = operands.first, operands.count == 1 else {
      throw UsageError(
        message: operands.isEmpty ? "which table?" : "one table at a time, not \(operands.count)",
        help: "name one file, as in latencies.csv; - is standard input")
    }
    guard let time = last("time") else {
      throw UsageError(
        message: "calibrate needs --time COLUMN", help: "as in --time latency_ms --unit ms")
    }
    var request = FittingRequest(table: table, time: time)
    request.unit = last("unit") ?? request.unit
    request.form = try fittingForm()
    for text in all("where") { request.filters.append(try filter(text)) }
    request.per = last("per")
    request.checkTable = last("check")
    if let text = last("holdout") {
      guard request.checkTable == nil else {
        throw UsageError(message: "--holdout and --check are two ways to hold rows out; give one")
      }
      guard let share = Double(text), FittingRequest.holdouts.contains(share) else {
        throw UsageError(message: "--holdout is \"\(text)\", not a share from 0.05 to 0.9")
      }
      request.holdout = share
    }
    request.families = all("family")
    request.missing = all("missing")
    request.delimiter = try delimiter()
    return request
  }

  private func fittingForm() throws(UsageError) -> FittingRequest.Form {
    let given = ["by", "batch", "steps"].filter(has)
    if given.count > 1 {
      throw UsageError(
        message: "--\(given[0]) and --\(given[1]) are two ways to say what makes the time; give one"
      )
    }
    if has("squares"), !has("steps") { throw UsageError(message: "--squares is for --steps") }
    if has("steps") { return .steps(squares: last("squares")) }
    if let column = last("batch") { return .batch(column) }
    guard let text = last("by") else { return .plain }
    return .by(text.split(separator: ",").map(String.init))
  }

  private func filter(_ text: String) throws(UsageError) -> FittingRequest.Filter {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw UsageError(
        message: "--where is \"\(text)\", not a column and a value",
        help: "as in --where status=200")
    }
    return .init(
      column: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}
