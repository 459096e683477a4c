import Probability
import Testing

@testable import Statistics

@Suite("Ranks and distributions") struct RankPropertyTests {
  static let plain: (x: [Double], y: [Double]) = (
    [0.3, 1.9, -0.7, 2.4, 1.1, 0.8, 3.5, -1.2], [0.1, -0.4, -1.9, 0.9, -2.2, 0.5, -0.6, 1.4, -3.1]
  )
  static let tied: (x: [Double], y: [Double]) = (
    [0, 1, 1, 2, 3, 3, 3, 4, 5, 5], [1, 2, 2, 2, 4, 4, 5, 5, 6, 6, 7]
  )

  private func blocks(_ data: (x: [Double], y: [Double])) throws -> TieBlocks {
    try TieBlocks(candidate: data.x, production: data.y)
  }

  private func close(_ got: Double, _ wanted: Double, _ relative: Double = 1e-12) -> Bool {
    abs(got - wanted) <= relative * abs(wanted)
  }

  /// Every way to deal the pooled values to arms of these sizes.
  private func deals(_ data: (x: [Double], y: [Double])) -> [(x: [Double], y: [Double])] {
    let pooled = data.x + data.y
    return (0..<(1 << pooled.count)).compactMap { mask in
      guard mask.nonzeroBitCount == data.x.count else { return nil }
      let inFirst = pooled.indices.map { mask >> $0 & 1 == 1 }
      return (
        zip(pooled, inFirst).compactMap { $1 ? $0 : nil },
        zip(pooled, inFirst).compactMap { $1 ? nil : $0 }
      )
    }
  }

  @Test(
    "so many deals that their number is beyond a Double", arguments: [500, 512, 520, 1_000, 2_000])
  func manyDeals(n: Int) throws {
    let production = Array(repeating: 0.0, count: n)
    var candidate = production
    for index in 0..<6 { candidate[index] = 1 }
    let u = try MannWhitney(candidate: candidate, production: production)
    // All six ones in the candidate: of the places that they could have, the share in one arm.
    let wanted = (0..<6).reduce(1.0) { $0 * Double(n - $1) / Double(2 * n - $1) }
    #expect(close(u.pExact(.greater)?.value ?? 0, wanted, 4e-13))
    #expect(close(u.pExact(.different)?.value ?? 0, 2 * wanted, 4e-13))
    #expect(u.pExact(.less)?.value == 1)
  }

