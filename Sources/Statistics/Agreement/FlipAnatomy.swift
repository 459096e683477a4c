/// Where two answers to the same requests differ, and whom that helps: production's answer is what users have now, the
/// candidate's what they would get.
package struct FlipAnatomy: Sendable, Equatable {
  /// How the requests fall.
  package struct Counts: Sendable, Equatable {
    package var bothRight = 0
    /// Production right, candidate wrong.
    package var harmful = 0
    /// Production wrong, candidate right.
    package var beneficial = 0
    /// Both wrong, with different answers.
    package var neutral = 0
    /// Both wrong, with the same answer.
    package var bothWrongAlike = 0

    package init() {}

    package var requests: Int { bothRight + harmful + beneficial + neutral + bothWrongAlike }
    /// Requests whose answer changes.
    package var flips: Int { harmful + beneficial + neutral }

    mutating func add(candidate: Int, production: Int, label: Int) {
      switch (candidate == label, production == label) {
      case (true, true): bothRight += 1
      case (false, true): harmful += 1
      case (true, false): beneficial += 1
      case (false, false) where candidate == production: bothWrongAlike += 1
      case (false, false): neutral += 1
      }
    }

    /// A count as a share of all requests, with Wilson's interval.
    package func share(_ count: KeyPath<Counts, Int>, level: Double) -> Share {
      let count = self[keyPath: count]
      return Share(
        value: Double(count) / Double(requests),
        interval: Wilson.interval(successes: count, trials: requests, level: level))
    }

    /// Beneficial − harmful, as a share of all requests: the gain in accuracy.
    package var pairs: PairedProportions {
      PairedProportions(
        both: bothRight, onlyFirst: beneficial, onlySecond: harmful,
        neither: neutral + bothWrongAlike)
    }
  }

  package struct Share: Sendable, Equatable {
    package let value: Double
    package let interval: ClosedRange<Double>
  }

  /// The flips of all requests, or of one segment.
  package struct Part: Sendable, Equatable {
    package let counts: Counts
    package let harmful: Share
    package let beneficial: Share
    package let neutral: Share
    package let flips: Share
    /// Beneficial − harmful, with Tango's interval.
    package let net: Share
    /// McNemar's exact test that beneficial and harmful flips are equally likely.
    package let p: PValue

    init(_ counts: Counts, level: Double) {
      self.counts = counts
      harmful = counts.share(\.harmful, level: level)
      beneficial = counts.share(\.beneficial, level: level)
      neutral = counts.share(\.neutral, level: level)
      flips = counts.share(\.flips, level: level)
      let pairs = counts.pairs
      net = Share(
        value: pairs.firstMinusSecond, interval: pairs.tangoInterval(level: level))
      p = pairs.mcNemar.exact
    }
  }

  package struct Segment: Sendable, Equatable {
    package let number: Int
    package let part: Part
    /// Holm's, over the segments that have requests.
    package let adjustedP: Double
  }

  package let whole: Part
  /// Those with requests, in order; empty without segments.
  package let segments: [Segment]
  /// How often the candidate's class meets production's; nil, as what is formed from it, with more classes than
  /// `ClassTable.mostClasses`.
  package let table: ClassTable?
  /// Agreement beyond chance; nil where both always give one class.
  package let kappa: CohenKappa?
  package let kappaInterval: ClosedRange<Double>?
  /// Whether each pair of classes is exchanged evenly, and whether either class is as frequent as before.
  package let bowker: ChiSquareResult?
  package let stuartMaxwell: ChiSquareResult?

  /// - Parameters:
  ///   - candidate: each request's class, numbered from 0.
  ///   - production: as many.
  ///   - labels: what was true.
  ///   - segments: each request's segment, numbered from 0; nil without.
  ///   - level: of every interval, in (0, 1).
  /// - Complexity: O(n + k³ + segments) for k classes.
  package init(
    candidate: [Int], production: [Int], labels: [Int], segments: [Int]? = nil, level: Double = 0.95
  ) throws(Unavailable) {
    let n = candidate.count
    precondition(production.count == n, "\(n) and \(production.count) answers")
    guard labels.count == n, segments.map({ $0.count == n }) ?? true else {
      throw .missingLabels
    }
    guard n > 0 else { throw .tooFew(has: 0, needs: 1) }
    var whole = Counts()
    var parts: [Counts] = Array(repeating: Counts(), count: (segments?.max() ?? -1) + 1)
    for row in candidate.indices {
      let (first, second, label) = (candidate[row], production[row], labels[row])
      whole.add(candidate: first, production: second, label: label)
      if let segments {
        parts[segments[row]].add(candidate: first, production: second, label: label)
      }
    }
    self.whole = Part(whole, level: level)
    let shown = parts.indices.filter { parts[$0].requests > 0 }
    let all = shown.map { Part(parts[$0], level: level) }
    let adjusted = Multiplicity.holm(all.map(\.p.value))
    self.segments = shown.indices.map {
      Segment(number: shown[$0], part: all[$0], adjustedP: adjusted[$0])
    }
    let classCount = 1 + max(candidate.max() ?? 0, production.max() ?? 0)
    table =
      classCount > ClassTable.mostClasses
      ? nil : ClassTable(candidate: candidate, production: production, classCount: classCount)
    kappa = table.flatMap { try? CohenKappa($0) }
    kappaInterval = kappa.map { $0.estimate.interval(level: level) }
    (bowker, stuartMaxwell) = (table?.bowker, table?.stuartMaxwell)
  }
}
