import Testing

@testable import Understudy

@Suite("MetricExpression") struct MetricExpressionTests {
  @Test(
    "reads what arms have",
    arguments: [
      ("revenue", .mean("revenue")), ("mean(revenue)", .mean("revenue")),
      ("revenue/sessions", .ratio("revenue", "sessions")),
      (" revenue / sessions ", .ratio("revenue", "sessions")), ("\"a/b\"", .mean("a/b")),
      ("\"a/b\"/c", .ratio("a/b", "c")), ("median(x)", .quantile("x", p: 0.5)),
      ("quantile(x, 0.99)", .quantile("x", p: 0.99)), ("p99.9(x y)", .quantile("x y", p: 0.999)),
      ("p5(x)", .quantile("x", p: 0.05)), ("share(x > 200)", .share("x", .greater, 200)),
      ("share(x>=-1e3)", .share("x", .atLeast, -1_000)),
      ("share(x != 0)", .share("x", .notEqual, 0)),
      ("share(\"a>b\" = 1)", .share("a>b", .equal, 1)),
      ("auc(score)", .quality(.auc, of: "score")),
      ("accuracy(\"a b\")", .quality(.accuracy, of: "a b")), ("auc", .mean("auc")),
      ("time(days, gone)", .time("days", event: "gone")),
    ] as [(String, MetricExpression.Form)])
  func arms(text: String, form: MetricExpression.Form) throws {
    let expression = try MetricExpression(text, isOfPairs: false)
    #expect(expression.form == form && expression.text == text)
  }

  @Test(
    "reads what pairs have",
    arguments: [
      ("mean", .mean(nil)), ("auc", .quality(.auc, of: nil)), ("p99", .quantile(nil, p: 0.99)),
      ("median", .quantile(nil, p: 0.5)), ("quantile(0.25)", .quantile(nil, p: 0.25)),
      ("share(<= 0.5)", .share(nil, .atMost, 0.5)), ("ratio", .ratioOfPairs),
      ("classes", .classes), ("flips", .flips),
    ] as [(String, MetricExpression.Form)])
  func pairs(text: String, form: MetricExpression.Form) throws {
    #expect(try MetricExpression(text, isOfPairs: true).form == form)
  }

  @Test(
    "refuses the rest",
    arguments: [
      "", "a/", "/b", "a/b/c", "p0(x)", "p100(x)", "p(x)", "quantile(x)", "quantile(x, 2)",
      "share(x)", "share(x > y)", "share(> 1)", "sum(x)", "mean()",
      "time(x)", "time(x, )", "auc()",
    ])
  func refuses(_ text: String) {
    #expect(throws: MetricExpression.Mistake.self) { try MetricExpression(text, isOfPairs: false) }
  }

  @Test("of one column alone, labels and events are unknown", arguments: ["auc(x)", "time(x, y)"])
  func lone(_ text: String) {
    #expect(throws: MetricExpression.Mistake.self) {
      try MetricExpression(text, isOfPairs: false, isLone: true)
    }
  }
}
