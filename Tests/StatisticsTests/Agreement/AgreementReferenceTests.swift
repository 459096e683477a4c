import Probability
import Testing

@testable import Statistics

@Suite("Reference cases of paired shares and classes") struct AgreementReferenceTests {
  private func asked(
    _ name: String, _ data: PairSample, _ question: Question = Question()
  ) throws -> Answer {
    let method = try #require(Catalogue.method(named: name))
    guard case .pairs(let run) = method.body else { throw Unavailable.notCounts }
    return try run(data, question)
  }

  /// The rows that a table of counts comes from.
  private func pairs(_ table: [[Int]]) -> PairSample {
    var (first, second): ([Double], [Double]) = ([], [])
    for (row, counts) in table.enumerated() {
      for (column, count) in counts.enumerated() {
        first += Array(repeating: Double(row), count: count)
        second += Array(repeating: Double(column), count: count)
      }
    }
    return PairSample(candidate: first, production: second)
  }

  private func table(_ reference: ReferenceCase) -> [[Int]] {
    reference.input["table"].elements.map { $0.numbers.map { Int($0) } }
  }

  @Test("McNemar's tests by name", arguments: ReferenceCase.of("mcnemar"))
  func mcNemar(reference: ReferenceCase) throws {
    let (b, c) = (reference.input["b"].int, reference.input["c"].int)
    guard b + c > 0 else { return }
    let pairs = pairs([[0, c], [b, 0]])
    for (name, p, statistic) in [
      ("mcnemar-exact", "p_exact", ""), ("mcnemar-mid-p", "p_midp", ""),
      ("mcnemar", "p_chi2", "chi2"), ("mcnemar-edwards", "p_chi2_edwards", "chi2_edwards"),
    ] {
      let answer = try asked(name, pairs)
      reference.expect([(p, answer.p?.value ?? .nan)])
      if !statistic.isEmpty { reference.expect([(statistic, answer.statistic ?? .nan)]) }
      if !reference.expected["ln_" + p].isNull {
        reference.expect([("ln_" + p, answer.p?.ln ?? .nan)])
      }
    }
  }

  @Test(
    "every interval of a paired difference",
    arguments: ReferenceCase.of("paired_proportions_ci"))
  func intervals(reference: ReferenceCase) throws {
    let rows = table(reference)
    let table = PairedProportions(
      both: rows[0][0], onlyFirst: rows[0][1], onlySecond: rows[1][0], neither: rows[1][1])
    let wald = table.wald.interval(level: 0.95)
    reference.expect([("wald_low", wald.lowerBound), ("wald_high", wald.upperBound)])
    let pairs = pairs([[rows[1][1], rows[1][0]], [rows[0][1], rows[0][0]]])
    for (name, field) in [
      ("tango", "tango"), ("mcnemar", "tango"), ("newcombe-paired", "newcombe10"),
      ("agresti-min", "agresti_min"),
    ] {
      let answer = try asked(name, pairs)
      let interval = try #require(answer.interval)
      reference.expect([
        ("estimate", answer.estimate ?? .nan), (field + "_low", interval.lower),
        (field + "_high", interval.upper),
      ])
    }
  }

  @Test("Bowker's test", arguments: ReferenceCase.of("bowker_symmetry"))
  func bowker(reference: ReferenceCase) throws {
    try expectChiSquare(reference, ClassTable(rows: table(reference)).bowker, "bowker")
  }

  @Test("Stuart and Maxwell's test", arguments: ReferenceCase.of("stuart_maxwell"))
  func stuartMaxwell(reference: ReferenceCase) throws {
    try expectChiSquare(
      reference, ClassTable(rows: table(reference)).stuartMaxwell, "stuart-maxwell")
  }

  private func expectChiSquare(
    _ reference: ReferenceCase, _ result: ChiSquareResult, _ name: String
  ) throws {
    reference.expect([
      ("statistic", result.statistic), ("df", Double(result.degreesOfFreedom)),
      ("pvalue", result.p.value),
    ])
    let answer = try asked(name, pairs(table(reference)))
    reference.expect([
      ("statistic", answer.statistic ?? .nan), ("pvalue", answer.p?.value ?? .nan),
    ])
  }

  @Test("Cohen's kappa", arguments: ReferenceCase.of("cohen_kappa"))
  func kappa(reference: ReferenceCase) throws {
    let kappa = try CohenKappa(ClassTable(rows: table(reference)))
    reference.expect([
      ("kappa", kappa.value), ("agreement", kappa.agreement),
      ("expected_agreement", kappa.expectedAgreement), ("se", kappa.standardError),
      ("se_null", kappa.standardErrorByChance),
    ])
    let answer = try asked("cohen-kappa", pairs(table(reference)))
    reference.expect([
      ("kappa", answer.estimate ?? .nan), ("se", answer.standardError ?? .nan),
    ])
  }

  @Test("Cochran's Q", arguments: ReferenceCase.of("cochran_q"))
  func cochran(reference: ReferenceCase) throws {
    let columns = reference.input["columns"].elements.map { column in
      DataGenerator.column(column["gen"]) { _ in [] }.map { $0 == 1 }
    }
    let result = try CochranQ.test(columns)
    reference.expect([
      ("statistic", result.statistic), ("df", Double(result.degreesOfFreedom)),
      ("pvalue", result.p.value),
    ])
  }

  @Test("the sign test", arguments: ReferenceCase.of("sign_test"))
  func sign(reference: ReferenceCase) throws {
    let (x, y) = (reference.column("x"), reference.column("y"))
    let signs = try SignTest(x.indices.map { x[$0] - y[$0] }).signs()
    let answer = try asked("sign", PairSample(candidate: x, production: y))
    reference.expect([
      ("n_pos", Double(signs.above)), ("n_nonzero", Double(signs.below + signs.above)),
      ("pvalue", answer.p?.value ?? .nan),
    ])
  }
}
