import Foundation

/// Where something was measured, and with what it was built.
package struct Workshop: Sendable {
  package struct Fact: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package var toolchain: [Fact]
  package var machine: [Fact]

  package init(toolchain: [Fact], machine: [Fact]) {
    self.toolchain = toolchain
    self.machine = machine
  }

  /// This machine, and the tools that are found on it.
  ///
  /// - Parameter python: the peers' interpreter; nil leaves the peers' tools out.
  package static func here(python: String?) -> Workshop {
    var tools = [Fact(name: "swift", value: firstLine(of: ["swift", "--version"]))]
    if let python {
      tools.append(Fact(name: "clang++", value: firstLine(of: ["clang++", "--version"])))
      tools.append(Fact(name: "g++", value: firstLine(of: ["g++", "--version"])))
      tools.append(Fact(name: "python", value: firstLine(of: [python, "--version"])))
      tools.append(Fact(name: "packages", value: firstLine(of: [python, "-c", packageVersions])))
    }
    let process = ProcessInfo.processInfo
    return Workshop(
      toolchain: tools.filter { !$0.value.isEmpty },
      machine: [
        Fact(name: "system", value: firstLine(of: ["uname", "-sm"])),
        Fact(name: "processor", value: processor),
        Fact(name: "cores", value: "\(process.activeProcessorCount)"),
        Fact(name: "memory", value: "\(process.physicalMemory >> 20) MiB"),
      ])
  }

  private static var processor: String {
    #if os(Linux)
      let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let line = facts.split(separator: "\n").first { $0.hasPrefix("model name") }
      return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        ?? "unknown"
    #else
      return firstLine(of: ["sysctl", "-n", "machdep.cpu.brand_string"])
    #endif
  }

  private static func firstLine(of command: [String]) -> String {
    let output = PeerToolbox.output(of: command) ?? ""
    return output.split(separator: "\n").first.map(String.init) ?? ""
  }

  private static let packageVersions = """
    import importlib.metadata as m
    wanted = ["numpy", "scipy", "numba", "simpy", "ciw", "salabim"]
    found = {(d.metadata["Name"] or "").lower(): d.version for d in m.distributions()}
    print(", ".join(f"{name} {found[name]}" for name in wanted if name in found))
    """
}
