import Testing

/// What is wrong with labels, times, segments and the logs of policies, told word for word, with the exit code.
@Suite("Bad labels, times and logs") struct BadLogTests {
  @Test("labels and classes are told", arguments: labelCases)
  func labels(_ input: BadInput) throws { try input.check() }

  @Test("times and segments are told", arguments: timeCases)
  func times(_ input: BadInput) throws { try input.check() }

  @Test("logs of policies are told", arguments: policyCases)
  func policies(_ input: BadInput) throws { try input.check() }

  @Test("what no table could make right is told", arguments: usageCases)
  func usage(_ input: BadInput) throws { try input.check() }

  private static func table(
    _ name: String, _ text: String, _ call: [String], _ notes: String, file: String = "t.csv"
  ) -> BadInput {
    BadInput(
      name, code: 65, notes: notes + "\n", arguments: ["analyze", file] + call, files: [file: text])
  }

  private static let ofPairs: [String] = ["--pairs", "a,b", "--label", "y", "--metric", "accuracy"]

  private static let labelCases: [BadInput] = [
    table(
      "texts beside a label of numbers", "a,b,y\n0,1,0\n1,cat,1\n", ofPairs,
      """
      t.csv:3: error: column b holds "cat", and label y holds numbers
        help: if it means missing, say --missing cat
      """),
    table(
      "a word for missing among numbers", "a,b,y\n0,1,0\n1,1,NA\n", ofPairs,
      """
      t.csv:3: error: column y holds "NA" beside numbers
        help: if it means missing, say --missing NA
      """),
    table(
      "answers of other classes", "a,b,y\ncat,Cat,cat\ndog,Dog,dog\n", ofPairs,
      """
      t.csv: error: no answer in column b, such as "Cat", is a class of label y, such as "cat"
        help: classes are compared letter by letter
      """),
    table(
      "NaN among answers", "a,b,y\n0.1,NaN,0\n1,1,1\n", ofPairs,
      """
      t.csv:2: error: column b holds "NaN", not a number
        help: if it means missing, say --missing NaN
      """),
    table(
      "a text of digits in JSON beside a number",
      "{\"a\":1,\"b\":\"1\",\"y\":1}\n{\"a\":0,\"b\":\"0\",\"y\":1}\n", ofPairs,
      """
      t.jsonl:1: error: column b holds "1", and label y holds numbers
        help: if it means missing, say --missing 1
      """, file: "t.jsonl"),
    table(
      "words where scores are needed", "a,b,y\ncat,dog,0\ncat,cat,1\n",
      ["--pairs", "a,b", "--label", "y", "--metric", "auc"],
      """
      t.csv:2: error: column a holds "cat", not a number
        help: if it means missing, say --missing cat
      t.csv:2: error: column b holds "dog", not a number
        help: if it means missing, say --missing dog
      """),
    table(
      "a label of two arms that is no class", "arm,s,y\nA,.1,0\nB,.2,3\n",
      ["--arm", "arm", "--label", "y", "--metric", "auc(s)"],
      """
      t.csv:3: error: label y holds 3, not 0 or 1
        help: write the classes as 0 and 1
      """),
    table(
      "an arm with labels of one class", "arm,s,y\nA,.1,0\nA,.4,1\nB,.2,1\nB,.3,1\n",
      ["--arm", "arm", "--label", "y", "--metric", "auc(s)"],
      "t.csv: error: auc(s) of B cannot be compared with A: all labels are of one class"),
    table(
      "an arm without a label", "arm,s,y\nA,.1,0\nA,.4,1\nB,.2,\nB,.3,\n",
      ["--arm", "arm", "--label", "y", "--metric", "brier(s)"],
      "t.csv: error: arm B has no value of brier(s) in its 2 rows"),
    table(
      "a score that is no probability", "arm,s,y\nA,.1,0\nA,.4,1\nB,-.2,1\nB,.3,0\n",
      ["--arm", "arm", "--label", "y", "--metric", "logLoss(s)"],
      """
      t.csv:4: error: column s holds -0.2, and logLoss(s) needs a probability from 0 to 1
        help: mae and rmse compare answers of any size
      """),
    table(
      "a denominator that is 0", "a,b,n,m\n1,2,0,1\n2,2,0,1\n3,1,0,2\n",
      ["--pairs", "a,b", "--denominators", "n,m"],
      "t.csv: error: ratio of b cannot be compared with a: a denominator is 0"),
    table(
      "a class that never varies", "a,b\ncat,cat\ncat,cat\n",
      ["--pairs", "a,b", "--metric", "classes"],
      "t.csv: error: classes of b cannot be compared with a: all values are equal, so nothing "
        + "says how far they would vary"),
  ]

