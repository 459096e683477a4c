/// Traffic: what is wrong, and every word of what is told.
extension MistakeCase {
  static let traffic: [MistakeCase] = [
    MistakeCase(
      .traffic, #"{}"#,
      [
        #"2:12 the traffic names neither a recording (`replay`) nor draws (`synthetic`)\#nhelp: for example `traffic: { replay: "data/requests.csv", time: "timestamp" }`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "" , time: "t" }"#,
      [
        #"2:22 `replay` is empty"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv" }"#,
      [
        #"2:12 the recording has neither a column of times (`time`) nor a `rate`\#nhelp: name the column, or write `rate: 5` for five requests a second, evenly spaced"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", rate: 5 }"#,
      [
        #"2:42 `rate` means nothing beside `time`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", rate: 5, timeZone: "UTC" }"#,
      [
        #"2:40 `timeZone` means nothing beside `rate`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", rate: 0 }"#,
      [
        #"2:37 `rate` is 0, not a number above 0\#nhelp: for example `rate: 5`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", delimiter: ";;" }"#,
      [
        #"2:53 `delimiter` is ";;", not one character of ASCII\#nhelp: for example `delimiter: ";"` or `delimiter: "\t"`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", timeFormat: "rfc" }"#,
      [
        #"2:54 `timeFormat` is "rfc", not "automatic", "rfc3339", "epochSeconds", "epochMilliseconds", "epochMicroseconds" or "epochNanoseconds", a pattern such as "%Y-%m-%d", or an object (a unit of times)\#nhelp: did you mean "rfc3339"?"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", timeFormat: "iso" }"#,
      [
        #"2:54 `timeFormat` is "iso", not "automatic", "rfc3339", "epochSeconds", "epochMilliseconds", "epochMicroseconds" or "epochNanoseconds", a pattern such as "%Y-%m-%d", or an object (a unit of times)\#nhelp: for example `timeFormat: "%d/%b/%Y:%H:%M:%S %z"`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", timeFormat: { epoch: 1 } }"#,
      [
        #"2:63 `epoch` is 1, a duration without a unit\#nhelp: write the unit: "1ms" or "1s", say"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", timeZone: "Europe/Berlin" }"#,
      [
        #"2:52 `timeZone` is "Europe/Berlin", and what a name means would depend on the machine\#nhelp: write its distance from UTC, such as "+01:00""#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", timeZone: "+25:00" }"#,
      [
        #"2:52 `timeZone` is "+25:00", not "UTC" or a distance from it such as "+10:00"\#nhelp: for example `timeZone: "+10:00"`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", classes: ["a"] }"#,
      [
        #"2:63 `classes` holds 1 name, and a label has at least 2\#nhelp: for example `classes: ["no", "yes"]`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", classes: ["a", "a"] }"#,
      [
        #"2:69 "a" stands a second time in `classes`\#nhelp: take one of them away, or give it another name"#
      ]),
    MistakeCase(
      .traffic,
      #"{ replay: "a.csv", time: "t", label: "y", labelKind: "real", classes: ["a", "b"] }"#,
      [
        #"2:73 `classes` means nothing beside `labelKind: "real"`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", classes: ["a", "b"] }"#,
      [
        #"2:42 `classes` means nothing without `label`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", features: [] }"#,
      [
        #"2:64 `features` names no column\#nhelp: write "*" for all columns without another role"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", features: ["y"] }"#,
      [
        #"2:64 the label `y` is also among the features\#nhelp: take it out: a model that sees the label proves nothing"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", features: { x: "number" } }"#,
      [
        #"2:69 the feature x is "number", not "numeric", "categorical" or a list of categories\#nhelp: for example `x: "numeric"`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", features: { x: ["a", "a"] } }"#,
      [
        #"2:75 "a" stands a second time in the categories of x\#nhelp: take one of them away, or give it another name"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", label: "y", features: "all" }"#,
      [
        #"2:64 `features` is "all", not "*", a list of names of columns, or an object from names to values (each "numeric" or "categorical")\#nhelp: for example `features: { price: "numeric", day: ["Mon", "Tue"] }`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", latencyUnit: "minutes" }"#,
      [
        #"2:55 `latencyUnit` is "minutes", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", fromRow: 10, untilRow: 10 }"#,
      [
        #"2:65 the end (row 10) is not after the start (row 10)\#nhelp: move the end, or take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "2026-01-02", until: "2026-01-01" }"#,
      [
        #"2:69 the end (2026-01-01) is not after the start (2026-01-02)\#nhelp: move the end, or take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "+3d", until: "+3d" }"#,
      [
        #"2:62 the end (+3d) is not after the start (+3d)\#nhelp: move the end, or take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "yesterday" }"#,
      [
        #"2:48 `from` is "yesterday", which is no instant\#nhelp: write RFC 3339, such as "2026-01-31T14:00:00Z", or an offset such as "+3d""#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "2026-01-02T10:00:00" }"#,
      [
        #"2:48 `from` is "2026-01-02T10:00:00", an instant without a zone\#nhelp: write "2026-01-02T10:00:00Z" for UTC, or a zone such as "2026-01-02T10:00:00+01:00""#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "2026-02-30" }"#,
      [
        #"2:48 `from` is "2026-02-30", which is on no calendar or clock\#nhelp: months go to 12, hours to 23, minutes and seconds to 59"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "2300-01-01" }"#,
      [
        #"2:48 `from` is "2300-01-01", which is outside of the years 1678 to 2262\#nhelp: virtual time counts nanoseconds in 64 bits"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: "+3 days" }"#,
      [
        #"2:48 `from` is "+3 days", which is no duration\#nhelp: write a number and a unit, such as "250ms", "20s", "5m", "2h", "14d", or "P14D""#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", from: 3 }"#,
      [
        #"2:48 `from` is 3, not an instant such as "2026-01-31T14:00:00Z", or an offset such as "+3d"\#nhelp: for example `from: "1998-01-01T00:00:00Z"`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", speed: 0, loop: 0, share: 0 }"#,
      [
        #"2:49 `speed` is 0, not a number above 0\#nhelp: for example `speed: 4`"#,
        #"2:58 `loop` is 0, not an integer from 1 up\#nhelp: for example `loop: 3`"#,
        #"2:68 `share` is 0, not a number above 0 and up to 1\#nhelp: for example `share: 0.1`"#,
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", onBadValue: "skp" }"#,
      [
        #"2:54 `onBadValue` is "skp", not "stop", "skip" or "missing"\#nhelp: did you mean "skip"?"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", onTimeReversal: "reorder" }"#,
      [
        #"2:12 a replay has no `reorderWindow`, which it must have\#nhelp: for example `reorderWindow: "5m"`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", onTimeReversal: "shift", reorderWindow: "5m" }"#,
      [
        #"2:67 `reorderWindow` means nothing beside `onTimeReversal: "shift"`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", lable: "y" }"#,
      [
        #"2:42 there is no key `lable` in a replay\#nhelp: did you mean `label`?"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: {}, replay: "a.csv" }"#,
      [
        #"2:12 the traffic has `replay` and `synthetic`, and only one of them can hold\#nhelp: keep one"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: {} } }"#,
      [
        #"2:51 arrivals must have one of `constant`, `poisson`, `daily`, `weekly`, `period`, `wave`, `states`, `hawkes` and `users`"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { arrivals: { poisson: 5 } } }"#,
      [
        #"2:25 synthetic traffic has neither `requests` nor `duration`, so it would never end\#nhelp: for example `requests: 5000` or `duration: "14d"`"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { poisson: 5, rates: [1] } } }"#,
      [
        #"2:65 `rates` means nothing beside `poisson`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { period: "1h" } } }"#,
      [
        #"2:51 arrivals has no `rates`, which it must have\#nhelp: for example `rates: [1, 9]`"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { daily: [0, 0] } } }"#,
      [
        #"2:60 `daily` holds nothing above 0\#nhelp: write at least one number above 0"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { daily: [1, -1] } } }"#,
      [
        #"2:64 `daily` holds -1, not a number from 0 up\#nhelp: for example `daily: [1, 8, 12, 3]`"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, start: "+3d" } }"#,
      [
        #"2:74 `start` is "+3d", which is no instant\#nhelp: write RFC 3339, such as "2026-01-31T14:00:00Z", or an offset such as "+3d""#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: "a" } } }"#,
      [
        #"2:82 `x` is "a", not a number or a distribution such as { normal: { mean: 0, sd: 1 } }"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { autoregressive: 1 } } } }"#,
      [
        #"2:100 `autoregressive` is 1, not a number between -1 and 1\#nhelp: for example `autoregressive: 0.9`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { categories: { a: -1 } } } } }"#,
      [
        #"2:101 `a` is -1, not a number from 0 up\#nhelp: for example `categories: { a: 3, b: 1 }`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { categories: {} } } } }"#,
      [
        #"2:96 `categories` holds nothing above 0\#nhelp: write at least one number above 0"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { perUnit: 3 } } } }"#,
      [
        #"2:82 the feature x is drawn once for each unit, and the traffic has no `units`\#nhelp: for example `units: { count: 500 }`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { uniform: { low: 1, high: 0 } } } } }"#,
      [
        #"2:82 `low` is not below `high`\#nhelp: exchange the two"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { pareto: { mean: 1, shape: 1 } } } } }"#,
      [
        #"2:92 a pareto has a `mean` only if its `shape` is above 1\#nhelp: give `minimum`, or a larger `shape`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { gamma: { mean: 1e-300, cv: 1e200 } } } } }"#,
      [
        #"2:91 the distribution cannot be computed: shape is 0.0; it must be above 0\#nhelp: take less extreme parameters"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { mixture: [] } } } }"#,
      [
        #"2:93 `mixture` is empty"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { mixture: [{ weight: 0, of: "a" }] } } } }"#,
      [
        #"2:104 `weight` is 0, not a number above 0\#nhelp: for example `weight: 0.9`"#,
        #"2:111 `of` is "a", not a number or a distribution such as { normal: { mean: 0, sd: 1 } }"#,
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { normal: { mean: NaN, sd: Infinity } } } } }"#,
      [
        #"2:100 `mean` is NaN, not a finite number"#,
        #"2:109 `sd` is Infinity, not a number above 0"#,
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: 1, x: 2 } } }"#,
      [
        #"2:85 the key `x` stands here a second time; the first is in line 2\#nhelp: take one of them away"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, segments: ["x"] } }"#,
      [
        #"2:78 there is no categorical feature called "x"\#nhelp: there is no categorical feature at all"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { color: { categories: { a: 1 } } }, segments: ["colour"] } }"#,
      [
        #"2:125 there is no categorical feature called "colour"\#nhelp: did you mean "color"?"#
      ]),
    MistakeCase(
      .traffic, #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, units: {} } }"#,
      [
        #"2:74 units has no `count`, which it must have\#nhelp: for example `count: 500`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, label: { probability: 2 } } }"#,
      [
        #"2:89 `probability` is 2, not a number from 0 to 1\#nhelp: for example `probability: 0.3`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, label: { probability: 0.5, classes: ["a", "b"] } } }"#,
      [
        #"2:94 `classes` means nothing beside `probability`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, label: { model: { synthetic: { accuracy: 0.9 } } } } }"#,
      [
        #"2:83 a model of stated quality makes its answers from the label, so no label can follow it\#nhelp: name a model file"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, label: { model: "m.json", kind: "real", classes: ["a", "b"] } } }"#,
      [
        #"2:107 `classes` means nothing beside `kind: "real"`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", segments: ["x", 3] }"#,
      [
        #"2:58 `segments` holds 3, not a text\#nhelp: for example `segments: ["country"]`"#
      ]),
    MistakeCase(
      .traffic, #"{ replay: "a.csv", time: "t", segments: "x" }"#,
      [
        #"2:52 `segments` is "x", not a list of names of columns or an object from names to values (each a list of texts)\#nhelp: for example `segments: ["country"]`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { empirical: [1, "a"] } } } }"#,
      [
        #"2:99 `empirical` is "a", not a finite number"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { empirical: [] } } } }"#,
      [
        #"2:95 `empirical` is empty"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, features: { x: { categorical: [1, -1] } } } }"#,
      [
        #"2:101 `categorical` holds -1, not a number from 0 up\#nhelp: for example `categorical: [3, 1]`"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, inputTokens: 0 } }"#,
      [
        #"2:80 `inputTokens` gives 0 tokens, not a number from 1 to 2147483647\#nhelp: a request has a token at least"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, outputTokens: { uniform: { low: -3, high: 9 } } } }"#,
      [
        #"2:81 `outputTokens` gives -3 tokens, not a number from 1 to 2147483647\#nhelp: a request has a token at least"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, outputTokens: { categorical: [1, 2] } } }"#,
      [
        #"2:81 `outputTokens` gives 0 tokens, not a number from 1 to 2147483647\#nhelp: a request has a token at least"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, priority: 16 } }"#,
      [
        #"2:77 `priority` gives other numbers than whole ones from 0 to 15\#nhelp: for example `priority: { categorical: [1, 9] }`, where one in ten is 0"#
      ]),
    MistakeCase(
      .traffic,
      #"{ synthetic: { requests: 10, arrivals: { poisson: 5 }, priority: { exponential: { mean: 2 } } } }"#,
      [
        #"2:77 `priority` gives other numbers than whole ones from 0 to 15\#nhelp: for example `priority: { categorical: [1, 9] }`, where one in ten is 0"#
      ]),
    MistakeCase(
      .traffic,
      #"{ replay: "a.csv", time: "t", prefixBlock: 16 }"#,
      [
        #"2:42 `prefixBlock` means nothing without `prefixes`\#nhelp: take it away"#
      ]),
    MistakeCase(
      .traffic,
      #"{ replay: "a.csv", time: "t", prefixes: "h", prefixBlock: 0 }"#,
      [
        #"2:70 `prefixBlock` is 0, not an integer from 1 to 2147483647\#nhelp: for example `prefixBlock: 512`"#
      ]),
  ]
}
