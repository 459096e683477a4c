import Models
import Probability
import TestSupport
import Testing
import Traffic

@Suite("Synthetic models") struct SyntheticModelTests {
  private static func model(
    _ kind: SyntheticModelPlan.Kind, latent: String? = nil, salt: String = "a",
    label: TrafficSchema.Label = .classes(names: ["0", "1"])
  ) throws -> any Model {
    try ModelReader.model(
      for: .synthetic(SyntheticModelPlan(kind: kind, latent: latent, salt: salt)),
      baseDirectory: "", schema: TrafficSchema(features: [], label: label))
  }

  private static func rows(
    _ labels: [Float], latent: [Float]? = nil, classes: Int = 2
  ) -> Rows {
    var rows = Rows(
      numeric: latent == nil ? [] : ["z"], columns: latent.map { [$0] } ?? [],
      label: .classes(names: (0..<classes).map { "\($0)" }))
    rows.labels = labels
    rows.count = labels.count
    return rows
  }

  @Test("are right as often as is stated, for either label", arguments: [0.5, 0.8, 0.93], [0, 1])
  func accuracy(accuracy: Double, label: Int) throws {
    let model = try Self.model(.accuracy(accuracy, confidence: 0.9))
    #expect(model.output == .probability)
    #expect(model.summary == "synthetic, right with probability \(accuracy)")
    let rows = Self.rows(Array(repeating: Float(label), count: 20_000))
    let answers = try rows.answers(of: model, blockSize: 4_096, seed: 7)[0]
    let right = answers.count { ($0 == 0.9) == (label == 1) }
    #expect(answers.allSatisfy { $0 == 0.9 || $0 == 1 - 0.9 })
    #expect(TrialCount(hits: right, trials: 20_000, seed: 7).isPlausible(under: accuracy))
  }

  @Test("with different salts err independently, with the same salt together")
  func salts() throws {
    let rows = Self.rows(Array(repeating: 1, count: 20_000))
    let kind = SyntheticModelPlan.Kind.accuracy(0.7, confidence: 1)
    let first = try rows.answers(of: Self.model(kind), blockSize: 4_096)[0]
    let second = try rows.answers(of: Self.model(kind, salt: "b"), blockSize: 4_096)[0]
    #expect(try rows.answers(of: Self.model(kind), blockSize: 1_000)[0] == first)
    let both = zip(first, second).count { $0 == 1 && $1 == 1 }
    #expect(TrialCount(hits: both, trials: 20_000, seed: 1).isPlausible(under: 0.49))
  }

  @Test("take their luck from the stream that is named for them")
  func address() throws {
    let model = try Self.model(.accuracy(0.6, confidence: 0.75), salt: "here")
    let answers = try Self.rows([1, 0, 1, 0, 1]).answers(of: model, seed: 3)[0]
    for row in 0..<5 {
      var draws = RandomStream(seed: 3, StreamName("model/here"), entity: UInt64(row))
      let namesOne = (draws.nextUnit() < 0.6) == (row % 2 == 0)
      #expect(answers[row] == (namesOne ? 0.75 : 0.25))
    }
  }

  @Test("follow a latent feature: right exactly where its probability is below the accuracy")
  func latent() throws {
    let model = try Self.model(.accuracy(0.8, confidence: 0.9), latent: "z")
    #expect(model.inputs == ["z"])
    let edge = Float(Normal.quantile(0.8))
    let rows = Self.rows(
      [1, 1, 0, 0, 1], latent: [edge - 0.001, edge + 0.001, -9, 9, .nan])
    let answers = try rows.answers(of: model)[0]
    #expect(Array(answers[..<4]) == [0.9, 1 - 0.9, 1 - 0.9, 0.9])
    #expect(answers[4].isNaN)
    try checkContract(of: model, rows)
  }

  @Test("have no answer where there is no label")
  func noLabel() throws {
    for kind in [
      SyntheticModelPlan.Kind.accuracy(0.9, confidence: 0.9), .error(bias: 0, standardDeviation: 1),
    ] {
      let answers = try Self.rows([.nan, 1, .nan]).answers(of: Self.model(kind))[0]
      #expect(answers.map(\.isNaN) == [true, false, true])
    }
  }

  @Test("of several classes name the wrong ones equally often")
  func classes() throws {
    let names = ["a", "b", "c", "d"]
    let model = try Self.model(.accuracy(0.4, confidence: 0.7), label: .classes(names: names))
    #expect(model.output == .classProbabilities(count: 4))
    let rows = Self.rows(Array(repeating: 2, count: 20_000), classes: 4)
    let answers = try rows.answers(of: model, blockSize: 4_096)
    for (k, rate) in [0.2, 0.2, 0.4, 0.2].enumerated() {
      let named = answers[k].count { $0 == 0.7 }
      #expect(TrialCount(hits: named, trials: 20_000, seed: 1).isPlausible(under: rate))
    }
    for row in 0..<100 {
      let total = answers.reduce(0) { $0 + $1[row] }
      #expect(close(total, 1, relative: 1e-15))
    }
    try checkContract(of: model, Self.rows([0, 1, 2, 3, 3, 2, 1, 0, .nan], classes: 4))
  }

