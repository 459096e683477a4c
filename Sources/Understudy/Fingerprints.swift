import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

/// The SHA-256 of every file that a scenario reads, by role; contents, never paths, make a fingerprint.
struct Fingerprints {
  let scenario: Scenario
  let directory: String

  func files() throws(StudyError) -> [Provenance.FileFingerprint] {
    var files: [Provenance.FileFingerprint] = []
    if case .replay(let plan) = scenario.traffic, plan.path != "-" {
      files.append(try fingerprint("traffic", plan.path))
    }
    for arm in scenario.arms {
      if case .file(let path) = arm.model {
        files.append(try fingerprint("model of \(arm.name)", path))
      }
    }
    for labeller in scenario.labellers {
      if case .file(let path) = labeller { files.append(try fingerprint("model of labels", path)) }
    }
    return files
  }

  private func fingerprint(
    _ role: String, _ path: String
  ) throws(StudyError) -> Provenance.FileFingerprint {
    let url = URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: directory + "/"))
    do {
      let handle = try FileHandle(forReadingFrom: url)
      var hash = SHA256()
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        hash.update([UInt8](chunk))
      }
      try handle.close()
      return Provenance.FileFingerprint(role: role, path: path, sha256: hash.hex)
    } catch {
      throw StudyError(.inputOutput, Diagnostic(at: Place(file: path), "cannot be read"))
    }
  }
}
