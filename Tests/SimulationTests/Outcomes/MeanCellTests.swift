import Probability
import Simulation
import Testing

@Suite("Mean cells") struct MeanCellTests {
  @Test(
    "sum, mean and variance are those of the values",
    arguments: [Resolution.whole, .fixed, .real], [0.0, 1e6])
  func moments(resolution: Resolution, centre: Double) throws {
    var luck = RandomStream(seed: 3, StreamName("test/cell"), entity: 0)
    let values = (0..<500).map { _ in
      let value = centre + 8 * luck.nextNormal()
      return resolution == .whole ? value.rounded() : (value * 0x1p20).rounded() * 0x1p-20
    }
    var cell = MeanCell(resolution)
    for value in values { cell.add(value) }
    let mean = values.reduce(0, +) / 500
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 499
    #expect(cell.count == 500)
    #expect(abs(try #require(cell.mean) - mean) < 1e-9)
    #expect(abs(try #require(cell.variance) / variance - 1) < (resolution == .real ? 1e-2 : 1e-9))
  }

  @Test("values of years in nanoseconds leave room for a variance")
  func years() throws {
    var cell = MeanCell(.whole)
    for index in 0..<300_000 { cell.add(index % 2 == 0 ? 0x1p59 : 0x1p60) }
    #expect(cell.mean == 0x1.8p59)
    #expect(abs(try #require(cell.variance) / 0x1p116 - 1) < 1e-5)
    var close = MeanCell(.whole)
    for index in 0..<300_000 { close.add(0x1p60 + (index % 2 == 0 ? 1024 : -1024)) }
    #expect(close.variance == 1024 * 1024 * (300_000 / 299_999.0))
  }

  @Test("parts merge to the same bits in any order", arguments: [Resolution.whole, .fixed, .real])
  func merge(resolution: Resolution) {
    var luck = RandomStream(seed: 5, StreamName("test/cell"), entity: 0)
    let values = (0..<240).map { _ in
      luck.below(9) == 0 ? Double.nan : (luck.nextNormal() * 1000).rounded()
    }
    var whole = MeanCell(resolution)
    whole.add(values, rows: 0..<240)
    var parts = (0..<6).map { part in
      var cell = MeanCell(resolution)
      for value in values[part * 40..<(part + 1) * 40] { cell.add(value) }
      return cell
    }
    parts.sort { ($0.sum, $0.count) < ($1.sum, $1.count) }
    var merged = MeanCell(resolution)
    for part in parts { merged.merge(part) }
    #expect(merged == whole)
    #expect(merged.mean?.bitPattern == whole.mean?.bitPattern)
    #expect(merged.variance?.bitPattern == whole.variance?.bitPattern)
  }

  @Test("one value has no variance and none has no mean")
  func few() {
    var cell = MeanCell(.fixed)
    #expect(cell.mean == nil)
    cell.add(2.5)
    cell.add(.nan)
    #expect(cell.count == 1 && cell.mean == 2.5 && cell.variance == nil)
  }
}
