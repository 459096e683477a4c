import Documents
import Probability
import Simulation
import Traffic

extension ScenarioMistake {
  /// What was found, and what was expected.
  var message: String {
    switch self {
    case .notAScenario(let found): "the file holds \(found), not an object (a scenario)"
    case .wrongValue(let key, let found, let expected, _): "`\(key)` is \(found), not \(expected)"
    case .unknownWord(let key, let found, let expected, _):
      "`\(key)` is \"\(found)\", not \(expected)"
    case .wrongElement(let list, let found, let expected, _):
      "`\(list)` holds \(found), not \(expected)"
    case .empty(let key): "`\(key)` is empty"
    case .badDuration(let key, let found):
      "`\(key)` is \"\(found)\", which is no duration"
    case .durationWithoutUnit(let key, let found):
      "`\(key)` is \(found), a duration without a unit"
    case .badInstant(let key, let found, let flaw): "`\(key)` is \"\(found)\", \(flaw.words)"
    case .nothingAboveZero(let key): "`\(key)` holds nothing above 0"
    case .unknownKey(let key, let section, _): "there is no key `\(key)` in \(section)"
    case .repeatedKey(let key, let line):
      "the key `\(key)` stands here a second time; the first is in line \(line)"
    case .missingKey(let key, let section, _): "\(section) has no `\(key)`, which it must have"
    case .pointlessKey(let key, let beside): "`\(key)` means nothing \(Self.beside(beside))"
    case .noChoice(let section, let keys):
      "\(section) must have one of \(Self.listed(keys, last: "and"))"
    case .severalChoices(let section, let found):
      "\(section) has \(Self.listed(found, last: "and")), and only one of them can hold"
    case .unknownName(let name, let kind, _): "there is no \(kind) called \"\(name)\""
    case .unknownArmKey(let name, let place, _): "`\(place)` names \(name), and no arm is called so"
    case .repeatedName(let name, let place): "\"\(name)\" stands a second time in \(place)"
    case .emptyName: "an arm has an empty name"
    case .serving(let mistake): mistake.message
    default: trafficMessage ?? planMessage ?? analysisMessage
    }
  }

  private var trafficMessage: String? {
    switch self {
    case .noTraffic(let found):
      found == "an object"
        ? "the traffic names neither a recording (`replay`) nor draws (`synthetic`)"
        : "`traffic` is \(found), not an object that says where requests come from"
    case .noTimes: "the recording has neither a column of times (`time`) nor a `rate`"
    case .badDelimiter(let found): "`delimiter` is \(found), not one character of ASCII"
    case .namedZone(let name):
      "`timeZone` is \"\(name)\", and what a name means would depend on the machine"
    case .tooFewClasses(let count):
      "`classes` holds \(count) \(count == 1 ? "name" : "names"), and a label has at least 2"
    case .noFeatures: "`features` names no column"
    case .labelIsFeature(let label): "the label `\(label)` is also among the features"
    case .badFeatureColumn(let name, let found):
      "the feature \(name) is \(found), not \"numeric\", \"categorical\" or a list of categories"
    case .endsBeforeItStarts(let from, let until):
      "the end (\(until)) is not after the start (\(from))"
    case .noEnd: "synthetic traffic has neither `requests` nor `duration`, so it would never end"
    case .badCorrelation(let found):
      "`autoregressive` is \(found), not a number between -1 and 1"
    case .perUnitWithoutUnits(let name):
      "the feature \(name) is drawn once for each unit, and the traffic has no `units`"
    case .labelsFollowSynthetic:
      "a model of stated quality makes its answers from the label, so no label can follow it"
    case .impossibleTokens(let key, let value):
      "`\(key)` gives \(number(value)) tokens, not a number from 1 to \(Int32.max)"
    case .tooFewStates(let count): "there are \(count) states, and a change needs two"
    case .unstableBranching(let branching):
      "`branching` is \(number(branching)), and above 0.999 requests bring forth ever more"
    case .gapsWithoutMean: "`gaps` has no mean above 0, so it gives no rate"
    case .drawsBelowZero(let key): "`\(key)` gives numbers below 0"
    case .usersNeedService(let arm):
      "users wait for \(arm), which has no service and answers at once"
    case .usersOfLanguageModel(let arm):
      "users wait for \(arm), and those of an LLM engine cannot be played in a closed loop"
    case .usersWithShifts:
      "shifts follow the clock, and what users send has no time before the services decide it"
    case .usersWithTwin:
      "`twinWithoutMirror` serves the same requests once more, and without a mirror users would "
        + "send others"
    case .usersWithoutEnd:
      "users who think for no time may send without end before `duration` is over"
    case .badPriority:
      "`priority` gives other numbers than whole ones from 0 to \(RequestBlock.leastUrgent)"
    case .notForDurations(let kind): "\(kind) is no distribution of durations"
    case .badPair(let section, let found, _):
      "\(section) has \(found.isEmpty ? "no parameters" : Self.listed(found, last: "and")), which "
        + "does not fix it"
    case .badDistribution(let error): error.message
    default: nil
    }
  }

