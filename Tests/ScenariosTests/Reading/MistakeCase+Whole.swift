/// The file itself: what is wrong, and every word of what is told.
extension MistakeCase {
  static let whole: [MistakeCase] = [
    MistakeCase(
      .whole, #"[]"#,
      [
        #"1:1 the file holds a list, not an object (a scenario)\#nhelp: write { traffic: { … }, arms: { … } }"#
      ]),
    MistakeCase(
      .whole, #"{ traffic: { replay: "a.csv", time: "t" } }"#,
      [
        #"1:1 a scenario has no `arms`, which it must have\#nhelp: for example `arms: { production: { model: "a.json" }, candidate: { model: "b.json" } }`"#
      ]),
    MistakeCase(
      .whole, #"{ arms: { a: { model: "x" } } }"#,
      [
        #"1:1 a scenario has no `traffic`, which it must have\#nhelp: for example `traffic: { replay: "data/requests.csv", time: "timestamp", label: "y" }`"#
      ]),
    MistakeCase(
      .whole, #"{ traffic: 3, arms: 4 }"#,
      [
        #"1:12 `traffic` is 3, not an object that says where requests come from\#nhelp: for example `traffic: { replay: "data/requests.csv", time: "timestamp" }`"#,
        #"1:21 `arms` is 4, not an object from names to objects (each an arm)\#nhelp: for example `arms: { production: { model: "a.json" }, candidate: { model: "b.json" } }`"#,
      ]),
  ]
}
