import Testing

/// What is wrong with a table or with what is asked of it, told word for word, with the exit code.
@Suite("Bad tables") struct BadTableTests {
  @Test("are told", arguments: fileCases + armCases)
  func told(_ input: BadInput) throws { try input.check() }

  @Test("with values that nothing can be made of", arguments: valueCases + weightCases)
  func values(_ input: BadInput) throws { try input.check() }

  @Test("and what no table could make right", arguments: usageCases)
  func usage(_ input: BadInput) throws { try input.check() }

  private static let header: String = "user,variant,x,w,p\n"

  private static func table(
    _ name: String, _ rows: String, _ notes: String, _ more: [String] = [],
    header: String = header, file: String = "t.csv"
  ) -> BadInput {
    BadInput(
      name, code: 65, notes: notes + "\n",
      arguments: ["analyze", file, "--arm", "variant", "--metric", "x"] + more,
      files: [file: header + rows])
  }

  private static let fileCases: [BadInput] = [
    BadInput(
      "a table that is not there", code: 66,
      notes: """
        request.csv: error: there is no such file
          help: did you mean requests.csv?

        """,
      arguments: ["analyze", "request.csv", "--arm", "a", "--metric", "b"]),
    table(
      "an empty table", "",
      "t.csv: error: the file is empty, where a header and rows were expected", header: ""),
    table("a header without rows", "", "t.csv: error: the file holds no row"),
    table(
      "a row with a field too few", "1,A,3,1,.5\n2,A,3,1\n",
      "t.csv:3: error: the row has 4 fields, and the header has 5"),
    table(
      "a quote that stays open", "1,A,3,1,\".5\n",
      "t.csv:2: error: the quote that opens a field here is never closed"),
    table(
      "another delimiter", "1;A;3\n",
      """
      t.csv:1: error: there is no column variant, which --arm asks for
        help: the header has one column, "user;variant;x"; name what divides it, --delimiter ";"
      t.csv:1: error: there is no column x, which --metric asks for
        help: the header has one column, "user;variant;x"; name what divides it, --delimiter ";"
      """, header: "user;variant;x\n"),
    table(
      "columns that are not there", "1,A,3,1,.5\n",
      """
      t.csv:1: error: there is no column usr, which --unit asks for
        help: did you mean user? the columns are user, variant, x, w, p
      t.csv:1: error: there is no column before, which --covariate asks for
        help: the columns are user, variant, x, w, p
      """, ["--unit", "usr", "--covariate", "before"]),
    table(
      "a column that stands twice", "A,1,2\n",
      "t.csv:1: error: column x stands twice, as number 2 and 3", header: "variant,x,x\n"),
    table(
      "lines of JSON with mistakes",
      """
      {"variant":"A","x":1}
      {"variant":"B","x":"7"}
      {"variant":"B" "x":2}
      3

      """,
      """
      t.jsonl:2:20: error: column x holds the text "7", not a number
        2 | {"variant":"B","x":"7"}
          |                    ^^^
        help: write numbers without quotes
      t.jsonl:3:15: error: a comma is missing here
        3 | {"variant":"B" "x":2}
          |               ^
        help: write `,` between the two
      t.jsonl:4:1: error: the line holds 3, not an object
        4 | 3
          | ^
        help: write each row as { "column": value, … }
      """, header: "", file: "t.jsonl"),
    table(
      "a list of JSON", "[{\"variant\":\"A\",\"x\":1}]\n",
      """
      t.json: error: the file is one JSON list, where JSON Lines has one object a line
        help: write one object a line, for example with jq -c '.[]'
      """, header: "", file: "t.json"),
    table(
      "keys that no line has", "{\"variant\":\"A\",\"y\":1}\n",
      """
      t.jsonl: error: there is no column x, which --metric asks for
        help: the columns are variant, y
      """, header: "", file: "t.jsonl"),
    table(
      "a list in a column, and a key twice",
      "{\"variant\":\"A\",\"x\":[1]}\n{\"x\":1,\"x\":2,\"variant\":\"A\"}\n",
      """
      t.jsonl:1:20: error: column x holds a list, not a number or a text
        1 | {"variant":"A","x":[1]}
          |                    ^^^
        help: write each value in a column of its own
      t.jsonl:2:8: error: the key x stands twice in one row
        2 | {"x":1,"x":2,"variant":"A"}
          |        ^^^
      """, header: "", file: "t.jsonl"),
  ]