  private static let timeCases: [BadInput] = [
    table(
      "an event that is neither", "arm,d,e\nA,3,1\nB,2,2\n",
      ["--arm", "arm", "--metric", "time(d, e)"],
      """
      t.csv:3: error: event e holds 2, not 0 or 1
        help: 1 is the event, and 0 a row that was followed so far without it
      """),
    table(
      "a duration below 0", "arm,d,e\nA,3,1\nB,-2,1\n",
      ["--arm", "arm", "--metric", "time(d, e)"],
      "t.csv:3: error: time d holds -2, which is below 0"),
    table(
      "no event at all", "arm,d,e\nA,3,0\nA,4,0\nB,2,0\nB,3,0\n",
      ["--arm", "arm", "--metric", "time(d, e)"],
      "t.csv: error: time(d, e) of B cannot be compared with A: nothing varies, so nothing says "
        + "how far it would"),
    table(
      "a row without its segment", "arm,x,s\nA,3,p\nB,-2,\n",
      ["--arm", "arm", "--metric", "x", "--segment", "s"],
      "t.csv:3: error: column s is empty, which --segment asks for"),
    table(
      "a column of identities for segments",
      "arm,x,s\n" + (0...50).map { "\($0 % 2 == 0 ? "A" : "B"),\($0 % 3),s\($0)\n" }.joined(),
      ["--arm", "arm", "--metric", "x", "--segment", "s"],
      """
      t.csv: error: column s names 51 segments, more than 50
        help: a segment is a part of the traffic, such as a country
      """),
    table(
      "a value outside of the range that bounds are made of",
      "arm,x\nA,3\nA,\nB,2\nB,4\n",
      ["--arm", "arm", "--metric", "x", "--method", "manski-bounds", "--range", "0,3"],
      "t.csv: error: x of B cannot be compared with A: a value of 4.0 is outside of the range that "
        + "was given"),
  ]

  private static let log: [String] = ["--policy", "n", "--reward", "r", "--propensity", "p"]

