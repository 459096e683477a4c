import Foundation
import Simulation
import Understudy

/// How many requests of a shadow deployment are played in a second, from their draws to the comparisons.
package let shadowCase = BenchmarkCase(
  name: "shadow",
  question: "20 features, two logistic models, 8 and 4 servers: McNemar and latency quantiles"
) { size in
  let most = size == .full ? 1_000_000 : 4_000
  return [most / 100, most / 10, most].map { requests in
    Setting(
      name: "\(requests) requests", unit: .perSecond("requests"), extent: requests,
      ours: [
        Contestant("understudy, one thread") { measureShadow(requests, threads: 1) },
        Contestant("understudy, two threads") { measureShadow(requests, threads: 2) },
      ],
      peers: requests == most ? shadowPeers(requests) : [])
  } + [elapsed(most)]
}

/// The same from a scenario file to the text of every file of the result.
package let shadowFileCase = BenchmarkCase(
  name: "shadow-file",
  question: "the shadow case through a scenario file, with the whole report"
) { size in
  let requests = size == .full ? 1_000_000 : 4_000
  return [false, true].map { isAutomatic in
    Setting(
      name: "\(requests) requests" + (isAutomatic ? ", automatic metrics" : ""),
      unit: .perSecond("requests"),
      ours: [1, 2].map { threads in
        Contestant("understudy, \(threads == 1 ? "one thread" : "two threads")") {
          measureShadowFile(requests, automaticMetrics: isAutomatic, threads: threads)
        }
      })
  }
}

/// Ten times the requests in the same memory.
package let scaleCase = BenchmarkCase(
  name: "scale", question: "the shadow case at 10⁷ requests: memory as at 10⁶, time in proportion"
) { size in
  let most = size == .full ? 10_000_000 : 200_000
  return [most / 10, most].map { requests in
    Setting(
      name: "\(requests) requests", unit: .perSecond("requests"), extent: requests,
      ours: [Contestant("understudy, one thread") { measureShadow(requests, threads: 1) }])
  }
}

/// What a second thread gives, by the clock on the wall: for a machine with nothing else to do.
private func elapsed(_ requests: Int) -> Setting {
  Setting(
    name: "\(requests) requests, by the clock on the wall", unit: .perSecond("requests"),
    ours: [1, 2].map { threads in
      Contestant("understudy, \(threads == 1 ? "one thread" : "two threads")") {
        measureShadow(requests, threads: threads, by: .wall)
      }
    })
}

/// Generation, scoring, serving, folding and the comparisons are measured; reading the models is not.
private func measureShadow(
  _ requests: Int, threads: Int, by clock: Stopwatch.Clock = .processor
) -> Reading {
  var launch = ShadowLaunch(requests: requests, threads: threads)
  let watch = Stopwatch(clock)
  let comparisons = launch.play()
  let figure = Double(requests) / watch.seconds
  return Reading(
    figure: figure, answer: answer(comparisons), peakMegabytes: PeakMemory.megabytes)
}

/// Everything is measured: reading the scenario and its models, the run, the report.
private func measureShadowFile(_ requests: Int, automaticMetrics: Bool, threads: Int) -> Reading {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("understudy-shadow-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  do {
    let scenario = try ShadowLaunch.writeScenario(
      requests: requests, automaticMetrics: automaticMetrics, in: folder)
    var options = Study.Options()
    options.threads = threads
    let watch = Stopwatch()
    let result = try Study(scenario: scenario, options: options).run()
    let files = result.files
    let figure = Double(requests) / watch.seconds
    var hash = AnswerHash()
    for file in files { hash.add(file.text) }
    return Reading(figure: figure, answer: hash.text, peakMegabytes: PeakMemory.megabytes)
  } catch {
    preconditionFailure("the shadow scenario does not run: \(error)")
  }
}

private func answer(_ comparisons: [ComparisonFinding]) -> String {
  var hash = AnswerHash()
  for comparison in comparisons {
    for test in [comparison.main, comparison.independent].compactMap({ $0 }) {
      hash.add(test.p ?? .nan)
      hash.add(test.estimate.estimate?.value ?? .nan)
      hash.add(test.estimate.estimate?.interval?.low ?? .nan)
      hash.add(test.estimate.estimate?.interval?.high ?? .nan)
      hash.add(Int64(test.estimate.estimate?.n ?? 0))
    }
  }
  return hash.text
}

private func shadowPeers(_ requests: Int) -> [PeerProgram] {
  [
    PeerProgram(
      name: "numpy and numba", file: "shadow_numba.py", language: .python,
      arguments: ["\(requests)"], figure: "req_per_cpu_s", memory: "peak_mb", rounds: 3),
    PeerProgram(
      name: "SimPy and numpy", file: "shadow_simpy.py", language: .python,
      arguments: ["\(requests)"], figure: "req_per_cpu_s", memory: "peak_mb", rounds: 1),
  ]
}