  private var planMessage: String? {
    switch self {
    case .tooManyShifts(let count): "there are \(count) shifts, and a scenario takes at most 64"
    case .noShiftKind(let found):
      found.isEmpty
        ? "the shift is empty"
        : "no key of the shift names its kind (found \(Self.listed(found, last: "and")))"
    case .shiftNeedsLabels(let kind): "\(kind) changes labels, and the traffic has none"
    case .longerThanPeriod: "`for` is longer than `every`"
    case .badCondition(let feature, let found):
      "the condition on \(feature) is \(found), not a value, a list of values or bounds"
    case .missingFalse: "`missing` is false, which asks for nothing"
    case .noArms: "there is no arm"
    case .notInThisVersion(let kind):
      "a model that is \(kind == "command" ? "a command" : "an endpoint") is not run by this version"
    case .noConfidence(let accuracy):
      "the accuracy is \(number(accuracy)), so the confidence cannot follow from it"
    case .lowConfidence(let found): "`confidence` is \(found), not a number above 0.5"
    case .neitherModelNorService: "an arm without a model must have a service"
    case .noLoggedLatency: "the service time is the logged latency, and the traffic has none"
    case .sharedWithItself(let name): "the arm \(name) shares the replicas of itself"
    case .sharedWithoutService(let name): "the arm \(name) has no service to share"
    case .sharedInChain(let name): "the arm \(name) uses the replicas of another arm itself"
    case .oneArmSplit: "there is one arm, and an A/B test needs two"
    case .secondRest: "\"rest\" stands a second time"
    case .noShare(let arms):
      "`shares` names no share for \(arms.joined(separator: ", "))"
    case .sharesNotOne(let total, _):
      "the shares of the arms add up to \(Self.rounded(total)), not 1"
    case .sharesAboveOne(let total):
      "the shares of the arms add up to \(Self.rounded(total)), which leaves no rest"
    case .truthOfReplay:
      "`truth` is drawn from synthetic traffic, and this traffic is a recording"
    case .sparingWithoutService:
      "`spare` looks at production's queue, and production has no service"
    case .twinWithoutSharing:
      "`twinWithoutMirror` asks what the mirror costs, and no arm shares anything with production in a shadow"
    default: nil
    }
  }

