import Documents
import Models
import Probability
import Testing
import Traffic

@Suite("Linear models") struct LinearModelTests {
  static func model(_ text: String) throws -> any Model {
    try ModelFile.load(bytes: Array(text.utf8), name: "m.json")
  }

  @Test("give the electricity model's known answers")
  func electricity() throws {
    let table = try Vectors.table("elec2/rows.csv")
    let rows = try Rows(table, features: Array(table.header.dropLast(2)))
    let model = try Vectors.model("elec2/linear.json")
    for (found, wanted) in zip(try rows.answers(of: model)[0], try table.numbers("linear")) {
      #expect(close(found, wanted, relative: 1e-12), "\(found) \(wanted)")
    }
    try checkContract(of: model, rows)
  }

  @Test("compute in the documented order, to the last bit", arguments: 1...9)
  func order(featureCount: Int) throws {
    let numbers = (0..<featureCount).map { 0.1 + 0.37 * Double($0) }
    let names = (0..<featureCount).map { "x\($0)" }
    let model = try Self.model(
      """
      {"kind": "linear_regression", "features": \(names), "scaler_mean": \(numbers),
       "scaler_scale": \(numbers.map { $0 + 0.7 }), "coef": \(numbers.map { 2.1 - $0 }),
       "intercept": 0.3}
      """)
    let rows = Rows.drawn(features: featureCount, count: 40, seed: 5)
    let answers = try rows.answers(of: model)[0]
    for row in 0..<40 {
      var sum = 0.0
      for (feature, number) in numbers.enumerated() {
        sum += (Double(rows.columns[feature][row]) - number) * ((2.1 - number) / (number + 0.7))
      }
      #expect(answers[row].bitPattern == (sum + 0.3).bitPattern || answers[row].isNaN && sum.isNaN)
    }
    try checkContract(of: model, rows)
  }

  @Test("have no answer where a feature is missing")
  func missing() throws {
    let model = try Self.model(
      """
      {"kind": "logistic_regression", "features": ["b", "a"], "coef": [1, 2], "intercept": 0}
      """)
    let rows = Rows(numeric: ["a", "b"], columns: [[1, .nan, 0], [0.5, 1, .nan]])
    let answers = try rows.answers(of: model)[0]
    #expect(answers[0] == Elementary.logistic(2.5))
    #expect(answers[1].isNaN && answers[2].isNaN)
    #expect(model.output == .probability)
    #expect(model.summary == "logistic regression, 2 features")
  }

  @Test("without features answer with their intercept, whatever the traffic has")
  func constant() throws {
    let model = try Self.model(
      "{\"kind\": \"logistic_regression\", \"features\": [], \"coef\": [], \"intercept\": 1}")
    var none = Rows(numeric: [], columns: [])
    none.count = 3
    for rows in [none, Rows(numeric: ["a"], columns: [[1, .nan, 3]])] {
      #expect(
        try rows.answers(of: model)[0] == Array(repeating: Elementary.logistic(1), count: 3))
    }
  }

  @Test("with several classes give probabilities that add up to one")
  func classes() throws {
    let model = try Self.model(
      """
      {"kind": "logistic_regression", "features": ["a"], "scaler_mean": [1], "scaler_scale": [2],
       "coef": [[1], [0], [-3]], "intercept": [0.5, 0, 0]}
      """)
    #expect(model.output == .classProbabilities(count: 3))
    #expect(model.summary == "logistic regression, 1 feature, 3 classes")
    let rows = Rows(numeric: ["a"], columns: [[3, -1000, 1, .nan]])
    let answers = try rows.answers(of: model)
    let weights = [Elementary.exp(1.5), 1, Elementary.exp(-3)]
    for k in 0..<3 {
      #expect(close(answers[k][0], weights[k] / weights.reduce(0, +), relative: 1e-14))
    }
    #expect(answers.map { $0[1] } == [0, 0, 1])
    #expect(answers.allSatisfy { $0[3].isNaN })
    try checkContract(of: model, rows)
  }

  @Test("with two lists of coefficients give the probability of class 1")
  func twoLists() throws {
    let model = try Self.model(
      """
      {"kind": "logistic_regression", "features": ["a"], "coef": [[1], [3]], "intercept": [0, 1]}
      """)
    #expect(model.output == .probability)
    let answers = try Rows(numeric: ["a"], columns: [[0.25]]).answers(of: model)
    #expect(close(answers[0][0], Elementary.logistic(1.5), relative: 1e-14))
  }

  @Test(
    "at fault are told by place",
    arguments: [
      (
        "\"kind\": \"ridge\", \"features\": [\"a\"], \"coef\": [1], \"intercept\": 0",
        "\"ridge\" is no kind of linear model",
        "write logistic_regression or linear_regression"
      ),
      (
        "\"features\": [\"a\"], \"coef\": [1], \"intercept\": 0",
        "the file has no member \"kind\"", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"coeff\": [1], \"intercept\": 0",
        "the file has an unknown key \"coeff\"", "did you mean \"coef\"?"
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\", \"a\"], \"coef\": [1, 1], \"intercept\": 0",
        "the feature \"a\" stands twice", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"coef\": [1, 2], \"intercept\": 0",
        "coef has 2 elements, not 1", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"coef\": [[1], [2]], \"intercept\": [0, 0]",
        "a linear regression has one list of coefficients, not 2", ""
      ),
      (
        "\"kind\": \"logistic_regression\", \"features\": [\"a\"], \"coef\": [[1], [2]], \"intercept\": 0",
        "intercept is one number for 2 lists of coefficients", ""
      ),
      (
        "\"kind\": \"logistic_regression\", \"features\": [\"a\"], \"coef\": [[1], [2]], \"intercept\": [1]",
        "intercept has 1 elements, not 2", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"scaler_scale\": [0], \"coef\": [1], \"intercept\": 0",
        "scaler_scale[0] is 0, and would be divided by", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"scaler_mean\": [NaN], \"coef\": [1], \"intercept\": 0",
        "scaler_mean[0] is NaN, not a finite number", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"coef\": [1], \"intercept\": Infinity",
        "intercept is inf, not a finite number", ""
      ),
      (
        "\"kind\": \"linear_regression\", \"features\": [\"a\"], \"coef\": [], \"intercept\": 0",
        "coef is empty", ""
      ),
    ])
  func faults(members: String, message: String, help: String) throws {
    let error = #expect(throws: ModelError.self) { _ = try Self.model("{\(members)}") }
    let diagnostic = try #require(error?.diagnostics.list.first)
    #expect(diagnostic.message == message)
    #expect(diagnostic.help ?? "" == help)
    #expect(diagnostic.place?.line == 1)
  }
}
