import Probability
import Testing

@testable import Statistics

@Suite("Groups of rows") struct GroupTests {
  @Test("eight groups, more where rows are many, none where they are fewer than groups")
  func counts() throws {
    #expect(try RowGroups.count(of: 8) == 8)
    #expect(try RowGroups.count(of: 2_249) == 8)
    #expect(try RowGroups.count(of: 2_250) == 9)
    #expect(try RowGroups.count(of: 1_000_000) == 16)
    #expect(throws: Unavailable.tooFew(has: 7, needs: 8)) { try RowGroups.count(of: 7) }
  }

  @Test("rows without units or places are cut in their order, each into one group")
  func stretches() throws {
    let arms = TwoArms(
      candidate: (0..<19).map { Double($0) }, production: (0..<8).map { -Double($0) })
    let groups = try RowGroups.of(arms)
    #expect(groups.flatMap(\.candidate.values) == arms.candidate.values)
    #expect(groups.flatMap(\.production.values) == arms.production.values)
    #expect(groups.allSatisfy { (2...3).contains($0.candidate.values.count) })
  }

  @Test("a unit's rows stay together, wherever they stand, and what is beside them goes along")
  func units() throws {
    var luck = Luck(seed: 4, run: 0)
    let units = (0..<200).map { _ in Int(luck.unit() * 20) } + Array(0..<20)
    let arm = ArmSample(
      values: units.map { Double($0) }, denominators: units.map { Double($0 + 1) }, units: units,
      strata: units.map { $0 % 3 }, places: Array(units.indices.reversed()),
      censored: units.map { $0 % 2 == 0 })
    let groups = try RowGroups.of(TwoArms(candidate: arm, production: arm)).map(\.candidate)
    #expect(groups.count == 8)
    #expect(groups.reduce(0) { $0 + $1.values.count } == 220)
    for unit in 0..<20 {
      #expect(groups.count { $0.values.contains(Double(unit)) } == 1, "unit \(unit)")
    }
    for group in groups {
      #expect(group.denominators == group.values.map { $0 + 1 })
      #expect(group.strata == group.values.map { Int($0) % 3 })
      #expect(group.censored == group.values.map { Int($0) % 2 == 0 })
    }
  }

  @Test("on a common clock a group of both arms is of the same time, in any order of rows")
  func times() throws {
    var luck = Luck(seed: 4, run: 1)
    var places: ([Int], [Int]) = ([], [])
    for place in 0..<300 {
      if luck.unit() < 0.3 { places.0.append(place) } else { places.1.append(place) }
    }
    places.0.reverse()
    func arm(_ places: [Int]) -> ArmSample {
      ArmSample(values: places.map { Double($0) }, places: places)
    }
    let groups = try RowGroups.of(TwoArms(candidate: arm(places.0), production: arm(places.1)))
    for (group, next) in zip(groups, groups.dropFirst()) {
      let all = group.candidate.values + group.production.values
      let later = next.candidate.values + next.production.values
      #expect((37...38).contains(all.count))
      #expect(try #require(all.max()) < #require(later.min()))
    }
    // An arm that comes first as a whole shares no time with the other.
    let apart = TwoArms(candidate: arm(Array(0..<50)), production: arm(Array(50..<100)))
    #expect(throws: Unavailable.tooFew(has: 0, needs: 1)) { try RowGroups.of(apart) }
  }

  @Test("pairs stay pairs")
  func pairs() throws {
    let values = (0..<41).map { Double($0) }
    let pairs = PairSample(
      candidate: values, production: values.map { -$0 },
      denominators: .init(candidate: values.map { $0 + 1 }, production: values.map { $0 + 2 }),
      units: values.map { Int($0) / 3 })
    let groups = try RowGroups.of(pairs)
    #expect(groups.flatMap(\.candidate) == values)
    for group in groups {
      #expect(group.production == group.candidate.map { -$0 })
      #expect(group.denominators?.candidate == group.candidate.map { $0 + 1 })
      #expect(group.denominators?.production == group.candidate.map { $0 + 2 })
    }
  }

