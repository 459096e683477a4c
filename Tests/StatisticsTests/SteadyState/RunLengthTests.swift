import Testing

@testable import Statistics

@Suite("Run lengths") struct RunLengthTests {
  @Test(
    "the relaxation and the error of M/M/1 are the known ones",
    arguments: [(0.5, 5.8284, 29.0), (0.8, 71.777, 123.5), (0.9, 341.74, 443.222)])
  func closedForms(rho: Double, relaxation: Double, perWait: Double) {
    let load = OfferedLoad(utilisation: rho)
    #expect((load.relaxationCustomers - relaxation).magnitude < 1e-4 * relaxation)
    #expect((load.customersPerIndependentWait - perWait).magnitude < 1e-5 * perWait)
    #expect((load.shareThatWaits - rho).magnitude < 1e-15)
  }

  @Test("Erlang's C is the textbook's: 2 servers at 0.75, 10 at 0.8")
  func erlang() {
    #expect(
      (OfferedLoad(utilisation: 0.75, servers: 2).shareThatWaits - 9.0 / 14).magnitude < 1e-15)
    // Σ by hand with offered load 8.
    let ten = OfferedLoad(utilisation: 0.8, servers: 10).shareThatWaits
    var (term, sum) = (1.0, 0.0)
    for k in 0..<10 {
      sum += term
      term *= 8 / Double(k + 1)
    }
    let last = term / 0.2
    #expect((ten - last / (sum + last)).magnitude < 1e-14)
  }

  @Test("both lengths meet in heavy traffic, where Brownian motion has them equal")
  func heavyTraffic() {
    let load = OfferedLoad(utilisation: 0.9999, gapVariation: 2, serviceVariation: 0.5)
    #expect((load.relaxationCustomers / load.customersPerIndependentWait - 1).magnitude < 1e-3)
  }

  @Test("short runs are flagged, long ones are not")
  func flags() {
    for (rho, n) in [(0.8, 1_000), (0.9, 1_000), (0.95, 10_000)] as [(Double, Int64)] {
      let length = RunLength(n, of: OfferedLoad(utilisation: rho))
      #expect(length.isTooShort, "\(rho), \(n)")
      #expect(length.reason.contains("would do"))
    }
    for (rho, n) in [(0.5, 10_000), (0.5, 100_000), (0.8, 100_000)] as [(Double, Int64)] {
      #expect(!RunLength(n, of: OfferedLoad(utilisation: rho)).isTooShort, "\(rho), \(n)")
    }
  }

  @Test("the length that would do does, and one customer less does not")
  func needed() throws {
    for servers in [1, 2, 8] {
      for rho in [0.2, 0.5, 0.9, 0.99] {
        let load = OfferedLoad(utilisation: rho, servers: servers, serviceVariation: 3)
        let needed = try #require(RunLength(0, of: load).needed)
        #expect(!RunLength(Int64(needed), of: load).isTooShort)
        #expect(RunLength(Int64(needed) - 1, of: load).verdict == .tooShort(needed: needed))
      }
    }
  }

  @Test("more load, more variation and heavier tails never need less")
  func monotone() throws {
    func needed(
      _ rho: Double, _ variation: Double = 1, _ tail: OfferedLoad.ServiceTail = .light
    ) throws -> Double {
      let load = OfferedLoad(utilisation: rho, serviceVariation: variation, tail: tail)
      return try #require(RunLength(1, of: load).needed)
    }
    for rho in [0.3, 0.6, 0.9] {
      #expect(try needed(rho) <= needed(rho + 0.09))
      #expect(try needed(rho) < needed(rho, 4))
      #expect(try needed(rho) < needed(rho, 1, .heavy))
      #expect(try needed(rho, 1, .power(index: 5)) == needed(rho, 1, .heavy))
    }
  }

  @Test("says why where no length will do")
  func obstacles() {
    func verdict(_ rho: Double, _ variation: Double, _ tail: OfferedLoad.ServiceTail) -> RunLength {
      RunLength(
        .max, of: OfferedLoad(utilisation: rho, serviceVariation: variation, tail: tail))
    }
    #expect(verdict(1, 1, .light).verdict == .noSteadyState)
    #expect(verdict(1.2, 1, .light).reason.contains("120.0 % is not below the capacity"))
    #expect(verdict(0.5, .infinity, .light).verdict == .infiniteVariation)
    #expect(verdict(0.5, 9, .power(index: 2)).verdict == .infiniteMean(index: 2))
    #expect(verdict(0.5, 9, .power(index: 3.5)).verdict == .infiniteError(index: 3.5))
    #expect(verdict(0.5, 9, .power(index: 2)).needed == nil)
    #expect(verdict(0.5, 9, .power(index: 4.1)).verdict == .enough)
  }

  @Test("nothing to wait for needs the fewest customers")
  func floor() {
    let constant = OfferedLoad(utilisation: 0.9, gapVariation: 0, serviceVariation: 0)
    #expect(RunLength(0, of: constant).needed == RunLength.fewestCustomers)
    #expect(RunLength(0, of: OfferedLoad(utilisation: 0)).needed == RunLength.fewestCustomers)
  }

  @Test("a precision of 5 % of M/M/1's mean wait takes the planner's number of customers")
  func precision() throws {
    let load = OfferedLoad(utilisation: 0.8)
    let customers = try #require(
      RunLength.customers(for: load, relativeHalfWidth: 0.05, level: 0.95))
    // (1.959964 / 0.05)² · 123.5.
    #expect((customers - 189_768).magnitude < 20)
    #expect(
      RunLength.customers(for: load, relativeHalfWidth: 2, level: 0.95)
        == RunLength(0, of: load).needed)
  }
}
