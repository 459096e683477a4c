import Documents
import Scenarios
import Simulation
import Statistics
import Synchronization
import Traffic

/// The sizes that were played, and the search among them.
struct SizeSearch {
  private let request: SizeRequest
  private let condition: SizeCondition
  private let path: String
  private let isCancelled: @Sendable () -> Bool
  private var tries: [Int: SizeFindings.Try] = [:]
  private var last: Study?

  init(
    _ request: SizeRequest, _ condition: SizeCondition, path: String,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.request = request
    self.condition = condition
    self.path = path
    self.isCancelled = isCancelled
  }

  /// Doubles until a size keeps the promise, then halves the gap below it.
  mutating func find(_ progress: (Int, Int) -> Void) throws {
    _ = try arm(in: study(settings: []))
    var bad = request.range.lowerBound - 1
    var good = request.range.lowerBound
    while try !keeps(good, progress) {
      bad = good
      if good == request.range.upperBound { return }
      let doubled = good.multipliedReportingOverflow(by: 2)
      let next = doubled.overflow ? Int.max : max(good + 1, doubled.partialValue)
      good = min(request.range.upperBound, next)
    }
    while good - bad > 1 {
      let middle = bad + (good - bad) / 2
      if try keeps(middle, progress) { good = middle } else { bad = middle }
    }
  }

  func findings() throws -> SizeFindings {
    guard let study = last else { preconditionFailure("findings before a search") }
    var findings = SizeFindings(
      title: study.title, seed: study.scenario.seed, arm: request.arm, path: path,
      condition: condition, level: request.level, range: request.range,
      currency: study.scenario.metricOptions.currency)
    findings.tries = tries.values.sorted { $0.size < $1.size }
    return findings
  }

  private mutating func keeps(_ size: Int, _ progress: (Int, Int) -> Void) throws -> Bool {
    if let tried = tries[size] { return tried.outcome == .keeps }
    let study = try study(settings: ["\(path)=\(size)"])
    let arm = try arm(in: study)
    last = study
    var samples: [Sample] = []
    var tried = SizeFindings.Try(
      size: size, replications: 0, value: nil, interval: nil, answered: 0, goodput: nil,
      outcome: .unclear)
    var wanted = request.replications
    while tried.outcome == .unclear, samples.count < wanted {
      progress(size, wanted)
      samples += try play(study, arm: arm, replications: samples.count..<wanted)
      tried = summary(of: samples, size: size)
      wanted = min(2 * wanted, request.mostReplications)
    }
    tries[size] = tried
    return tried.outcome == .keeps
  }

  private func study(settings: [String]) throws -> Study {
    var options = Study.Options()
    options.settings = request.settings + settings
    options.seed = request.seed
    options.threads = request.threads
    return try Study(scenario: request.scenario, options: options, isCancelled: isCancelled)
  }

  private func arm(in study: Study) throws -> Int {
    let names = study.scenario.arms.map(\.name)
    guard let arm = names.firstIndex(of: request.arm) else {
      throw SizeRequest.Mistake(
        "--arm is \"\(request.arm)\", and the scenario has \(names.joined(separator: ", "))",
        help: NearestName.of(request.arm, among: names).map { "did you mean \($0)?" })
    }
    return arm
  }

  /// What one replication says.
  private struct Sample: Sendable {
    var value: Double?
    var answered: Double
    var goodput: Double?
  }

  private func play(
    _ study: Study, arm: Int, replications: Range<Int>
  ) throws(StudyError) -> [Sample] {
    var plain = study.scenario
    plain.metrics = [condition.metric]
    if let limit { plain.metrics.append(.within(limit)) }
    plain.comparisons = []
    plain.gates = []
    plain.monitors = []
    plain.replications = 1
    plain.twinWithoutMirror = false
    let run = StudyRun(
      OpenedStudy(study.opened, replacing: plain), options: study.options, fingerprint: "",
      isCancelled: isCancelled)
    let slots = Mutex<[Int: Result<Sample, StudyError>]>([:])
    Parallel.each(replications.count, threads: request.threads) { index in
      let replication = replications.lowerBound + index
      let result: Result<Sample, StudyError>
      do throws(StudyError) {
        let (ended, _) = try run.run(replication, threads: 1, progress: { _ in })
        result = .success(sample(ended, arm: arm))
      } catch {
        result = .failure(error)
      }
      slots.withLock { $0[replication] = result }
    }
    let results = slots.withLock { $0 }
    var samples: [Sample] = []
    for replication in replications {
      if let result = results[replication] { samples.append(try result.get()) }
    }
    return samples
  }

  private func sample(_ run: Timeline.Run, arm: Int) -> Sample {
    let builder = FindingsBuilder(run)
    let fates = run.ledger.arms[arm].fates
    let seconds = Double((run.ledger.lastArrival - run.ledger.firstArrival).nanoseconds) / 1e9
    var sample = Sample(
      value: builder.finding(condition.metric, arm: arm).estimate?.value,
      answered: fates.sent == 0 ? 0 : Double(fates.answered) / Double(fates.sent))
    if let limit, let share = builder.finding(.within(limit), arm: arm).estimate?.value,
      seconds > 0
    {
      sample.goodput = share * Double(fates.sent) / seconds
    }
    return sample
  }

  /// The time that the promise speaks of.
  private var limit: SimulatedDuration? {
    switch condition.metric {
    case .within(let limit): limit
    case .latencyMean, .latencyQuantile:
      // Beyond 2⁶² ns a bound is none.
      condition.bound > 0 && condition.bound < 0x1p62
        ? SimulatedDuration(nanoseconds: Int64(condition.bound)) : nil
    default: nil
    }
  }

  private func summary(of samples: [Sample], size: Int) -> SizeFindings.Try {
    let answered = Self.mean(samples.map(\.answered))
    let goodputs = samples.compactMap(\.goodput)
    var tried = SizeFindings.Try(
      size: size, replications: samples.count, value: nil, interval: nil, answered: answered,
      goodput: goodputs.count == samples.count ? Self.mean(goodputs) : nil, outcome: .breaks)
    let values = samples.compactMap(\.value)
    guard values.count == samples.count else { return tried }
    let value = Self.mean(values)
    tried.value = value
    if let moments = try? Moments(of: values), moments.standardError > 0 {
      let estimate = TEstimate(
        value: value, standardError: moments.standardError,
        degreesOfFreedom: Double(values.count - 1))
      tried.interval = Interval(
        low: estimate.interval(level: request.level).lowerBound,
        high: estimate.interval(level: request.level).upperBound, level: request.level)
    }
    tried.outcome = condition.outcome(value, tried.interval)
    return tried
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
