/// A program of somebody else that answers the same question and prints what it took.
package struct PeerProgram: Sendable, Equatable {
  package var name: String
  /// In the folder of the peers.
  package var file: String
  package var language: Language
  package var arguments: [String]
  /// The key of the figure in what it prints, or how the line with it begins.
  package var figure: String
  package var format: Format
  /// The key of its peak memory in megabytes, where it tells.
  package var memory: String?
  /// How often it runs at most; slow peers run once.
  package var rounds: Int

  package enum Language: Sendable, Equatable {
    case cpp(compiler: String, flags: [String])
    case python
  }

  package enum Format: Sendable, Equatable {
    /// The last line is an object of JSON that holds the figure.
    case json
    /// Lines that hold "cpu med 1.23s" for `count` things: the figure is nanoseconds for one.
    case timedLines(count: Int)
  }

  package init(
    name: String, file: String, language: Language, arguments: [String], figure: String,
    format: Format = .json, memory: String? = nil, rounds: Int = .max
  ) {
    self.name = name
    self.file = file
    self.language = language
    self.arguments = arguments
    self.figure = figure
    self.format = format
    self.memory = memory
    self.rounds = rounds
  }

  /// A C++ program four times: by both compilers, for any processor and for this one.
  package static func compiled(
    _ file: String, arguments: [String], label: String, figure: String
  ) -> [PeerProgram] {
    ["clang++", "g++"].flatMap { compiler in
      [[], ["-march=native"]].map { extra in
        PeerProgram(
          name: (["C++ \(label),", compiler, "-O3"] + extra).joined(separator: " "), file: file,
          language: .cpp(compiler: compiler, flags: ["-O3", "-std=c++20"] + extra),
          arguments: arguments, figure: figure)
      }
    }
  }
}
