/// Does the candidate's answer differ from production's more often than production's from itself?
///
/// A second copy of production answers the same requests, and what the two copies disagree on is noise: clocks, random
/// choices, races. Only disagreements beyond it speak of the candidate.
///
/// - Source: the idea is that of Diffy, which compares the two shares by a fixed cut-off; here they are tested as what
///   they are, two answers to each request: Tango (1998), McNemar (1947), Holm (1979), Bell and McCaffrey (2002).
package struct NoiseControl: Sendable, Equatable {
  /// One field of the answers: request by request, whether it differs.
  package struct Field: Sendable, Equatable {
    package var name: String
    /// Candidate against the first copy of production.
    package var raw: [Bool]
    /// The second copy of production against the first.
    package var noise: [Bool]

    package init(name: String, raw: [Bool], noise: [Bool]) {
      precondition(raw.count == noise.count, "\(raw.count), \(noise.count) comparisons")
      self.name = name
      self.raw = raw
      self.noise = noise
    }
  }

  package struct Finding: Sendable, Equatable {
    package let field: String
    /// The share of raw differences less that of noise; its interval, and the p-value of "no more than noise".
    package let answer: Answer
    package let rawShare: Double
    package let noiseShare: Double
    /// Holm's over all fields with an answer.
    package let adjustedP: PValue
  }

  /// In the order of the fields; those without a difference anywhere are left out.
  package let findings: [Finding]

  /// - Parameters:
  ///   - units: whose request it was, from 0: requests of one unit may depend on each other, and the errors are then
  ///     clustered; nil where requests are independent: Tango's interval and McNemar's exact test.
  ///   - level: of the two-sided intervals.
  package init(_ fields: [Field], units: [Int]? = nil, level: Double = 0.95) {
    var parts: [(field: Field, answer: Answer)] = []
    for field in fields {
      let answer =
        try? units == nil ? Self.paired(field, level) : Self.clustered(field, units, level)
      if let answer { parts.append((field, answer)) }
    }
    let adjusted = Multiplicity.holm(parts.map { $0.answer.p?.value ?? 1 })
    findings = parts.indices.map { place in
      let (field, answer) = parts[place]
      func share(_ flags: [Bool]) -> Double {
        Double(flags.filter { $0 }.count) / Double(flags.count)
      }
      return Finding(
        field: field.name, answer: answer, rawShare: share(field.raw),
        noiseShare: share(field.noise), adjustedP: PValue(adjusted[place]))
    }
  }

  private static func paired(_ field: Field, _ level: Double) throws(Unavailable) -> Answer {
    var counts = (both: 0, raw: 0, noise: 0, neither: 0)
    for row in field.raw.indices {
      switch (field.raw[row], field.noise[row]) {
      case (true, true): counts.both += 1
      case (true, false): counts.raw += 1
      case (false, true): counts.noise += 1
      case (false, false): counts.neither += 1
      }
    }
    guard counts.neither < field.raw.count else { throw .noVariation }
    let table = PairedProportions(
      both: counts.both, onlyFirst: counts.raw, onlySecond: counts.noise, neither: counts.neither)
    return Answer(
      estimate: table.firstMinusSecond, interval: Bounds(table.tangoInterval(level: level)),
      p: FairCoin.tail(atMost: counts.noise, of: counts.raw + counts.noise))
  }

  private static func clustered(
    _ field: Field, _ units: [Int]?, _ level: Double
  ) throws(Unavailable) -> Answer {
    let differences = field.raw.indices.map {
      (field.raw[$0] ? 1.0 : 0) - (field.noise[$0] ? 1 : 0)
    }
    let arm = try ClusterDifference.Arm(values: differences, units: units)
    guard arm.estimate.standardError > 0 else { throw .noVariation }
    var answer = Answer(arm.estimate, to: Question(level: level))
    answer.p = arm.estimate.pGreater()
    return answer
  }
}
