/// Something that watches a stream of outcomes in virtual time and raises an alarm. It sees a label
/// only once it has arrived.
package struct MonitorPlan: Sendable, Equatable {
  package var name: String
  package var detector: Detector
  package var arm: String
  package var signal: Signal

  package enum Detector: Sendable, Equatable {
    /// Bifet and Gavalda (2007) as river implements it, window dropped after an alarm.
    case adwin(delta: Double)
    /// The two-sided Page-Hinkley test, river's dialect.
    case pageHinkley(delta: Double, threshold: Double)
  }

  package enum Signal: String, Sendable, CaseIterable {
    /// 1 for a wrong answer, 0 for a right one; |error| for a real label.
    case error
    /// The answer itself; needs no label.
    case score
    /// In milliseconds.
    case latency
  }

  package init(name: String, detector: Detector, arm: String, signal: Signal) {
    self.name = name
    self.detector = detector
    self.arm = arm
    self.signal = signal
  }
}
