extension Catalogue {
  /// Rules of other programs, to be compared with; their defects are known.
  static let judges: [Method] = [
    Method(
      name: "kayenta-judge", title: "Kayenta's rule for a canary's metric", estimand: .shift,
      assumptions: [
        "minutes are independent", "the arms' distributions are shifted copies of one shape",
      ],
      failsWhen: "minutes depend on each other (it alarms in every second A/A comparison of "
        + "strongly autocorrelated series), or the arms differ in anything but their middle (it "
        + "is blind); its tolerance is a share of the estimate itself: no margin is ever named",
      source: "Mann and Whitney (1947); Hodges and Lehmann (1963)",
      isDual: false, widensWithLevel: false, body: .ownCall)
  ]
}
