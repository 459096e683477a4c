import Testing

@testable import Traffic

@Suite("Columns of a recording") struct RecordingColumnsTests {
  private func replay(
    _ text: String, _ change: (inout RecordingPlan) -> Void = { _ in }
  ) throws -> (ReplayedTraffic, RecordingSource) {
    let folder = try RecordingFolder()
    try folder.write(text)
    let plan = dataPlan(change)
    let traffic = try TrafficContract.check {
      try RecordingSource(plan: plan, baseDirectory: folder.path)
    }
    let source = try RecordingSource(plan: plan, baseDirectory: folder.path)
    _ = try TrafficContract.replay(source, blockSize: 10)
    return (traffic, source)
  }

  @Test("go where the plan says, and the rest are features")
  func roles() throws {
    let (traffic, source) = try replay(
      "user,time,x,score,ms,country,y\nu1,1,0.1,0.25,1.5,NZ,yes\nu2,2,,,,,\nu1,3,0.3,1e-3,0,AU,no\n"
    ) {
      $0.unitColumn = "user"
      $0.loggedColumns = ["score"]
      $0.latencyColumn = "ms"
      $0.segmentColumns = ["country"]
      $0.labelColumn = "y"
      $0.labelKind = .classes(names: ["no", "yes"])
    }
    #expect(
      traffic.schema
        == TrafficSchema(
          features: [.init(name: "x", kind: .numeric)], label: .classes(names: ["no", "yes"]),
          logged: ["score"], segments: ["country"], hasUnits: true, hasLatency: true))
    let rows = traffic.requests
    #expect(
      rows.map(\.features) == [
        [Float(0.1).bitPattern], [Float.nan.bitPattern], [Float(0.3).bitPattern],
      ])
    #expect(rows.map(\.logged) == [0.25, Double.nan, 1e-3].map { [$0.bitPattern] })
    #expect(rows.map(\.latency) == [1_500_000, -1, 0])
    #expect(rows.map(\.segments) == [[0], [1], [2]])
    #expect(source.segmentNames(0) == ["NZ", "", "AU"])
    #expect(rows[0].labelValue == 1 && rows[1].labelValue.isNaN && rows[2].labelValue == 0)
    #expect(rows[0].unit == rows[2].unit && rows[0].unit != rows[1].unit)
    #expect(rows[0].unit == RecordingSource.unit(named: "u1"))
    #expect(source.columnNames == ["user", "time", "x", "score", "ms", "country", "y"])
    #expect(traffic.counts.map(\.sentence) == ["1 row had no label in y"])
  }

  @Test("hold categories in order of appearance, or as declared")
  func categories() throws {
    let (traffic, source) = try replay("time,a,b\n1,red,x\n2,blue,y\n3,,x\n4,red,\n5,NA,z\n") {
      $0.features = .named([
        .init(name: "a", categories: []), .init(name: "b", categories: ["z", "y", "x"]),
      ])
      $0.missingTokens = ["-"]
    }
    #expect(
      traffic.schema.features == [
        .init(name: "a", kind: .categorical(categories: ["red", "blue", "NA"])),
        .init(name: "b", kind: .categorical(categories: ["z", "y", "x"])),
      ])
    #expect(source.openFeatures == ["a"], "the other's categories are whole from the start")
    #expect(traffic.requests.map { $0.feature(0) }.map { $0.isNaN ? -1 : $0 } == [0, 1, -1, 0, 2])
    #expect(traffic.requests.map { $0.feature(1) }.map { $0.isNaN ? -1 : $0 } == [2, 1, 2, -1, 0])
  }

  @Test("read tokens that mean missing as missing, in every role")
  func missingTokens() throws {
    let (traffic, source) = try replay(
      "time,x,c,s,y\n1,NA,NA,NA,NA\n2,-999,a,b,1\n3,7,NA,NA,0\n"
    ) {
      $0.missingTokens = ["NA", "-999"]
      $0.features = .named([.init(name: "x"), .init(name: "c", categories: [])])
      $0.segmentColumns = ["s"]
      $0.labelColumn = "y"
    }
    #expect(traffic.requests.map { $0.feature(0).isNaN } == [true, true, false])
    #expect(traffic.requests.map { $0.labelValue.isNaN } == [true, false, false])
    #expect(source.segmentNames(0) == ["", "b"])
    #expect(
      traffic.schema.features[1].kind == .categorical(categories: ["a"]),
      "a token is no category")
  }

  @Test("skip rows or read fields as missing, with a count by column")
  func badValues() throws {
    let text = "time,x,y\n1,1,0\n2,abc,2\n3,3,9\n4,inf,1\nsoon,5,1\n6,6,0\n"
    let labels: (inout RecordingPlan) -> Void = {
      $0.labelColumn = "y"
      $0.labelKind = .classes(names: ["0", "1"])
    }
    let (skipped, _) = try replay(text) {
      labels(&$0)
      $0.onBadValue = .skip
    }
    #expect(skipped.requests.map { $0.feature(0) } == [1, 6])
    #expect(
      skipped.counts == [
        TrafficCount(
          key: "rowsWithBadValue", count: 4,
          sentence: "4 rows held a bad value in time (1), x (2), y (1) and were skipped")
      ])
    let (missing, _) = try replay(text.replacing("soon", with: "5")) {
      labels(&$0)
      $0.onBadValue = .missing
    }
    #expect(
      missing.requests.map { $0.feature(0).isNaN } == [false, true, false, true, false, false])
    #expect(
      missing.requests.map { $0.labelValue.isNaN } == [false, true, true, false, false, false])
    #expect(
      missing.counts == [
        TrafficCount(
          key: "valuesReadAsMissing", count: 4,
          sentence: "4 fields held a bad value in x (2), y (2) and were read as missing")
      ])
  }

  @Test("round a feature once from the nearest double, as pandas and NumPy do")
  func doubleThenFloat() throws {
    // Half way between two floats after rounding to a double, above it before.
    let (traffic, _) = try replay("time,x\n1,1.00000017881393432617187499\n2,0.1\n")
    let nearest = try #require(Double("1.00000017881393432617187499"))
    #expect(traffic.requests[0].feature(0) == Float(nearest))
    #expect(traffic.requests[1].feature(0) == 0.1)
  }

  @Test("give labels 0 and 1 however they are written, and real ones as they are")
  func labels() throws {
    let (binary, _) = try replay("time,y\n1,0\n2,1.0\n3,\n4,0.0\n") { $0.labelColumn = "y" }
    #expect(binary.requests.map(\.labelValue).map { $0.isNaN ? -1 : $0 } == [0, 1, -1, 0])
    #expect(binary.schema.features == [])
    let (real, _) = try replay("time,y\n1,-0.5\n2,1e3\n") {
      $0.labelColumn = "y"
      $0.labelKind = .real
    }
    #expect(real.requests.map(\.labelValue) == [-0.5, 1000])
    #expect(real.schema.label == .real)
  }

  @Test("may have many categories, each found again")
  func manyCategories() throws {
    let names = (0..<5000).map { "name \($0 * 7919 % 5000) of them" }
    let text = "time,c\n" + (names + names).enumerated().map { "\($0),\($1)\n" }.joined()
    let (traffic, _) = try replay(text) {
      $0.features = .named([.init(name: "c", categories: [])])
    }
    #expect(traffic.schema.features[0].kind == .categorical(categories: names))
    #expect(traffic.requests.map { Int($0.feature(0)) } == (0..<10_000).map { $0 % 5000 })
  }
}
