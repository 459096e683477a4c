import Probability

/// Many subsets of 0..<count at a time, as bits.
///
/// Bit j of words[w · subsets + s] says whether element 32 w + j is in subset s: consecutive words belong to
/// consecutive subsets, so that all subsets go through the same few elements while these are at hand.
struct Subsets {
  let count: Int
  let subsets: Int
  private(set) var words: [UInt32]

  private init(count: Int, subsets: Int) {
    self.count = count
    self.subsets = subsets
    words = Array(repeating: 0, count: (count + 31) / 32 * subsets)
  }

  /// How many subsets to take at a time: enough to share a table of sums, in bounded memory. No subset depends on it.
  static func batch(of count: Int) -> Int {
    max(128, min(1024, (1 << 24) / max(count, 1) / 128 * 128))
  }

  // MARK: Drawn

  /// Each element by a fair coin.
  init(drawn numbers: Range<Int>, count: Int, seed: UInt64, name: String) {
    self.init(count: count, subsets: numbers.count)
    let draws = BlockDraws(seed: seed, StreamName("\(name)/bits"))
    var span = words.mutableSpan
    draws.fillWords(
      firstEntity: UInt64(numbers.lowerBound), count: numbers.count,
      indices: 0..<(count + 31) / 32, into: &span, stride: numbers.count)
    clearBeyondCount()
  }

  /// Uniform among the subsets of `size` elements; subset s is a function of the seed, the name and its number.
  ///
  /// Each element enters by a coin with a chance near size / count. All sets of one size are then equally likely,
  /// and stay so as elements, themselves drawn uniformly, are added or removed until the size is right.
  init(drawn numbers: Range<Int>, size: Int, of count: Int, seed: UInt64, name: String) {
    self.init(count: count, subsets: numbers.count)
    let coin = Coin(chance: Double(size) / Double(count), elements: count)
    let draws = BlockDraws(seed: seed, StreamName("\(name)/bits"))
    let rows = (count + 31) / 32
    if coin.bits == 0, coin.numerator == 1 {
      for place in words.indices { words[place] = .max }
    }
    var random = Array(repeating: UInt32(0), count: coin.bits * subsets)
    for row in 0..<rows where coin.bits > 0 {
      var span = random.mutableSpan
      draws.fillWords(
        firstEntity: UInt64(numbers.lowerBound), count: subsets,
        indices: row * coin.bits..<(row + 1) * coin.bits, into: &span, stride: subsets)
      for bit in 0..<coin.bits {
        let isSet = coin.numerator >> bit & 1 == 1
        for subset in 0..<subsets {
          let word = random[bit * subsets + subset]
          let place = row * subsets + subset
          words[place] = isSet ? words[place] | word : words[place] & word
        }
      }
    }
    clearBeyondCount()
    bringToSize(size, numbers: numbers, key: DrawKey(seed: seed, StreamName("\(name)/size")))
  }

  /// A coin with chance numerator / 2^bits, tossed for 32 elements at a time with `bits` random words.
  private struct Coin {
    var numerator: Int
    var bits: Int

    init(chance: Double, elements: Int) {
      // So fine that the chance's error costs few corrections beside the coins' own spread.
      bits = min(16, Int(Double(elements).squareRoot().exponent) + 2)
      // On the side of the rarer kind: to find one of the many takes few tries.
      let whole = Double(Int(1) << bits)
      numerator = Int((chance * whole).rounded(chance < 0.5 ? .down : .up))
      while bits > 0, numerator & 1 == 0 {
        numerator >>= 1
        bits -= 1
      }
    }
  }

  private mutating func clearBeyondCount() {
    guard count % 32 != 0 else { return }
    let mask = UInt32(1) << (count % 32) - 1
    for place in words.count - subsets..<words.count { words[place] &= mask }
  }

  private mutating func bringToSize(_ size: Int, numbers: Range<Int>, key: DrawKey) {
    var sizes = Array(repeating: 0, count: subsets)
    for row in 0..<(count + 31) / 32 {
      for subset in 0..<subsets {
        sizes[subset] += words[row * subsets + subset].nonzeroBitCount
      }
    }
    for (subset, number) in numbers.enumerated() {
      var stream = RandomStream(key, entity: UInt64(number))
      let isRemoved = sizes[subset] > size
      var missing = abs(sizes[subset] - size)
      while missing > 0 {
        let element = stream.nextIndex(below: count)
        let place = (element >> 5) * subsets + subset
        let bit = UInt32(1) << (element & 31)
        guard (words[place] & bit != 0) == isRemoved else { continue }
        words[place] ^= bit
        missing -= 1
      }
    }
  }

  // MARK: All of them

  /// Some of all subsets, in the order of binary numbers.
  init(allOf count: Int, numbers: Range<Int>) {
    precondition(count < 32, "\(count) elements have too many subsets")
    self.init(count: count, subsets: numbers.count)
    for (subset, number) in numbers.enumerated() { words[subset] = UInt32(number) }
  }

  /// All subsets of `size` elements.
  init(all size: Int, of count: Int) {
    self.init(count: count, subsets: Self.number(of: size, in: count) ?? 0)
    var members = Array(0..<size)
    for subset in 0..<subsets {
      for member in members { words[(member >> 5) * subsets + subset] |= 1 << (member & 31) }
      // The last member that can move up does, and those after it follow close behind.
      var last = size - 1
      while last >= 0, members[last] == count - size + last { last -= 1 }
      if last < 0 { break }
      members[last] += 1
      for next in last + 1..<max(size, last + 1) { members[next] = members[next - 1] + 1 }
    }
  }

  /// How many subsets of `size` elements there are, nil beyond a billion.
  static func number(of size: Int, in count: Int) -> Int? {
    var number = 1
    for i in 0..<min(size, count - size) {
      number = number * (count - i) / (i + 1)
      if number > 1_000_000_000 { return nil }
    }
    return number
  }

  // MARK: Sums

  /// The sum of a column over each subset, in multiples of its quantum.
  ///
  /// - Complexity: O(count / 8 · subsets + 32 · count) time: the sums over all subsets of eight neighbours are
  ///   tabulated, and a byte of a subset finds its own.
  func sums(_ column: FixedColumn) -> [Int64] {
    precondition(column.count == count, "\(column.count) values, \(count) elements")
    var sums = Array(repeating: Int64(0), count: subsets)
    var table = Array(repeating: Int64(0), count: 1024)
    for row in 0..<(count + 31) / 32 {
      Self.fill(&table, with: column.multiples, from: 32 * row)
      let rowWords = words.span.extracting(row * subsets..<(row + 1) * subsets)
      var span = sums.mutableSpan
      Self.add(table.span, at: rowWords, to: &span)
    }
    return sums
  }

  private static func add(
    _ table: Span<Int64>, at words: Span<UInt32>, to sums: inout MutableSpan<Int64>
  ) {
    for subset in 0..<sums.count {
      let word = Int(words[subset])
      sums[subset] &+=
        (table[word & 255] &+ table[256 + word >> 8 & 255])
        &+ (table[512 + word >> 16 & 255] &+ table[768 + word >> 24 & 255])
    }
  }

  /// The sums over all subsets of each of four runs of eight values.
  private static func fill(_ table: inout [Int64], with values: [Int64], from first: Int) {
    for byte in 0..<4 {
      for bit in 0..<8 {
        let place = first + 8 * byte + bit
        let value = place < values.count ? values[place] : 0
        let half = 1 << bit
        for entry in 256 * byte..<256 * byte + half {
          table[half + entry] = table[entry] &+ value
        }
      }
    }
  }
}
