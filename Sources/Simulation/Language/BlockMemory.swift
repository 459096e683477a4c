/// The blocks of keys and values of one replica, and when those who decode need another one.
///
/// A sequence whose last block is full when a step begins needs a block for that step. After x decode
/// steps a sequence with c tokens then has c + 1, so c − x mod the block's tokens never changes while
/// it decodes: a count by that residue tells what any number of steps will need.
struct BlockMemory: ~Copyable {
  let blockTokens: Int
  let total: Int
  /// Blocks that an admission must leave free while others run.
  let watermark: Int
  /// Tokens of a cached block, and how many blocks of memory that is.
  private(set) var prefixTokens: Int
  private var prefixBlocks = 1
  /// Blocks in use, cached ones that nobody holds included.
  private var used = 0
  private(set) var peak = 0
  var cache = PrefixCache()
  /// How many decode, by (context − decode steps) mod blockTokens.
  private let residues: Column<Int>

  init(_ plan: LanguagePlan) {
    blockTokens = plan.blockTokens
    total = plan.memoryTokens / plan.blockTokens
    watermark = plan.watermarkBlocks
    prefixTokens = plan.blockTokens
    residues = Column(repeating: 0, count: plan.blockTokens)
  }

  /// Cached blocks have so many tokens: a multiple of `blockTokens`.
  mutating func cachePrefixes(of tokens: Int) {
    precondition(tokens % blockTokens == 0, "prefix blocks of \(tokens) tokens")
    prefixTokens = tokens
    prefixBlocks = tokens / blockTokens
  }

  @inline(__always) func blocks(_ tokens: Int) -> Int {
    (tokens &+ blockTokens &- 1) / blockTokens
  }

  /// Blocks that are free or can be freed.
  @inline(__always) var available: Int { total &- used &+ cache.idleCount &* prefixBlocks }

  /// What `tokens` need whose first `hits` cached blocks are held, if `idle` of those are idle now.
  @inline(__always) func need(_ tokens: Int, hits: Int, idle: Int) -> Int {
    blocks(tokens) &- (hits &- idle) &* prefixBlocks
  }

  // MARK: Taking and giving back

  /// Takes the blocks of `tokens` of which `held` cached blocks are already there.
  mutating func take(_ tokens: Int, held: Int) { take(blocks(tokens) &- held &* prefixBlocks) }

  mutating func giveBack(_ tokens: Int, held: Int) {
    used &-= blocks(tokens) &- held &* prefixBlocks
  }

  /// A computed block becomes a cached one, or is dropped because it is cached already.
  mutating func keep(_ identity: UInt64) {
    let entry = cache.find(identity)
    if entry >= 0 {
      cache.hold(entry)
      used &-= prefixBlocks
    } else {
      cache.add(identity)
    }
  }

  mutating func notePeak() {
    peak = max(peak, used &- cache.idleCount &* prefixBlocks)
  }

  private mutating func take(_ blocks: Int) {
    used &+= blocks
    while used > total {
      cache.giveUpOldest()
      used &-= prefixBlocks
    }
  }

  // MARK: Decoding

  @inline(__always) func beginDecoding(_ context: Int, at counter: Int) {
    residues[residue(context, counter)] += 1
  }

  @inline(__always) func endDecoding(_ context: Int, at counter: Int) {
    residues[residue(context, counter)] -= 1
  }

  private func residue(_ context: Int, _ counter: Int) -> Int {
    let difference = (context &- counter) % blockTokens
    return difference < 0 ? difference &+ blockTokens : difference
  }

  /// Blocks that the decode step after `counter` steps needs.
  @inline(__always) func need(at counter: Int) -> Int { residues[residue(0, counter)] }

  /// How many decode steps have room, at most `limit`; the first one must.
  func steps(decoding: Int, at counter: Int, atMost limit: Int) -> Int {
    if decoding &* (limit / blockTokens &+ 1) <= available { return limit }
    let cycles = available / decoding
    var left = available &- cycles &* decoding
    var steps = cycles &* blockTokens
    while steps < limit {
      left &-= need(at: counter &+ steps)
      if left < 0 { break }
      steps &+= 1
    }
    return min(steps, limit)
  }

  /// Takes what `steps` decode steps need.
  mutating func decode(_ steps: Int, decoding: Int, at counter: Int) {
    let cycles = steps / blockTokens
    var need = cycles &* decoding
    for step in cycles &* blockTokens..<steps { need &+= self.need(at: counter &+ step) }
    take(need)
  }
}
