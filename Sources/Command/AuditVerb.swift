import Understudy

extension Verb {
  static let audit = Verb(
    name: "audit", operands: "[CELLS…]",
    summary: "counts how often every method is wrong where the truth is known",
    details: """
      Runs every method of the catalogue on traffic that is drawn with a known truth, and counts
      false alarms, intervals that miss, and abstentions. Without a cell all are run; --list names
      them: \(CalibrationStudy.groupNames.prefix(5).joined(separator: ", ")), …
      Writes counts as JSON, and tables as Markdown, as soon as a cell is done. With --methods and
      no --out, prints the tables and writes nothing; with both, the other methods' counts stay.
      Parts made with --shard are put together with --merge.

      With --queues the operands are queues whose steady state is known; counted is how often the
      intervals of a run hold. Other queues' counts in the folder stay.
      """,
    flags: [
      FlagSpec(
        name: "runs", value: "N", help: "runs of each cell (default: 10000), or queue (1000)"),
      FlagSpec(name: "queues", help: "runs queues in place of methods"),
      FlagSpec(name: "methods", value: "A,B", help: "these methods only"),
      FlagSpec(name: "shard", value: "I/N", help: "part I, from 1, of N equal parts of the runs"),
      FlagSpec(name: "merge", help: "runs nothing: puts the parts in the folder together"),
      FlagSpec(name: "list", help: "runs nothing: prints the names of all cells"),
      FlagSpec(
        name: "out", short: "-o", value: "DIR",
        help: "writes into DIR (default: results/calibration)", isPath: true),
      SharedFlags.threads, SharedFlags.quiet,
    ],
    example: "understudy audit normal skewed --methods welch --runs 1000"
  ) { flags, console in
    if flags.has("list") {
      let names = flags.has("queues") ? QueueStudy.names : CalibrationStudy.groupNames
      try console.answer(names.map { "\($0)\n" }.joined())
      return .done
    }
    let folder = flags.last("out") ?? "results/calibration"
    if flags.has("queues") {
      try QueueStudy(queues: flags.operands, options: flags.queueOptions()).run(
        into: folder,
        progress: { name in if !flags.has("quiet") { console.writeNote("\(name)\n") } },
        isCancelled: console.isInterrupted,
        finished: { files throws(StudyError) in try ResultFolder.write(files, to: folder) })
      return .done
    }
    if flags.has("merge") {
      try ResultFolder.write(try CalibrationFolder.merged(in: folder), to: folder)
      return .done
    }
    let options = try flags.calibrationOptions()
    let study = try CalibrationStudy(groups: flags.operands, options: options)
    let writes = options.methods == nil || flags.has("out")
    let result = try study.run(
      progress: { name in if !flags.has("quiet") { console.writeNote("\(name)\n") } },
      isCancelled: console.isInterrupted,
      // A study of hours that is stopped keeps the cells it has done.
      finished: { part throws(StudyError) in
        guard writes else { return }
        let files = try part.files(into: folder, keepsOthers: options.methods != nil)
        try ResultFolder.write(files, to: folder)
      })
    if !writes { try console.answer(result.tables) }
    return .done
  }
}

extension Flags {
  fileprivate func queueOptions() throws(UsageError) -> QueueStudy.Options {
    if let flag = ["methods", "shard", "merge"].first(where: has) {
      throw UsageError(
        message: "--queues takes no --\(flag)", help: "each queue is run whole, one after the other"
      )
    }
    var options = QueueStudy.Options()
    if let runs = try number("runs", least: 1) { options.runs = runs }
    if let threads = try number("threads", least: 1) { options.threads = threads }
    return options
  }

  fileprivate func calibrationOptions() throws(UsageError) -> CalibrationStudy.Options {
    var options = CalibrationStudy.Options()
    if let runs = try number("runs", least: 1) { options.runs = runs }
    if let threads = try number("threads", least: 1) { options.threads = threads }
    options.methods = last("methods")?.split(separator: ",").map(String.init)
    if let text = last("shard") {
      guard let shard = CalibrationStudy.Shard(text) else {
        throw UsageError(
          message: "--shard is \"\(text)\", not a part such as 2/8",
          help: "parts are counted from 1")
      }
      options.shard = shard
    }
    return options
  }
}
