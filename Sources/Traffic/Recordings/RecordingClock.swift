import Documents

/// Where each row of a recording stands in time, and whether the plan wants it.
struct RecordingClock {
  /// The plan's, else the time of the first row, in the file's order; offsets and the speed count from it.
  private(set) var start: Int64?
  /// Times are less than 2⁶² ns (146 years) from the start, so that no difference of two overflows.
  static let longestSpan: UInt64 = 1 << 62
  /// The span of the rows that are wanted, before a share of units is taken.
  private(set) var oldest = Int64.max
  private(set) var newestWanted = Int64.min
  private(set) var secondNewest = Int64.min
  private(set) var timeSteps = 0
  private(set) var shiftedBy = SimulatedDuration.zero
  private(set) var reorderedRows = 0

  private let rule: RecordingPlan.TimeReversalRule
  private let fromPoint: TimePoint?
  private let untilPoint: TimePoint?
  private let zoneOffset: SimulatedDuration
  private let spacing: ExactRatio?
  private var reader: TimeReader?
  private var from = Int64.min
  private var until = Int64.max
  /// The newest time read so far and its line.
  private var newest = Int64.min
  private var newestLine = 0
  private let window: Int64
  private var isFirstLoop = true

  init(_ plan: RecordingPlan) throws(TrafficError) {
    rule = plan.onTimeReversal
    fromPoint = plan.from
    untilPoint = plan.until
    zoneOffset = plan.zoneOffset
    spacing = plan.timeColumn == nil ? plan.rate.map { ExactRatio($0) } : nil
    window = if case .reorder(let window) = plan.onTimeReversal { window.nanoseconds } else { 0 }
    if let start = plan.start { _ = begin(at: start.nanoseconds) }
    switch plan.timeFormat {
    case .automatic: reader = nil
    case .rfc3339: reader = TimeReader(.rfc3339, zoneOffset: zoneOffset)
    case .epoch(let size):
      reader = TimeReader(.epoch(nanosecondsPerUnit: size), zoneOffset: zoneOffset)
    case .pattern(let text):
      do throws(TimePattern.UnknownLetter) {
        reader = TimeReader(.pattern(try TimePattern(text)), zoneOffset: zoneOffset)
      } catch {
        let problem = RecordingProblem.unknownTimeLetter(letter: error.letter, pattern: text)
        throw .badData(problem.diagnostic(file: plan.path, line: nil))
      }
    }
  }

  var leapSeconds: Int { reader?.leapSeconds ?? 0 }
  var assumedZone: SimulatedDuration? { reader?.assumedZone == true ? zoneOffset : nil }

  /// Before the recording is played again.
  mutating func restart() {
    isFirstLoop = false
    newest = .min
    shiftedBy = .zero
  }

  enum Place {
    case wanted(Int64)
    case outside
    /// This row and all after it are outside.
    case afterEnd
    case fault(Fault)
  }

  enum Fault {
    case missing, unclear, unreadable, outOfRange, tooFar
    case stepsBack(time: Int64)
    case laterThanWindow(time: Int64)

    /// Whether `onBadValue` speaks of it.
    var isBadValue: Bool {
      switch self {
      case .missing, .unreadable, .outOfRange, .tooFar: true
      case .unclear, .stepsBack, .laterThanWindow: false
      }
    }
  }

  /// For recordings without times: row n stands n / rate seconds after 1970-01-01T00:00:00Z.
  mutating func place(rowNumber: Int) -> Place {
    guard let time = spacing?.quotient(Int64(rowNumber), times: 1_000_000_000) else {
      return .fault(.outOfRange)
    }
    return place(time, line: 0)
  }

  mutating func place(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, line: Int) -> Place {
    if start == end { return .fault(.missing) }
    if reader == nil {
      guard let format = TimeReader.detect(bytes, start, end) else { return .fault(.unclear) }
      reader = TimeReader(format, zoneOffset: zoneOffset)
    }
    switch reader?.read(bytes, start, end) {
    case .success(let time): return place(time, line: line)
    case .failure(.outOfRange): return .fault(.outOfRange)
    case .failure(.unreadable), nil: return .fault(.unreadable)
    }
  }

