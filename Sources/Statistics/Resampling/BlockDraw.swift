import Probability

/// Multinomial resamples of many units at a byte a draw.
///
/// Units stand in blocks of 256. First comes how many draws fall in each block: Poisson numbers for a total a little
/// below n, and the rest one by one, which is exactly multinomial because Poisson numbers given their sum are. (A sum
/// beyond n is drawn again, which conditions on the sum alone.) Within a block each draw is then one random byte; the
/// units after the last full block are drawn one by one.
///
/// - Source: Steel (1953) for Poisson numbers given their sum.
struct BlockDraw {
  /// The sums of the last resample, one a column.
  private(set) var sums: [Int64]

  static let fewestUnits = 1024
  private static let size = 256

  private let columns: [FixedColumn]
  private let count: Int
  private let fullBlocks: Int
  private let blockLaw: PoissonCounts
  private let restLaw: PoissonCounts?
  private let counting: BlockDraws
  private let bytes: BlockDraws
  private let restKey: DrawKey
  private var blockCounts: [Int]
  private var countWords: [UInt32]
  private var words: [UInt32]

  init(_ columns: [FixedColumn], seed: UInt64, name: String) {
    self.columns = columns
    count = columns[0].count
    fullBlocks = count / Self.size
    // Two standard deviations below n: one resample in forty is drawn again, and few draws are left over.
    let n = Double(count)
    let share = (n - 2 * n.squareRoot()) / n
    blockLaw = PoissonCounts(mean: share * Double(Self.size))
    let rest = count % Self.size
    restLaw = rest > 0 ? PoissonCounts(mean: share * Double(rest)) : nil
    counting = BlockDraws(seed: seed, StreamName("bootstrap/\(name)/counts"))
    bytes = BlockDraws(seed: seed, StreamName("bootstrap/\(name)/bytes"))
    restKey = DrawKey(seed: seed, StreamName("bootstrap/\(name)/rest"))
    sums = Array(repeating: 0, count: columns.count)
    blockCounts = Array(repeating: 0, count: fullBlocks + 1)
    countWords = Array(repeating: 0, count: Self.wholeRuns(2 * (fullBlocks + 1)))
    words = Array(repeating: 0, count: Self.wholeRuns(count / 4 + fullBlocks))
  }

  /// Rounded up to what `BlockDraws` fills at a time.
  private static func wholeRuns(_ words: Int) -> Int { (words + 511) / 512 * 512 }

  mutating func draw(_ resample: Int) {
    var stream = RandomStream(restKey, entity: UInt64(resample))
    drawBlockCounts(resample, &stream)
    Self.fill(&words, by: bytes, entity: UInt64(resample))
    for column in columns.indices {
      sums[column] = Self.sum(columns[column].multiples, blockCounts, words)
    }
    drawRest(&stream)
  }

  private mutating func drawBlockCounts(_ resample: Int, _ stream: inout RandomStream) {
    var attempt: UInt64 = 0
    var missing = -1
    while missing < 0 {
      Self.fill(
        &countWords, by: counting, entity: UInt64(resample),
        firstBlock: attempt * UInt64(countWords.count / 4))
      attempt += 1
      missing = count
      for block in 0..<fullBlocks {
        let number = blockLaw(countWords[2 * block], countWords[2 * block + 1])
        blockCounts[block] = number
        missing -= number
      }
      let number = restLaw?(countWords[2 * fullBlocks], countWords[2 * fullBlocks + 1]) ?? 0
      blockCounts[fullBlocks] = number
      missing -= number
    }
    for _ in 0..<missing { blockCounts[stream.nextIndex(below: count) / Self.size] += 1 }
  }

  private static func fill(
    _ words: inout [UInt32], by draws: BlockDraws, entity: UInt64, firstBlock: UInt64 = 0
  ) {
    var span = words.mutableSpan
    draws.fillWords(entity: entity, firstBlock: firstBlock, into: &span)
  }

  /// The sum of the draws in full blocks; each block's draws start at a new word.
  private static func sum(
    _ multiples: [Int64], _ blockCounts: [Int], _ words: [UInt32]
  ) -> Int64 {
    let (multiples, words) = (multiples.span, words.span)
    var sum: Int64 = 0
    var word = 0
    for block in 0..<blockCounts.count - 1 {
      let used = (blockCounts[block] + 3) / 4
      sum &+= Self.sum(
        multiples.extracting(block * size..<(block + 1) * size),
        words.extracting(word..<word + used), draws: blockCounts[block])
      word += used
    }
    return sum
  }

  private static func sum(
    _ block: Span<Int64>, _ words: Span<UInt32>, draws: Int
  ) -> Int64 {
    var (even, odd): (Int64, Int64) = (0, 0)
    for index in 0..<draws / 4 {
      let word = Int(words[index])
      even &+= block[word & 255] &+ block[word >> 8 & 255]
      odd &+= block[word >> 16 & 255] &+ block[word >> 24]
    }
    for byte in 0..<draws % 4 { even &+= block[Int(words[draws / 4]) >> (8 * byte) & 255] }
    return even &+ odd
  }

  private mutating func drawRest(_ stream: inout RandomStream) {
    let first = fullBlocks * Self.size
    for _ in 0..<blockCounts[fullBlocks] {
      let unit = first + stream.nextIndex(below: count - first)
      for column in columns.indices { sums[column] &+= columns[column].multiples[unit] }
    }
  }
}