  private static let policyCases: [BadInput] = [
    table(
      "a logged propensity below 0", "r,p,n\n1,.5,.5\n0,-.5,.5\n", log,
      """
      t.csv:3: error: propensity p holds -0.5, which is below 0
        help: it is the chance, above 0 and at most 1, that the row had of the arm it got
      """),
    table(
      "a logged propensity above 1", "r,p,n\n1,1.5,.5\n0,.5,.5\n", log,
      """
      t.csv:2: error: propensity p holds 1.5, which is above 1
        help: it is the chance, above 0 and at most 1, that the row had of the arm it got
      """),
    table(
      "a logged decision that had no chance", "r,p,n\n1,.5,.5\n0,0,.5\n", log,
      """
      t.csv:3: error: propensity p is 0: the row had no chance of its arm, so the arms do not overlap
        help: it is the chance, above 0 and at most 1, that the row had of the arm it got
      """),
    table(
      "a policy's chance above 1", "r,p,n\n1,.5,.5\n0,.5,1.2\n", log,
      """
      t.csv:3: error: policy n holds 1.2, which is above 1
        help: it is the chance, from 0 to 1, that the policy gives the logged decision
      """),
    table(
      "a policy's chance below 0", "r,p,n\n1,.5,-.1\n0,.5,1\n", log,
      """
      t.csv:2: error: policy n holds -0.1, which is below 0
        help: it is the chance, from 0 to 1, that the policy gives the logged decision
      """),
    table(
      "a policy that does nothing that was done", "r,p,n\n1,.5,0\n0,.5,0\n", log,
      "t.csv: error: policy n is 0 in every row: it takes no decision that was logged, so nothing "
        + "was seen of it"),
    table(
      "a round without its reward", "r,p,n\n1,.5,.5\n,.5,.5\n", log,
      """
      t.csv:3: error: column r is empty, which --reward asks for
        help: a round without one says nothing of any policy: take it out, if that does not hang on \
      the reward
      """),
    table(
      "a model without a number", "r,p,n,q,v\n1,.5,.5,.5,\n0,.5,.5,.5,.5\n",
      log + ["--reward-model", "q,v"],
      """
      t.csv:2: error: column v is empty, which --reward-model asks for
        help: a round without one says nothing of any policy: take it out, if that does not hang on \
      the reward
      """),
    table(
      "one round", "r,p,n\n1,.5,.5\n", log,
      "t.csv: error: r of n cannot be compared with logged: there is 1 value where 2 are needed"),
    table(
      "rewards that are alike, and weights too", "r,p,n\n1,.5,.5\n1,.5,.5\n", log,
      "t.csv: error: r of n cannot be compared with logged: nothing varies, so nothing says how "
        + "far it would"),
  ]

  private static func usage(_ name: String, _ arguments: [String], _ notes: String) -> BadInput {
    BadInput(
      name, code: 64, notes: "understudy: error: \(notes)\n  try: understudy analyze --help\n",
      arguments: ["analyze", "requests.csv"] + arguments)
  }

  private static let arms: [String] = ["--arm", "a", "--metric", "b"]

