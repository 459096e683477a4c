import Testing

@testable import Statistics

@Suite("Calibration bins") struct CalibrationBinsTests {
  @Test("the error is the mean distance of predicted and observed share")
  func expectedError() {
    var bins = CalibrationBins(bins: 10)
    for row in 0..<100 { bins.add(0.25, isPositive: row < 30) }
    for row in 0..<300 { bins.add(0.75, isPositive: row < 210) }
    #expect(bins.bins[2].observedShare == 0.3)
    #expect(bins.bins[7].meanPrediction == 0.75)
    #expect(bins.expectedError == 0.05)
    #expect(bins.bins[0].meanPrediction == nil)
  }

  @Test("the ends of [0, 1] have bins, and an empty set has no error")
  func ends() {
    var bins = CalibrationBins(bins: 10)
    #expect(bins.expectedError == nil)
    bins.add(0, isPositive: false)
    bins.add(1, isPositive: true)
    #expect(bins.bins[0].count == 1 && bins.bins[9].count == 1)
    #expect(bins.expectedError == 0)
  }

  @Test("merged parts are the whole")
  func merging() {
    var whole = CalibrationBins()
    var parts = [CalibrationBins(), CalibrationBins()]
    for row in 0..<500 {
      let p = Double(row * 7919 % 500) / 500
      whole.add(p, isPositive: row % 3 == 0)
      parts[row % 2].add(p, isPositive: row % 3 == 0)
    }
    parts[1].merge(parts[0])
    #expect(parts[1] == whole)
  }
}
