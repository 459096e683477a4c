import Traffic

/// What an autoscaler sees of a station.
struct AutoscalerLook {
  var ordered = 0
  var ready = 0
  var waitingArea: Int128 = 0
  var servingArea: Int128 = 0
  var busyArea: Int128 = 0
}

/// The control loop of one station, which looks at its signal once an interval.
///
/// The signal is summed over replicas and averaged over time, exactly, by differences of areas.
struct Autoscaler {
  private let plan: AutoscalerPlan
  /// By look: when, and the signal's area so far.
  private var marks: [Mark] = []
  private var wishes: [Wish] = []
  private var orders: [Wish] = []
  private var panicSince: Int64?
  private var panicReplicas = 0
  /// When nothing was asked of the last replica for the first time.
  private var idleSince: Int64?

  private struct Mark {
    var time: Int64
    var area: Int128
  }

  private struct Wish {
    var time: Int64
    var replicas: Int
  }

  init(_ plan: AutoscalerPlan) { self.plan = plan }

  mutating func begin(at now: Int64, replicas: Int) {
    marks = [Mark(time: now, area: 0)]
    orders = [Wish(time: now, replicas: replicas)]
  }

  /// How many replicas there shall be.
  mutating func decide(_ look: AutoscalerLook, at now: Int64) -> Int {
    marks.append(Mark(time: now, area: area(look)))
    let wanted =
      switch plan.kind {
      case .horizontal(let kind): horizontal(kind, look, now)
      case .knative(let kind): knative(kind, look, now)
      }
    let held = min(plan.most, max(plan.fewest, wanted))
    if held != look.ordered { orders.append(Wish(time: now, replicas: held)) }
    return held
  }

  private func area(_ look: AutoscalerLook) -> Int128 {
    switch plan.signal {
    case .concurrency: look.waitingArea + look.servingArea
    case .utilisation: look.busyArea
    case .queue: look.waitingArea
    }
  }

  /// The signal of all replicas together, averaged over the last `window`.
  private func mean(over window: Int64, _ now: Int64) -> Double {
    let last = marks[marks.count - 1]
    let first = marks.last { $0.time <= now - window } ?? marks[0]
    guard last.time > first.time else { return 0 }
    return Double(last.area - first.area) / Double(Int128(last.time) - Int128(first.time))
  }

  private mutating func forget(before time: Int64) {
    // The last mark at or before the window's start is still needed.
    while marks.count > 2 && marks[1].time <= time { marks.removeFirst() }
  }

  // MARK: Kubernetes

  private mutating func horizontal(
    _ kind: AutoscalerPlan.HorizontalPlan, _ look: AutoscalerLook, _ now: Int64
  ) -> Int {
    let total = mean(over: plan.interval.nanoseconds, now)
    forget(before: now - plan.interval.nanoseconds)
    var wish = look.ordered
    if look.ordered > 0 {
      let ratio = total / (Double(look.ordered) * plan.target)
      if abs(ratio - 1) > kind.tolerance { wish = Self.ceiling(total / plan.target) }
    }
    wish = min(plan.most, max(plan.fewest, wish))
    wishes.append(Wish(time: now, replicas: wish))
    wishes.removeAll { $0.time < now - kind.stabilisation.nanoseconds }
    if wish < look.ordered {
      let largest = wishes.reduce(wish) { max($0, $1.replicas) }
      wish = min(look.ordered, largest)
    }
    let before = replicas(at: now - kind.ratePeriod.nanoseconds, or: look.ordered)
    if wish > look.ordered {
      let byFactor = Self.ceiling(Double(before) * kind.growth)
      return min(wish, max(look.ordered, max(byFactor, before + kind.growthBy)))
    }
    let (fewest, overflows) = before.subtractingReportingOverflow(kind.shrinkBy)
    return max(wish, overflows ? 0 : min(look.ordered, fewest))
  }

  /// How many were ordered at a time.
  private mutating func replicas(at time: Int64, or current: Int) -> Int {
    while orders.count > 1 && orders[1].time <= time { orders.removeFirst() }
    return orders.first?.replicas ?? current
  }

  // MARK: Knative

  private mutating func knative(
    _ kind: AutoscalerPlan.KnativePlan, _ look: AutoscalerLook, _ now: Int64
  ) -> Int {
    let stableWindow = kind.stableWindow.nanoseconds
    let panicWindow = CellDraws.rounded(Double(stableWindow) * kind.panicShare)
    let stable = mean(over: stableWindow, now)
    let panic = mean(over: panicWindow, now)
    forget(before: now - stableWindow)
    let ready = Double(max(1, look.ready))
    let most = Self.ceiling(kind.maximumGrowth * ready)
    let fewest = Int((ready / kind.maximumShrink).rounded(.down))
    let stableWish = min(max(Self.ceiling(stable / plan.target), fewest), most)
    let panicWish = min(max(Self.ceiling(panic / plan.target), fewest), most)
    let isOver = Double(Self.ceiling(panic / plan.target)) / ready >= kind.panicThreshold
    if isOver {
      if panicSince == nil { panicReplicas = 0 }
      panicSince = now
    } else if let since = panicSince, now - since > stableWindow {
      panicSince = nil
    }
    var wish = stableWish
    if panicSince != nil {
      panicReplicas = max(panicReplicas, panicWish)
      wish = panicReplicas
    }
    wishes.append(Wish(time: now, replicas: wish))
    wishes.removeAll { $0.time < now - kind.scaleDownDelay.nanoseconds }
    wish = wishes.reduce(wish) { max($0, $1.replicas) }
    return keepLast(wish, stable, kind, now)
  }

  /// The last replica stays for a while after nothing is asked of it.
  private mutating func keepLast(
    _ wish: Int, _ stable: Double, _ kind: AutoscalerPlan.KnativePlan, _ now: Int64
  ) -> Int {
    guard plan.fewest == 0 && stable == 0 else {
      idleSince = nil
      return max(1, wish)
    }
    let since = idleSince ?? now
    idleSince = since
    if now - since >= kind.graceToZero.nanoseconds { return 0 }
    return max(1, wish)
  }

  private static func ceiling(_ value: Double) -> Int {
    Int(min(value.rounded(.up), 1e9))
  }
}
