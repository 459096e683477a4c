import Documents
import Foundation
import Models
import Scenarios
import Simulation
import Traffic

/// The SHA-256 of every file that a scenario reads, by role; contents, never paths, make a
/// fingerprint.
struct Fingerprints {
  let scenario: Scenario
  let directory: String
  var spool: SpooledInput?

  /// The role of the recording.
  static let traffic = "traffic"

  func files(
    isCancelled: () -> Bool = { false }
  ) throws(StudyError) -> [Provenance.FileFingerprint] {
    var files: [Provenance.FileFingerprint] = []
    if case .replay(let plan) = scenario.traffic {
      files.append(try fingerprint(Self.traffic, plan.path, isCancelled))
    }
    for arm in scenario.arms {
      if case .file(let path) = arm.model {
        files.append(try fingerprint("model of \(arm.name)", path, isCancelled))
      }
    }
    for labeller in scenario.labellers {
      if case .file(let path) = labeller {
        files.append(try fingerprint("model of labels", path, isCancelled))
      }
    }
    return files
  }

  /// SHA-256 of the resolved scenario with every path replaced by the digest of the file: equal for
  /// studies that mean the same, wherever their files are.
  static func ofContents(
    _ scenario: Scenario, files: [Provenance.FileFingerprint]
  ) -> String {
    func digest(_ path: String) -> String {
      files.first { $0.path == path }.map { "sha256:\($0.sha256)" } ?? path
    }
    func named(_ reference: ModelReference) -> ModelReference {
      if case .file(let path) = reference { .file(path: digest(path)) } else { reference }
    }
    var plain = scenario
    if case .replay(var plan) = plain.traffic {
      plan.path = digest(plan.path)
      plain.traffic = .replay(plan)
    }
    for index in plain.arms.indices { plain.arms[index].model = named(plain.arms[index].model) }
    plain.labellers = plain.labellers.map(named)
    return plain.fingerprint
  }

  private func fingerprint(
    _ role: String, _ path: String, _ isCancelled: () -> Bool
  ) throws(StudyError) -> Provenance.FileFingerprint {
    let isSpooled = path == "-" && role == Self.traffic
    let url =
      isSpooled
      ? spool.map { URL(fileURLWithPath: $0.path) }
      : NamedFile(path: path, directory: directory).url
    guard let url else {
      preconditionFailure("standard input is fingerprinted without having been kept")
    }
    do {
      let handle = try FileHandle(forReadingFrom: url)
      var hash = SHA256()
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        if isCancelled() { throw StudyError.interrupted }
        hash.update([UInt8](chunk))
      }
      try handle.close()
      return Provenance.FileFingerprint(role: role, path: path, sha256: hash.hex)
    } catch let error as StudyError {
      throw error
    } catch {
      throw StudyError(
        .inputOutput,
        Diagnostic(at: Place(file: path), "cannot be read: \(SystemReason.of(error))"))
    }
  }
}