  private static let usageCases: [BadInput] = [
    usage(
      "a quality of arms without a column", ["--arm", "a", "--metric", "auc", "--label", "label"],
      """
      --metric auc does not name the column of answers
        help: as in --metric "auc(score)"
      """),
    usage(
      "a quality of arms without a label", ["--arm", "a", "--metric", "auc(b)"],
      "--metric auc(b) needs what was true of each row\n  help: name its column with --label"),
    usage(
      "flips without a label", ["--pairs", "a,b", "--metric", "flips"],
      "--metric flips needs what was true of each row\n  help: name its column with --label"),
    usage(
      "a time without an event", ["--arm", "a", "--metric", "time(b)"],
      """
      --metric "time(b)" does not name a duration and an event
        help: as in time(days, cancelled), where cancelled is 1 for the event and 0 without it
      """),
    usage(
      "a ratio of pairs without denominators", ["--pairs", "a,b", "--metric", "ratio"],
      """
      --metric ratio needs what either answer is divided by
        help: name their columns with --denominators, in the order of --pairs
      """),
    usage(
      "one denominator", ["--pairs", "a,b", "--denominators", "n"],
      """
      --denominators names 1 columns, and --pairs 2
        help: name one for each answer, in the same order
      """),
    usage(
      "denominators that nobody asks about",
      ["--pairs", "a,b", "--denominators", "n,m", "--metric", "mean"],
      "--denominators are for --metric ratio, and it is not asked for"),
    usage(
      "denominators of arms", arms + ["--denominators", "n,m"],
      """
      --denominators is for pairs of answers, and --arm names one answer a row
        help: write a ratio as --metric "a/b"
      """),
    usage(
      "a reward of arms", arms + ["--reward", "r"],
      """
      --reward is for the log of a policy
        help: name the columns of other policies' chances with --policy
      """),
    usage(
      "a policy without a reward", ["--policy", "n", "--propensity", "p"],
      "--policy needs --reward\n  help: the column of what each round brought"),
    usage(
      "a policy without propensities", ["--policy", "n", "--reward", "r"],
      """
      --policy needs --propensity
        help: the column of the chance that the logging policy gave its decision
      """),
    usage(
      "a policy and arms", log + ["--arm", "a"],
      "--policy reads the log of one policy, without --arm or --pairs"),
    usage(
      "a metric of a policy", log + ["--metric", "x"],
      "--policy is judged by --reward, and takes no --metric"),
    usage(
      "strata of a policy", log + ["--stratum", "s"],
      """
      --stratum is for arms or pairs, and --policy reads the log of one policy
        help: leave it out
      """),
    usage(
      "a model of too few policies", log + ["--reward-model", "q"],
      """
      --reward-model names 1 columns, not 2
        help: first the expected reward of the logged decision, then that of each policy
      """),
    usage(
      "an estimator that needs a model", log + ["--method", "switch"],
      """
      --method switch needs --reward-model
        help: these fit: self-normalized, inverse-propensity, clipped
      """),
    usage(
      "a method of arms for a policy", log + ["--method", "welch"],
      """
      --method welch compares arms, and this is the log of a policy
        help: these fit: self-normalized, inverse-propensity, clipped
      """),
    usage(
      "a method of policies for arms", arms + ["--method", "doubly-robust"],
      """
      --method doubly-robust judges a policy by another's log: name --policy
        help: these fit: welch, student-t, yuen, winsorized, cohen-d, hedges-g, glass-delta, \
      mann-whitney, … (analyze --list-methods shows all)
      """),
    usage(
      "a method of times for values", arms + ["--method", "log-rank"],
      """
      --method log-rank needs times to an event, as in --metric "time(days, event)"
        help: these fit: welch, student-t, yuen, winsorized, cohen-d, hedges-g, glass-delta, \
      mann-whitney, … (analyze --list-methods shows all)
      """),
    usage(
      "a method of values for times",
      ["--arm", "a", "--metric", "time(b, c)", "--method", "welch"],
      """
      --method welch knows of no rows without their event
        help: these fit: log-rank, grouped-hazard-ratio, grouped-restricted-mean-difference, \
      grouped-restricted-mean-ratio, fleming-harrington-early, fleming-harrington-late, cox, \
      restricted-mean-difference, … (analyze --list-methods shows all)
      """),
    usage(
      "a method of values for classes",
      ["--pairs", "a,b", "--metric", "classes", "--method", "paired-t"],
      """
      --method paired-t compares numbers, and classes are none
        help: these fit: bowker, stuart-maxwell, cohen-kappa
      """),
    usage(
      "Dunnett's adjustment of several metrics",
      arms + ["--metric", "c", "--adjust", "dunnett"],
      """
      --adjust dunnett is for several arms and one metric
        help: --adjust holm holds for any comparisons
      """),
    usage(
      "Dunnett's adjustment of pairs", ["--pairs", "a,b", "--adjust", "dunnett"],
      """
      --adjust dunnett is for several arms and one metric
        help: --adjust holm holds for any comparisons
      """),
    usage(
      "Dunnett's adjustment with a margin",
      arms + ["--margin", "1", "--question", "equivalent", "--adjust", "dunnett"],
      """
      --adjust dunnett knows no margins
        help: --adjust holm holds for any question
      """),
    usage(
      "a prior that is none", arms + ["--prior", "1,0"],
      """
      --prior is "1,0", not two numbers of which the second is above 0
        help: as in --prior 1,1
      """),
    usage(
      "a prior that no method reads", arms + ["--prior", "1,1"],
      """
      --prior is for methods that give each arm a posterior
        help: as in --method beta-binomial
      """),
    usage(
      "a horizon of plain values", arms + ["--horizon", "30"],
      """
      --horizon is for times until an event
        help: as in --metric "time(days, event)"
      """),
    usage(
      "a horizon that is no time", ["--arm", "a", "--metric", "time(b, c)", "--horizon", "x"],
      "--horizon is \"x\", not a number above 0"),
    usage(
      "a weight limit of 0", log + ["--weight-limit", "0"],
      "--weight-limit is \"0\", not a number above 0"),
  ]
}
