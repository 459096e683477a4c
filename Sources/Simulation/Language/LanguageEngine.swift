/// What holds for an engine from start to end, in plain integers.
struct EngineRules: BitwiseCopyable {
  let lengths: StepLengths
  let sequences: Int
  let tokenBudget: Int
  let isChunked: Bool
  /// Whether sequences leave it when they are prefilled, to decode elsewhere.
  let handsOver: Bool

  init(_ plan: LanguagePlan, steps: StepTimes, handsOver: Bool) {
    lengths = StepLengths(steps)
    sequences = plan.sequences
    tokenBudget = plan.tokenBudget
    isChunked = plan.chunkedPrefill
    self.handsOver = handsOver
  }
}

/// One replica of a language model's engine: what runs on it, and the steps it takes.
///
/// `begin` makes up the next step from those who run and those who wait, `finish` ends it. Steps that
/// would all be of the same sequences are one run (`StepRun`): no step of it but the last ends a
/// sequence, and none lacks memory. A run that somebody may join is cut at the end of the step then
/// under way, so that runs give the bits of single steps.
///
/// - Source: the scheduling of vLLM (Kwon et al. 2023, "Efficient memory management for large language
///   model serving with PagedAttention") and of Sarathi-Serve for chunked prefills (Agrawal et al. 2024).
struct LanguageEngine: ~Copyable {
  /// Its number in the pool, and the line it takes sequences from.
  let index: Int
  let line: Int
  let rules: EngineRules
  var memory: BlockMemory
  var ends = EndHeap()
  var gaps = GapRecord()
  var facts = EngineFacts()

  var runningCount = 0
  var decodingCount = 0
  /// Tokens cached by all who decode.
  var cachedTokens = 0
  /// Decode steps so far, and when the last one ended.
  var counter = 0
  var lastDecode: Int128 = 0
  private var admissions = 0
  /// Who is prefilled to the end in this step.
  var joining = Line<Int>(vacant: 0)
  /// Whose prefill goes on after this step; -1 is nobody.
  var partial = -1
  /// Who has decoded no step yet.
  var fresh = Line<Int>(vacant: 0)

  /// The steps under way, and whether those who decode take part in them.
  private(set) var run = StepRun()
  var runDecodes = false
  /// Whether the last `begin` sent somebody back to the line, or took somebody from it.
  private(set) var hasPreempted = false
  private(set) var hasAdmitted = false

  init(index: Int, line: Int, rules: EngineRules, plan: LanguagePlan) {
    self.index = index
    self.line = line
    self.rules = rules
    memory = BlockMemory(plan)
  }

  var hasRoom: Bool { runningCount < rules.sequences }

  mutating func cut(at instant: Int128) { run.cut(at: instant) }

  /// Whether one of the steps under way ends at `instant`.
  func hasStepEnd(at instant: Int128) -> Bool {
    var first = run
    first.cut(at: instant)
    return first.end == instant
  }

  // MARK: Beginning a step

  /// Begins steps at `now`.
  ///
  /// - Returns: whether there is anything to do.
  mutating func begin(at now: Int128, _ table: borrowing TokenSequences) -> Bool {
    hasPreempted = false
    hasAdmitted = false
    var step = StepBudget(tokens: rules.tokenBudget)
    if rules.isChunked {
      beginMixed(at: now, &step, table)
    } else {
      beginWhole(at: now, &step, table)
    }
    if runningCount == 0 { return false }
    plan(step, at: now, table)
    return true
  }

  /// Decodes first; what is left of the budget goes to the prefill under way, then to who waits.
  private mutating func beginMixed(
    at now: Int128, _ step: inout StepBudget, _ table: borrowing TokenSequences
  ) {
    makeRoom(table)
    step.tokens -= decodingCount
    if partial >= 0 { prefill(partial, &step, table) }
    if hasPreempted { return }
    while step.tokens > 0 {
      let slot = admit(at: now, budget: .max, table)
      if slot < 0 { break }
      if table.slots[slot].computed == table.slots[slot].target {
        decode(slot, table)
        step.tokens -= 1
      } else {
        prefill(slot, &step, table)
      }
    }
  }

  /// Whole prompts first, as many as the budget holds; where there are none, decodes.
  private mutating func beginWhole(
    at now: Int128, _ step: inout StepBudget, _ table: borrowing TokenSequences
  ) {
    while true {
      let slot = admit(at: now, budget: step.tokens, table)
      if slot < 0 { break }
      if table.slots[slot].computed == table.slots[slot].target {
        decode(slot, table)
      } else {
        prefill(slot, &step, table)
      }
    }
    if step.prefilled == 0 { makeRoom(table) }
  }

  private mutating func plan(
    _ step: StepBudget, at now: Int128, _ table: borrowing TokenSequences
  ) {
    facts.prefilledTokens += step.prefilled
    runDecodes = decodingCount > 0 && (rules.isChunked || step.prefilled == 0)
    run = StepRun()
    run.begin = now
    run.first =
      step.length
      &+ rules.lengths.step(
        runDecodes ? decodingCount : 0, over: runDecodes ? cachedTokens : 0)
    run.count = 1
    // After a preemption somebody more urgent may find room at the next step.
    guard runDecodes, step.prefilled == 0, !hasPreempted else { return }
    ends.dropLeft(index, table)
    run.growth = rules.lengths.growth(decodingCount)
    run.count = memory.steps(
      decoding: decodingCount, at: counter,
      atMost: min(ends.first.finish - counter, StepRun.longest))
  }

