import Simulation

/// Answers and what was true, as classes of one numbering: equal numbers are equal classes.
struct AnalysisClasses {
  /// By column of answers: a class a row; NaN where it is missing.
  private(set) var answers: [[Double]]
  /// As many; nil without a label.
  private(set) var label: [Double]?

  /// - Throws: what cannot be meant as classes: texts beside a label of numbers, or none that the label has.
  init(_ names: [String], label: String?, _ table: AnalysisTable) throws(StudyError) {
    let columns = names.map(table.answers)
    let truth = label.map(table.answers)
    let areTexts = truth.map { $0.numbers == nil } ?? columns.contains { $0.numbers == nil }
    if areTexts {
      for (name, column) in zip(names, columns) { try Self.checkWords(name, column, table) }
      if let label, let truth { try Self.checkWords(label, truth, table) }
      self = Self(numbering: columns, truth)
      if let label, let truth {
        for (name, column) in zip(names, columns) {
          try Self.checkShared(name, column, label, truth, table)
        }
      }
    } else {
      for (name, column) in zip(names, columns) where column.numbers == nil {
        throw Self.noNumber(name, column, label ?? "", table)
      }
      self.label = truth?.numbers
      let isBinary = truth.map { Self.isBinary($0.numbers ?? []) } ?? false
      answers = columns.map { column in
        let values = column.numbers ?? []
        return isBinary && Self.areProbabilities(values) ? Self.named(values) : values
      }
    }
  }

  /// Texts are numbered over all columns.
  private init(numbering columns: [AnalysisTable.Answers], _ truth: AnalysisTable.Answers?) {
    var numbers: [String: Double] = [:]
    func classes(_ column: AnalysisTable.Answers) -> [Double] {
      let own = column.names.map { name in
        let number = numbers[name] ?? Double(numbers.count)
        numbers[name] = number
        return number
      }
      return column.codes.map { $0 < 0 ? .nan : own[Int($0)] }
    }
    label = truth.map(classes)
    answers = columns.map(classes)
  }

  // MARK: Numbers

  private static func isBinary(_ labels: [Double]) -> Bool {
    labels.allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 }
  }

  private static func areProbabilities(_ answers: [Double]) -> Bool {
    answers.allSatisfy { $0.isNaN || (0...1).contains($0) }
  }

  /// The class that a probability of class 1 names.
  private static func named(_ probabilities: [Double]) -> [Double] {
    let threshold = MetricOptions().threshold
    return probabilities.map { $0.isNaN ? $0 : $0 >= threshold ? 1 : 0 }
  }

  private static func noNumber(
    _ name: String, _ column: AnalysisTable.Answers, _ label: String, _ table: AnalysisTable
  ) -> StudyError {
    let codes = column.codes
    let row =
      codes.firstIndex { $0 >= 0 && !isNumber(column.names[Int($0)]) }
      ?? codes.firstIndex { $0 >= 0 } ?? 0
    let text = codes[row] < 0 ? "" : column.names[Int(codes[row])]
    return table.error(.notANumber(column: name, text: text, label: label), row: row)
  }

  private static func isNumber(_ text: String) -> Bool {
    Double(text) != nil || text.lowercased() == "true" || text.lowercased() == "false"
  }

  // MARK: Texts

  private static let wordsOfMissing = ["na", "n/a", "null", "none", "-", "?", "missing"]

  /// A column of numbers with one word for a missing value is no column of texts.
  private static func checkWords(
    _ name: String, _ column: AnalysisTable.Answers, _ table: AnalysisTable
  ) throws(StudyError) {
    let words = column.names.filter { !isNumber($0) }
    guard let word = words.first, words.count < column.names.count,
      words.allSatisfy({ wordsOfMissing.contains($0.lowercased()) }),
      let row = column.codes.firstIndex(where: { $0 >= 0 && column.names[Int($0)] == word })
    else { return }
    throw table.error(.missingWord(column: name, text: word), row: row)
  }

  private static func checkShared(
    _ name: String, _ column: AnalysisTable.Answers, _ label: String,
    _ truth: AnalysisTable.Answers, _ table: AnalysisTable
  ) throws(StudyError) {
    let known = Set(truth.names)
    guard let text = column.names.first, let example = truth.names.first,
      !column.names.contains(where: known.contains)
    else { return }
    throw table.error(
      .noSharedClass(column: name, text: text, label: label, example: example))
  }
}
