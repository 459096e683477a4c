import Simulation
import Traffic

/// Levels as steps, thinned so that a chart stays small.
struct LevelSeries {
  private(set) var levels: [ServingFindings.ServiceLevel]

  /// - Parameter limit: neighbours are joined until at most as many are left; their means are
  ///   weighted by time, so that areas stay the same.
  init(_ all: [ServingFindings.ServiceLevel], limit: Int) {
    let step = max(1, (all.count + limit - 1) / limit)
    levels =
      step == 1
      ? all
      : stride(from: 0, to: all.count, by: step).map {
        Self.joined(all[$0..<min(all.count, $0 + step)])
      }
  }

  private static func joined(_ few: ArraySlice<ServingFindings.ServiceLevel>)
    -> ServingFindings.ServiceLevel
  {
    var joined = few[few.startIndex]
    let seconds = few.map { ($0.end - $0.start).seconds }
    let all = seconds.reduce(0, +)
    guard all > 0, let last = few.last else { return joined }
    func mean(_ part: (ServingFindings.ServiceLevel) -> Double) -> Double {
      zip(few, seconds).reduce(0) { $0 + part($1.0) * $1.1 } / all
    }
    joined.end = last.end
    joined.waiting = mean(\.waiting)
    joined.busyReplicas = mean(\.busyReplicas)
    joined.readyReplicas = mean(\.readyReplicas)
    joined.orderedReplicas = mean(\.orderedReplicas)
    return joined
  }

  /// The upper edges; a stretch without a number leaves a gap.
  func steps(
    _ part: (ServingFindings.ServiceLevel) -> Double, _ x: Scale, _ y: Scale
  ) -> Path {
    var path = Path()
    for run in runs(part) { path.append(Path(edge(run, part, x, y))) }
    return path
  }

  /// Down to zero.
  func area(
    _ part: (ServingFindings.ServiceLevel) -> Double, _ x: Scale, _ y: Scale
  ) -> Path {
    var path = Path()
    for run in runs(part) {
      let upper = edge(run, part, x, y)
      guard let first = upper.first, let last = upper.last else { continue }
      path.append(Path(closed: [(first.0, y(0))] + upper + [(last.0, y(0))]))
    }
    return path
  }

  /// Corners of a staircase; equal neighbours share one stair.
  private func edge(
    _ run: ArraySlice<ServingFindings.ServiceLevel>,
    _ part: (ServingFindings.ServiceLevel) -> Double, _ x: Scale, _ y: Scale
  ) -> [(Double, Double)] {
    var corners: [(Double, Double)] = []
    for level in run {
      let height = y.clamped(part(level))
      let right = x(Double(level.end.nanoseconds))
      if let last = corners.last, last.1 == height {
        corners[corners.count - 1].0 = right
      } else {
        corners.append((x(Double(level.start.nanoseconds)), height))
        corners.append((right, height))
      }
    }
    return corners
  }

  private func runs(_ part: (ServingFindings.ServiceLevel) -> Double)
    -> [ArraySlice<ServingFindings.ServiceLevel>]
  {
    levels.split { !part($0).isFinite }
  }
}
