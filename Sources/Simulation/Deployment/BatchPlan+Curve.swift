extension BatchPlan {
  /// What the first request's time is multiplied by in a batch of `size`: linear between the points,
  /// and along the last two beyond them.
  ///
  /// - Parameter points: at least one, the sizes ascending.
  package static func factor(at size: Int, on points: [CurvePoint]) -> Double {
    guard points.count > 1 else { return points[0].factor }
    let end = points.dropFirst().firstIndex { $0.size >= size } ?? points.count - 1
    let (low, high) = (points[end - 1], points[end])
    let place = Double(size - low.size) / Double(high.size - low.size)
    return low.factor + place * (high.factor - low.factor)
  }
}
