import Foundation
import Simulation

@testable import Understudy

/// What the analysis of a table says, which is written to a file and removed.
func analysed(
  _ text: String, layout: AnalysisRequest.Layout = .arms(column: "arm"), metrics: [String],
  _ change: (inout AnalysisRequest) -> Void = { _ in }
) throws -> AnalysisResult {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try Data(text.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  var request = AnalysisRequest(table: file.path, layout: layout, metrics: metrics)
  change(&request)
  return try Analysis(request).run()
}