  /// Computes as much of a prompt as the budget holds.
  private mutating func prefill(
    _ slot: Int, _ step: inout StepBudget, _ table: borrowing TokenSequences
  ) {
    let start = table.slots[slot].computed
    let end = min(table.slots[slot].target, start &+ step.tokens)
    step.tokens -= end - start
    step.prefilled += end - start
    step.length += rules.lengths.prefill(from: start, to: end)
    table.slots[slot].computed = end
    if end < table.slots[slot].target {
      partial = slot
    } else {
      if partial == slot { partial = -1 }
      joining.append(slot)
    }
  }

  /// From now on a sequence decodes.
  mutating func decode(_ slot: Int, _ table: borrowing TokenSequences) {
    let sequence = table.slots[slot]
    table.slots[slot].state = .decoding
    table.slots[slot].joined = counter
    decodingCount += 1
    cachedTokens += sequence.target
    memory.beginDecoding(sequence.target, at: counter)
    fresh.append(slot)
    if ends.isFull { ends.makeRoom(index, table) }
    ends.add(
      EndPlace(
        finish: counter + sequence.output - sequence.generated, admission: sequence.admission,
        slot: slot))
  }

  // MARK: Admission and preemption

  /// Admits the first who waits, if there is room and a prompt of at most `budget` tokens is left.
  ///
  /// - Returns: the slot; -1 where nobody is admitted.
  private mutating func admit(
    at now: Int128, budget: Int, _ table: borrowing TokenSequences
  ) -> Int {
    guard hasRoom else { return -1 }
    let slot = table.firstWaiting(line)
    if slot < 0 { return -1 }
    let sequence = table.slots[slot]
    let found = cachedBlocks(of: sequence, table)
    let computed = max(sequence.computed, found.hits * memory.prefixTokens)
    if sequence.target - computed > budget { return -1 }
    // Who comes with its keys and values decodes at once.
    let tokens = computed == sequence.target ? sequence.target + 1 : sequence.target
    let reserve =
      (rules.isChunked ? memory.need(at: counter) : 0) + (runningCount == 0 ? 0 : memory.watermark)
    let need = memory.need(tokens, hits: found.hits, idle: found.idle)
    if need + reserve > memory.available { return -1 }
    table.leaveQueue(slot)
    enter(slot, hits: found.hits, computed: computed, at: now, table)
    return slot
  }

  /// How many blocks of its prefix are cached, and how many of those nobody holds. At least one token
  /// is left to compute.
  private func cachedBlocks(
    of sequence: TokenSequence, _ table: borrowing TokenSequences
  ) -> (hits: Int, idle: Int) {
    guard sequence.prefixCount > 0, sequence.computed == 0 else { return (0, 0) }
    let most = min(sequence.prefixCount, (sequence.target - 1) / memory.prefixTokens)
    var idle = 0
    for hits in 0..<most {
      let entry = memory.cache.find(table.prefixes[sequence.prefix + hits])
      if entry < 0 { return (hits, idle) }
      if memory.cache.isIdle(entry) { idle += 1 }
    }
    return (most, idle)
  }

  private mutating func enter(
    _ slot: Int, hits: Int, computed: Int, at now: Int128, _ table: borrowing TokenSequences
  ) {
    let prefix = table.slots[slot].prefix
    for place in prefix..<prefix + hits {
      memory.cache.hold(memory.cache.find(table.prefixes[place]))
    }
    memory.take(table.slots[slot].target, held: hits)
    facts.cacheHitTokens += hits * memory.prefixTokens
    hasAdmitted = true
    runningCount += 1
    admissions += 1
    table.run(slot, on: index)
    table.slots[slot].state = .prefilling
    table.slots[slot].engine = index
    table.slots[slot].held = hits
    table.slots[slot].computed = computed
    table.slots[slot].admission = admissions
    guard table.slots[slot].start == .min else { return }
    let start = table.nanoseconds(now)
    table.slots[slot].start = start
    let member = table.slots[slot].member
    table.unstarted[member] -= 1
    table.areas.change(member, at: start, waiting: -1, busy: 1)
  }

  /// Sends the last come back to the line until those who decode have memory for one more step.
  private mutating func makeRoom(_ table: borrowing TokenSequences) {
    while memory.need(at: counter) > memory.available {
      let slot = table.lastRunning(index)
      hasPreempted = true
      facts.preemptions += 1
      if table.slots[slot].state == .decoding {
        stopDecoding(slot, table)
        facts.recomputedTokens += table.slots[slot].target
      } else {
        facts.recomputedTokens += table.slots[slot].computed
      }
      remove(slot, table)
      table.slots[slot].state = .waiting
      table.slots[slot].computed = 0
      table.slots[slot].target = table.slots[slot].input + table.slots[slot].generated
      table.queueFirst(slot)
    }
  }
}

/// What a step that is being made up may still process, and what it prefills so far.
struct StepBudget {
  var tokens: Int
  var prefilled = 0
  var length: Int128 = 0
}
