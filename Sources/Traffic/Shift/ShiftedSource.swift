/// A source whose traffic is bent by shifts, with the truth of where they acted.
package struct ShiftedSource: TrafficSource {
  private var source: any TrafficSource
  private var pipeline: ShiftPipeline

  /// - Parameters:
  ///   - labellers: the scenario's; a concept change names one by its index.
  ///   - start: of the traffic, from which offsets count; nil is its first arrival.
  /// - Throws: `badData` with everything that the shifts name and the source lacks.
  package init(
    source: any TrafficSource, shifts: [ShiftPlan], labellers: [any Labeller], seed: UInt64,
    start: SimulatedTime? = nil
  ) throws(TrafficError) {
    self.source = source
    pipeline = try ShiftPipeline(
      shifts: shifts, schema: source.schema, open: source.openFeatures, labellers: labellers,
      seed: seed, start: start)
  }

  package var schema: TrafficSchema { pipeline.schema }
  package var openFeatures: [String] { source.openFeatures }
  package var counts: [TrafficCount] { source.counts + pipeline.counts }
  /// What each shift did so far, in the scenario's order.
  package var truth: [ShiftTruth] { pipeline.truth }

  package mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool {
    guard try source.next(into: &block) else { return false }
    pipeline.learn(source.schema)
    pipeline.apply(to: &block)
    return true
  }
}