  private var analysisMessage: String {
    switch self {
    case .unknownMetric(let name): "there is no metric called \"\(name)\""
    case .metricNeedsService(let name): "\(name) needs a service, and no arm has one"
    case .metricNeedsLanguageModel(let name):
      "\(name) needs a language model, and no arm's service has `llm`"
    case .metricNeedsCost(let name): "\(name) needs a cost, and no arm has one"
    case .metricNeedsLabels(let name): "\(name) needs labels, and the traffic has none"
    case .metricNeedsModel(let name, let arm):
      "\(name) judges answers, and \(arm) has no model to answer with"
    case .notComparable(let name): "\(name) is already between a candidate and production"
    case .notACandidate(let name):
      "the arm \(name) is production itself, which candidates are compared with"
    case .nothingToCompare: "`compare` is empty, and so are the metrics"
    case .repeatedComparison: "the same comparison stands here a second time"
    case .wideClip(let found): "`logLossClip` is \(found), not a number below 0.5"
    case .badSignal(let text, _): "`on` is \"\(text)\", not an arm and its signal"
    case .monitorNeedsService(let arm): "the arm \(arm) has no service, so no latency to watch"
    case .monitorNeedsLabels: "errors need labels, and the traffic has none"
    case .badRequirement(let found, _): "\(found) is nothing that a gate can ask"
    case .settingWithoutValue: "the setting has no `=`"
    case .badPath(let path): "\"\(path)\" is no path"
    case .pathLeadsNowhere(let step, let place, _):
      "there is no `\(step)` in \(place.isEmpty ? "the scenario" : "`\(place)`")"
    case .noElement(let path, let count):
      "`\(path)` has \(count) \(count == 1 ? "element" : "elements"), counted from 0"
    case .notAList(let path, let found): "`\(path)` is \(found), not a list"
    case .notAnObject(let path, let found): "`\(path)` is \(found), so nothing stands below it"
    default: preconditionFailure("a mistake without words: \(self)")
    }
  }

  /// The way out; nil where there is none to name.
  var help: String? {
    switch self {
    case .notAScenario: "write { traffic: { … }, arms: { … } }"
    case .wrongValue(_, _, _, let example), .wrongElement(_, _, _, let example):
      example.map { "for example `\($0)`" }
    case .unknownWord(_, _, _, let nearest): "did you mean \"\(nearest)\"?"
    case .badDuration:
      "write a number and a unit, such as \"250ms\", \"20s\", \"5m\", \"2h\", \"14d\", or \"P14D\""
    case .durationWithoutUnit(_, let found): "write the unit: \"\(found)ms\" or \"\(found)s\", say"
    case .badInstant(_, let found, let flaw): flaw.help(found)
    case .nothingAboveZero: "write at least one number above 0"
    case .unknownKey(let key, _, let known): Self.offer(key, known, quote: "`", "the keys are")
    case .repeatedKey: "take one of them away"
    case .missingKey(_, _, let example): "for example `\(example)`"
    case .pointlessKey: "take it away"
    case .noChoice, .emptyName, .missingFalse, .empty: nil
    case .severalChoices: "keep one"
    case .unknownName(let name, let kind, let known):
      known.isEmpty
        ? "there is no \(kind) at all"
        : Self.offer(name, known, quote: "\"", "the \(kind)s are")
    case .unknownArmKey(let name, _, let known): Self.offer(name, known, quote: "`", "the arms are")
    case .repeatedName: "take one of them away, or give it another name"
    case .serving(let mistake): mistake.help
    default: trafficHelp ?? planHelp ?? analysisHelp
    }
  }

