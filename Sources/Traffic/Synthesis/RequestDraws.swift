import Probability

/// One draw of 32 bits for each request, in a stream of its own.
///
/// Address: request r has word r mod 4 of entity r div 4. Four neighbours share one Philox block, so a
/// run of requests is drawn in bulk, and any block size meets the same words. A word w stands for
/// u = (w + 1/2) · 2⁻³², which leaves 0 and 1 out; Float32 columns cannot show a finer one.
struct RequestDraws: Sendable {
  let seed: UInt64
  let stream: StreamName
  /// Whether u is mirrored to 1 − u, for antithetic pairs of runs.
  let antithetic: Bool

  private let key: SIMD2<UInt32>

  init(seed: UInt64, stream: String, antithetic: Bool = false) {
    self.seed = seed
    self.stream = StreamName(stream)
    self.antithetic = antithetic
    key = DrawKey(seed: seed, self.stream).words
  }

  /// Writes one word for each of `requests` to the front of `words`.
  func fill(_ words: inout [UInt32], requests: Range<UInt64>) {
    let mirror = SIMD4<UInt32>(repeating: antithetic ? .max : 0)
    let key = key
    var output = words.mutableSpan
    precondition(requests.count <= output.count, "\(requests.count) words")
    var row = 0
    var request = requests.lowerBound
    while request < requests.upperBound {
      let drawn = Philox.block(counter: Self.counter(request >> 2), key: key) ^ mirror
      if request & 3 == 0 && requests.upperBound - request >= 4 {
        output[row] = drawn.x
        output[row + 1] = drawn.y
        output[row + 2] = drawn.z
        output[row + 3] = drawn.w
        row += 4
        request += 4
      } else {
        output[row] = drawn[Int(request & 3)]
        row += 1
        request += 1
      }
    }
  }

  private static func counter(_ entity: UInt64) -> SIMD4<UInt32> {
    SIMD4(UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity >> 32), 0, 0)
  }

  /// The uniform number that a word stands for.
  static func unit(_ word: UInt32) -> Double { (Double(word) + 0.5) * 0x1p-32 }

  /// How many of the 2³² words lie below a probability: word < threshold is true that often.
  static func threshold(_ probability: Double) -> UInt64 {
    UInt64(min(max(probability, 0), 1) * 0x1p32 + 0.5)
  }
}
