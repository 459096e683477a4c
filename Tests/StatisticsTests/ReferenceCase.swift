import Foundation
import Testing

/// One case of the files in Vectors, a file a group of methods.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let id: String
  let method: String
  let input: JSON
  let options: JSON
  let expected: JSON
  let tolerance: JSON

  var testDescription: String { id }

  static let groups = [
    "auc", "bayes", "bootstrap", "design", "means", "multiplicity", "ope", "paired", "props",
    "quantile", "ranks", "ratio", "sequential",
  ]

  static let all: [ReferenceCase] = groups.flatMap { group -> [ReferenceCase] in
    guard
      let file = Bundle.module.url(
        forResource: group, withExtension: "json", subdirectory: "Vectors"),
      let data = try? Data(contentsOf: file),
      let cases = try? JSONDecoder().decode([JSON].self, from: data)
    else { return [] }
    return cases.map {
      ReferenceCase(
        id: $0["id"].string, method: $0["method"].string, input: $0["input"],
        options: $0["options"], expected: $0["expected"], tolerance: $0["tol"])
    }
  }

  static func of(_ method: String) -> [ReferenceCase] { all.filter { $0.method == method } }

  /// The column `name`: given, or generated.
  func column(_ name: String) -> [Double] { column(name, within: { column($0) }) }

  func column(_ name: String, within columns: (String) -> [Double]) -> [Double] {
    let specification = input[name]
    if case .array = specification { return specification.numbers }
    guard !specification["gen"].isNull else { return specification["values"].numbers }
    return DataGenerator.column(specification["gen"], columns)
  }

  /// Requires |got − expected| <= max(abs, rel·|expected|) for every field.
  func expect(_ got: [(field: String, value: Double)]) {
    for (field, value) in got { expect(field, value, expected[field].number) }
  }

  func expect(_ field: String, each got: [Double]) {
    let wanted = expected[field].numbers
    #expect(got.count == wanted.count, "\(id) \(field)")
    for (value, target) in zip(got, wanted) { expect(field, value, target) }
  }

  private func expect(_ field: String, _ got: Double, _ wanted: Double) {
    let relative = tolerance["fields"][field].optionalNumber ?? tolerance["rel"].number
    let allowed = max(tolerance["abs"].number, relative * abs(wanted))
    let agrees = got == wanted || abs(got - wanted) <= allowed
    #expect(agrees, "\(id) \(field): \(got), not \(wanted)")
  }
}