  @inline(__always)
  private mutating func place(_ read: Int64, line: Int) -> Place {
    var time = read
    let start = start ?? begin(at: time)
    let (distance, overflows) = time.subtractingReportingOverflow(start)
    if overflows || distance.magnitude >= Self.longestSpan { return .fault(.tooFar) }
    switch rule {
    case .stop:
      if time < newest { return .fault(.stepsBack(time: time)) }
    case .shift:
      let (moved, overflows) = time.addingReportingOverflow(shiftedBy.nanoseconds)
      if overflows || (moved - start).magnitude >= Self.longestSpan { return .fault(.tooFar) }
      time = moved
      if time < newest {
        timeSteps += 1
        shiftedBy.nanoseconds += newest - time
        time = newest
      }
    case .reorder:
      if time < newest {
        if newest - time > window { return .fault(.laterThanWindow(time: time)) }
        reorderedRows += 1
      }
    }
    if time >= newest {
      newest = time
      newestLine = line
    }
    if time >= until { return isPastEnd ? .afterEnd : .outside }
    if time < from { return .outside }
    if isFirstLoop { extendSpan(time) }
    return .wanted(time)
  }

  /// Rows before this time may be let go: none that comes later is before it.
  var settledBefore: Int64 {
    let (time, overflows) = newest.subtractingReportingOverflow(window)
    return overflows ? .min : time
  }

  private var isPastEnd: Bool {
    if case .reorder = rule { settledBefore >= until } else { true }
  }

  private mutating func begin(at time: Int64) -> Int64 {
    start = time
    from = fromPoint.map { Self.resolved($0, time) } ?? .min
    until = untilPoint.map { Self.resolved($0, time) } ?? .max
    return time
  }

  private static func resolved(_ point: TimePoint, _ start: Int64) -> Int64 {
    switch point {
    case .instant(let time): return time.nanoseconds
    case .offset(let offset):
      let (time, overflows) = start.addingReportingOverflow(offset.nanoseconds)
      return overflows ? (offset.nanoseconds < 0 ? .min : .max) : time
    }
  }

  @inline(__always)
  private mutating func extendSpan(_ time: Int64) {
    oldest = min(oldest, time)
    if time >= newestWanted {
      secondNewest = newestWanted
      newestWanted = time
    } else if time > secondNewest {
      secondNewest = time
    }
  }

  /// How long the wanted rows take, with the last gap once more, so that a loop goes on in step.
  var loopLength: Int64? {
    guard newestWanted >= oldest else { return nil }
    let lastGap = secondNewest == .min ? 0 : newestWanted - secondNewest
    let (length, overflows) = (newestWanted - oldest).addingReportingOverflow(lastGap)
    return overflows ? nil : length
  }

  func problem(_ fault: Fault, column: String, text: String) -> RecordingProblem {
    func instant(_ nanoseconds: Int64) -> SimulatedTime { SimulatedTime(nanoseconds: nanoseconds) }
    return switch fault {
    case .missing: .missingTime(column: column)
    case .unclear: .unclearTime(column: column, text: text)
    case .unreadable:
      .unreadableTime(column: column, text: text, format: reader?.formatWords ?? "a time")
    case .outOfRange: .timeOutOfRange(column: column, text: text)
    case .tooFar: .timeTooFar(column: column, text: text)
    case .stepsBack(let time):
      .timeStepsBack(column: column, time: instant(time), before: instant(newest), line: newestLine)
    case .laterThanWindow(let time):
      .laterThanWindow(
        column: column, time: instant(time), window: SimulatedDuration(nanoseconds: window),
        newest: instant(newest), line: newestLine)
    }
  }
}
