/// "Did you mean": the known name that a misspelt one stands for.
package enum NearestName {
  /// The name nearest to `word`, or nil when none is near; the first of equals.
  ///
  /// Letters of the other case count nothing; a name is near when at most a third of the longer of the
  /// two (and at least one letter) is wrong. Failing that, the one name that starts with the word.
  package static func of(_ word: String, among names: [String]) -> String? {
    let wanted = Array(word.lowercased())
    var best: (name: String, distance: Int)?
    for name in names {
      let candidate = Array(name.lowercased())
      let limit = max(1, max(wanted.count, candidate.count) / 3)
      guard abs(wanted.count - candidate.count) <= limit else { continue }
      let distance = distance(wanted, candidate)
      // A word that shares no letter with the name is not a slip of the pen.
      guard distance <= limit, distance < max(wanted.count, candidate.count) else { continue }
      if let known = best, known.distance <= distance { continue }
      best = (name, distance)
    }
    return best?.name ?? only(startingWith: wanted, among: names)
  }

  private static func only(startingWith word: [Character], among names: [String]) -> String? {
    guard word.count >= 3 else { return nil }
    let found = names.filter { $0.lowercased().starts(with: word) }
    return found.count == 1 ? found.first : nil
  }

  /// How many letters must be put in, left out, changed or swapped with their neighbour.
  ///
  /// - Complexity: O(n m) time, O(m) space.
  /// - Source: Damerau (1964); the restricted form, which edits no letter twice.
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 0..<left.count {
      var current = [Int](repeating: i + 1, count: right.count + 1)
      for j in 0..<right.count {
        let change = last[j] + (left[i] == right[j] ? 0 : 1)
        var least = min(last[j + 1] + 1, current[j] + 1, change)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        current[j + 1] = least
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