  @Test("exact p-values count the deals one by one, ties and all", arguments: [2, 3, 50])
  func enumeration(kinds: Int) throws {
    var luck = Luck(seed: 61, run: kinds)
    func draw(_ count: Int) -> [Double] {
      (0..<count).map { _ in (luck.unit() * Double(kinds)).rounded(.down) }
    }
    let data = (x: draw(4), y: draw(6))
    let all = try deals(data).map { try blocks($0) }
    let own = try blocks(data)
    func share(_ statistic: (TieBlocks) -> Double) -> Double {
      let bound = statistic(own) - 1e-9
      return Double(all.reduce(0) { $0 + (statistic($1) >= bound ? 1 : 0) }) / Double(all.count)
    }
    let u = MannWhitney(own)
    #expect(close(u.pExact(.greater)?.value ?? 0, share { MannWhitney($0).u }))
    #expect(close(u.pExact(.less)?.value ?? 0, share { -MannWhitney($0).u }))
    #expect(
      close(
        u.pExact(.different, twoSided: .distance)?.value ?? 0,
        share { abs(MannWhitney($0).u - 12) }))
    for alternative in Question.Alternative.allCases {
      #expect(
        close(
          KolmogorovSmirnov(own).pExact(alternative)?.value ?? 0,
          share { KolmogorovSmirnov($0).distance(alternative) }), "\(data) \(alternative)")
    }
    #expect(
      close(CramerVonMises(own).pExact?.value ?? 0, share { CramerVonMises($0).statistic }))
  }

  @Test("signed ranks count the signs one by one")
  func signs() throws {
    let differences = [0, 0, 1, -1, 2, 2, -3, 4, 4.5]
    for zeros in [SignedRank.Zeros.dropped, .ranked] {
      let own = try SignedRank(differences, zeros: zeros)
      let sums = try (0..<512).map { mask in
        try SignedRank(
          differences.indices.map { mask >> $0 & 1 == 1 ? differences[$0] : -differences[$0] },
          zeros: zeros
        ).plus
      }
      let above = Double(sums.reduce(0) { $0 + ($1 >= own.plus ? 1 : 0) }) / 512
      #expect(close(own.pExact(.greater)?.value ?? 0, above))
    }
  }

  @Test("other packages' values")
  func published() throws {
    let (plain, tied) = (try blocks(Self.plain), try blocks(Self.tied))
    #expect(close(try AndersonDarling(plain).standardized, 1.273982672256539))
    #expect(close(try AndersonDarling(tied).standardized, 0.8563498594696238))
    let third = [2.2, 1.4, 0.2, 5.1, 3.3, 4.0]
    let three = try TieBlocks([Self.plain.x, Self.plain.y, third])
    #expect(close(try AndersonDarling(three).standardized, 3.3065038591263973))
    let cramer = CramerVonMises(plain)
    #expect(close(cramer.statistic, 0.32189542483660105))
    #expect(close(cramer.pExact?.value ?? 0, 0.12747840394899218))
    #expect(close(cramer.pAsymptotic.value, 0.12101420722866185, 1e-11))
    #expect(close(KolmogorovSmirnov(plain).pExact()?.value ?? 0, 0.35170711641299884))
    #expect(close(KolmogorovSmirnov(plain).pExact(.greater)?.value ?? 0, 0.17622377622377622))
    let mean = try Spread.levene([Self.tied.x, Self.tied.y], centre: .mean)
    let median = try Spread.levene([Self.tied.x, Self.tied.y], centre: .median)
    #expect(close(mean.f, 0.41881787677303695) && close(mean.p.value, 0.5252699496545266))
    #expect(close(median.f, 0.5454068901889246))
    #expect(close(median.p.value, 0.469225623071697))
    let t = try Spread.difference(
      candidate: Self.tied.x, production: Self.tied.y, centre: .median)
    #expect(close(t.pTwoSided().value, 0.469225623071697))
    let ratio = try VarianceRatio(candidate: Self.tied.x, production: Self.tied.y)
    #expect(close(ratio.value, 0.725) && close(ratio.pF(.different).value, 0.6396581605092937))
    #expect(close(ratio.lowerBoundF(tail: 0.025), 0.19185159267241159))
    #expect(close(ratio.upperBoundF(tail: 0.025), 2.873802239276336))
    #expect(close(try KruskalWallis(tied).statistic, 2.129516800386085))
    #expect(close(try KruskalWallis(tied).p.value, 0.14448629670235533))
  }

  @Test(
    "the limits' tails agree with Smirnov's integrals at 40 digits",
    arguments: [
      (0.1, 0.584873438406794885), (0.46136, 0.0500003831326512782),
      (2, 0.0000127807361727816733), (20, 1.09720931656538665e-44),
    ])
  func cramerVonMisesTail(x: Double, p: Double) {
    let got = WeightedChiSquares(.cramerVonMises).survival(x)
    #expect(close(got.value, p, 1e-12) && close(got.ln, Elementary.log(p), 1e-12))
  }

  @Test(
    "and so does the one with weights 1/(j (j + 1))",
    arguments: [
      (0.5, 0.746814373530344484), (2.492, 0.0500221863596078662),
      (10, 0.0000138150354106858641), (100, 3.62838309821114740e-45),
    ])
  func andersonDarlingTail(x: Double, p: Double) {
    let got = WeightedChiSquares(.andersonDarling).survival(x)
    #expect(close(got.value, p, 1e-12) && close(got.ln, Elementary.log(p), 1e-12))
  }

  @Test("with two degrees of freedom the tails are sums of exponentials", arguments: [1.0, 5, 60])
  func exponentials(x: Double) {
    let cramer = WeightedChiSquares(.cramerVonMises, degreesOfFreedom: 2).survival(x)
    let anderson = WeightedChiSquares(.andersonDarling, degreesOfFreedom: 2).survival(x)
    var sums = (0.0, 0.0)
    for j in (1...60).reversed() {
      let (k, sign) = (Double(j), j % 2 == 1 ? 1.0 : -1.0)
      sums.0 += 2 * sign * Elementary.exp(-k * k * .pi * .pi * x / 2)
      sums.1 += sign * (2 * k + 1) * Elementary.exp(-k * (k + 1) * x / 2)
    }
    #expect(close(cramer.value, sums.0, 1e-12) && close(anderson.value, sums.1, 1e-12))
  }

  @Test("far beyond the smallest double p-values keep their logarithm")
  func logarithms() throws {
    let low = (0..<800).map(Double.init)
    let apart = try TieBlocks(candidate: low.map { $0 + 800 }, production: low)
    // One order of C(1600, 800), and twice that.
    let ln = -GammaFunction.logChoose(1600, 800)
    let smirnov = try #require(KolmogorovSmirnov(apart).pExact())
    #expect(smirnov.value == 0 && close(smirnov.ln, ln + 0.693_147_180_559_945_3))
    #expect(try MannWhitney(apart).pNormal(.different).ln < -590)
    let one = try OneSampleKolmogorovSmirnov(
      probabilities: [Double](repeating: 1e-4, count: 300))
    #expect(one.pExact.ln < -2500)
    #expect(WeightedChiSquares(.cramerVonMises).survival(500).ln < -2400)
    #expect(try SignTest(low.map { $0 + 1 } + low.map { $0 + 1 }).p(.greater).ln < -1100)
  }

  @Test("sums of pairs are found in order", arguments: 0..<6)
  func pairwiseSums(kind: Int) throws {
    var luck = Luck(seed: 62, run: kind)
    func value() -> Double {
      switch kind {
      case 0: luck.normal()
      case 1: (luck.unit() * 5).rounded(.down)
      case 2: 1e9 + luck.normal()
      case 3: 1e140 / luck.unit() / luck.unit()
      case 4: 1e-150 * luck.normal()
      default: luck.unit() < 0.9 ? 0 : luck.normal()
      }
    }
    let x = (0..<700).map { _ in value() }
    let y = (0..<600).map { _ in value() }
    var all: [Double] = []
    for a in x { for b in y { all.append(a - b) } }
    let sorted = RadixSort.sorted(all)
    let sums = try PairwiseSums.differences(candidate: x, production: y)
    var halves: [Double] = []
    for i in y.indices { for j in 0...i { halves.append(y[i] + y[j]) } }
    let sortedHalves = RadixSort.sorted(halves)
    let within = try PairwiseSums.within(y)
    for share in [0, 0.001, 0.3, 0.5, 0.77, 1] {
      let rank = 1 + Int(share * Double(all.count - 1))
      #expect(sums.sum(ofRank: rank) == sorted[rank - 1], "\(kind) \(share)")
      let other = 1 + Int(share * Double(halves.count - 1))
      #expect(within.sum(ofRank: other) == sortedHalves[other - 1], "\(kind) \(share)")
    }
  }

  @Test("radix sorts agree with the library's", arguments: [0, 1, 2, 300, 5000])
  func radix(count: Int) {
    var luck = Luck(seed: 63, run: count)
    let values = (0..<count).map { place in
      place % 3 == 0 ? (luck.normal() * 3).rounded() : luck.normal() * 1e200
    }
    #expect(RadixSort.sorted(values) == values.sorted())
    var keys = values.map { OrderedBits.key($0) }
    var rows = (0..<UInt32(count)).map { $0 }
    RadixSort.sort(&keys, carrying: &rows)
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(rows.map { Int($0) } == order)
  }

  @Test("samples that say nothing give a reason")
  func edges() throws {
    let same = [3.0, 3, 3, 3]
    let none = Unavailable.noVariation
    #expect(throws: Unavailable.tooFew(has: 0, needs: 1)) { try blocks(([], [1])) }
    #expect(throws: none) { try MannWhitney(blocks((same, same))).z(.different) }
    #expect(MannWhitney(try blocks((same, same))).pExact(.different)?.value == 1)
    #expect(throws: none) { try BrunnerMunzel(blocks((same, same))) }
    #expect(throws: Unavailable.separated) { try BrunnerMunzel(blocks(([1, 2], [3, 4]))) }
    #expect(throws: none) { try KruskalWallis(blocks((same, same))) }
    #expect(throws: none) { try AndersonDarling(blocks((same, same))) }
    #expect(throws: none) { try Friedman([same, same]) }
    #expect(throws: none) { try SignedRank([0, 0]).z(.different) }
    #expect(throws: none) { try VarianceRatio(candidate: same, production: [1, 2]) }
    #expect(throws: Unavailable.beyondTheValues) {
      try TailShare(candidate: same, production: same, probability: 0.9)
    }
    #expect(throws: Unavailable.notFinite) {
      try ShiftEstimate(candidate: [1, .infinity], production: [1, 2])
    }
    #expect(KolmogorovSmirnov(try blocks((same, same))).pExact()?.value == 1)
    let single = try ShiftEstimate(candidate: [4], production: [1])
    #expect(single.value == 3 && single.interval(level: 0.5) == -.infinity ... .infinity)
  }
}