  private static let armCases: [BadInput] = [
    table(
      "one arm only", "1,A,3,1,.5\n2,A,4,1,.5\n",
      """
      t.csv: error: column variant names one arm, A, where two are compared
        help: name the column that tells the arms apart with --arm
      """),
    table("no arm at all", "1,,3,1,.5\n", "t.csv: error: column variant names no arm in any row"),
    table(
      "a column of identities for arms",
      (0...50).map { "1,a\($0),\($0),1,.5\n" }.joined(),
      """
      t.csv: error: column variant names 51 arms, more than 50
        help: a column of identities is a --unit; name the column of arms with --arm
      """),
    table(
      "a baseline that is no arm", "1,old,3,1,.5\n2,new,4,1,.5\n",
      """
      t.csv: error: --baseline names olt, which is no arm in column variant
        help: did you mean old? the arms are new, old
      """, ["--baseline", "olt"]),
    table(
      "an arm that is planned and has no row", "1,A,3,1,.5\n2,B,4,1,.5\n",
      "t.csv: error: arm C is planned and has no row in column variant",
      ["--ratio", "A=2,B=1,C=1"]),
    table(
      "an arm without any outcome", "1,A,3,1,.5\n2,A,5,1,.5\n3,B,,1,.5\n4,B,-,1,.5\n",
      "t.csv: error: arm B has no value of x in its 2 rows", ["--missing", "-"]),
    table(
      "a unit in two arms", "1,A,3,1,.5\n2,A,5,1,.5\n1,B,2,1,.5\n2,B,2,1,.5\n3,B,2,1,.5\n",
      """
      t.csv:4: error: user 1 has a row in arm B after one in A, and 1 other is in two arms
        help: leave such units out with --crossed-units leave-out, and look for the cause
      """, ["--unit", "user"]),
    table(
      "an arm whose units are all in two arms", "1,A,3,1,.5\n1,B,2,1,.5\n3,B,2,1,.5\n",
      "t.csv: error: every user of arm A has rows in another arm too",
      ["--unit", "user", "--crossed-units", "leave-out"]),
    table(
      "a row without its unit", "1,A,3,1,.5\n,B,4,1,.5\n",
      """
      t.csv:3: error: column user is empty, which --unit asks for
        help: take rows without a unit out of the table
      """, ["--unit", "user"]),
  ]