  @Test("Student's t of the groups, as scipy.stats.ttest_1samp has it")
  func contrast() throws {
    let contrast = try GroupContrast([1.25, -0.5, 2, 0.75, 3.5, 1, -1.75, 2.25])
    #expect(abs(contrast.estimate.statistic() - 1.837_741_954_815_060_2) < 1e-12)
    #expect(abs(contrast.estimate.pTwoSided().value - 0.108_704_359_798_675_53) < 1e-13)
    #expect(abs(contrast.estimate.pGreater(than: 0.5).value - 0.181_502_019_466_982_33) < 1e-13)
    let interval = contrast.estimate.interval(level: 0.95)
    #expect(
      abs(interval.lowerBound + 0.304_619_720_336_453_8) < 1e-12
        && abs(interval.upperBound - 2.429_619_720_336_454) < 1e-12)
    #expect(
      try GroupContrast(candidate: [3, 5, 4], production: [1, 1, 1])
        == GroupContrast([2, 4, 3]))
    #expect(throws: Unavailable.noVariation) { try GroupContrast([2, 2, 2]) }
    #expect(throws: Unavailable.notFinite) { try GroupContrast([2, .infinity, 2]) }
  }

  @Test("a ratio's interval holds the ratios whose contrasts a t test does not reject")
  func ratio() throws {
    let candidate = [4.0, 6, 5, 7, 3, 6, 5, 8]
    let production = [2.0, 3, 2, 4, 2, 2, 3, 3]
    let ratio = try GroupRatio(candidate: candidate, production: production)
    var question = Question(null: 2.5)
    let answer = try ratio.answer(to: question)
    let interval = try #require(answer.interval)
    #expect(
      abs(interval.lower - 1.704_995_886_024_209_6) < 1e-10
        && abs(interval.upper - 2.565_897_333_015_900_7) < 1e-10)
    #expect(abs(try #require(answer.p).value - 0.076_936_111_288_057_89) < 1e-12)
    #expect(abs(try #require(answer.estimate) - 44.0 / 21) < 1e-14)
    question.null = 1.5
    let lift = try ratio.liftAnswer(to: question)
    #expect(abs(try #require(lift.p).value - 0.076_936_111_288_057_89) < 1e-12)
    #expect(abs(try #require(lift.interval).lower + 1 - 1.704_995_886_024_209_6) < 1e-10)
  }

  @Test("a ratio over what may be 0 has no end, and none below 0")
  func unbounded() throws {
    let noisy = try GroupRatio(
      candidate: [5, 6, 5, 7, 6, 5, 6, 6], production: [1, -1, 2, -2, 1, 0, 3, -2])
    let answer = try noisy.answer(to: Question())
    #expect(answer.interval?.upper == .infinity || answer.interval?.isComplement == true)
    #expect((answer.interval?.lower ?? -1) >= 0)
    #expect(answer.cautions == [.unboundedRatio])
    #expect(throws: Unavailable.zeroDenominator) {
      try GroupRatio(candidate: [1, 2], production: [1, -1])
    }
  }

  @Test("a choice of signs counts where it brings as large a distance: all choices, one by one")
  func signs() throws {
    for run in 0..<6 {
      var luck = Luck(seed: 8, run: run)
      let isTied = run % 2 == 0
      func values(_ count: Int, _ shift: Double) -> [Double] {
        (0..<count).map { _ in
          let value = luck.normal() + shift
          return isTied ? value.rounded() : value
        }
      }
      let groups = (0..<6).map { (candidate: values(7 + $0, 0.6), production: values(9, 0)) }
      let signs = try GroupSigns(groups)
      for alternative in Question.Alternative.allCases {
        #expect(
          signs.p(alternative).value == Self.share(signs.differences, alternative),
          "run \(run), \(alternative)")
      }
      let exchanged = try GroupSigns(groups.map { ($0.production, $0.candidate) })
      #expect(exchanged.p(.less) == signs.p(.greater))
      #expect(exchanged.p(.different) == signs.p(.different))
    }
    #expect(throws: Unavailable.noVariation) { try GroupSigns([([1, 1], [1])]) }
  }

  private static func share(
    _ differences: [[Double]], _ alternative: Question.Alternative
  ) -> Double {
    func distance(_ mask: Int) -> Double {
      var largest = 0.0
      for place in differences[0].indices {
        var sum = 0.0
        for (group, row) in differences.enumerated() {
          sum += mask >> group & 1 == 1 ? -row[place] : row[place]
        }
        let signed = alternative == .different ? abs(sum) : alternative == .less ? -sum : sum
        largest = max(largest, signed)
      }
      return largest
    }
    let all = 1 << differences.count
    let own = distance(0) - 1e-12
    return Double((0..<all).count { distance($0) >= own }) / Double(all)
  }

  @Test("where few values are not equal, the distance is that of their shares")
  func rareSigns() throws {
    let groups = (0..<8).map { group in
      (
        candidate: (0..<50).map { $0 <= group % 3 ? 1.0 : 0 },
        production: Array(repeating: 0.0, count: 50)
      )
    }
    let signs = try GroupSigns(groups)
    #expect(signs.differences.allSatisfy { $0.count == 1 })
    #expect(abs(signs.statistic(.greater) - 15.0 / 8 / 50) < 1e-12)
    // Every group says the same: of all choices of signs two are as far out, one of them above.
    #expect(signs.p(.different).value == 2.0 / 256)
    #expect(signs.p(.greater).value == 1.0 / 256)
  }
}

