import Probability
import Testing

@Suite("Block draws") struct BlockDrawsTests {
  static let stream = StreamName("feature")

  /// (first entity, how many, indices): across the words of 32 bits, odd sizes, odd starts.
  static let shapes: [(first: UInt64, count: Int, indices: Range<Int>)] = [
    (0, 1, 0..<1), (5, 130, 0..<20), (0xffff_fff0, 40, 3..<9), (UInt64.max - 3, 8, 0..<5),
    (17, 257, 6..<7), (1, 0, 0..<4), (9, 12, 4..<4),
  ]

  static func luck(_ entity: UInt64) -> RandomStream {
    RandomStream(seed: 7, stream, entity: entity)
  }

  /// What `draw` gives at `index` of its own kind.
  static func scalar<Value>(
    _ entity: UInt64, _ index: Int, _ draw: (inout RandomStream) -> Value
  ) -> Value {
    var luck = luck(entity)
    for _ in 0..<index { _ = draw(&luck) }
    return draw(&luck)
  }

  @Test(
    "single-precision normals are those of the stream, whatever the path", arguments: shapes,
    [true, false])
  func floatNormals(_ shape: (first: UInt64, count: Int, indices: Range<Int>), kernel: Bool) {
    let draws = BlockDraws(seed: 7, Self.stream, usesKernel: kernel)
    let stride = shape.count + 3
    var normals = [Float](repeating: -9, count: stride * max(1, shape.indices.count))
    var units = normals
    do {
      var span = normals.mutableSpan
      draws.fillNormals(
        firstEntity: shape.first, count: shape.count, indices: shape.indices, into: &span,
        stride: stride)
    }
    do {
      var span = units.mutableSpan
      draws.fillUnits(
        firstEntity: shape.first, count: shape.count, indices: shape.indices, into: &span,
        stride: stride)
    }
    for (column, index) in shape.indices.enumerated() {
      for row in 0..<shape.count {
        let entity = shape.first &+ UInt64(row)
        let place = column * stride + row
        #expect(normals[place] == Self.scalar(entity, index) { $0.nextFloatNormal() })
        #expect(units[place] == Self.scalar(entity, index) { $0.nextFloatUnit() })
      }
      for gap in shape.count..<stride { #expect(normals[column * stride + gap] == -9) }
    }
  }

  @Test(
    "double-precision draws are those of the stream, whatever the path", arguments: shapes,
    [true, false])
  func doubles(_ shape: (first: UInt64, count: Int, indices: Range<Int>), kernel: Bool) {
    let draws = BlockDraws(seed: 7, Self.stream, usesKernel: kernel)
    let stride = shape.count
    let size = stride * shape.indices.count
    var (units, normals, exponentials) = (
      [Double](repeating: -9, count: size), [Double](repeating: -9, count: size),
      [Double](repeating: -9, count: size)
    )
    do {
      var span = units.mutableSpan
      draws.fillUnits(
        firstEntity: shape.first, count: shape.count, indices: shape.indices, into: &span,
        stride: stride)
    }
    do {
      var span = normals.mutableSpan
      draws.fillNormals(
        firstEntity: shape.first, count: shape.count, indices: shape.indices, into: &span,
        stride: stride)
    }
    do {
      var span = exponentials.mutableSpan
      draws.fillExponentials(
        firstEntity: shape.first, count: shape.count, indices: shape.indices, into: &span,
        stride: stride)
    }
    for (column, index) in shape.indices.enumerated() {
      for row in 0..<shape.count {
        let entity = shape.first &+ UInt64(row)
        let place = column * stride + row
        #expect(units[place] == Self.scalar(entity, index) { $0.nextUnit() })
        #expect(normals[place] == Self.scalar(entity, index) { $0.nextNormal() })
        #expect(exponentials[place] == Self.scalar(entity, index) { $0.nextExponential() })
      }
    }
  }

  @Test(
    "runs of one entity are those of the stream", arguments: [0, 1, 2, 3, 6, 511], [true, false])
  func runs(start: Int, kernel: Bool) {
    let draws = BlockDraws(seed: 7, Self.stream, usesKernel: kernel)
    let count = 1_100
    var (units, normals, exponentials) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count),
      [Double](repeating: 0, count: count)
    )
    var (floatNormals, floatUnits) = (
      [Float](repeating: 0, count: count), [Float](repeating: 0, count: count)
    )
    let first = UInt64(start)
    do {
      var span = units.mutableSpan
      draws.fillUnits(entity: 99, firstIndex: first, into: &span)
    }
    do {
      var span = normals.mutableSpan
      draws.fillNormals(entity: 99, firstIndex: first, into: &span)
    }
    do {
      var span = exponentials.mutableSpan
      draws.fillExponentials(entity: 99, firstIndex: first, into: &span)
    }
    do {
      var span = floatNormals.mutableSpan
      draws.fillNormals(entity: 99, firstIndex: first, into: &span)
    }
    do {
      var span = floatUnits.mutableSpan
      draws.fillUnits(entity: 99, firstIndex: first, into: &span)
    }
    var streams = Array(repeating: Self.luck(99), count: 5)
    for _ in 0..<start {
      _ = (streams[0].nextUnit(), streams[1].nextNormal(), streams[2].nextExponential())
      _ = (streams[3].nextFloatNormal(), streams[4].nextFloatUnit())
    }
    #expect(units == (0..<count).map { _ in streams[0].nextUnit() })
    #expect(normals == (0..<count).map { _ in streams[1].nextNormal() })
    #expect(exponentials == (0..<count).map { _ in streams[2].nextExponential() })
    #expect(floatNormals == (0..<count).map { _ in streams[3].nextFloatNormal() })
    #expect(floatUnits == (0..<count).map { _ in streams[4].nextFloatUnit() })
  }

  @Test("the normals of all words, tails first, are within 5e-7 of the exact quantile")
  func floatAccuracy() {
    let edges: [UInt32] = [
      0, 1, 2, 0x27_ffff, 0x28_0000, 0x28_0001, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffd7_ffff,
      0xffd8_0000, 0xffff_fffe, 0xffff_ffff,
    ]
    for word in edges + (0..<20_000).map({ UInt32(truncatingIfNeeded: $0 &* 0x9E37_79B1) }) {
      let exact = Normal.quantile((Double(word) + 0.5) * 0x1p-32)
      let actual = Double(FloatNormal.quantile(ofWord: word))
      #expect((actual / exact - 1).magnitude < 5e-7, "word \(word): \(actual), not \(exact)")
    }
  }
}