  private var trafficHelp: String? {
    switch self {
    case .noTraffic: "for example `traffic: { replay: \"data/requests.csv\", time: \"timestamp\" }`"
    case .noTimes: "name the column, or write `rate: 5` for five requests a second, evenly spaced"
    case .badDelimiter: "for example `delimiter: \";\"` or `delimiter: \"\\t\"`"
    case .namedZone: "write its distance from UTC, such as \"+01:00\""
    case .tooFewClasses: "for example `classes: [\"no\", \"yes\"]`"
    case .noFeatures: "write \"*\" for all columns without another role"
    case .labelIsFeature: "take it out: a model that sees the label proves nothing"
    case .badFeatureColumn(let name, _): "for example `\(name): \"numeric\"`"
    case .endsBeforeItStarts: "move the end, or take it away"
    case .noEnd: "for example `requests: 5000` or `duration: \"14d\"`"
    case .badCorrelation: "for example `autoregressive: 0.9`"
    case .perUnitWithoutUnits: "for example `units: { count: 500 }`"
    case .labelsFollowSynthetic: "name a model file"
    case .tooFewStates:
      "for example `states: [{ rate: 5, stay: \"10m\" }, { rate: 50, stay: \"30s\" }]`"
    case .unstableBranching: "for example `branching: 0.6`"
    case .gapsWithoutMean: "for example `gaps: { gamma: { mean: 1, cv: 3 } }`"
    case .drawsBelowZero: "use gamma, lognormal, weibull or exponential"
    case .usersNeedService: "give it a `service`"
    case .usersOfLanguageModel: "draw the arrivals, for example `arrivals: { poisson: 5 }`"
    case .usersWithShifts:
      "leave out the shifts, or play the trace of a run without them (`run --trace`) and shift that"
    case .usersWithTwin: "leave it out, or play the trace of a run (`run --trace`) with it"
    case .usersWithoutEnd: "let them think, or end the traffic after so many `requests`"
    case .impossibleTokens: "a request has a token at least"
    case .badPriority: "for example `priority: { categorical: [1, 9] }`, where one in ten is 0"
    case .notForDurations: "use lognormal, gamma, weibull or exponential"
    case .badPair(_, _, let pairs):
      "give \(ValueType.alternatives(pairs.map { "`\($0[0])` and `\($0[1])`" }))"
    case .badDistribution(let error): error.help
    default: nil
    }
  }

  private var planHelp: String? {
    switch self {
    case .tooManyShifts: "put some together, or make two scenarios"
    case .noShiftKind(let found):
      found.lazy.compactMap { NearestName.of($0, among: KeyTable.shiftKinds) }.first
        .map { "did you mean `\($0)`?" }
        ?? "the kinds are \(KeyTable.shiftKinds.joined(separator: ", "))"
    case .shiftNeedsLabels: "name the label in `traffic`"
    case .longerThanPeriod: "shorten it, or leave both out for a shift that stays"
    case .badCondition(let feature, _): "for example `\(feature): { above: 10 }`"
    case .noArms: "for example `arms: { production: { model: \"a.json\" } }`"
    case .notInThisVersion: "name a model file, a logged column, or a model of stated quality"
    case .noConfidence: "give it, for example `confidence: 0.7`"
    case .lowConfidence: "the class that is named has the larger probability"
    case .neitherModelNorService: "for example `service: { time: \"8ms\" }`"
    case .noLoggedLatency: "name its column in `traffic`: `latency: \"ms\"`, say"
    case .sharedWithItself: "take `sharedWith` away, or name another arm"
    case .sharedWithoutService(let name): "give \(name) a service, or take `sharedWith` away"
    case .sharedInChain: "name the arm that has the replicas"
    case .oneArmSplit: "add a candidate"
    case .secondRest: "write a number for one of them"
    case .noShare(let arms): "write `\(arms.last ?? ""): \"rest\"`, or a number"
    case .sharesNotOne(let total, let last):
      "\(total > 1 ? "lower" : "raise") one by \(Self.rounded(abs(total - 1))), or write "
        + "`\(last): \"rest\"` for one arm"
    case .sharesAboveOne: "lower them to less than 1 together"
    case .truthOfReplay: "leave `truth` out, or draw the traffic with `synthetic`"
    case .sparingWithoutService: "give production a `service`, or leave `spare` out"
    case .twinWithoutSharing:
      "write `sharedWith: \"production\"` in a candidate's service, or let both visit a station"
    default: nil
    }
  }

