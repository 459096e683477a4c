import Testing

@testable import Command

@Suite("What plan cannot plan") struct PlanVerbMistakeTests {
  @Test(
    "a plan that cannot be made ends with 64, and says how it could",
    arguments: [
      (
        [],
        """
        understudy: error: neither --effect nor --units nor --days is given
          help: of effect, power and units, two are given and the third is the answer
        """
      ),
      (
        ["--effect", "1"],
        """
        understudy: error: --metric mean needs --sd
          help: or a table to measure it from, as in understudy plan outcomes.csv --metric revenue
        """
      ),
      (
        ["--metric", "meam", "--effect", "1"],
        """
        understudy: error: --metric is "meam", not one of mean, share, ratio, rate, quantile, auc, \
        risk-ratio, rate-ratio, mann-whitney, sample-ratio
          help: did you mean mean?
        """
      ),
      (
        ["--sd", "-1", "--effect", "1"],
        "understudy: error: --sd is \"-1\", not a number above 0"
      ),
      (
        ["--sd", "1", "--effect", "two"],
        """
        understudy: error: --effect is "two", neither a number nor a percentage
          help: as in --effect 0.2 or --effect 2%
        """
      ),
      (
        ["--sd", "1", "--effect", "2%"],
        """
        understudy: error: --effect is in percent, and there is no --baseline
          help: say it in the metric's unit
        """
      ),
      (
        ["--sd", "1", "--effect", "0"],
        "understudy: error: --effect is 0, which no test finds"
      ),
      (
        ["--sd", "1", "--effect", "1", "--units", "50", "--power", "0.9"],
        """
        understudy: error: effect, power and units are all given, and nothing is left to find
          help: leave one of them out
        """
      ),
      (
        ["--sd", "1", "--units", "50", "--days", "3"],
        """
        understudy: error: --units and --days are both given
          help: one follows from the other
        """
      ),
      (
        ["--sd", "1", "--days", "3"],
        """
        understudy: error: --days needs --per-day
          help: how many units a day brings
        """
      ),
      (
        ["--sd", "1", "--effect", "1", "--shares", "0.5,0.6"],
        """
        understudy: error: --shares 0.5,0.6 are no shares of arms
          help: two or more above 0 that add up to 1, production's first
        """
      ),
      (
        ["--sd", "1", "--effect", "1", "--shares", "a,b"],
        """
        understudy: error: --shares is "a,b", not numbers with commas between them
          help: as in --shares 0.5,0.5
        """
      ),
      (
        ["--sd", "1", "--effect", "1", "--margin", "2"],
        """
        understudy: error: --margin says how much, and --question different asks for none
          help: ask --question not-worse, equivalent or better
        """
      ),
      (
        ["--sd", "1", "--question", "better", "--effect", "1"],
        """
        understudy: error: --question better needs --margin
          help: by how much it has to be better
        """
      ),
      (
        ["--sd", "1", "--question", "not-worse"],
        """
        understudy: error: --question not-worse needs --margin, or --units to find it from
          help: say what difference would still be allowed
        """
      ),
      (
        ["--sd", "1", "--question", "not-worse", "--margin", "0.1", "--effect", "-0.2"],
        """
        understudy: error: a power of 80 % is out of reach: it rises to 0 % at most
          help: the effect has to lie inside of what the margin allows
        """
      ),
      (
        ["--metric", "share", "--baseline", "0.05", "--effect", "0.96"],
        """
        understudy: error: --effect is 0.96, which share cannot differ by
          help: production has 0.05
        """
      ),
      (
        ["--metric", "share", "--baseline", "1.5", "--effect", "0.1"],
        "understudy: error: --baseline is 1.5, not between 0 and 1"
      ),
      (
        ["--sd", "1", "--effect", "1", "--cluster-size", "4"],
        """
        understudy: error: --cluster-size needs --icc
          help: how alike the rows of a unit are: 0 is not at all, 1 is the same
        """
      ),
      (
        ["--metric", "rate", "--baseline", "1", "--effect", "1", "--paired"],
        "understudy: error: --paired is for mean, share and auc, not for rate"
      ),
      (
        ["--sd", "1", "--question", "equivalent", "--margin", "1", "--looks", "3"],
        """
        understudy: error: --looks are planned for one side at a time, and --question equivalent has two
          help: plan one look
        """
      ),
      (
        ["--sd", "1", "--effect", "1", "--unit", "user"],
        """
        understudy: error: --unit names a column, and there is no table
          help: name one file
        """
      ),
      (
        ["a.csv", "--effect", "1", "--sd", "2"],
        """
        understudy: error: --sd is given, and a table, which would say it
          help: leave out one of the two
        """
      ),
      (
        ["--sd", "1", "--effect", "1", "--method", "welch"],
        """
        understudy: error: --method is simulated on rows, and there is no table
          help: name a table or a scenario to draw from
        """
      ),
      (
        ["a.csv", "--effect", "1", "--method", "welsh"],
        """
        understudy: error: --method is "welsh", which is no method
          help: did you mean welch?
        """
      ),
      (
        ["a.csv", "--effect", "1", "--method", "welch", "--looks", "3"],
        """
        understudy: error: --looks has a formula, and --method is simulated
          help: leave out --method
        """
      ),
      (
        ["a.csv", "--effect", "1", "--method", "welch", "--shares", "0.4,0.3,0.3"],
        "understudy: error: --method plans two arms, not 3"
      ),
      (
        ["a.csv", "--effect", "1", "--runs", "3"],
        "understudy: error: --runs is for --method, which draws"
      ),
      (
        ["a.csv", "--effect", "1", "--seed", "3"],
        """
        understudy: error: --seed is for --method, which draws
          help: formulas need none
        """
      ),
      (
        ["a.csv", "--effect", "1", "--set", "seed=3"],
        """
        understudy: error: --set changes a scenario, and there is none
          help: name a file ending in .json5
        """
      ),
      (
        ["s.json5", "--unit", "user"],
        """
        understudy: error: --unit is given, and a scenario, which would say it
          help: leave out one of the two
        """
      ),
      (
        ["s.json5", "--sd", "3"],
        """
        understudy: error: --sd is given, and a scenario, which would say it
          help: leave out one of the two
        """
      ),
      (
        ["a.csv", "b.csv", "--effect", "1"],
        """
        understudy: error: one table at a time, not 2
          help: name one file, as in outcomes.csv; - is standard input
        """
      ),
      (
        ["--sd", "1", "--units", "2"],
        """
        understudy: error: so few units say nothing
          help: at least 4 are needed
        """
      ),
    ])
  func mistakes(_ arguments: [String], notes: String) {
    let transcript = Transcript()
    #expect(transcript.run(["plan"] + arguments) == .usage && transcript.answer.isEmpty)
    #expect(transcript.notes == notes + "\n  try: understudy plan --help\n")
  }

  @Test("what a table has wrong ends with 65, with its place")
  func badTables() throws {
    let workspace = try Workspace(["t.csv": "user,x\nu1,1\n,2\nu2,1\n", "same.csv": "x\n3\n3\n3\n"])
    let unit = try workspace.run([
      "plan", "t.csv", "--metric", "x", "--unit", "user", "--effect", "1",
    ])
    #expect(
      unit
        == .init(
          code: 65, answer: "",
          notes: """
            t.csv:3: error: column user is empty, which --unit asks for
              help: take rows without a unit out of the table

            """))
    let same = try workspace.run(["plan", "same.csv", "--metric", "x", "--effect", "1"])
    #expect(
      same
        == .init(
          code: 65, answer: "",
          notes:
            "same.csv: error: x cannot be planned from: nothing varies, so nothing says how far it would\n"
        ))
    #expect(try workspace.run(["plan", "no.csv", "--effect", "1"]).code == 66)
  }
}
