extension LanguageEngine {
  /// Ends the steps under way: tokens are there, and sequences leave or go on.
  mutating func finish(_ table: borrowing TokenSequences) {
    let now = run.end
    facts.steps += run.count
    facts.busy += now - run.begin
    if runDecodes { finishDecodes(at: now, table) }
    memory.notePeak()
    endDecoders(table)
    while !joining.isEmpty {
      let slot = joining.first
      joining.removeFirst()
      finishPrefill(slot, at: now, table)
    }
    dropDoomed(table)
    if runningCount == 0 { gaps.removeAll() }
  }

  /// Lets go of who has given up.
  mutating func dropDoomed(_ table: borrowing TokenSequences) {
    while true {
      let slot = Int(table.patient[table.doomed(on: index)].first)
      if slot < 0 { break }
      if table.slots[slot].state == .decoding { stopDecoding(slot, table) }
      end(slot, table)
    }
  }

  private mutating func finishDecodes(at now: Int128, _ table: borrowing TokenSequences) {
    let before = counter
    memory.decode(run.count, decoding: decodingCount, at: counter)
    counter += run.count
    cachedTokens += run.count * decodingCount
    facts.decodedTokens += run.count * decodingCount
    let firstEnd = run.begin + run.first
    if gaps.isFull { gaps.makeRoom(forgettingUpTo: firstJoined(table)) }
    gaps.record(firstEnd - lastDecode, at: before + 1)
    if run.count > 1 { gaps.record(run.lastLength, at: counter) }
    lastDecode = now
    while !fresh.isEmpty {
      noteFirstGap(fresh.first, at: firstEnd, joined: before, table)
      fresh.removeFirst()
    }
  }

  /// The first gap of a sequence that has just begun to decode is its own, not the engine's.
  private func noteFirstGap(
    _ slot: Int, at firstEnd: Int128, joined: Int, _ table: borrowing TokenSequences
  ) {
    let sequence = table.slots[slot]
    guard sequence.state == .decoding, sequence.engine == index, sequence.joined == joined
    else { return }
    table.slots[slot].longestGap = max(sequence.longestGap, firstEnd - sequence.lastToken)
  }

  /// The least count of decode steps at which one of those who run joined.
  private func firstJoined(_ table: borrowing TokenSequences) -> Int {
    var least = counter
    for level in 0..<table.levels {
      var slot = Int(table.running[index * table.levels + level].first)
      while slot >= 0 {
        let sequence = table.slots[slot]
        if sequence.state == .decoding { least = min(least, sequence.joined) }
        slot = Int(sequence.next)
      }
    }
    return least
  }

  private mutating func endDecoders(_ table: borrowing TokenSequences) {
    while true {
      ends.dropLeft(index, table)
      if ends.isEmpty || ends.first.finish > counter { break }
      let slot = ends.first.slot
      ends.removeFirst()
      stopDecoding(slot, table)
      end(slot, table)
    }
  }

  /// A prompt is computed: its first token, or after a preemption the next one, is there.
  private mutating func finishPrefill(
    _ slot: Int, at now: Int128, _ table: borrowing TokenSequences
  ) {
    let sequence = table.slots[slot]
    for index in sequence.held..<sequence.prefixCount {
      memory.keep(table.prefixes[sequence.prefix + index])
    }
    table.slots[slot].held = sequence.prefixCount
    table.slots[slot].generated += 1
    if sequence.firstToken == .min {
      table.slots[slot].firstToken = table.nanoseconds(now)
    } else {
      table.slots[slot].longestGap = max(sequence.longestGap, now - sequence.lastToken)
    }
    table.slots[slot].lastToken = now
    if sequence.generated + 1 == sequence.output || sequence.isDoomed {
      end(slot, table)
    } else if rules.handsOver {
      remove(slot, table)
      table.leave(slot, as: TokenSequences.prefilled)
    } else {
      decode(slot, table)
    }
  }

  private mutating func end(_ slot: Int, _ table: borrowing TokenSequences) {
    remove(slot, table)
    if table.slots[slot].isDoomed { table.unwatch(slot, in: table.doomed(on: index)) }
    table.leave(slot, as: TokenSequences.ended)
  }

  /// Notes down what its decode steps have brought. Its `target` becomes what it holds.
  mutating func stopDecoding(_ slot: Int, _ table: borrowing TokenSequences) {
    let sequence = table.slots[slot]
    let context = sequence.context(at: counter)
    memory.endDecoding(context, at: counter)
    decodingCount -= 1
    cachedTokens -= context
    table.slots[slot].state = .prefilling
    table.slots[slot].target = context
    if counter == sequence.joined { return }
    table.slots[slot].generated += counter - sequence.joined
    table.slots[slot].longestGap = max(
      sequence.longestGap, gaps.longest(after: sequence.joined + 1))
    table.slots[slot].lastToken = lastDecode
  }

  /// Takes a sequence off the replica and gives its memory back.
  mutating func remove(_ slot: Int, _ table: borrowing TokenSequences) {
    let sequence = table.slots[slot]
    memory.giveBack(sequence.target, held: sequence.held)
    for index in stride(from: sequence.held - 1, through: 0, by: -1) {
      memory.cache.letGo(table.prefixes[sequence.prefix + index])
    }
    table.slots[slot].held = 0
    table.stopRunning(slot, on: index)
    runningCount -= 1
    if partial == slot { partial = -1 }
  }
}