  private var analysisHelp: String? {
    switch self {
    case .unknownMetric(let name):
      Self.offer(name, Metric.listed.map(\.name), quote: "\"", "the metrics are")
    case .metricNeedsService: "give the arms a service, for example `service: { time: \"8ms\" }`"
    case .metricNeedsLanguageModel: "ask for what any service shows, such as \"latency.p99\""
    case .metricNeedsCost: "for example `cost: 0.4` in an arm"
    case .metricNeedsLabels: "name the label in `traffic`"
    case .metricNeedsModel: "ask for what a service shows, such as \"latency.p99\""
    case .notComparable: "list it in `metrics`, or bound it with \"at most …\" in `gate`"
    case .notACandidate: "name a candidate"
    case .nothingToCompare: "name the metrics, and then nothing is compared"
    case .repeatedComparison: "take one of them away"
    case .wideClip: "for example `logLossClip: 1e-6`"
    case .badSignal(_, let arm): "for example `on: \"\(arm).error\"`"
    case .monitorNeedsService: "give it one, or watch its error or score"
    case .monitorNeedsLabels: "watch the score, or name the label in `traffic`"
    case .badRequirement(_, let isLatency):
      "write \"better\", \"not worse by \(isLatency ? "5ms" : "0.01")\", \"equivalent within "
        + "\(isLatency ? "5ms" : "0.01")\", \"at most \(isLatency ? "80ms" : "0.3")\" or \"at "
        + "least \(isLatency ? "1ms" : "0.9")\""
    case .settingWithoutValue: "for example `--set labels.delay=1h`"
    case .badPath: "for example arms.candidate.service.replicas or shifts[0].by"
    case .pathLeadsNowhere(let step, _, let known):
      Self.offer(step, known, quote: "`", "there are")
    case .notAList: "leave the brackets out"
    case .noElement: "for example `shifts[0].by`"
    case .notAnObject: "end the path there"
    default: nil
    }
  }

  // MARK: Parts of sentences

  private static func beside(_ text: String) -> String {
    text.hasPrefix("no ") ? "without `\(text.dropFirst(3))`" : "beside `\(text)`"
  }

  private static func listed(_ keys: [String], last: String = "or") -> String {
    let quoted = keys.map { "`\($0)`" }
    guard quoted.count > 1, let end = quoted.last else { return quoted.first ?? "" }
    return "\(quoted.dropLast().joined(separator: ", ")) \(last) \(end)"
  }

  /// The nearest name, or the first of them all.
  private static func offer(
    _ word: String, _ known: [String], quote: String, _ introduction: String
  ) -> String? {
    if let near = NearestName.of(word, among: known) {
      return "did you mean \(quote)\(near)\(quote)?"
    }
    guard !known.isEmpty else { return nil }
    let shown = known.prefix(30).joined(separator: ", ")
    return "\(introduction) \(shown)\(known.count > 30 ? " and \(known.count - 30) more" : "")"
  }

  /// Twelve digits: enough to see a slip, without the noise of binary fractions.
  private static func rounded(_ value: Double) -> String {
    number((value * 1e12).rounded() / 1e12)
  }
}

extension InstantText.Flaw {
  var words: String {
    switch self {
    case .form: "which is no instant"
    case .noZone: "an instant without a zone"
    case .noSuchTime: "which is on no calendar or clock"
    case .outOfRange: "which is outside of the years 1678 to 2262"
    }
  }

  func help(_ found: String) -> String {
    switch self {
    case .form: "write RFC 3339, such as \"2026-01-31T14:00:00Z\", or an offset such as \"+3d\""
    case .noZone: "write \"\(found)Z\" for UTC, or a zone such as \"\(found)+01:00\""
    case .noSuchTime: "months go to 12, hours to 23, minutes and seconds to 59"
    case .outOfRange: "virtual time counts nanoseconds in 64 bits"
    }
  }
}

extension DistributionError {
  /// Only what the table's ranges leave open can be wrong with a distribution of a scenario.
  fileprivate var message: String {
    switch self {
    case .wrongOrder(let lower, _, let upper, _): "`\(upper)` is not above `\(lower)`"
    case .emptyRange: "`low` is not below `high`"
    case .unreachable: "no lognormal has a `p99` more than 14.9 times its `mean`"
    case .noMean: "a pareto has a `mean` only if its `shape` is above 1"
    default: "the distribution cannot be computed: \(description)"
    }
  }

  fileprivate var help: String? {
    switch self {
    case .wrongOrder, .emptyRange: "exchange the two"
    case .unreachable: "give `median` and `p99`, or use a mixture for a heavier tail"
    case .noMean: "give `minimum`, or a larger `shape`"
    default: "take less extreme parameters"
    }
  }
}
