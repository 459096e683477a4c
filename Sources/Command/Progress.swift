/// A line on standard error that is written over, at most ten times a second.
final class Progress {
  private let console: Console
  private let isShown: Bool
  private var lastShown: ContinuousClock.Instant?

  init(_ console: Console, isShown: Bool) {
    self.console = console
    self.isShown = isShown
  }

  func show(_ count: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < .milliseconds(100) { return }
    lastShown = now
    console.writeNote("\r\(count) done")
  }

  func finish() {
    if lastShown != nil { console.writeNote("\r\u{1B}[K") }
  }
}
