import Documents

/// Replays a recording: its rows as requests, in order of arrival, at the plan's speed.
///
/// An arrival is `start` + (recorded time − `start`) / speed, rounded once to the nearest nanosecond, where
/// `start` is the time of the first row from `fromRow` on: so neither `from` nor `shareOfUnits` moves a
/// request that they leave in. Offsets in `from` and `until` count from `start` too. The next loop begins
/// one last gap after the last request. Rows before `fromRow` are passed over unread; of rows outside of
/// `from` and `until` only the time is read.
///
/// The first rows are read at once, so that what is wrong with the file or its columns is told
/// before anything runs. A class, because it owns an open file: two copies would take each other's rows.
package final class RecordingSource: TrafficSource {
  private var stream: RecordingStream

  /// Opens the recording, finds its columns and reads the first rows.
  ///
  /// - Parameter baseDirectory: what a relative path is relative to.
  package init(plan: RecordingPlan, baseDirectory: String) throws(TrafficError) {
    stream = try RecordingStream(plan: plan, baseDirectory: baseDirectory)
  }

  /// The names in a recording's header, whatever the plan asks of them.
  package static func columnNames(
    of plan: RecordingPlan, baseDirectory: String
  ) throws(TrafficError) -> [String] {
    try RecordingStream.open(plan, RecordingStream.location(of: plan, baseDirectory)).header
  }

  package var schema: TrafficSchema { stream.schema }
  package var counts: [TrafficCount] { stream.counts }
  /// Features whose categories stand in order of appearance.
  package var openFeatures: [String] { stream.openFeatures }

  /// The time of the first row from `fromRow` on; nil while there is none.
  package var start: SimulatedTime? { stream.start }
  /// The distance from UTC that was assumed for times that name no zone; nil when all of them name one.
  package var assumedZone: SimulatedDuration? { stream.assumedZone }
  /// Names of all columns of the file, in its order.
  package var columnNames: [String] { stream.columnNames }
  /// The names of the codes of a segment column met so far; "" is missing.
  package func segmentNames(_ segment: Int) -> [String] { stream.segmentNames(segment) }

  package func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    try stream.next(into: &block)
  }

  /// The identity that requests of this unit carry in their blocks.
  package static func unit(named name: String) -> UInt64 { UnitIdentity.of(name) }
}

/// The state of a replay.
private struct RecordingStream {
  private let plan: RecordingPlan
  private let location: String
  private var reader: RowReader
  private var decoder: RowDecoder
  private var queue: RowQueue
  private var ordinal: UInt64 = 0
  private var loop = 0
  private var loopOffset: Int64 = 0
  private let speed: ExactRatio?
  private var isFinished = false
  private var isFileFinished = false
  private var problem: TrafficError?

  init(plan: RecordingPlan, baseDirectory: String) throws(TrafficError) {
    try plan.validate()
    self.plan = plan
    location = Self.location(of: plan, baseDirectory)
    speed = plan.speed == 1 ? nil : ExactRatio(plan.speed)
    reader = try Self.open(plan, location)
    let columns = try RecordingColumns(header: reader.header, plan: plan)
    decoder = try RowDecoder(plan: plan, columns: columns)
    queue = RowQueue(
      schema: decoder.schema, capacity: reader.batch.capacity,
      reorders: plan.onTimeReversal.reorders)
    try skipToFirstRow()
    readOn()
    if let problem { throw problem }
  }

  static func location(of plan: RecordingPlan, _ baseDirectory: String) -> String {
    plan.path.hasPrefix("/") || baseDirectory.isEmpty
      ? plan.path : "\(baseDirectory)/\(plan.path)"
  }

  static func open(
    _ plan: RecordingPlan, _ location: String
  ) throws(TrafficError) -> RowReader {
    let source: ByteSource
    do throws(ByteSourceError) {
      source = try ByteSource(path: plan.path, location: location)
    } catch { throw TrafficError(error) }
    var reader = try RowReader(source: source, delimiter: plan.delimiter)
    reader.skipsRagged = plan.onBadValue == .skip
    return reader
  }

