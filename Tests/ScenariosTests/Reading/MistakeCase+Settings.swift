/// Settings of the command line: what is wrong, and every word of what is told.
extension MistakeCase {
  static let settings: [MistakeCase] = [
    MistakeCase(
      .setting, #"labels.delay"#,
      [
        #"--set:1:1 the setting has no `=`\#nhelp: for example `--set labels.delay=1h`"#
      ]),
    MistakeCase(
      .setting, #"=3"#,
      [
        #"--set:1:1 "" is no path\#nhelp: for example arms.candidate.service.replicas or shifts[0].by"#
      ]),
    MistakeCase(
      .setting, #"labels..delay=3"#,
      [
        #"--set:1:1 "labels..delay" is no path\#nhelp: for example arms.candidate.service.replicas or shifts[0].by"#
      ]),
    MistakeCase(
      .setting, #"shifts[x]=3"#,
      [
        #"--set:1:1 "shifts[x]" is no path\#nhelp: for example arms.candidate.service.replicas or shifts[0].by"#
      ]),
    MistakeCase(
      .setting, #"arms.candidat.service=3"#,
      [
        #"--set:1:1 there is no `candidat` in `arms`\#nhelp: did you mean `candidate`?"#
      ]),
    MistakeCase(
      .setting, #"arms.candidate.service.replicas=0"#,
      [
        #"--set:1:1 a service has no `time`, which it must have\#nhelp: for example `time: { lognormal: { mean: "8ms", p99: "40ms" } }`"#,
        #"--set:1:33 `replicas` is 0, not an integer from 1 to 1000000 or an object (a schedule)\#nhelp: for example `replicas: 4`"#,
      ]),
    MistakeCase(
      .setting, #"arms.candidate.servise.replicas=3"#,
      [
        #"--set:1:1 there is no `servise` in `arms.candidate`\#nhelp: did you mean `service`?"#
      ]),
    MistakeCase(
      .setting, #"lables.delay=5m"#,
      [
        #"--set:1:1 there is no `lables` in the scenario\#nhelp: did you mean `labels`?"#
      ]),
    MistakeCase(
      .setting, #"labels.dely=5m"#,
      [
        #"--set:1:1 there is no key `dely` in labels\#nhelp: did you mean `delay`?"#
      ]),
    MistakeCase(
      .setting, #"shifts[0].by=3"#,
      [
        #"--set:1:1 `shifts` has 0 elements, counted from 0\#nhelp: for example `shifts[0].by`"#
      ]),
    MistakeCase(
      .setting, #"title.x=3"#,
      [
        #"--set:1:1 `title` is an object, not a text\#nhelp: for example `title: "A boosted candidate in shadow"`"#
      ]),
    MistakeCase(
      .setting, #"seed=abc"#,
      [
        #"--set:1:6 `seed` is abc, not an integer from 0 up\#nhelp: for example `seed: 7`"#
      ]),
    MistakeCase(
      .setting, #"traffic[0]=3"#,
      [
        #"--set:1:1 `traffic` is an object, not a list\#nhelp: leave the brackets out"#
      ]),
  ]
}
