import Documents
import Probability

/// Traffic that is drawn from a plan, block by block.
///
/// Every draw has an address of its own (`ArrivalProcess`, `FeatureColumn`, `RequestDraws`): the same plan and
/// seed give the same requests, whatever the block size, and changing one part of the plan leaves the
/// draws of the others as they were. The unit of request r is floor(u · count), with its u in stream "unit";
/// labels use stream "label".
package struct SyntheticSource: TrafficSource {
  package let schema: TrafficSchema
  package var counts: [TrafficCount] { [] }

  private let plan: SyntheticPlan
  private let problem: TrafficError?
  private let labellers: [any Labeller]
  private let seed: UInt64
  private let unitDraws: RequestDraws
  private let labelDraws: RequestDraws
  private let segmentFeatures: [Int]
  private let serving: ServingDraws
  private var arrivals: ArrivalProcess
  private var columns: [FeatureColumn]
  private var space = DrawSpace()
  private var labels: [Float] = []

  /// - Parameters:
  ///   - labellers: the scenario's; the plan names one by its index.
  ///   - antithetic: mirrors every u of arrivals, features and labels to 1 − u; units stay.
  package init(
    plan: SyntheticPlan, labellers: [any Labeller], seed: UInt64, antithetic: Bool = false
  ) {
    let mistakes = plan.mistakes
    problem = mistakes.isEmpty ? nil : .badData(Diagnostics(mistakes))
    let plan = mistakes.isEmpty ? plan : .nothing
    self.plan = plan
    self.labellers = labellers
    self.seed = seed
    let schema = plan.schema
    self.schema = schema
    segmentFeatures = plan.segments.compactMap { schema.featureIndex($0) }
    unitDraws = RequestDraws(seed: seed, stream: "unit")
    labelDraws = RequestDraws(seed: seed, stream: "label", antithetic: antithetic)
    serving = ServingDraws(plan, seed: seed, antithetic: antithetic)
    arrivals = ArrivalProcess(
      plan.arrivals, start: plan.start, duration: plan.duration, seed: seed, antithetic: antithetic)
    columns = plan.features.map {
      FeatureColumn($0, units: plan.units?.count, seed: seed, antithetic: antithetic)
    }
  }

  /// - Throws: `badData` for a plan that no traffic can follow, and where the arrivals outlive
  ///   virtual time.
  package mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    if let problem { throw problem }
    let first = arrivals.ordinal
    let left = plan.requests.map { max(0, $0 - Int(first)) } ?? .max
    block.firstOrdinal = first
    block.count = 0
    let count = try arrivals.fill(&block.arrivals, count: min(block.capacity, left))
    guard count > 0 else { return false }
    block.count = count
    space.reserve(count)
    fillUnits(&block)
    fillFeatures(&block)
    fillSegments(&block)
    serving.fill(&block, space: &space)
    for row in 0..<count {
      block.latencies[row] = -1
      block.shifted[row] = 0
    }
    fillLabels(&block)
    return true
  }

  private mutating func fillUnits(_ block: inout RequestBlock) {
    let (first, count) = (block.firstOrdinal, block.count)
    guard let unitCount = plan.units?.count else {
      for row in 0..<count { block.units[row] = first + UInt64(row) }
      return
    }
    unitDraws.fillUnits(&space.units, from: first)
    let draws = space.units
    let scale = Double(unitCount)
    let last = Int64(unitCount - 1)
    for row in 0..<count { block.units[row] = UInt64(min(Int64(draws[row] * scale), last)) }
  }

  private mutating func fillFeatures(_ block: inout RequestBlock) {
    for index in columns.indices {
      let start = index * block.capacity
      columns[index].fill(
        &block.features, start..<start + block.count, from: block.firstOrdinal,
        units: block.units, space: &space)
    }
  }

  private func fillSegments(_ block: inout RequestBlock) {
    for (segment, feature) in segmentFeatures.enumerated() {
      for row in 0..<block.count {
        block.segments[segment * block.capacity + row] =
          UInt32(block.features[feature * block.capacity + row])
      }
    }
  }

  private mutating func fillLabels(_ block: inout RequestBlock) {
    let count = block.count
    let first = block.firstOrdinal
    switch plan.label {
    case .none:
      for row in 0..<count { block.labels[row] = .nan }
    case .bernoulli(let probability):
      labelDraws.fill(
        .bernoulli(probability: probability), into: &block.labels, 0..<count, from: first,
        space: &space)
    case .real(let distribution):
      labelDraws.fill(distribution, into: &block.labels, 0..<count, from: first, space: &space)
    case .labeller(let index, _):
      // What an earlier block left there must not reach the labeller.
      for row in 0..<count { block.labels[row] = .nan }
      if labels.count < block.capacity { labels = Array(repeating: .nan, count: block.capacity) }
      labellers[index].label(block, seed: seed, into: &labels)
      for row in 0..<count { block.labels[row] = labels[row] }
    }
  }
}

extension SyntheticPlan {
  /// The columns that traffic of this plan has.
  package var schema: TrafficSchema {
    let columns = features.map { feature in
      switch feature.kind {
      case .categorical(let names, _):
        TrafficSchema.Feature(name: feature.name, kind: .categorical(categories: names))
      case .drawn, .autoregressive, .perUnit:
        TrafficSchema.Feature(name: feature.name, kind: .numeric)
      }
    }
    var schema = TrafficSchema(
      features: columns, label: label.meaning, segments: segments, hasUnits: units != nil)
    schema.hasInputTokens = inputTokens != nil
    schema.hasOutputTokens = outputTokens != nil
    schema.hasPriority = priority != nil
    return schema
  }
}

extension SyntheticPlan.Label {
  private static let bits = ["0", "1"]

  fileprivate var meaning: TrafficSchema.Label {
    switch self {
    case .none: .none
    case .bernoulli: .classes(names: Self.bits)
    case .real, .labeller(_, .real): .real
    case .labeller(_, .classes(let names)): .classes(names: names)
    }
  }
}
