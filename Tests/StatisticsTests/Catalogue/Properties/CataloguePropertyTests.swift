import Probability
import Testing

@testable import Statistics

@Suite("Properties of every method") struct CataloguePropertyTests {
  @Test("a method has data on which it answers", arguments: PropertyTrial.names)
  func answers(name: String) {
    let trials = PropertyTrial.all[name] ?? []
    var reasons: [String] = []
    for trial in trials {
      if case .failure(let reason) = trial.answer() { reasons.append("\(trial.place): \(reason)") }
    }
    #expect(reasons.count < trials.count, "\(reasons)")
  }

  // MARK: Units

  @Test("a power of two as the unit moves every bit along", arguments: PropertyTrial.names)
  func powersOfTwo(name: String) {
    Property(exceptions: Self.oneArm) { trial in
      trial.differs(in: [0x1p10, 0x1p-30], tolerance: 0)
    }.expect(name)
  }

  @Test("values as small as 1e-150 and as large as 1e140", arguments: PropertyTrial.names)
  func extremeUnits(name: String) {
    Property(exceptions: Self.oneArm.merging(Self.roundedDifferences) { $1 }) { trial in
      trial.differs(in: [1e-150, 1e140], tolerance: 1e-9)
    }.expect(name)
  }

  /// Values that repeat, where an estimate may lie on the lattice of the resampled ones.
  private static let lattices = Property.because([
    (
      "a mean rounded at a billion lies beside the lattice of the resampled ones",
      Kind.forms.map { "\($0)/binary-14-effect" }
        + Kind.forms.dropLast().map { "\($0)/ties-14-effect" }
    )
  ])

  @Test("a billion added to every value changes no difference", arguments: PropertyTrial.names)
  func offsets(name: String) {
    Property(exceptions: Self.lattices) { trial in
      guard let (plain, moved) = trial.moved(by: 1e9) else { return nil }
      // Between two values that differ in their last place there is nothing: 1e-7 at 1e9.
      let tolerance = Self.roundedAtOffset[name] == nil ? 1e-9 : 1e-6
      return AnswerChange(form: .times(1), tolerance: tolerance)
        .difference(of: moved.answer(), from: plain.answer())
    }.expect(name)
    guard Self.roundedAtOffset[name] != nil else { return }
    Property(exceptions: Self.roundedAtOffset) { trial in
      guard let (plain, moved) = trial.moved(by: 1e9) else { return nil }
      return AnswerChange(form: .times(1), tolerance: 1e-9)
        .difference(of: moved.answer(), from: plain.answer())
    }.expect(name)
  }

  private static let oneArm = [
    "quantile-interval": "it is about the candidate's values alone"
  ]
  private static let roundedDifferences = Property.because([
    (
      "differences that are equal are not when their values were rounded in another unit",
      ["", "-drop-zeros", "-split-zeros"].map { "wilcoxon\($0)/pairs-ties-16-effect" }
    )
  ])
  private static let roundedAtOffset = Property.because([
    (
      "each arm's mean is rounded at its own size",
      Kind.forms + Kind.blocks + Kind.permutations + [
        "cluster-bootstrap", "poisson-bootstrap", "restricted-mean-difference", "levene",
        "lee-bounds", "labelling-weights", "empirical-bernstein",
        "hoeffding-mixture", "betting", "grouped-trimmed-mean", "grouped-winsorized-mean",
        "grouped-restricted-mean-difference",
      ]
    ),
    (
      "a quantile between two values is rounded at their size",
      ["quantile-difference", "paired-quantile-difference", "harrell-davis"]
    ),
  ])

  // MARK: Order

  @Test(
    "rows in another order, units under other numbers: the same bits",
    arguments: PropertyTrial.names)
  func order(name: String) {
    Property(exceptions: Self.ordered) { trial in
      let other = trial.with { $0.data = $0.data.permuted(seed: trial.question.seed + 3) }
      return AnswerChange(form: .times(1), tolerance: 0)
        .difference(of: other.answer(), from: trial.answer())
    }.expect(name)
  }

  private static let ordered = Property.because([
    ("rows stand in the order of time", Kind.series + Kind.groupedPairs + Kind.sequential),
    (
      "a draw is a function of the rows' numbers",
      Kind.armBootstraps + Kind.pairBootstraps + Kind.permutations + ["sign-flip"]
    ),
  ])

  @Test(
    "what a draw is not part of, the order of rows does not change",
    arguments: Kind.armBootstraps + Kind.pairBootstraps + Kind.permutations + ["sign-flip"])
  func estimatesOfDraws(name: String) {
    Property { trial in
      let other = trial.with { $0.data = $0.data.permuted(seed: trial.question.seed + 3) }
      guard case .success(let first) = trial.answer(), case .success(let second) = other.answer()
      else { return nil }
      return first.estimate == second.estimate ? nil : "\(second), before \(first)"
    }.expect(name)
  }

  @Test("arms in each other's place mirror the answer", arguments: PropertyTrial.names)
  func mirror(name: String) {
    Property(exceptions: Self.unlike.merging(Self.oneArm) { $1 }) { trial in
      for alternative in Question.Alternative.allCases {
        let asked = trial.with { $0.question.alternative = alternative }
        let other = trial.with {
          $0.data = $0.data.exchanged
          $0.question.alternative =
            trial.method.estimand.hasDirection ? alternative.mirrored : alternative
        }
        let change = AnswerChange(form: trial.method.estimand.mirror, tolerance: 1e-9)
        if let found = change.difference(of: other.answer(), from: asked.answer()) {
          return "\(alternative): \(found)"
        }
      }
      return nil
    }.expect(name)
  }

  private static let unlike = Property.because([
    ("production's spread alone is the ruler", ["glass-delta"]),
    ("the error is that of the ratio to production's mean", ["relative-lift-delta"]),
    (
      "each arm has draws of its own",
      Kind.armBootstraps + Kind.blocks + Kind.permutations + [
        "brunner-munzel-permutation", "variance-permutation",
      ]
    ),
    ("values are trimmed at the end at which the other arm's bound is loose", ["lee-bounds"]),
  ])

  // MARK: Draws

  @Test("the same question twice has the same answer, to the bit", arguments: PropertyTrial.names)
  func determinism(name: String) {
    Property { trial in
      switch (trial.answer(), trial.answer()) {
      case (.success(let first), .success(let second)):
        first == second ? nil : "\(second), before \(first)"
      case (.failure(let first), .failure(let second)):
        first == second ? nil : "\(second), before \(first)"
      default: "once an answer and once none"
      }
    }.expect(name)
  }
}
