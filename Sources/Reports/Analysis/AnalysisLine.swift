import Simulation
import Statistics

/// One comparison of a table as its cells.
struct AnalysisLine {
  var metric: String
  var arm: String
  var baselineValue: String
  var armValue: String
  /// "+1.9 points", "1.13 ×", or a dash.
  var difference: String
  /// "[0.8, 3.0]", or nothing.
  var interval: String
  var p: String
  var verdict: String

  /// - Parameter isAdjusted: p is that over all comparisons.
  init(_ finding: AnalysisFinding, isAdjusted: Bool, style: NumberStyle) {
    metric = finding.metricText
    arm = NameText.plain(finding.arm, limit: 18)
    let scale = AnalysisScale(finding)
    let text = scale.estimate(finding)
    difference = text.map { scale.difference($0, style) } ?? NumberStyle.missing
    interval = text.map { scale.bracket(finding, $0, style) } ?? ""
    (baselineValue, armValue) = scale.values(finding, text, style)
    p = (isAdjusted ? finding.adjustedP : finding.p).map(PText.text) ?? NumberStyle.missing
    let mark = finding.estimand == .agreement && finding.absence == nil ? "≈" : finding.verdict.mark
    verdict = mark + " " + finding.verdictWords
  }
}

extension AnalysisFindings {
  /// What stands over the column of p.
  var headOfP: String { adjustment.map { "p (\($0))" } ?? "p" }
}

extension AnalysisFinding {
  /// The metric, with the segment where the rows are of one.
  var metricText: String {
    let metric = NameText.plain(metric, limit: 30)
    return segment.map { "\(metric) · \(NameText.plain($0, limit: 24))" } ?? metric
  }

  /// The verdict's word; of agreement, which is no difference, one of its own.
  var verdictWord: String {
    guard estimand == .agreement else { return verdict.word }
    switch verdict {
    case .better, .worse, .different: return "agree beyond chance"
    case .noDifferenceFound: return "no agreement shown"
    default: return verdict.word
    }
  }

  /// The verdict's word, with the reason where there is no number.
  var verdictWords: String { verdictWord + (absence.map { ": " + $0 } ?? "") }
}

/// The unit in which a comparison is read.
struct AnalysisScale {
  let factor: Double
  /// Behind a value and behind a difference.
  let unit: String
  let differenceUnit: String
  /// Of the difference alone.
  let differenceFactor: Double
  private let isRatio: Bool
  private let isSigned: Bool

  init(_ finding: AnalysisFinding) {
    let isShare = finding.isShare && finding.estimand != .agreement
    factor = isShare ? 100 : 1
    unit = isShare ? "%" : ""
    isRatio = finding.estimand.noDifference == 1
    isSigned = finding.estimand.noDifference == 0
    switch finding.estimand {
    case .relativeLift: (differenceFactor, differenceUnit) = (100, "%")
    case .meanDifference, .shareDifference, .ratioDifference:
      (differenceFactor, differenceUnit) = (isShare ? 100 : 1, isShare ? "points" : "")
    default: (differenceFactor, differenceUnit) = (1, "")
    }
  }

  /// The estimate in the unit that is read; nil where there is none.
  func estimate(_ finding: AnalysisFinding) -> EstimateText? {
    guard finding.estimate != nil || finding.interval != nil else { return nil }
    let value = finding.estimate ?? .nan
    let interval = finding.interval.map {
      Interval(low: $0.lower, high: $0.upper, level: 0.95)
    }
    var text = EstimateText(
      Estimate(value: value, interval: interval, n: finding.armCount), factor: differenceFactor)
    if !value.isFinite { text.decimals = Self.decimals(ofEnds: text) }
    text.decimals += digitsToClear(finding.estimand.noDifference * differenceFactor, text)
    return text
  }

  /// Where no finite estimate says how fine the interval is to be read.
  private static func decimals(ofEnds text: EstimateText) -> Int {
    guard let interval = text.interval else { return 0 }
    let ends = [interval.low, interval.high].filter(\.isFinite)
    guard ends.count < 2 else { return Digits.decimals(halfWidth: (ends[1] - ends[0]) / 2) }
    return ends.map { Digits.decimals(significant: 2, of: $0) }.max() ?? 0
  }

  /// An end that is not "no difference" does not read as if it were.
  private func digitsToClear(_ none: Double, _ text: EstimateText) -> Int {
    guard let interval = text.interval else { return 0 }
    let ends = [interval.low, interval.high].filter { $0.isFinite && $0 != none }
    for more in 0..<3 {
      let unit = Digits.powerOfTen(text.decimals + more)
      if ends.allSatisfy({ ($0 * unit).rounded() != (none * unit).rounded() }) { return more }
    }
    return 0
  }

  func difference(_ text: EstimateText, _ style: NumberStyle) -> String {
    if text.value.isNaN { return NumberStyle.missing }
    if isRatio, text.value == 0 { return style.unit("0", "×") }
    return style.unit(text.number(style, signed: isSigned), isRatio ? "×" : differenceUnit)
  }

  func bracket(
    _ finding: AnalysisFinding, _ text: EstimateText, _ style: NumberStyle
  ) -> String {
    finding.interval?.isComplement == true ? "outside " + text.bracket(style) : text.bracket(style)
  }

  /// Behind a number in a sentence.
  func spacedBracket(
    _ finding: AnalysisFinding, _ text: EstimateText, _ style: NumberStyle
  ) -> String {
    let bracket = bracket(finding, text, style)
    return bracket.isEmpty ? "" : " " + bracket
  }

  /// Both arms' values, with as many digits as the difference deserves.
  func values(
    _ finding: AnalysisFinding, _ text: EstimateText?, _ style: NumberStyle
  ) -> (String, String) {
    let values = [finding.baselineValue, finding.armValue].map { $0.map { $0 * factor } }
    let isOfOneUnit = differenceFactor == factor && isSigned
    let decimals =
      (isOfOneUnit ? text?.decimals : nil)
      ?? values.compactMap { $0.map { Digits.decimals(significant: 3, of: $0) } }.max() ?? 0
    let texts = values.map { value in
      value.map { style.unit(style.number($0, decimals: decimals), unit) } ?? NumberStyle.missing
    }
    return (texts[0], texts[1])
  }

  func margin(_ margin: Double, _ style: NumberStyle) -> String {
    let shown = Digits.trimmed(margin * differenceFactor, decimals: 12)
    return style.unit(shown, differenceUnit == "points" && shown == "1" ? "point" : differenceUnit)
  }
}
