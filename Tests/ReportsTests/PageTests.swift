import Foundation
import Simulation
import Testing

@testable import Reports

@Suite("The page") struct PageTests {
  @Test("writes the pages to look at")
  func writes() throws {
    for fixture in Fixtures.all {
      let name = fixture.name.replacing(" ", with: "-")
      try Report.html(fixture.findings, .fixture).write(
        toFile: "/tmp/pages/\(name).html", atomically: true, encoding: .utf8)
      print("=====", name)
      print(Report.table(fixture.findings))
    }
  }
}
