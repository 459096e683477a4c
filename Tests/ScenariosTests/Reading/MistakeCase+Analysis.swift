/// Everything beside traffic and arms: what is wrong, and every word of what is told.
extension MistakeCase {
  static let analysis: [MistakeCase] = [
    MistakeCase(
      .rest, #"title: 3"#,
      [
        #"4:10 `title` is 3, not a text\#nhelp: for example `title: "A boosted candidate in shadow"`"#
      ]),
    MistakeCase(
      .rest, #"title: """#,
      [
        #"4:10 `title` is empty"#
      ]),
    MistakeCase(
      .rest, #"seed: -1"#,
      [
        #"4:9 `seed` is -1, not an integer from 0 up\#nhelp: for example `seed: 7`"#
      ]),
    MistakeCase(
      .rest, #"seed: 1.5"#,
      [
        #"4:9 `seed` is 1.5, not an integer from 0 up\#nhelp: for example `seed: 7`"#
      ]),
    MistakeCase(
      .rest, #"seed: "7""#,
      [
        #"4:9 `seed` is "7", not an integer from 0 up\#nhelp: for example `seed: 7`"#
      ]),
    MistakeCase(
      .rest, #"sede: 7"#,
      [
        #"4:3 there is no key `sede` in a scenario\#nhelp: did you mean `seed`?"#
      ]),
    MistakeCase(
      .rest, #"seed: 7, seed: 8"#,
      [
        #"4:12 the key `seed` stands here a second time; the first is in line 4\#nhelp: take one of them away"#
      ]),
    MistakeCase(
      .rest, #"traffics: {}"#,
      [
        #"4:3 there is no key `traffics` in a scenario\#nhelp: did you mean `traffic`?"#
      ]),
    MistakeCase(
      .rest, #"zebra: 1"#,
      [
        #"4:3 there is no key `zebra` in a scenario\#nhelp: the keys are title, seed, traffic, shifts, arms, stations, deployment, labels, metrics, metricOptions, timeline, compare, monitors, gate, replications, truth, twinWithoutMirror, ties"#
      ]),
    MistakeCase(
      .rest, #"replications: 0"#,
      [
        #"4:17 `replications` is 0, not an integer from 1 to 1000000\#nhelp: for example `replications: 200`"#
      ]),
    MistakeCase(
      .rest, #"replications: 2.5"#,
      [
        #"4:17 `replications` is 2.5, not an integer from 1 to 1000000\#nhelp: for example `replications: 200`"#
      ]),
    MistakeCase(
      .rest, #"timeline: "weekly""#,
      [
        #"4:13 `timeline` is "weekly", not "automatic", "day", "week", "month" or "quarter", or a duration above zero such as "30m"\#nhelp: did you mean "week"?"#
      ]),
    MistakeCase(
      .rest, #"timeline: "1x""#,
      [
        #"4:13 `timeline` is "1x", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#
      ]),
    MistakeCase(
      .rest, #"timeline: 30"#,
      [
        #"4:13 `timeline` is 30, not "automatic", "day", "week", "month" or "quarter", or a duration above zero such as "30m"\#nhelp: for example `timeline: "quarter"`"#
      ]),
    MistakeCase(
      .rest, #"timeline: "0s""#,
      [
        #"4:13 `timeline` is "0s", not "automatic", "day", "week", "month" or "quarter", or a duration above zero such as "30m"\#nhelp: for example `timeline: "quarter"`"#
      ]),
    MistakeCase(
      .rest, #"labels: { delay: 30 }"#,
      [
        #"4:20 `delay` is 30, a duration without a unit\#nhelp: write the unit: "30ms" or "30s", say"#
      ]),
    MistakeCase(
      .rest, #"labels: { delay: "soon" }"#,
      [
        #"4:20 `delay` is "soon", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#
      ]),
    MistakeCase(
      .rest, #"labels: { delay: "-5m" }"#,
      [
        #"4:20 `delay` is "-5m", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#
      ]),
    MistakeCase(
      .rest, #"labels: { delay: [1] }"#,
      [
        #"4:20 `delay` is a list, not a duration such as "30m" or a distribution such as { exponential: { mean: "30m" } }"#
      ]),
    MistakeCase(
      .rest, #"labels: { lost: 2 }"#,
      [
        #"4:19 `lost` is 2, not a number from 0 to 1\#nhelp: for example `lost: 0.05`"#
      ]),
    MistakeCase(
      .rest, #"labels: 5"#,
      [
        #"4:11 `labels` is 5, not an object (labels)\#nhelp: for example `labels: { delay: "30m" }`"#
      ]),
    MistakeCase(
      .rest, #"truth: { requests: 5000 }"#,
      [
        #"4:10 `truth` is drawn from synthetic traffic, and this traffic is a recording\#nhelp: leave `truth` out, or draw the traffic with `synthetic`"#
      ]),
    MistakeCase(
      .rest, #"twinWithoutMirror: "yes""#,
      [
        #"4:22 `twinWithoutMirror` is "yes", not true or false\#nhelp: for example `twinWithoutMirror: true`"#
      ]),
    MistakeCase(
      .rest, #"deployment: { shadow: { spare: { queue: 4 } } }"#,
      [
        #"4:34 `spare` looks at production's queue, and production has no service\#nhelp: give production a `service`, or leave `spare` out"#
      ]),
    MistakeCase(
      .rest, #"twinWithoutMirror: true"#,
      [
        #"4:22 `twinWithoutMirror` asks what the mirror costs, and no arm shares anything with production in a shadow\#nhelp: write `sharedWith: "production"` in a candidate's service, or let both visit a station"#
      ]),
    MistakeCase(
      .rest, #"metrics: "all""#,
      [
        #"4:12 `metrics` is "all", not "automatic" or a list of names of metrics\#nhelp: for example `metrics: ["accuracy", "logLoss", "latency.p99"]`"#
      ]),
    MistakeCase(
      .rest, #"metrics: [3]"#,
      [
        #"4:13 `metrics` holds 3, not the name of a metric"#
      ]),
    MistakeCase(
      .rest, #"metrics: ["acuracy"]"#,
      [
        #"4:13 there is no metric called "acuracy"\#nhelp: did you mean "accuracy"?"#
      ]),
    MistakeCase(
      .rest, #"metrics: ["precision@k"]"#,
      [
        #"4:13 there is no metric called "precision@k"\#nhelp: the metrics are accuracy, errorRate, logLoss, brier, auc, calibrationError, mae, rmse, disagreement, latency.mean, latency.p50, latency.p90, latency.p95, latency.p99, latency.p99.9, within.200ms, firstToken.mean, tokenGap.mean, timeoutShare, errorShare, shedShare, abandonedShare, costPerThousand"#
      ]),
    MistakeCase(
      .rest, #"metrics: ["accuracy", "accuracy"]"#,
      [
        #"4:25 "accuracy" stands a second time in `metrics`\#nhelp: take one of them away, or give it another name"#
      ]),
    MistakeCase(
      .rest, #"metrics: ["latency.p99"]"#,
      [
        #"4:13 latency.p99 needs a service, and no arm has one\#nhelp: give the arms a service, for example `service: { time: "8ms" }`"#
      ]),
    MistakeCase(
      .rest, #"metrics: ["firstToken.mean"]"#,
      [
        #"4:13 firstToken.mean needs a language model, and no arm's service has `llm`\#nhelp: ask for what any service shows, such as "latency.p99""#
      ]),
    MistakeCase(
      .rest, #"metrics: ["latency.p100"]"#,
      [
        #"4:13 there is no metric called "latency.p100"\#nhelp: did you mean "latency.p50"?"#
      ]),
    MistakeCase(
      .rest, #"metrics: ["costPerThousand"]"#,
      [
        #"4:13 costPerThousand needs a cost, and no arm has one\#nhelp: for example `cost: 0.4` in an arm"#
      ]),
    MistakeCase(
      .rest, #"metricOptions: { logLossClip: 0.5 }"#,
      [
        #"4:33 `logLossClip` is 0.5, not a number below 0.5\#nhelp: for example `logLossClip: 1e-6`"#
      ]),
    MistakeCase(
      .rest, #"metricOptions: { auc: "exakt" }"#,
      [
        #"4:25 `auc` is "exakt", not "exact" or "binned"\#nhelp: did you mean "exact"?"#
      ]),
    MistakeCase(
      .rest, #"metricOptions: { auc: "fast" }"#,
      [
        #"4:25 `auc` is "fast", not "exact" or "binned"\#nhelp: for example `auc: "binned"`"#
      ]),
    MistakeCase(
      .rest, #"metricOptions: { calibrationBins: 1 }"#,
      [
        #"4:37 `calibrationBins` is 1, not an integer from 2 to 1000\#nhelp: for example `calibrationBins: 20`"#
      ]),
    MistakeCase(
      .rest, #"compare: []"#,
      [
        #"4:12 `compare` is empty, and so are the metrics\#nhelp: name the metrics, and then nothing is compared"#
      ]),
    MistakeCase(
      .rest, #"compare: 3"#,
      [
        #"4:12 `compare` is 3, not "automatic", or a list of names of metrics or objects (each a comparison)\#nhelp: for example `compare: [{ metric: "latency.p99", margin: "5ms" }]`"#
      ]),
    MistakeCase(
      .rest, #"compare: [3]"#,
      [
        #"4:13 `compare` holds 3, not the name of a metric or a comparison\#nhelp: for example `compare: [{ metric: "accuracy" }]`"#
      ]),
    MistakeCase(
      .rest, #"compare: ["disagreement"]"#,
      [
        #"4:13 disagreement is already between a candidate and production\#nhelp: list it in `metrics`, or bound it with "at most …" in `gate`"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", arm: "production" }]"#,
      [
        #"4:40 the arm production is production itself, which candidates are compared with\#nhelp: name a candidate"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", arm: "kandidate" }]"#,
      [
        #"4:40 there is no candidate called "kandidate"\#nhelp: did you mean "candidate"?"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", margin: 0 }]"#,
      [
        #"4:43 `margin` is 0, not a number above 0\#nhelp: for example `margin: 0.01`"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", margin: "5ms" }]"#,
      [
        #"4:43 `margin` is "5ms", not a number above 0\#nhelp: for example `margin: 0.01`"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", question: "different", margin: 0.1 }]"#,
      [
        #"4:58 `margin` means nothing beside `question: "different"`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", question: "equivalent" }]"#,
      [
        #"4:13 a comparison has no `margin`, which it must have\#nhelp: for example `margin: 0.01`"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: "accuracy", level: 1 }]"#,
      [
        #"4:42 `level` is 1, not a number between 0 and 1\#nhelp: for example `level: 0.99`"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ arm: "candidate" }]"#,
      [
        #"4:13 a comparison has no `metric`, which it must have\#nhelp: for example `metric: "accuracy"`"#
      ]),
    MistakeCase(
      .rest, #"compare: ["accuracy", { metric: "accuracy" }]"#,
      [
        #"4:25 the same comparison stands here a second time\#nhelp: take one of them away"#
      ]),
    MistakeCase(
      .served, #"compare: [{ metric: "latency.p99", margin: 5 }]"#,
      [
        #"4:46 `margin` is 5, a duration without a unit\#nhelp: write the unit: "5ms" or "5s", say"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin", on: "candidate" }]"#,
      [
        #"4:36 `on` is "candidate", not an arm and its signal\#nhelp: for example `on: "candidate.error"`"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwim", on: "candidate.error" }]"#,
      [
        #"4:23 `drift` is "adwim", not "adwin" or "pageHinkley"\#nhelp: did you mean "adwin"?"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin", on: "candidat.error" }]"#,
      [
        #"4:36 there is no arm called "candidat"\#nhelp: did you mean "candidate"?"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin", on: "candidate.errors" }]"#,
      [
        #"4:36 there is no signal called "errors"\#nhelp: did you mean "error"?"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin", on: "candidate.latency" }]"#,
      [
        #"4:36 the arm candidate has no service, so no latency to watch\#nhelp: give it one, or watch its error or score"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin", on: "candidate.score", threshold: 3 }]"#,
      [
        #"4:55 `threshold` means nothing beside `drift: "adwin"`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin", on: "candidate.score", delta: 2 }]"#,
      [
        #"4:62 `delta` is 2, not a number between 0 and 1\#nhelp: for example `delta: 0.002`"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ on: "candidate.score" }]"#,
      [
        #"4:14 a monitor has no `drift`, which it must have\#nhelp: for example `drift: "adwin"`"#
      ]),
    MistakeCase(
      .rest, #"monitors: [{ drift: "adwin" }]"#,
      [
        #"4:14 a monitor has no `on`, which it must have\#nhelp: for example `on: "candidate.error"`"#
      ]),
    MistakeCase(
      .rest,
      #"monitors: [{ drift: "adwin", on: "candidate.score", name: "a" }, { drift: "adwin", on: "candidate.error", name: "a" }]"#,
      [
        #"4:115 "a" stands a second time in `monitors`\#nhelp: take one of them away, or give it another name"#
      ]),
    MistakeCase(
      .rest, #"gate: { acuracy: { candidate: "better" } }"#,
      [
        #"4:11 there is no metric called "acuracy"\#nhelp: did you mean "accuracy"?"#
      ]),
    MistakeCase(
      .rest, #"gate: { accuracy: "better" }"#,
      [
        #"4:21 `accuracy` is "better", not an object from arms to what must hold\#nhelp: for example `gate: { accuracy: { candidate: "not worse by 0.01" } }`"#
      ]),
    MistakeCase(
      .rest, #"gate: { accuracy: { candidat: "better" } }"#,
      [
        #"4:23 there is no candidate called "candidat"\#nhelp: did you mean "candidate"?"#
      ]),
    MistakeCase(
      .rest, #"gate: { accuracy: { production: "better" } }"#,
      [
        #"4:23 the arm production is production itself, which candidates are compared with\#nhelp: name a candidate"#
      ]),
    MistakeCase(
      .rest, #"gate: { accuracy: { candidate: "nice" } }"#,
      [
        #"4:34 "nice" is nothing that a gate can ask\#nhelp: write "better", "not worse by 0.01", "equivalent within 0.01", "at most 0.3" or "at least 0.9""#
      ]),
    MistakeCase(
      .rest, #"gate: { accuracy: { candidate: "not worse by -1" } }"#,
      [
        #"4:34 "not worse by -1" is nothing that a gate can ask\#nhelp: write "better", "not worse by 0.01", "equivalent within 0.01", "at most 0.3" or "at least 0.9""#
      ]),
    MistakeCase(
      .rest, #"gate: { accuracy: { nobody: "at least 0.8" } }"#,
      [
        #"4:23 there is no arm called "nobody"\#nhelp: the arms are production, candidate"#
      ]),
    MistakeCase(
      .rest, #"gate: { disagreement: { candidate: "better" } }"#,
      [
        #"4:38 disagreement is already between a candidate and production\#nhelp: list it in `metrics`, or bound it with "at most …" in `gate`"#
      ]),
    MistakeCase(
      .served, #"gate: { "latency.p99": { candidate: "at most 80" } }"#,
      [
        #"4:39 "at most 80" is nothing that a gate can ask\#nhelp: write "better", "not worse by 5ms", "equivalent within 5ms", "at most 80ms" or "at least 1ms""#
      ]),
    MistakeCase(
      .rest, #"deployment: {}"#,
      [
        #"4:15 a deployment must have one of `shadow` and `ab`"#
      ]),
    MistakeCase(
      .rest, #"deployment: { shadow: {}, ab: {} }"#,
      [
        #"4:15 a deployment has `shadow` and `ab`, and only one of them can hold\#nhelp: keep one"#
      ]),
    MistakeCase(
      .rest, #"deployment: { shadow: { mirror: 1.5 } }"#,
      [
        #"4:35 `mirror` is 1.5, not a number from 0 to 1\#nhelp: for example `mirror: 0.5`"#
      ]),
    MistakeCase(
      .rest, #"deployment: { canary: {} }"#,
      [
        #"4:17 there is no key `canary` in a deployment\#nhelp: the keys are shadow, ab"#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { shares: { production: 0.5, candidate: 0.55 } } }"#,
      [
        #"4:61 the shares of the arms add up to 1.05, not 1\#nhelp: lower one by 0.05, or write `candidate: "rest"` for one arm"#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { shares: { production: 0.5, candidate: 0.4 } } }"#,
      [
        #"4:61 the shares of the arms add up to 0.9, not 1\#nhelp: raise one by 0.1, or write `candidate: "rest"` for one arm"#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { shares: { production: "rest", candidate: "rest" } } }"#,
      [
        #"4:64 "rest" stands a second time\#nhelp: write a number for one of them"#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { shares: { production: 0.5 } } }"#,
      [
        #"4:31 `shares` names no share for candidate\#nhelp: write `candidate: "rest"`, or a number"#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { shares: { production: 0.5, kandidate: 0.5 } } }"#,
      [
        #"4:50 `shares` names kandidate, and no arm is called so\#nhelp: did you mean `candidate`?"#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { shares: { production: 0.5, candidate: 1.5 } } }"#,
      [
        #"4:61 `candidate` is 1.5, not a number from 0 to 1 or "rest""#
      ]),
    MistakeCase(
      .rest, #"deployment: { ab: { by: "user" } }"#,
      [
        #"4:27 `by` is "user", not "unit" or "request"\#nhelp: for example `by: "request"`"#
      ]),
    MistakeCase(
      .threeArms, #"deployment: { ab: { shares: { production: 0.7, b: 0.6, c: "rest" } } }"#,
      [
        #"4:53 the shares of the arms add up to 1.3, which leaves no rest\#nhelp: lower them to less than 1 together"#
      ]),
    MistakeCase(
      .oneArm, #"deployment: { ab: {} }"#,
      [
        #"4:21 there is one arm, and an A/B test needs two\#nhelp: add a candidate"#
      ]),
    MistakeCase(
      .rest, #"compare: [{ metric: 3 }]"#,
      [
        #"4:23 `metric` is 3, not the name of a metric\#nhelp: for example `metric: "accuracy"`"#
      ]),
    MistakeCase(
      .served, #"monitors: [{ drift: "pageHinkley", on: "candidate.latency" }]"#,
      [
        #"4:42 the arm candidate has no service, so no latency to watch\#nhelp: give it one, or watch its error or score"#
      ]),
    MistakeCase(
      .rest, #"gate: 3"#,
      [
        #"4:9 `gate` is 3, not an object from names to objects from names to texts\#nhelp: for example `gate: { accuracy: { candidate: "not worse by 0.01" } }`"#
      ]),
    MistakeCase(
      .rest, #"shifts: {}"#,
      [
        #"4:11 `shifts` is an object, not a list of objects (each a shift)\#nhelp: for example `shifts: [{ scale: "price", by: 1.3, from: "+30d" }]`"#
      ]),
    MistakeCase(
      .rest, #"monitors: {}"#,
      [
        #"4:13 `monitors` is an object, not a list of objects (each a monitor)\#nhelp: for example `monitors: [{ drift: "adwin", on: "candidate.error" }]`"#
      ]),
    MistakeCase(
      .rest, #"arms: 3"#,
      [
        #"4:3 the key `arms` stands here a second time; the first is in line 3\#nhelp: take one of them away"#
      ]),
  ]
}
