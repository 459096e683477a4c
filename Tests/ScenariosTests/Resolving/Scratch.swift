import Documents
import Scenarios
import Testing

@Suite("Scratch") struct Scratch {
  @Test("x") func x() throws {
    let text = """
      {
        title: "Electricity price: a boosted candidate in shadow, and a demand sensor that drifts",
        seed: 7,
        traffic: { replay: "data/elec2-1997-05-04.csv", time: "timestamp", label: "label", features: "*", speed: 1 },
        shifts: [
          { scale: "nswdemand", by: 1.3, from: "+200d", ramp: "30d" },     // the sensor's unit creeps
          { missing: "vicprice", rate: 0.2, from: "+400d", until: "+450d" },
        ],
        arms: {
          production: { model: "models/elec2_lr.json",  service: { replicas: 2, time: { lognormal: { mean: "8ms", p99: "40ms" } } } },
          candidate:  { model: "models/elec2_xgb.json", service: { replicas: 1, time: { lognormal: { mean: "15ms", p99: "60ms" } } } },
        },
        deployment: { shadow: { mirror: 1.0 } },
        labels: { delay: "30m" },
        metrics: ["accuracy", "logLoss", "auc", "latency.p99"],
        compare: [{ metric: "accuracy" }, { metric: "logLoss" }, { metric: "latency.p99", margin: "5ms" }],
        monitors: [{ drift: "adwin", on: "candidate.error" }],
        gate: { accuracy: { candidate: "not worse by 0.01" } },
      }
      """
    do {
      let scenario = try Scenario.read(SourceText(name: "s.json5", text: text))
      print(scenario.resolvedText)
      let again = try Scenario.read(SourceText(name: "r.json5", text: scenario.resolvedText))
      print(again == scenario)
    } catch { print(error.rendered()) }
  }
}
