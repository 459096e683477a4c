/// Labels at the ends of lines, pushed apart so that none covers another.
enum EndLabels {
  /// - Returns: positions in the order of `wanted`, at least `gap` apart, inside [top, bottom] if they fit.
  static func spread(_ wanted: [Double], gap: Double, top: Double, bottom: Double) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var places = wanted
    var last = -Double.infinity
    for index in order {
      places[index] = max(min(bottom, max(top, wanted[index])), last + gap)
      last = places[index]
    }
    var next = max(bottom, top + gap * Double(max(0, wanted.count - 1)))
    for index in order.reversed() {
      places[index] = min(places[index], next)
      next = places[index] - gap
    }
    return places
  }
}
