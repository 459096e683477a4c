import Foundation
import Testing

@testable import Command

@Suite("plan") struct PlanVerbTests {
  private static func run(_ arguments: [String]) -> (code: ExitCode, answer: String, notes: String)
  {
    let transcript = Transcript()
    let code = transcript.run(["plan"] + arguments)
    return (code, transcript.answer, transcript.notes)
  }

  private static func json(_ arguments: [String]) throws -> [String: Any] {
    let ending = run(arguments + ["--format", "json"])
    #expect(ending.code == .done, "\(ending.notes)")
    return try #require(
      JSONSerialization.jsonObject(with: Data(ending.answer.utf8)) as? [String: Any])
  }

  private static func answer(_ arguments: [String]) throws -> [String: Any] {
    try #require(try json(arguments)["answer"] as? [String: Any])
  }

  // MARK: From numbers

  @Test("the answer is a sentence, a small table, the method and what has to hold")
  func table() {
    let ending = Self.run(
      ["--metric", "mean", "--baseline", "10", "--sd", "4", "--effect", "0.2", "--power", "0.8"]
        + ["--level", "0.95", "--shares", "0.5,0.5", "--per-day", "20000"])
    #expect(ending.code == .done && ending.notes.isEmpty)
    #expect(
      ending.answer == """
        A difference of 0.2 (2 % of 10) is found with a power of 80 % from 12,562 units, 6,281 an
        arm (1 day at 20,000 a day).

        effect  of baseline  power   units  per arm  days
           0.1          1 %   80 %  50,236   25,118     3
          0.15        1.5 %   80 %  22,328   11,164     2
           0.2          2 %   80 %  12,562    6,281     1
           0.3          3 %   80 %   5,584    2,792     1
           0.4          4 %   80 %   3,142    1,571     1

        Method: Welch's t test (noncentral t); two-sided at 95 %.
        Units are independent of each other, and their values are as they were.
        Both arms vary alike unless said otherwise.

        """)
  }

  @Test("what is not given is found: units, effect, power or margin")
  func solves() throws {
    let mean = ["--baseline", "10", "--sd", "4"]
    let units = try #require(try Self.answer(mean + ["--effect", "2%"])["units"] as? Int)
    #expect(units == 12_562)
    let sized = mean + ["--units", "12562"]
    let effect = try #require(try Self.answer(sized)["effect"] as? Double)
    #expect(abs(effect - 0.2) < 1e-4)
    let power = try #require(try Self.answer(sized + ["--effect", "0.2"])["power"] as? Double)
    #expect(abs(power - 0.8) < 1e-4)
    let margin = try #require(
      try Self.answer(sized + ["--question", "not-worse"])["margin"] as? Double)
    #expect(abs(margin - 0.2) < 1e-4)
  }

  @Test("looks, clusters and covariates change the units as their formulas say")
  func factors() throws {
    func units(_ more: [String]) throws -> Double {
      let answer = try Self.answer(
        ["--metric", "mean", "--sd", "4", "--effect", "0.05"] + more)
      return Double(try #require(answer["units"] as? Int))
    }
    let plain = try units([])
    #expect(abs(try units(["--r2", "0.4"]) / plain - 0.6) < 1e-3)
    #expect(abs(try units(["--cluster-size", "10", "--icc", "0.3"]) / plain - 0.37) < 1e-3)
    #expect(abs(try units(["--autocorrelation", "0.5"]) / plain - 3) < 1e-3)
    #expect(abs(try units(["--looks", "5"]) / plain - 1.025) < 5e-3)
    #expect(abs(try units(["--looks", "5", "--spending", "pocock"]) / plain - 1.21) < 0.02)
    #expect(try units(["--spending", "always-valid", "--looks", "8"]) / plain > 1.3)
    #expect(abs(try units(["--shares", "0.8,0.2"]) / plain - 1.5625) < 1e-3)
  }

  @Test("every metric and question has an answer in every format")
  func metrics() {
    let calls = [
      ["share", "--baseline", "0.05", "--effect", "10%"],
      ["share", "--paired", "--discordance", "0.2", "--effect", "0.02"],
      ["ratio", "--baseline", "2", "--sd", "3", "--denominator-mean", "2", "--denominator-sd", "1"]
        + ["--correlation", "0.5", "--effect", "1%"],
      ["rate", "--baseline", "3", "--effect", "-2%"],
      ["rate-ratio", "--baseline", "3", "--effect", "5%", "--dispersion", "2"],
      ["risk-ratio", "--baseline", "0.1", "--question", "not-worse", "--margin", "5%"],
      ["quantile", "--density", "0.02", "--units", "5000", "--probability", "0.99"],
      ["auc", "--baseline", "0.8", "--positives", "0.2", "--days", "7", "--per-day", "900"],
      ["mann-whitney", "--effect", "0.03"], ["sample-ratio", "--units", "100000"],
      ["mean", "--sd", "1", "--question", "equivalent", "--margin", "0.1"],
      ["mean", "--sd", "1", "--question", "better", "--margin", "0.1", "--effect", "0.2"],
      ["mean", "--sd", "1", "--question", "better", "--margin", "0.1", "--effect", "-0.2"]
        + ["--lower-is-better"],
      ["mean", "--sd", "1", "--shares", "0.4,0.3,0.3", "--adjust", "dunnett", "--effect", "0.1"],
      ["mean", "--sd", "1e-150", "--effect", "1e-151"],
      ["mean", "--sd", "1", "--effect", "1000"], ["mean", "--sd", "1", "--effect", "1e-6"],
    ]
    for call in calls {
      for format in ["table", "json", "markdown", "csv"] {
        let ending = Self.run(["--metric"] + call + ["--format", format])
        #expect(ending.code == .done && ending.notes.isEmpty, "\(call): \(ending.notes)")
        #expect(!ending.answer.contains("nan") && !ending.answer.contains("inf"), "\(call)")
        #expect(ending.answer.hasSuffix("\n"))
        if format == "table" {
          for line in ending.answer.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        }
      }
    }
  }

  // MARK: From a table

  private static let outcomes: String = {
    var rows = "user,at,revenue,sessions,shown\n"
    for row in 0..<400 {
      let (user, day) = (row % 100, row / 100)
      let revenue = 10 + user % 7 + (row * 37) % 11
      rows += "u\(user),2026-01-0\(day + 1),\(revenue),\(1 + row % 3),\(row % 10 == 0 ? 1 : 0)\n"
    }
    return rows
  }()

  @Test("a table gives baseline, spread, units and traffic")
  func fromTable() throws {
    let workspace = try Workspace(["outcomes.csv": Self.outcomes])
    let path = workspace.folder.appendingPathComponent("outcomes.csv").path
    let ending = Self.run(
      [path, "--metric", "revenue", "--unit", "user", "--time", "at", "--effect", "2%"])
    #expect(ending.code == .done, "\(ending.notes)")
    #expect(ending.answer.contains("4 days brought 100 units, 25 a day.\n"), "\(ending.answer)")
    #expect(ending.answer.contains("100 units make 4 rows each (cv 0)"))
    for metric in ["revenue/sessions", "p90(revenue)", "share(revenue > 20)", "shown"] {
      let other = Self.run([
        path, "--metric", metric, "--units", "2000", "--time", "at", "--by-time",
      ])
      #expect(other.code == .done && other.answer.contains("find a difference"), "\(other.notes)")
    }
    let piped = try workspace.run(
      ["plan", "-", "--metric", "shown", "--effect", "10%"], input: Data(Self.outcomes.utf8))
    #expect(piped.code == 0 && piped.answer.contains("shown is 0.1,"))
  }

  @Test("a shadow's pairs say what an A/B test would need")
  func fromPairs() throws {
    var rows = "production,candidate,score\n"
    for row in 0..<500 {
      let common = Double((row * 7919) % 1000) / 100
      rows +=
        "\(common + Double((row * 31) % 17) / 10),\(common + Double((row * 13) % 19) / 10),\(common)\n"
    }
    let workspace = try Workspace(["pairs.csv": rows])
    let path = workspace.folder.appendingPathComponent("pairs.csv").path
    let call = [path, "--pairs", "production,candidate", "--effect", "0.1"]
    let shadow = try #require(try Self.json(call)["shadow"] as? [String: Any])
    let ratio = try #require(shadow["requestsPerPair"] as? Double)
    let adjusted = try #require(shadow["adjustedRequestsPerPair"] as? Double)
    #expect(ratio > 20 && adjusted < ratio)
    let paired = try #require(try Self.answer(call)["units"] as? Int)
    let unpaired = try #require((shadow["unpaired"] as? [String: Any])?["units"] as? Int)
    #expect(abs(Double(unpaired) / Double(paired) / ratio - 1) < 0.02)
    let text = Self.run(call + ["--covariate", "score"]).answer
    #expect(
      text.replacing("\n", with: " ").contains("this shadow; adjusted for score, which"), "\(text)")
  }

  // MARK: By simulation

  @Test("any method's power is simulated on the table's own units, and the seed alone decides")
  func simulated() throws {
    let workspace = try Workspace(["outcomes.csv": Self.outcomes])
    let path = workspace.folder.appendingPathComponent("outcomes.csv").path
    let call = [path, "--metric", "revenue", "--unit", "user", "--method", "clustered"]
    let more = ["--effect", "6%", "--units", "100", "--runs", "200"]
    let ending = Self.run(call + more)
    #expect(ending.code == .done, "\(ending.notes)")
    #expect(
      ending.answer == """
        100 units of 4 rows, 50 an arm, find a difference of 1.08 (6 % of 17.9) with a power of 55.5
        % [48.6, 62.2].

        effect  of baseline   power        [95 %]  units  per arm
          1.08          6 %  31.5 %  [25.5, 38.2]     50       25
          1.08          6 %    48 %  [41.2, 54.9]     75  38 : 37
          1.08          6 %  55.5 %  [48.6, 62.2]    100       50
          1.08          6 %  77.5 %  [71.2, 82.7]    150       75
          1.08          6 %    87 %    [81.6, 91]    200      100

        revenue is 17.93, with a standard deviation of 3.776 a row, over 400 rows.
        100 units make 4 rows each (cv 0), which correlate by 0.1704: the variance is 1.513 times
          that of independent rows.
        Method: t test of means over rows with errors by unit (CR2), run on 200 draws from these
          rows; two-sided at 95 %.
        Rows to come are like these, drawn unit by unit.
        The effect multiplies every value alike.

        """, "\(ending.answer)")
    #expect(Self.run(call + more + ["--threads", "1"]).answer == ending.answer)
    #expect(Self.run(call + more + ["--seed", "2"]).answer != ending.answer)
    let simulation = try #require(try Self.json(call + more)["simulation"] as? [String: Any])
    #expect(simulation["method"] as? String == "clustered" && simulation["runs"] as? Int == 200)
    // What is found meets what was asked for.
    let units = try Self.answer(call + ["--effect", "6%", "--runs", "200"])
    #expect(try #require(units["power"] as? Double) >= 0.8)
    #expect((140...180).contains(try #require(units["units"] as? Int)))
    let effect = try Self.answer(call + ["--units", "100", "--runs", "200"])
    #expect(try #require(effect["power"] as? Double) >= 0.8)
    #expect(abs(try #require(effect["effect"] as? Double) - 1.38) < 0.1)
    for (metric, method, amount) in [
      ("shown", "z-pooled", "0.1"), ("revenue/sessions", "ratio-delta", "5%"),
      ("p90(revenue)", "quantile-difference", "1"),
    ] {
      let other = Self.run(
        [path, "--metric", metric, "--method", method, "--effect", amount, "--units", "300"]
          + ["--runs", "20"])
      #expect(other.code == .done && other.answer.contains("300 rows"), "\(other.notes)")
    }
  }

  @Test("a method of pairs draws pairs, and units of pairs")
  func simulatedPairs() throws {
    var rows = "user,production,candidate\n"
    for row in 0..<300 {
      let common = Double((row * 7919) % 1000) / 100
      rows += "u\(row / 3),\(common),\(common + Double((row * 13) % 19) / 10)\n"
    }
    let workspace = try Workspace(["pairs.csv": rows])
    let path = workspace.folder.appendingPathComponent("pairs.csv").path
    let call = [path, "--pairs", "production,candidate", "--effect", "0.1"]
    let formula = try #require(try Self.answer(call)["units"] as? Int)
    let drawn = try Self.answer(call + ["--method", "paired-t", "--runs", "300"])
    let units = try #require(drawn["units"] as? Int)
    #expect(abs(Double(units) / Double(formula) - 1) < 0.25, "\(units), \(formula)")
    let clustered = try Self.json(call + ["--unit", "user"])
    let measured = try #require(clustered["measured"] as? [String])
    #expect(measured.contains { $0.hasPrefix("100 units make 3 pairs each") }, "\(measured)")
  }

  // MARK: From a scenario

  private static let traffic: String = {
    var rows = "at,user,a,b,label\n"
    for row in 0..<600 {
      let (hour, minute) = (row / 60, row % 60)
      let time = "2026-01-01T\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00Z"
      let (a, b) = (Double((row * 7919) % 97) / 16, Double((row * 104_729) % 89) / 8)
      rows += "\(time),u\(row % 150),\(a),\(b),\((row * 31 + row / 7) % 3 == 0 ? 1 : 0)\n"
    }
    return rows
  }()

  private static let scenario = """
    {
      title: "Ten hours",
      traffic: { replay: "requests.csv", time: "at", unit: "user", label: "label", features: ["a", "b"] },
      arms: { production: { model: "old.json" }, candidate: { model: "new.json" } },
      metrics: ["accuracy", "logLoss", "auc"],
      compare: [{ metric: "accuracy" }, { metric: "logLoss", margin: 0.05 }, { metric: "auc" }],
    }

    """

  @Test("a scenario's own traffic says what each of its comparisons needs")
  func fromScenario() throws {
    let workspace = try Workspace([
      "requests.csv": Self.traffic,
      "s.json5": Self.scenario,
      "new.json": Workspace.model.replacing("0.5, -0.25", with: "-0.3, 0.2"),
    ])
    let path = workspace.folder.appendingPathComponent("s.json5").path
    let ending = Self.run([path])
    #expect(ending.code == .done, "\(ending.notes)")
    let first = """
      Ten hours: 600 requests in 10 hours, 1,440 a day (60 an hour).

      accuracy, candidate − production: −0.0517 over 600 requests (0.433 against 0.485).
      This length finds, with a power of 80 %: 0.123 (25.4 %) as a shadow, 0.126 (26 %) as an A/B
      test, 0.106 (21.8 %) adjusted.

       effect  of baseline     shadow        time   A/B test        time   adjusted        time
      0.00242        0.5 %  1,537,925  1,068 days  1,611,768  1,119 days  1,131,656    786 days
      0.00485          1 %    384,484    267 days    402,944    280 days    282,918    196 days
       0.0097          2 %     96,123   66.8 days    100,740     70 days     70,732   49.1 days
       0.0242          5 %     15,383   10.7 days     16,122   11.2 days     11,320   7.86 days
       0.0485         10 %      3,848   2.67 days      4,034    2.8 days      2,834  47.2 hours

      A request's value has a standard deviation of 0.5 with production and 0.496 with candidate;
        a pair's difference has 0.876, as the answers correlate by −0.546.
      Pairs near in time are alike: the difference's variance is 1.13 times that of independent
        pairs. An A/B test's arms share the time, which leaves this out: it speaks of its own days
        alone.
      150 units make 4 requests each (cv 0), whose values correlate by 0: production's variance is
        0.996 times that of independent requests.
      For the same precision an A/B test needs 1.05 requests for each pair of the shadow; adjusted
        for the other model's value, which leaves 70.2 % of the variance, 0.736.

      logLoss, candidate − production:
      """
    let last = """
      Method: paired t test of a shadow's pairs, Welch's t test of an A/B test's arms at 0.5 : 0.5
        (noncentral t); at 95 %, 3 comparisons by Bonferroni (Holm's first step).
      Traffic to come is like that of the scenario, as dense and as dependent.
      An A/B test assigns whole units, where requests name any.
      An adjusted test has the other model answer every request as well, beside it, in a shadow.

      """
    #expect(ending.answer.hasPrefix(first) && ending.answer.hasSuffix(last), "\(ending.answer)")
    for line in ending.answer.split(separator: "\n") { #expect(line.count <= 110, "\(line)") }
    let plan = try Self.json([path])
    #expect(plan["requests"] as? Int == 600 && plan["requestsPerHour"] as? Double == 60)
    #expect(plan["comparisonsOfOneError"] as? Int == 3)
    let comparisons = try #require(plan["comparisons"] as? [[String: Any]])
    #expect(comparisons.map { $0["metric"] as? String } == ["accuracy", "logLoss", "auc"])
    #expect(
      comparisons.map { $0["question"] as? String } == ["different", "not-worse", "different"])
    for comparison in comparisons {
      let steps = try #require(comparison["steps"] as? [[String: Any]])
      #expect(steps.count == 5 && comparison["absence"] is NSNull)
      let measured = try #require(comparison["measured"] as? [String: Any])
      #expect((measured["units"] as? [String: Any])?["count"] as? Int == 150)
      #expect(measured["requests"] as? Int == 600)
      for step in steps {
        let need = try #require(step["ab"] as? [String: Any])
        let (requests, days) = (need["requests"] as? Int ?? 0, need["days"] as? Double ?? 0)
        #expect(requests >= 20 && abs(days * 1440 / Double(requests) - 1) < 1e-9)
      }
    }
  }

  @Test("a scenario's plan takes an effect, a metric, a length, shares and a method")
  func scenarioOptions() throws {
    let workspace = try Workspace([
      "requests.csv": Self.traffic,
      "s.json5": Self.scenario,
      "new.json": Workspace.model.replacing("0.5, -0.25", with: "-0.3, 0.2"),
    ])
    let path = workspace.folder.appendingPathComponent("s.json5").path
    func accuracy(_ more: [String]) throws -> [String: Any] {
      let plan = try Self.json([path, "--metric", "accuracy"] + more)
      let comparisons = try #require(plan["comparisons"] as? [[String: Any]])
      #expect(comparisons.count == 1)
      return comparisons[0]
    }
    func requests(_ comparison: [String: Any], _ step: Int) throws -> Double {
      let steps = try #require(comparison["steps"] as? [[String: Any]])
      return Double(try #require((steps[step]["ab"] as? [String: Any])?["requests"] as? Int))
    }
    let even = try accuracy(["--effect", "0.02"])
    let uneven = try accuracy(["--effect", "0.02", "--shares", "0.9,0.1"])
    #expect(abs(try requests(uneven, 2) / requests(even, 2) - 0.25 / 0.09) < 0.3)
    #expect(abs(try requests(even, 0) / requests(even, 2) - 4) < 0.05)
    #expect(
      try requests(accuracy(["--effect", "0.02", "--comparisons", "1"]), 2) < requests(even, 2))
    func reach(_ more: [String]) throws -> Double {
      let reach = try #require(try accuracy(more)["atThisLength"] as? [String: Any])
      return try #require(reach["ab"] as? Double)
    }
    #expect(abs(try reach(["--units", "2400"]) / reach(["--units", "600"]) - 0.5) < 0.01)
    #expect(abs(try reach(["--days", "1"]) / reach(["--units", "1440"]) - 1) < 1e-6)
    let drawn = try accuracy(["--method", "mcnemar-mid-p", "--effect", "0.05", "--runs", "100"])
    let simulated = try #require(drawn["simulated"] as? [String: Any])
    #expect((simulated["simulation"] as? [String: Any])?["method"] as? String == "mcnemar-mid-p")
    for format in ["table", "markdown", "csv"] {
      let ending = Self.run([path, "--format", format])
      #expect(ending.code == .done && !ending.answer.contains("nan"), "\(ending.notes)")
    }
  }
}
