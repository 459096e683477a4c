import Foundation
import Testing

@testable import Documents
@testable import Traffic

@Suite("The electricity recording") struct ElectricityTests {
  private func plan(_ change: (inout RecordingPlan) -> Void = { _ in }) -> RecordingPlan {
    var plan = RecordingPlan(path: "elec2_excerpt.csv")
    plan.timeColumn = "timestamp"
    plan.labelColumn = "label"
    change(&plan)
    return plan
  }

  @Test("replays row for row what the file holds, after its step back in time")
  func replaysTheFile() throws {
    let folder = try vectorFolder()
    let plan = plan { $0.fromRow = 148 }
    let traffic = try TrafficContract.check {
      try RecordingSource(plan: plan, baseDirectory: folder)
    }
    let lines = try String(contentsOfFile: "\(folder)/elec2_excerpt.csv", encoding: .utf8)
      .split(separator: "\n").dropFirst(149)
    #expect(traffic.requests.count == 252)
    #expect(
      traffic.schema.features.map(\.name) == [
        "day", "period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer",
      ])
    #expect(traffic.schema.label == .classes(names: ["0", "1"]))
    for (request, line) in zip(traffic.requests, lines) {
      let fields = line.split(separator: ",")
      #expect(request.arrival.rfc3339 == "\(fields[0])Z")
      for feature in 0..<7 {
        let expected = try #require(Double(fields[feature + 1]))
        #expect(request.feature(feature) == Float(expected))
      }
      #expect(request.labelValue == Float(fields[8]))
      #expect(request.unit == request.ordinal)
    }
  }

  @Test("stops at the step back in time, after the rows before it")
  func stopsAtTheStepBack() throws {
    let plan = plan()
    #expect {
      _ = try RecordingSource(plan: plan, baseDirectory: try vectorFolder())
    } throws: { error in
      guard case TrafficError.badData(let diagnostics) = error else { return false }
      return diagnostics.list == [
        Diagnostic(
          .error, at: Place(file: "elec2_excerpt.csv", line: 150),
          "time timestamp steps back by 23h 30m, to 1997-05-04T00:00:00Z "
            + "after 1997-05-04T23:30:00Z in line 149",
          help: "set onTimeReversal: \"reorder\" with reorderWindow: \"1410m\" to sort such rows "
            + "in, or onTimeReversal: \"shift\" to move all later rows on")
      ]
    }
  }
}
