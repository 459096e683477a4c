import Models
import Testing
import Traffic

@Suite("Logged answers") struct LoggedColumnTests {
  private func answers(_ output: ModelOutput, _ values: [Double]) throws -> [[Double]] {
    var rows = Rows(
      schema: TrafficSchema(
        features: [], label: .classes(names: ["a", "b", "c"]), logged: ["other", "score"]),
      columns: [])
    rows.count = values.count
    rows.logged = [values.map { _ in 9 }, values]
    let model = try ModelReader.model(
      for: .column(name: "score", output: output), baseDirectory: "", schema: rows.schema)
    #expect(model.loggedInputs == ["score"] && model.inputs.isEmpty && model.output == output)
    try checkContract(of: model, rows)
    return try rows.answers(of: model)
  }

  @Test("are given as they were logged, and an empty field is no answer")
  func values() throws {
    let answers = try answers(.value, [1.5, -3, .nan, 0])
    #expect(answers.bits == [[1.5, -3, .nan, 0]].bits)
  }

  @Test("that are no probability are no answer")
  func probabilities() throws {
    let answers = try answers(.probability, [0, 1, 0.25, 1.0001, -0.1, .nan])[0]
    #expect(Array(answers[..<3]) == [0, 1, 0.25])
    #expect(answers[3...].allSatisfy { $0.isNaN })
  }

  @Test("that name a class are certain of it, and those that name none are no answer")
  func classes() throws {
    let answers = try answers(.classProbabilities(count: 3), [0, 2, 3, -1, 0.5, .nan])
    #expect(answers.map { Array($0[..<2]) } == [[1, 0], [0, 0], [0, 1]])
    #expect(answers.allSatisfy { $0[2...].allSatisfy(\.isNaN) })
  }
}
