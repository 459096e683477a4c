/// Arms: what is wrong, and every word of what is told.
extension MistakeCase {
  static let arms: [MistakeCase] = [
    MistakeCase(
      .arms, #"{}"#,
      [
        #"3:9 there is no arm\#nhelp: for example `arms: { production: { model: "a.json" } }`"#
      ]),
    MistakeCase(
      .arms, #"{ production: { model: "x" }, production: { model: "y" } }"#,
      [
        #"3:39 the key `production` stands here a second time; the first is in line 3\#nhelp: take one of them away"#
      ]),
    MistakeCase(
      .arms, #"{ production: "x.json" }"#,
      [
        #"3:23 `production` is "x.json", not an object (an arm)\#nhelp: for example `production: { model: "models/candidate.json" }`"#
      ]),
    MistakeCase(
      .arms, #"{ production: {} }"#,
      [
        #"3:23 an arm has no `model`, which it must have\#nhelp: for example `model: "models/candidate.json"`"#
      ]),
    MistakeCase(
      .arms, #"{ "": { model: "x" } }"#,
      [
        #"3:11 an arm has an empty name"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: 3 } }"#,
      [
        #"3:23 `model` is 3, not a model: "models/a.json", { column: … } or { synthetic: … }\#nhelp: for example `model: "models/candidate.json"`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { command: ["python3", "serve.py"] } } }"#,
      [
        #"3:23 a model that is a command is not run by this version\#nhelp: name a model file, a logged column, or a model of stated quality"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { endpoint: "http://127.0.0.1" } } }"#,
      [
        #"3:23 a model that is an endpoint is not run by this version\#nhelp: name a model file, a logged column, or a model of stated quality"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { colum: "score" } } }"#,
      [
        #"3:25 there is no key `colum` in a model\#nhelp: did you mean `column`?"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { column: "score", output: "probabilty" } } }"#,
      [
        #"3:50 `output` is "probabilty", not "probability" or "value"\#nhelp: did you mean "probability"?"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { synthetic: { accuracy: 0.4 } } } }"#,
      [
        #"3:36 the accuracy is 0.4, so the confidence cannot follow from it\#nhelp: give it, for example `confidence: 0.7`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { synthetic: { accuracy: 0.9, confidence: 0.3 } } } }"#,
      [
        #"3:65 `confidence` is 0.3, not a number above 0.5\#nhelp: the class that is named has the larger probability"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { synthetic: { accuracy: 1.2 } } } }"#,
      [
        #"3:48 `accuracy` is 1.2, not a number from 0 to 1\#nhelp: for example `accuracy: 0.91`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { synthetic: {} } } }"#,
      [
        #"3:36 a model of stated quality must have one of `accuracy` and `error`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { synthetic: { accuracy: 0.9, error: { sd: 1 } } } } }"#,
      [
        #"3:36 a model of stated quality has `accuracy` and `error`, and only one of them can hold\#nhelp: keep one"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: { synthetic: { error: { bias: 1 }, confidence: 0.9 } } } }"#,
      [
        #"3:45 an error has no `sd`, which it must have\#nhelp: for example `sd: 1.5`"#,
        #"3:58 `confidence` means nothing beside `error`\#nhelp: take it away"#,
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", cost: -1 } }"#,
      [
        #"3:34 `cost` is -1, not a number from 0 up\#nhelp: for example `cost: 0.4`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: {} } }"#,
      [
        #"3:37 a service has no `time`, which it must have\#nhelp: for example `time: { lognormal: { mean: "8ms", p99: "40ms" } }`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: 8 } } }"#,
      [
        #"3:45 `time` is 8, a duration without a unit\#nhelp: write the unit: "8ms" or "8s", say"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: "8 ms" } } }"#,
      [
        #"3:45 `time` is "8 ms", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: "logged" } } }"#,
      [
        #"3:45 the service time is the logged latency, and the traffic has none\#nhelp: name its column in `traffic`: `latency: "ms"`, say"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: { logged: 0 } } } }"#,
      [
        #"3:55 `logged` is 0, not a number above 0\#nhelp: for example `logged: 1.2`"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: { normal: { mean: "8ms", sd: "1ms" } } } } }"#,
      [
        #"3:45 normal is no distribution of durations\#nhelp: use lognormal, gamma, weibull or exponential"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: { lognormal: { mean: "8ms" } } } } }"#,
      [
        #"3:58 the distribution lognormal has `mean`, which does not fix it\#nhelp: give `mean` and `p99`, `mean` and `cv`, `median` and `p99` or `mu` and `sigma`"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: { lognormal: { mean: "8ms", p99: "4ms" } } } } }"#,
      [
        #"3:58 `p99` is not above `mean`\#nhelp: exchange the two"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: { lognormal: { mean: "8ms", p99: "1s" } } } } }"#,
      [
        #"3:58 no lognormal has a `p99` more than 14.9 times its `mean`\#nhelp: give `median` and `p99`, or use a mixture for a heavier tail"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: { lognormal: { mean: 8, p99: "-1s" } } } } }"#,
      [
        #"3:66 `mean` is 8, a duration without a unit\#nhelp: write the unit: "8ms" or "8s", say"#,
        #"3:74 `p99` is "-1s", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#,
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: { exponential: { mean: "0s" } } } } }"#,
      [
        #"3:68 `mean` is "0s", not a duration above zero such as "30m""#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: { exponental: { mean: "1s" } } } } }"#,
      [
        #"3:47 there is no key `exponental` in a distribution\#nhelp: did you mean `exponential`?"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: "8ms", replica: 4 } } }"#,
      [
        #"3:52 there is no key `replica` in a service\#nhelp: did you mean `replicas`?"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: "8ms", replicas: 0, queue: -1, timeout: 5, errorRate: 2, luck: "bad" } } }"#,
      [
        #"3:62 `replicas` is 0, not an integer from 1 to 1000000 or an object (a schedule)\#nhelp: for example `replicas: 4`"#,
        #"3:72 `queue` is -1, not "unlimited" or an integer from 0 up\#nhelp: for example `queue: 100`"#,
        #"3:85 `timeout` is 5, a duration without a unit\#nhelp: write the unit: "5ms" or "5s", say"#,
        #"3:99 `errorRate` is 2, not a number from 0 to 1\#nhelp: for example `errorRate: 0.001`"#,
        #"3:108 `luck` is "bad", not "shared" or "own"\#nhelp: for example `luck: "own"`"#,
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: "8ms", sharedWith: "b" } } }"#,
      [
        #"3:64 there is no other arm called "b"\#nhelp: there is no other arm at all"#
      ]),
    MistakeCase(
      .arms, #"{ a: { model: "x", service: { time: "8ms", sharedWith: "a" } } }"#,
      [
        #"3:64 the arm a shares the replicas of itself\#nhelp: take `sharedWith` away, or name another arm"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: "8ms", sharedWith: "b" } }, b: { model: "y" } }"#,
      [
        #"3:64 the arm b has no service to share\#nhelp: give b a service, or take `sharedWith` away"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: "8ms", sharedWith: "b" } }, b: { model: "y", service: { time: "1ms", sharedWith: "c" } }, c: { model: "z", service: { time: "1ms" } } }"#,
      [
        #"3:64 the arm b uses the replicas of another arm itself\#nhelp: name the arm that has the replicas"#
      ]),
    MistakeCase(
      .arms,
      #"{ a: { model: "x", service: { time: "8ms" } }, b: { model: "y", service: { time: "1ms", sharedWith: "a", replicas: 2 } } }"#,
      [
        #"3:114 `replicas` means nothing beside `sharedWith: "a"`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .arms, #"{ a: { modle: "x" } }"#,
      [
        #"3:16 there is no key `modle` in an arm\#nhelp: did you mean `model`?"#
      ]),
  ]
}
