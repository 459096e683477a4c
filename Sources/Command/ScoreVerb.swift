import Understudy

extension Verb {
  static let score = Verb(
    name: "score", operands: "--model FILE --data FILE",
    summary: "one model's predictions for a table, as CSV",
    details: """
      Prints one row for each row of the table, in order: `prediction` (the probability of class 1, or
      the value), or `class_0,class_1,…`. An answer that does not exist is an empty field.
      """,
    flags: [
      FlagSpec(
        name: "model", value: "FILE", help: "XGBoost JSON or UBJ, or coefficients in JSON",
        isPath: true),
      FlagSpec(
        name: "data", value: "FILE",
        help: "CSV with a header; .gz and .zst are unpacked; - is standard input", isPath: true),
      FlagSpec(
        name: "features", value: "A,B,C",
        help: "the columns that a model without feature names reads, in its order"),
      FlagSpec(
        name: "missing", value: "TEXT",
        help: "a field that means missing, beside the empty one; may be given again"),
      SharedFlags.blockSize,
    ],
    example:
      "understudy score --model scenarios/models/elec2_lr.json --data scenarios/data/elec2.csv"
  ) { flags, console in
    guard let model = flags.last("model"), let data = flags.last("data") else {
      throw UsageError(message: "score needs --model FILE and --data FILE")
    }
    if let operand = flags.operands.first {
      throw UsageError(
        message: "score takes no \"\(operand)\"", help: "name the files with --model and --data")
    }
    try Scoring(
      model: model, data: data,
      features: flags.last("features")?.split(separator: ",").map(String.init),
      missing: flags.all("missing"), blockSize: try flags.options().blockSize
    ).write { text throws(StudyError) in
      if console.isInterrupted() { throw StudyError.interrupted }
      return try console.writeAnswer(text)
    }
    return .done
  }
}
