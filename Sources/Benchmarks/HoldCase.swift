import Probability
import Simulation

/// How long the event queue takes for one event.
package let holdCase = BenchmarkCase(
  name: "hold",
  question: "pop the earliest event and push one later, with so many pending"
) { size in
  let steps = size == .full ? 500_000 : 2_000
  let pendings = size == .full ? [100, 10_000, 1_000_000] : [100, 1_000]
  let increments = exponentialIncrements(count: size == .full ? 1 << 20 : 1 << 12)
  return pendings.map { pending in
    Setting(
      name: "\(pending) pending", unit: .nanoseconds(per: "event"), extent: pending,
      ours: [
        Contestant("understudy") {
          measureHold(pending: pending, steps: steps, increments: increments)
        }
      ],
      peers: holdPeers(pending: pending, steps: steps))
  }
}

/// The median over nine runs after a warm-up, as the peers do it.
private func measureHold(pending: Int, steps: Int, increments: [Int64]) -> Reading {
  var model = HoldModel(pending: pending, increments: increments)
  model.run(steps: max(pending, steps / 5))
  var figures: [Double] = []
  var answer = AnswerHash()
  for _ in 0..<9 {
    let watch = Stopwatch()
    model.run(steps: steps)
    figures.append(watch.seconds * 1e9 / Double(steps))
    answer.add(model.answer)
  }
  return Reading(figure: figures.medianOfAll, answer: answer.text)
}

/// Exponential times with a mean of one second, in nanoseconds.
private func exponentialIncrements(count: Int) -> [Int64] {
  (0..<count).map { index in
    var luck = RandomStream(seed: 42, StreamName("benchmark/hold"), entity: UInt64(index))
    return Int64(-Elementary.log(luck.nextUnit()) * 1e9)
  }
}

private func holdPeers(pending: Int, steps: Int) -> [PeerProgram] {
  let native = ["dary4k", "dary4", "stdpq"].flatMap { kind in
    PeerProgram.compiled(
      "hold.cpp", arguments: [kind, "\(pending)", "\(steps)"], label: kind,
      figure: "ns_per_event_queue_only")
  }
  let heapq = PeerProgram(
    name: "heapq (Python)", file: "hold_heapq.py", language: .python,
    arguments: ["\(pending)", "200000"], figure: "ns_per_event", rounds: 1)
  let simpy = PeerProgram(
    name: "SimPy", file: "hold_simpy.py", language: .python,
    arguments: ["core", "\(pending)", "50000"], figure: "ns_per_event", rounds: 1)
  return native + [heapq] + (pending < 1_000_000 ? [simpy] : [])
}
