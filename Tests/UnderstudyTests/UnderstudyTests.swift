import Documents
import Models
import Probability
import Scenarios
import Simulation
import Testing
import Traffic
import Reports

@testable import Understudy

@Suite("Scratch") struct ScratchTests {
  @Test("runs") func runs() throws {
    var plan = RecordingPlan(path: "elec2/elec2.csv")
    plan.timeColumn = "timestamp"
    plan.labelColumn = "label"
    plan.fromRow = 17424
    var arms = [ArmPlan(name: "production", model: .file(path: "models/elec2_lr.json"), service: ServicePlan(time: .drawn(.lognormal(mu: -4.8, sigma: 0.5)))),
      ArmPlan(name: "candidate", model: .file(path: "models/elec2_xgb.json"), service: ServicePlan(time: .drawn(.lognormal(mu: -4.3, sigma: 0.6))))]
    arms[0].service?.replicas = 2
    var s = Scenario(title: "Electricity", seed: 7, traffic: .replay(plan), arms: arms)
    s.buckets = .quarter
    let opened = try OpenedStudy(s, directory: "/work/shared/data")
    let clock = ContinuousClock()
    let start = clock.now
    let run = StudyRun(opened, options: Study.Options(), fingerprint: "", isCancelled: { false })
    let findings = try run.findings { _ in }
    print(clock.now - start)
    print(Report.table(findings))
    for s in findings.timeline.series { print(s.arm, s.metric, s.points.map { $0.estimate.map { "\($0.value) \($0.n)" } ?? "-" }) }
    for c in findings.comparisons { print(c.metric, c.main.estimate, c.independent?.estimate as Any, c.effectiveSampleSize as Any, c.main.p as Any, c.independent?.p as Any) }
  }
}
