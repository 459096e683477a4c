import Probability

/// What can be wrong with a scenario; the wording stands in `ScenarioMistake+Wording.swift`.
enum ScenarioMistake: Equatable {
  // The form of a value
  case notAScenario(found: String)
  case wrongValue(key: String, found: String, expected: String, example: String?)
  case unknownWord(key: String, found: String, expected: String, nearest: String)
  case wrongElement(list: String, found: String, expected: String, example: String?)
  case empty(key: String)
  case badDuration(key: String, found: String)
  case durationWithoutUnit(key: String, found: String)
  case badInstant(key: String, found: String, InstantText.Flaw)
  case nothingAboveZero(key: String)

  // Keys and names
  case unknownKey(String, in: String, known: [String])
  case repeatedKey(String, firstLine: Int)
  case missingKey(String, in: String, example: String)
  case pointlessKey(String, beside: String)
  case noChoice(in: String, among: [String])
  case severalChoices(in: String, found: [String])
  case unknownName(String, kind: String, known: [String])
  case unknownArmKey(String, in: String, known: [String])
  case repeatedName(String, in: String)
  case emptyName

  // Traffic
  case noTraffic(found: String)
  case noTimes
  case badDelimiter(found: String)
  case namedZone(String)
  case tooFewClasses(Int)
  case noFeatures
  case labelIsFeature(String)
  case badFeatureColumn(String, found: String)
  case endsBeforeItStarts(from: String, until: String)
  case noEnd
  case badCorrelation(found: String)
  case perUnitWithoutUnits(String)
  case labelsFollowSynthetic
  case impossibleTokens(key: String, value: Double)
  case badPriority
  case tooFewStates(Int)
  case unstableBranching(Double)
  case gapsWithoutMean
  case drawsBelowZero(key: String)
  case usersNeedService(arm: String)
  case usersOfLanguageModel(arm: String)
  case usersWithShifts
  case usersWithTwin
  case usersWithoutEnd

  // Distributions
  case notForDurations(String)
  case badPair(in: String, found: [String], among: [[String]])
  case badDistribution(DistributionError)

  // Shifts
  case tooManyShifts(Int)
  case noShiftKind(found: [String])
  case shiftNeedsLabels(String)
  case longerThanPeriod
  case badCondition(String, found: String)
  case missingFalse

  // Arms
  case noArms
  case notInThisVersion(String)
  case noConfidence(accuracy: Double)
  case lowConfidence(found: String)
  case noLoggedLatency
  case neitherModelNorService
  case sharedWithItself(String)
  case sharedWithoutService(String)
  case sharedInChain(String)
  case serving(ServingMistake)

  // Deployment
  case oneArmSplit
  case secondRest
  case noShare(arms: [String])
  case sharesNotOne(total: Double, last: String)
  case sharesAboveOne(total: Double)
  case twinWithoutSharing
  /// A mirror shall spare a production that takes no time.
  case sparingWithoutService
  case truthOfReplay

  // Metrics, comparisons, monitors, gates
  case unknownMetric(String)
  case metricNeedsService(String)
  case metricNeedsLanguageModel(String)
  case metricNeedsCost(String)
  case metricNeedsLabels(String)
  case metricNeedsModel(String, arm: String)
  case notComparable(String)
  case notACandidate(String)
  case nothingToCompare
  case repeatedComparison
  case wideClip(found: String)
  case badSignal(String, arm: String)
  case monitorNeedsService(String)
  case monitorNeedsLabels
  case badRequirement(found: String, Bool)

  // Settings of the command line
  case settingWithoutValue
  case badPath(String)
  case pathLeadsNowhere(String, at: String, known: [String])
  case noElement(String, count: Int)
  case notAList(String, found: String)
  case notAnObject(String, found: String)
}
