import Simulation

/// How fast a language model's engines are simulated, from light load to overload.
package let languageCase = BenchmarkCase(
  name: "llm",
  question: "conversations with a language model on 4 replicas, time compressed ×1, ×5, ×50"
) { size in
  let trace = loaded(most: size == .full ? 1_000_000 : 300)
  return [1, 5, 50].flatMap { speed in
    [1, 10, size == .full ? 100 : 10].map { loops in
      languageSetting(trace, speed: Int64(speed), loops: loops)
    }
  }
}

private func loaded(most: Int) -> LanguageTrace {
  do {
    return try LanguageTrace.load(most: most)
  } catch {
    preconditionFailure("the trace of requests cannot be read: \(error)")
  }
}

private func languageSetting(_ trace: LanguageTrace, speed: Int64, loops: Int) -> Setting {
  Setting(
    name: "\(trace.name) ×\(speed), \(loops) in a row", unit: .perSecond("requests"),
    extent: trace.arrivals.count * loops,
    ours: [Contestant("understudy") { measureLanguage(trace, speed: speed, loops: loops) }])
}

private func measureLanguage(_ trace: LanguageTrace, speed: Int64, loops: Int) -> Reading {
  let watch = Stopwatch()
  let play = trace.play(speed: speed, loops: loops)
  return Reading(
    figure: Double(play.requests) / watch.seconds, answer: play.answer.text,
    peakMegabytes: PeakMemory.megabytes)
}