  private static let valueCases: [BadInput] = [
    table(
      "values that do not vary", "1,A,3,1,.5\n2,A,3,1,.5\n3,B,3,1,.5\n4,B,3,1,.5\n",
      "t.csv: error: x of B cannot be compared with A: all values are equal, so nothing says "
        + "how far they would vary"),
    table(
      "ties alone, by ranks", "1,A,3,1,.5\n2,A,3,1,.5\n3,B,3,1,.5\n4,B,3,1,.5\n",
      "t.csv: error: x of B cannot be compared with A: all values are equal, so nothing says "
        + "how far they would vary", ["--method", "mann-whitney"]),
    table(
      "values that vary between the arms alone", "1,A,3,1,.5\n2,A,3,1,.5\n3,B,4,1,.5\n4,B,4,1,.5\n",
      "t.csv: error: x of B cannot be compared with A: nothing varies, so nothing says how far "
        + "it would"),
    table(
      "one row an arm", "1,A,3,1,.5\n2,B,4,1,.5\n",
      "t.csv: error: x of B cannot be compared with A: there is 1 value where 2 are needed"),
    table(
      "NaN and an infinite value", "1,A,NaN,1,.5\n2,A,5,inf,.5\n3,B,1,1,.5\n",
      """
      t.csv:2: error: column x holds "NaN", not a number
        help: if it means missing, say --missing NaN
      t.csv:3: error: column w holds "inf", not a number
        help: if it means missing, say --missing inf
      """, ["--metric", "w"]),
    table(
      "a word and a number above the largest", "1,A,n/a,1e999,.5\n3,B,1,1,.5\n",
      """
      t.csv:2: error: column x holds "n/a", not a number
        help: if it means missing, say --missing n/a
      t.csv:2: error: column w holds "1e999", which is above the largest number
      """, ["--metric", "w"]),
    table(
      "a time that is none", "1,A,3,1,5\n3,B,1,1,soon\n",
      "t.csv:3: error: time p holds \"soon\", neither an RFC 3339 time nor a number",
      ["--time", "p"]),
    table(
      "a covariate that is not there", "1,A,3,1,.5\n3,B,1,,.5\n",
      """
      t.csv:3: error: column w is empty, which --covariate asks for
        help: write the mean of the others in its place, which costs no error rate
      """, ["--covariate", "w"]),
    BadInput(
      "a label that is no class, and a score that is no probability", code: 65,
      notes: """
        t.csv:3: error: label y holds 2, not 0 or 1
          help: write the classes as 0 and 1

        """,
      arguments: ["analyze", "t.csv", "--pairs", "a,b", "--label", "y", "--metric", "auc"],
      files: ["t.csv": "a,b,y\n.1,.2,0\n.3,.4,2\n"]),
    BadInput(
      "a score that is no probability", code: 65,
      notes: """
        t.csv:3: error: column b holds 1.4, and logLoss needs a probability from 0 to 1
          help: mae and rmse compare answers of any size

        """,
      arguments: ["analyze", "t.csv", "--pairs", "a,b", "--label", "y", "--metric", "logLoss"],
      files: ["t.csv": "a,b,y\n.1,.2,0\n.3,1.4,1\n"]),
    BadInput(
      "labels of one class", code: 65,
      notes: """
        t.csv: error: auc of b cannot be compared with a: all labels are of one class

        """,
      arguments: ["analyze", "t.csv", "--pairs", "a,b", "--label", "y", "--metric", "auc"],
      files: ["t.csv": "a,b,y\n.1,.2,1\n.3,.4,1\n.3,.1,1\n"]),
    BadInput(
      "no row with both answers", code: 65,
      notes: """
        t.csv: error: no row has both answers, a and b, that mean needs

        """,
      arguments: ["analyze", "t.csv", "--pairs", "a,b"], files: ["t.csv": "a,b\n1,\n,2\n"]),
  ]

  private static let weightCases: [BadInput] = [
    table(
      "a propensity below 0", "1,A,3,1,-.5\n2,B,5,1,.5\n",
      """
      t.csv:2: error: propensity p holds -0.5, which is below 0
        help: it is the chance, above 0 and at most 1, that the row had of the arm it got
      """, ["--propensity", "p"]),
    table(
      "a propensity above 1", "1,A,3,1,.5\n2,B,5,1,1.5\n",
      """
      t.csv:3: error: propensity p holds 1.5, which is above 1
        help: it is the chance, above 0 and at most 1, that the row had of the arm it got
      """, ["--propensity", "p"]),
    table(
      "arms that do not overlap", "1,A,3,1,.5\n2,B,5,1,0\n",
      """
      t.csv:3: error: propensity p is 0: the row had no chance of its arm, so the arms do not overlap
        help: it is the chance, above 0 and at most 1, that the row had of the arm it got
      """, ["--propensity", "p"]),
    table(
      "a weight below 0", "1,A,3,1,.5\n2,B,5,-1,1\n",
      "t.csv:3: error: weight w holds -1, which is below 0", ["--weight", "w"]),
    table(
      "weights of 0 alone", "1,A,3,1,.5\n2,A,5,1,1\n2,B,5,0,1\n2,B,5,0,1\n",
      "t.csv: error: weight w is 0 in every row of arm B", ["--weight", "w"]),
    table(
      "a method whose values these are not", "1,A,3,1,.5\n2,A,5,1,1\n2,B,5,0,1\n2,B,5,0,1\n",
      """
      t.csv: error: --method newcombe needs values that are 0 or 1, which x does not give it
        help: these fit: welch, student-t, yuen, winsorized, cohen-d, hedges-g, glass-delta, \
      poisson-rates, … (analyze --list-methods shows all)
      """, ["--method", "newcombe"]),
  ]

