/// Counts of equally likely arrangements by a statistic that is symmetric about the middle of 0...largest.
struct SymmetricCounts: Sendable {
  let largest: Int
  /// The counts are held times 2^−scale.
  let scale: Int
  /// The counts of 0...largest/2.
  private let lowerHalf: [Double]
  /// Their running sums: entry i is the count of statistics <= i.
  private let sums: [Double]
  let total: Double

  init(lowerHalf: [Double], largest: Int, scale: Int) {
    self.largest = largest
    self.scale = scale
    self.lowerHalf = lowerHalf
    var sums = lowerHalf
    for i in sums.indices.dropFirst() { sums[i] += sums[i - 1] }
    let middle = sums[largest / 2]
    // An even `largest` has a value in the middle that both halves share.
    total = largest % 2 == 0 ? middle + (middle - lowerHalf[largest / 2]) : 2 * middle
    self.sums = sums
  }

  func count(_ value: Int) -> Double {
    value < 0 || value > largest ? 0 : lowerHalf[min(value, largest - value)]
  }

  /// P(statistic <= value).
  func tail(_ value: Int) -> Tail {
    let mirror = largest - value - 1
    let isLower = value <= mirror
    let place = isLower ? value : mirror
    return Tail(isLower: isLower, share: place < 0 ? 0 : sums[place], of: total)
  }

  /// 2^k, as far down as doubles go.
  static func power(_ k: Int) -> Double {
    k >= -1022 ? Elementary.power(ofTwo: k) : Elementary.power(ofTwo: k + 1000) * 0x1p-1000
  }
}