  @Test("with an error add the bias and the scaled latent feature to the label")
  func errorFromLatent() throws {
    let model = try Self.model(.error(bias: 0.5, standardDeviation: 2), latent: "z", label: .real)
    #expect(model.output == .value)
    #expect(
      model.summary
        == "synthetic, the label plus an error of mean 0.5 and standard deviation 2.0")
    let answers = try Self.rows([3, -1], latent: [1.5, -0.25]).answers(of: model)[0]
    #expect(answers == [6.5, -1])
  }

  @Test("with an error of their own have its mean and spread, to four standard errors")
  func errorDrawn() throws {
    let model = try Self.model(.error(bias: -1, standardDeviation: 3), label: .real)
    let rows = Self.rows(Array(repeating: 10, count: 20_000))
    let errors = try rows.answers(of: model, blockSize: 4_096)[0].map { $0 - 10 }
    let mean = errors.reduce(0, +) / 20_000
    let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19_999
    #expect(abs(mean + 1) < 5 * 3 / 20_000.0.squareRoot())
    #expect(abs(variance / 9 - 1) < 5 * (2 / 20_000.0).squareRoot())
  }
}

@Suite("Labels that follow a model") struct ModelLabellerTests {
  private static func labels(
    _ model: any Model, _ rows: Rows, blockSize: Int = 64, seed: UInt64 = 5, name: String = "truth"
  ) throws -> [Float] {
    let columns = try ModelReader.bind(model, to: rows.schema, named: "truth")
    let labeller = ModelLabeller(model: model, columns: columns, streamName: name)
    var labels: [Float] = []
    for start in stride(from: 0, to: rows.count, by: blockSize) {
      let block = rows.block(start..<min(start + blockSize, rows.count), capacity: blockSize)
      var part = Array(repeating: Float(9), count: blockSize)
      labeller.label(block, seed: seed, into: &part)
      labels += part[..<block.count]
    }
    return labels
  }

  @Test("are 1 where the addressed uniform is below the probability")
  func binary() throws {
    let table = try Vectors.table("elec2/rows.csv")
    let rows = try Rows(table, features: Array(table.header.dropLast(2)))
    let model = try Vectors.model("elec2/linear.json")
    let probabilities = try rows.answers(of: model)[0]
    let wanted = probabilities.enumerated().map { row, probability -> Float in
      var draws = RandomStream(seed: 5, StreamName("label/truth"), entity: UInt64(row))
      return draws.nextUnit() < probability ? 1 : 0
    }
    #expect(try Self.labels(model, rows) == wanted)
    #expect(try Self.labels(model, rows, blockSize: 7) == wanted)
    #expect(try Self.labels(model, rows, seed: 6) != wanted)
    #expect(try Self.labels(model, rows, name: "other") != wanted)
  }

  @Test("fall into classes as often as the model says")
  func classes() throws {
    let model = try LinearModelTests.model(
      """
      {"kind": "logistic_regression", "features": ["x"], "coef": [[0], [0], [0]],
       "intercept": [0, 0.7, -0.7]}
      """)
    let rows = Rows(numeric: ["x"], columns: [Array(repeating: 1, count: 20_000)])
    let labels = try Self.labels(model, rows, blockSize: 4_096)
    for (k, probability) in try rows.answers(of: model).map({ $0[0] }).enumerated() {
      let count = labels.count { $0 == Float(k) }
      #expect(TrialCount(hits: count, trials: 20_000, seed: 5).isPlausible(under: probability))
    }
  }

  @Test("are the answer itself where the model gives a value, and missing where it gives none")
  func values() throws {
    let value = try LinearModelTests.model(
      "{\"kind\": \"linear_regression\", \"features\": [\"x\"], \"coef\": [2], \"intercept\": 1}")
    let rows = Rows(numeric: ["x"], columns: [[0.1, -3, .nan]])
    let labels = try Self.labels(value, rows)
    #expect(labels[0] == Float(Double(Float(0.1)) * 2 + 1) && labels[1] == -5 && labels[2].isNaN)
    let classes = try LinearModelTests.model(
      """
      {"kind": "logistic_regression", "features": ["x"], "coef": [[0], [0], [0]],
       "intercept": [0, 0, 0]}
      """)
    #expect(try Self.labels(classes, rows).map(\.isNaN) == [false, false, true])
    let binary = try LinearModelTests.model(
      "{\"kind\": \"logistic_regression\", \"features\": [\"x\"], \"coef\": [2], \"intercept\": 1}")
    #expect(try Self.labels(binary, rows).map(\.isNaN) == [false, false, true])
  }
}
