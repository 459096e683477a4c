/// Those who decode, by the decode step after which they end; equal ones in the order of admission.
///
/// A binary heap. Who leaves before its end stays in it until it comes to the top or the heap is full.
struct EndHeap: ~Copyable {
  private var places: Column<EndPlace>
  private(set) var count = 0

  init() { places = Column(repeating: EndPlace(), count: 16) }

  @inline(__always) var first: EndPlace { places[0] }
  @inline(__always) var isEmpty: Bool { count == 0 }
  var isFull: Bool { count == places.count }

  /// There must be room.
  mutating func add(_ place: EndPlace) {
    var index = count
    count += 1
    while index > 0 {
      let parent = (index &- 1) / 2
      let above = places[parent]
      if above.isBefore(place) { break }
      places[index] = above
      index = parent
    }
    places[index] = place
  }

  mutating func removeFirst() {
    count -= 1
    sink(places[count], from: 0)
  }

  /// Drops those who have left `engine` before their end.
  mutating func dropLeft(_ engine: Int, _ table: borrowing TokenSequences) {
    while count > 0 && !places[0].isDecoding(on: engine, table) { removeFirst() }
  }

  /// Drops all of those, and grows where that leaves less than half of the places free.
  mutating func makeRoom(_ engine: Int, _ table: borrowing TokenSequences) {
    var kept = 0
    for index in 0..<count where places[index].isDecoding(on: engine, table) {
      places[kept] = places[index]
      kept += 1
    }
    let larger = Column(repeating: EndPlace(), count: max(places.count, 4 * kept))
    places.copy(from: 0, count: kept, to: larger, at: 0)
    places = larger
    count = 0
    for index in 0..<kept { add(places[index]) }
  }

  private func sink(_ place: EndPlace, from start: Int) {
    var index = start
    while true {
      var child = 2 &* index &+ 1
      if child >= count { break }
      if child &+ 1 < count && places[child &+ 1].isBefore(places[child]) { child &+= 1 }
      if place.isBefore(places[child]) { break }
      places[index] = places[child]
      index = child
    }
    places[index] = place
  }
}

struct EndPlace: BitwiseCopyable {
  var finish = 0
  var admission = 0
  var slot = 0

  /// Whether the sequence decodes on `engine` since the admission that this place was made for.
  @inline(__always) func isDecoding(on engine: Int, _ table: borrowing TokenSequences) -> Bool {
    let sequence = table.slots[slot]
    return sequence.state == .decoding && sequence.engine == engine
      && sequence.admission == admission
  }

  @inline(__always) func isBefore(_ other: EndPlace) -> Bool {
    finish < other.finish || (finish == other.finish && admission < other.admission)
  }
}
