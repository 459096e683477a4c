import Documents
import Simulation
import Traffic

/// `manifest.json`: how a result was made, and what was skipped or coerced on the way.
enum ManifestDocument {
  static func value(_ findings: StudyFindings, _ provenance: Provenance) -> JSONValue {
    .object([
      ("schema", .integer(1)),
      ("program", .string(provenance.program)),
      ("version", .string(provenance.version)),
      ("command", .string(provenance.command)),
      (
        "seed",
        provenance.seed <= 1 << 53
          ? .integer(Int64(provenance.seed)) : .string(String(provenance.seed))
      ),
      ("run", run(provenance.run)),
      (
        "scenario",
        .object([
          ("title", .string(findings.title)), ("fingerprint", .string(findings.fingerprint)),
        ])
      ),
      (
        "files",
        .array(
          provenance.files.map {
            .object([
              ("role", .string($0.role)), ("path", .string($0.path)),
              ("sha256", .string($0.sha256)),
            ])
          })
      ),
      ("requests", .count(findings.requests)),
      ("counts", .array(findings.health.counts.map(count))),
      ("assumedZone", findings.health.assumedZone.map { .string($0) } ?? .null),
    ])
  }

  /// What was given on the command line, so that `verify` can give it again.
  private static func run(_ run: Provenance.RunArguments) -> JSONValue {
    .object([
      ("scenario", .string(run.scenario)),
      ("settings", .array(run.settings.map { .string($0) })),
      // A seed above 2⁵³ would lose its last digits as a number in many readers.
      ("seed", run.seed.map { .string(String($0)) } ?? .null),
      ("replications", run.replications.map { .count($0) } ?? .null),
    ])
  }

  static func count(_ count: TrafficCount) -> JSONValue {
    .object([
      ("key", .string(count.key)), ("count", .count(count.count)),
      ("sentence", .string(count.sentence)),
    ])
  }
}