@Suite("Permutations of variances") struct VariancePermutationTests {
  @Test("all ways to deal few rows, one by one")
  func exact() throws {
    for run in 0..<6 {
      var luck = Luck(seed: 12, run: run)
      let first = (0..<5).map { _ in run < 3 ? 2 * luck.normal() : (2 * luck.normal()).rounded() }
      let second = (0..<4).map { _ in run < 3 ? luck.normal() + 3 : luck.normal().rounded() + 7 }
      let arms = TwoArms(candidate: first, production: second)
      let null = run % 2 == 0 ? 1 : 1.7
      let test = try VariancePermutation(arms, null: null, resamples: 99, seed: 1)
      #expect(test.total == 126)
      let counts = try Self.counts(first, second, null: null)
      #expect(test.p(.greater).value == Double(counts.greater) / 126, "run \(run)")
      #expect(test.p(.less).value == Double(counts.less) / 126, "run \(run)")
      #expect(
        test.p(.different).value == min(1, 2 * Double(min(counts.greater, counts.less)) / 126))
    }
  }

  private static func counts(
    _ first: [Double], _ second: [Double], null: Double
  ) throws -> (greater: Int, less: Int) {
    func distances(_ values: [Double]) throws -> [Double] {
      let sorted = values.sorted()
      let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      return values.map { $0 - middle }
    }
    let rows = try distances(first).map { $0 / null.squareRoot() } + distances(second)
    func ratio(_ members: [Double], _ others: [Double]) throws -> Double {
      let root = try Moments(of: members).standardDeviation / Moments(of: others).standardDeviation
      return root * root
    }
    let own = try ratio(Array(rows.prefix(5)), Array(rows.dropFirst(5)))
    var counts = (greater: 0, less: 0)
    for mask in 0..<(1 << 9) where mask.nonzeroBitCount == 5 {
      let value = try ratio(
        rows.indices.filter { mask >> $0 & 1 == 1 }.map { rows[$0] },
        rows.indices.filter { mask >> $0 & 1 == 0 }.map { rows[$0] })
      if value >= own * (1 - 1e-9) { counts.greater += 1 }
      if value <= own * (1 + 1e-9) { counts.less += 1 }
    }
    return counts
  }

  @Test("equal values in one arm say that the other varies more; in both, nothing")
  func constant() throws {
    let arms = TwoArms(
      candidate: (0..<30).map { $0 % 3 == 0 ? 1 : 0 }, production: Array(repeating: 0, count: 30))
    let test = try VariancePermutation(arms, resamples: 199, seed: 3)
    #expect(test.ratio == .infinity && test.p(.greater).value < 0.02 && test.p(.less).value > 0.9)
    let method = try #require(Catalogue.method(named: "variance-permutation"))
    let answer = try CalibrationData.arms(arms).answer(of: method, to: Question(resamples: 199))
    #expect(answer.estimate == nil && answer.p != nil)
    #expect(throws: Unavailable.noVariation) {
      try VariancePermutation(
        TwoArms(candidate: [1, 1], production: [2, 2]), resamples: 9, seed: 0)
    }
  }
}
