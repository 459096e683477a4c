/// Shifts: what is wrong, and every word of what is told.
extension MistakeCase {
  static let shifts: [MistakeCase] = [
    MistakeCase(
      .shifts, #"{}"#,
      [
        #"4:12 the shift is empty\#nhelp: the kinds are scale, offset, noise, missing, swap, resample, flipLabels, concept"#
      ]),
    MistakeCase(
      .shifts, #"3"#,
      [
        #"4:12 `shifts` is 3, not a list of shifts\#nhelp: for example `shifts: [{ scale: "price", by: 1.3, from: "+30d" }]`"#
      ]),
    MistakeCase(
      .shifts, #"{ scael: "x", by: 2 }"#,
      [
        #"4:12 no key of the shift names its kind (found `scael` and `by`)\#nhelp: did you mean `scale`?"#
      ]),
    MistakeCase(
      .shifts, #"{ stretch: "x" }"#,
      [
        #"4:12 no key of the shift names its kind (found `stretch`)\#nhelp: the kinds are scale, offset, noise, missing, swap, resample, flipLabels, concept"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x" }"#,
      [
        #"4:12 the shift scale has no `by`, which it must have\#nhelp: for example `by: 1.3`"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: 3, by: "a", from: 3 }"#,
      [
        #"4:21 `scale` is 3, not a text\#nhelp: for example `scale: "price"`"#,
        #"4:28 `by` is "a", not a finite number\#nhelp: for example `by: 1.3`"#,
        #"4:39 `from` is 3, not an instant such as "2026-01-31T14:00:00Z", or an offset such as "+3d"\#nhelp: for example `from: "+200d"`"#,
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, rate: 0.5 }"#,
      [
        #"4:33 there is no key `rate` in the shift scale\#nhelp: the keys are scale, by, name, from, until, ramp, every, for, where"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, offset: "y" }"#,
      [
        #"4:12 the shift has `scale` and `offset`, and only one of them can hold\#nhelp: keep one"#
      ]),
    MistakeCase(
      .shifts, #"{ noise: "x", sd: 0 }"#,
      [
        #"4:30 `sd` is 0, not a number above 0\#nhelp: for example `sd: 2`"#
      ]),
    MistakeCase(
      .shifts, #"{ missing: "x", rate: 1.5 }"#,
      [
        #"4:34 `rate` is 1.5, not a number from 0 to 1\#nhelp: for example `rate: 0.2`"#
      ]),
    MistakeCase(
      .shifts, #"{ swap: "colour", replace: "red" }"#,
      [
        #"4:12 the shift swap has no `with`, which it must have\#nhelp: for example `with: "blue"`"#
      ]),
    MistakeCase(
      .shifts, #"{ resample: {}, share: 0.5 }"#,
      [
        #"4:24 `resample` is empty"#
      ]),
    MistakeCase(
      .shifts, #"{ resample: { age: null }, share: 0.5 }"#,
      [
        #"4:31 the condition on age is null, not a value, a list of values or bounds\#nhelp: for example `age: { above: 10 }`"#
      ]),
    MistakeCase(
      .shifts, #"{ resample: { age: { over: 60 } }, share: 0.5 }"#,
      [
        #"4:33 there is no key `over` in a condition\#nhelp: the keys are above, atLeast, below, atMost, missing"#
      ]),
    MistakeCase(
      .shifts, #"{ resample: { age: { missing: false } }, share: 0.5 }"#,
      [
        #"4:42 `missing` is false, which asks for nothing"#
      ]),
    MistakeCase(
      .shifts, #"{ flipLabels: 2 }"#,
      [
        #"4:26 `flipLabels` is 2, not a number from 0 to 1\#nhelp: for example `flipLabels: 0.1`"#
      ]),
    MistakeCase(
      .shifts, #"{ concept: 3 }"#,
      [
        #"4:23 `concept` is 3, not a model: "models/a.json", { column: … } or { synthetic: … }\#nhelp: for example `concept: "models/new-truth.json"`"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, every: "7d" }"#,
      [
        #"4:12 the shift scale has no `for`, which it must have\#nhelp: for example `for: "12h"`"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, for: "7d" }"#,
      [
        #"4:33 `for` means nothing without ``every``\#nhelp: take it away"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, every: "1d", for: "7d" }"#,
      [
        #"4:51 `for` is longer than `every`\#nhelp: shorten it, or leave both out for a shift that stays"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, ramp: { shape: "round" } }"#,
      [
        #"4:39 a ramp has no `over`, which it must have\#nhelp: for example `over: "30d"`"#,
        #"4:48 `shape` is "round", not "linear" or "sigmoid"\#nhelp: for example `shape: "sigmoid"`"#,
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, from: "+30d", until: "+3d" }"#,
      [
        #"4:54 the end (+3d) is not after the start (+30d)\#nhelp: move the end, or take it away"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, until: "+0d" }"#,
      [
        #"4:40 the end (+0d) is not after the start (of the traffic)\#nhelp: move the end, or take it away"#
      ]),
    MistakeCase(
      .shifts, #"{ scale: "x", by: 2, name: "a" }, { scale: "x", by: 3, name: "a" }"#,
      [
        #"4:73 "a" stands a second time in `shifts`\#nhelp: take one of them away, or give it another name"#
      ]),
    MistakeCase(
      .unlabelled, #"shifts: [{ flipLabels: 0.1 }]"#,
      [
        #"4:26 flipLabels changes labels, and the traffic has none\#nhelp: name the label in `traffic`"#
      ]),
    MistakeCase(
      .unlabelled, #"metrics: ["accuracy"]"#,
      [
        #"4:13 accuracy needs labels, and the traffic has none\#nhelp: name the label in `traffic`"#
      ]),
    MistakeCase(
      .unlabelled, #"monitors: [{ drift: "adwin", on: "candidate.error" }]"#,
      [
        #"4:36 errors need labels, and the traffic has none\#nhelp: watch the score, or name the label in `traffic`"#
      ]),
  ]
}