  var schema: TrafficSchema { decoder.schema }
  var counts: [TrafficCount] { decoder.tally.counts(decoder.columns) }
  var openFeatures: [String] {
    decoder.columns.features.filter { $0.categories?.isEmpty == true }.map {
      reader.header[$0.column]
    }
  }
  var start: SimulatedTime? { decoder.clock.start.map { SimulatedTime(nanoseconds: $0) } }
  var assumedZone: SimulatedDuration? { decoder.clock.assumedZone }
  var columnNames: [String] { reader.header }
  func segmentNames(_ segment: Int) -> [String] { decoder.segmentTables[segment].names }

  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    block.count = 0
    block.firstOrdinal = ordinal
    while block.count < block.capacity {
      if queue.readyCount == 0 {
        // Requests before a mistake are given first, whatever the size of blocks.
        if problem != nil, block.count > 0 { break }
        if let problem { throw problem }
        if isFinished { break }
        readOn()
        continue
      }
      let first = block.count
      queue.move(into: &block)
      placeInTime(&block, from: first)
    }
    ordinal += UInt64(block.count)
    return block.count > 0
  }

  /// From recorded times to arrivals; cuts the block before a request that has none.
  private mutating func placeInTime(_ block: inout RequestBlock, from first: Int) {
    if !decoder.schema.hasUnits {
      for row in first..<block.count { block.units[row] = ordinal + UInt64(row) }
    }
    guard loopOffset != 0 || speed != nil else { return }
    let start = decoder.clock.start ?? 0
    for row in first..<block.count {
      guard let arrival = arrival(block.arrivals[row].nanoseconds, start) else {
        problem = .badData(
          RecordingProblem.arrivalOutOfRange.diagnostic(file: plan.path, line: nil))
        queue.dropReady()
        block.count = row
        return
      }
      block.arrivals[row] = SimulatedTime(nanoseconds: arrival)
    }
  }

  private func arrival(_ recorded: Int64, _ start: Int64) -> Int64? {
    // A recorded time is less than 2⁶² ns from the start.
    let (distance, overflows) = (recorded - start).addingReportingOverflow(loopOffset)
    guard !overflows, let scaled = speed.map({ $0.quotient(distance) }) ?? distance,
      scaled.magnitude < RecordingClock.longestSpan
    else { return nil }
    let (sum, overflowsToo) = start.addingReportingOverflow(scaled)
    return overflowsToo ? nil : sum
  }

  private mutating func skipToFirstRow() throws(TrafficError) {
    guard plan.fromRow > 0 else { return }
    switch try reader.skip(toRow: plan.fromRow) {
    case .more: break
    case .endOfFile: isFileFinished = true
    case .problem(let found, let line):
      throw .badData(found.diagnostic(file: plan.path, line: line))
    }
  }

  /// Reads until requests are ready, or the last one has been, or something is wrong.
  private mutating func readOn() {
    while queue.readyCount == 0, !isFinished, problem == nil {
      do throws(TrafficError) {
        if isFileFinished { try beginNextLoop() } else { try readBatch() }
      } catch {
        problem = error
        queue.release(before: .max)
      }
    }
  }

  private mutating func readBatch() throws(TrafficError) {
    let ending = try reader.readBatch(beforeRow: plan.untilRow)
    let tally = decoder.tally
    let outcome = queue.fill(&decoder, reader)
    decoder.count(reader.scanner)
    if loop > 0 { decoder.keep(tally) }
    var mistakes = diagnostics(outcome.problems)
    if case .problem(let found, let line) = ending, !outcome.isAtEnd {
      mistakes.list += found.diagnostic(file: plan.path, line: line).list
    }
    if mistakes.hasErrors {
      problem = .badData(mistakes)
    } else if outcome.isAtEnd || ending == .endOfFile {
      isFileFinished = true
    }
    let isLast = isFileFinished || problem != nil
    queue.release(before: isLast ? .max : decoder.clock.settledBefore)
  }

  private func diagnostics(_ problems: [RowDecoder.Located]) -> Diagnostics {
    Diagnostics(
      problems.flatMap { located in
        located.problem.diagnostic(file: plan.path, line: reader.batch.rows[located.row].line).list
      })
  }

  /// Begins the next loop, or finds that the last one has been.
  private mutating func beginNextLoop() throws(TrafficError) {
    loop += 1
    if queue.movedCount == 0 {
      let rows = reader.scanner.number
      let problem: RecordingProblem = rows == 0 ? .headerOnly : .nothingToReplay(rows: rows)
      throw .badData(problem.diagnostic(file: plan.path, line: nil))
    }
    guard loop < plan.loops else {
      isFinished = true
      return
    }
    guard let length = decoder.clock.loopLength else {
      throw .badData(RecordingProblem.arrivalOutOfRange.diagnostic(file: plan.path, line: nil))
    }
    let (offset, overflows) = Int64(loop).multipliedReportingOverflow(by: length)
    guard !overflows else {
      throw .badData(RecordingProblem.arrivalOutOfRange.diagnostic(file: plan.path, line: nil))
    }
    loopOffset = offset
    reader = try Self.open(plan, location)
    decoder.restart()
    isFileFinished = false
    try skipToFirstRow()
  }
}

extension RecordingPlan {
  /// Numbers that no scenario reader should let through, told rather than trapped.
  fileprivate func validate() throws(TrafficError) {
    var problems: [RecordingProblem] = []
    func check(_ holds: Bool, _ key: String, _ value: String, _ expected: String) {
      if !holds { problems.append(.outOfRange(key: key, value: value, expected: expected)) }
    }
    check(speed > 0 && speed.isFinite, "speed", "\(speed)", "a number above 0")
    check(loops >= 1, "loop", "\(loops)", "1 or more")
    check(
      shareOfUnits > 0 && shareOfUnits <= 1, "share", "\(shareOfUnits)", "above 0 and at most 1")
    check(fromRow >= 0, "fromRow", "\(fromRow)", "0 or more")
    check(untilRow.map { $0 > fromRow } ?? true, "untilRow", "\(untilRow ?? 0)", "above fromRow")
    let delimiters = (0x20..<0x7F).filter { $0 != 0x22 } + [9]
    check(
      delimiters.contains(Int(delimiter)), "delimiter", "byte \(delimiter)",
      "a printable ASCII character or a tab")
    check(latencyUnitNanoseconds > 0, "the unit of latency", "\(latencyUnitNanoseconds)", "above 0")
    check(
      (1...Int(Int32.max)).contains(prefixBlockTokens), "prefixBlock", "\(prefixBlockTokens)",
      "a number of tokens from 1 up")
    if timeColumn == nil {
      if let rate {
        check(rate > 0 && rate.isFinite, "rate", "\(rate)", "a number above 0")
      } else {
        problems.append(.noTimeAndNoRate)
      }
    }
    if path == "-", loops > 1 { problems.append(.standardInputTwice) }
    if !problems.isEmpty {
      throw .badData(Diagnostics(problems.flatMap { $0.diagnostic(file: path, line: nil).list }))
    }
  }
}

extension RecordingPlan.TimeReversalRule {
  fileprivate var reorders: Bool { if case .reorder = self { true } else { false } }
}
