import Simulation
import Testing
import Traffic

@Suite("Metric names") struct MetricNameTests {
  @Test("every metric is found by its name", arguments: Metric.listed)
  func roundTrip(_ metric: Metric) {
    #expect(Metric(name: metric.name) == metric)
  }

  @Test(
    "any quantile of the latency has a name",
    arguments: [
      ("latency.p50", 0.5), ("latency.p99", 0.99), ("latency.p99.9", 0.999), ("latency.p5", 0.05),
      ("latency.p99.999", 0.99999), ("latency.p0.1", 0.001), ("latency.p2.5", 0.025),
      ("latency.p0.00001", 1e-7),
    ])
  func quantiles(_ name: String, _ p: Double) {
    #expect(Metric(name: name) == .latencyQuantile(p))
    #expect(Metric.latencyQuantile(p).name == name)
  }

  @Test(
    "any limit has a name, written in the largest unit that fits",
    arguments: [
      ("within.200ms", 200_000_000, "within.200ms"), ("within.0.2s", 200_000_000, "within.200ms"),
      ("within.60s", 60_000_000_000, "within.1m"), ("within.1.5us", 1500, "within.1.5us"),
    ])
  func limits(_ name: String, _ nanoseconds: Int64, _ written: String) {
    let metric = Metric.within(SimulatedDuration(nanoseconds: nanoseconds))
    #expect(Metric(name: name) == metric)
    #expect(metric.name == written)
  }

  @Test(
    "nothing else is a metric",
    arguments: [
      "", "Accuracy", "latency", "latency.p", "latency.p0", "latency.p100", "latency.p-5",
      "latency.p.5", "latency.p5.", "latency.pxx", "latency.p1e1", "latency.p٥",
      "within", "within.", "within.0s", "within.-1s", "within.5",
    ])
  func unknown(_ name: String) {
    #expect(Metric(name: name) == nil)
  }

  @Test("verdicts have nine words, all different")
  func verdicts() {
    #expect(
      Verdict.allWords == [
        "better", "worse", "different", "no difference found", "not worse",
        "not shown to be not worse", "equivalent", "not shown to be equivalent",
        "cannot be determined",
      ])
    #expect(Verdict.undetermined(.noLabels).word == "cannot be determined")
    #expect(Verdict.meanings.count == 9)
  }
}