  private static func usage(
    _ name: String, _ arguments: [String], _ notes: String
  ) -> BadInput {
    BadInput(
      name, code: 64, notes: "understudy: error: \(notes)\n  try: understudy analyze --help\n",
      arguments: ["analyze"] + arguments)
  }

  private static let arms: [String] = ["requests.csv", "--arm", "a", "--metric", "b"]
  private static let pairs: [String] = ["requests.csv", "--pairs", "a,b"]

  private static let usageCases: [BadInput] = [
    usage(
      "no table", ["--arm", "a"],
      "which table?\n  help: name one file, as in outcomes.csv; - is standard input"),
    usage(
      "no arms", ["requests.csv", "--metric", "b"],
      """
      analyze needs --arm COLUMN or --pairs A,B
        help: --arm where each row is of one arm, --pairs where each row has every arm's answer
      """),
    usage(
      "two layouts", arms + ["--pairs", "a,b"],
      "--arm and --pairs are two ways to name the arms; give one"),
    usage(
      "one column of pairs", ["requests.csv", "--pairs", "a"],
      "--pairs a does not name two columns\n  help: as in --pairs production,candidate"),
    usage(
      "no metric", ["requests.csv", "--arm", "a"],
      "analyze needs --metric METRIC\n  help: as in --metric revenue, or revenue/sessions"),
    usage("a metric twice", arms + ["--metric", "b"], "--metric b is given twice"),
    usage(
      "a function that is none", ["requests.csv", "--arm", "a", "--metric", "quantle(b, 0.5)"],
      """
      --metric "quantle(b, 0.5)" asks for quantle, which is none of mean, median, quantile, share and \
      p1 to p99.9
        help: did you mean quantile?
      """),
    usage(
      "a quantile of 1", ["requests.csv", "--arm", "a", "--metric", "quantile(b, 1)"],
      "--metric \"quantile(b, 1)\" names no quantile between 0 and 1\n  help: as in quantile(latency, 0.99)"
    ),
    usage(
      "a share of nothing", ["requests.csv", "--arm", "a", "--metric", "share(b)"],
      "--metric \"share(b)\" compares nothing with a number\n  help: as in share(latency > 200)"),
    usage(
      "two divisions", ["requests.csv", "--arm", "a", "--metric", "b/c/d"],
      """
      --metric "b/c/d" divides more than once
        help: a column whose name holds a / stands in quotes, as in '"a/b"'
      """),
    usage(
      "a metric that pairs have not", pairs + ["--metric", "auk"],
      """
      --metric "auk" is nothing that pairs have
        help: did you mean auc? they have auc, logLoss, brier, accuracy, mae, rmse and flips with \
      --label, ratio with --denominators, and mean, median, p99, quantile(0.99), share(> 200) and \
      classes
      """),
    usage(
      "no label", pairs + ["--metric", "auc"],
      "--metric auc needs what was true of each row\n  help: name its column with --label"),
    usage(
      "a label of arms", arms + ["--label", "label"],
      """
      --label says what was true, and no metric asks for it
        help: as in --metric "auc(score)"
      """),
    usage(
      "covariates of pairs", pairs + ["--covariate", "c"],
      """
      --covariate is for arms, and pairs have every arm in one row
        help: name the column of arms with --arm, or leave it out
      """),
    usage(
      "weights twice", arms + ["--weight", "w", "--propensity", "p"],
      """
      --weight and --propensity are both given
        help: a row of propensity p weighs 1/p; give one of the two
      """),
    usage(
      "a weighted quantile", ["requests.csv", "--arm", "a", "--metric", "p99(b)", "--weight", "w"],
      """
      --metric p99(b) has no weighted form
        help: weights are for the mean of a column, and for share(…)
      """),
    usage(
      "a margin without a side", arms + ["--margin", "1"],
      """
      --question not-worse needs to know which way is worse
        help: say --higher-is-better or --lower-is-better
      """),
    usage(
      "a margin of two metrics", arms + ["--metric", "c", "--margin", "1", "--lower-is-better"],
      """
      --margin is one number, and 2 metrics are asked for
        help: ask about one metric at a time
      """),
    usage(
      "no margin", arms + ["--question", "equivalent"],
      """
      --question equivalent needs --margin
        help: say what difference would still be allowed, in the metric's unit
      """),
    usage(
      "a margin that nobody asks about", arms + ["--question", "different", "--margin", "1"],
      """
      --margin says how much, and --question different asks for none
        help: ask --question not-worse or --question equivalent
      """),
    usage(
      "two questions",
      arms + ["--question", "equivalent", "--margin", "1", "--alternative", "less"],
      """
      --alternative less and --question equivalent are two questions
        help: leave one out
      """),
    usage("a margin below 0", arms + ["--margin=-1"], "--margin is \"-1\", not a number above 0"),
    usage(
      "a level in percent", arms + ["--level", "95"],
      "--level is \"95\", not a number between 0 and 1"),
    usage(
      "both sides better", arms + ["--higher-is-better", "--lower-is-better"],
      "--higher-is-better and --lower-is-better cannot both hold"),
    usage(
      "a method that is none", arms + ["--method", "welhc"],
      "--method is \"welhc\", which is no method\n  help: did you mean welch?"),
    usage(
      "a sequential method that is none", arms + ["--sequential", "welch"],
      """
      --sequential is "welch", which is no method that may be looked at while rows come
        help: analyze --list-methods shows them all
      """),
    usage(
      "two methods", arms + ["--method", "welch", "--sequential", "msprt"],
      "--method welch and --sequential msprt are two methods"),
    usage(
      "a method of pairs for arms", arms + ["--method", "tango"],
      """
      --method tango compares pairs of answers, and these are arms
        help: these fit: welch, student-t, yuen, winsorized, cohen-d, hedges-g, glass-delta, \
      mann-whitney, … (analyze --list-methods shows all)
      """),
    usage(
      "a method without its units", arms + ["--method", "clustered"],
      """
      --method clustered needs --unit
        help: these fit: welch, student-t, yuen, winsorized, cohen-d, hedges-g, glass-delta, \
      mann-whitney, … (analyze --list-methods shows all)
      """),
    usage(
      "an explanation of nothing", ["--explain"],
      "--explain explains a method, and none is named\n  help: as in --method welch"),
    usage(
      "shares that are none", arms + ["--ratio", "50,50"],
      """
      --ratio is "50,50", which names no share for each arm
        help: as in --ratio A=0.5,B=0.5; only the proportions count
      """),
    usage(
      "a range that is none", arms + ["--range", "1,0"],
      """
      --range is "1,0", not two numbers of which the second is larger
        help: as in --range 0,1
      """),
    usage(
      "a delimiter of two letters", arms + ["--delimiter", "ab"],
      "--delimiter is \"ab\", not one printable character or the word tab"),
  ]
}
