// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors, and every unsafe use must be marked: see the style guide in CONTRIBUTING.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A room of the house; imports run downhill only (docs/architecture.md).
func room(_ name: String, imports: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

func tests(_ name: String, imports: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: imports + ["TestSupport"], resources: resources,
    swiftSettings: settings)
}

let belowSimulation: [Target.Dependency] = [
  "Documents", "Kernels", "Probability", "Statistics", "Traffic", "Models",
]
let belowUnderstudy: [Target.Dependency] =
  belowSimulation + ["Simulation", "Scenarios", "Reports"]

let package = Package(
  name: "understudy",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Understudy", targets: ["Understudy"]),
    .executable(name: "understudy", targets: ["Command"]),
    .executable(name: "benchmarks", targets: ["Benchmarks"]),
  ],
  targets: [
    room("Documents", imports: []),
    // Square roots and roundings that the processor lacks are in libm, which Foundation brings along.
    .target(name: "Kernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    room("Probability", imports: ["Kernels"]),
    room("Statistics", imports: ["Documents", "Kernels", "Probability"]),
    room("Traffic", imports: ["Documents", "Kernels", "Probability"]),
    room("Models", imports: ["Documents", "Kernels", "Probability", "Traffic"]),
    room("Simulation", imports: belowSimulation),
    room("Scenarios", imports: belowSimulation + ["Simulation"]),
    room("Reports", imports: belowSimulation + ["Simulation"]),
    room("Understudy", imports: belowUnderstudy),
    .executableTarget(
      name: "Command", dependencies: ["Understudy", "Documents"], swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks", dependencies: belowUnderstudy + ["Understudy"], swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["Documents", "Probability"],
      path: "Tests/TestSupport", swiftSettings: settings),
    tests("Documents", imports: ["Documents"], resources: [.copy("Vectors")]),
    tests("Probability", imports: ["Probability"], resources: [.copy("Vectors")]),
    tests("Statistics", imports: ["Statistics", "Probability"], resources: [.copy("Vectors")]),
    tests(
      "Traffic", imports: ["Traffic", "Probability", "Documents"], resources: [.copy("Vectors")]),
    tests(
      "Models", imports: ["Models", "Traffic", "Probability", "Documents"],
      resources: [.copy("Vectors")]),
    tests("Simulation", imports: belowSimulation + ["Simulation"], resources: [.copy("Vectors")]),
    tests("Scenarios", imports: belowSimulation + ["Simulation", "Scenarios"]),
    tests(
      "Reports", imports: belowSimulation + ["Simulation", "Reports"],
      resources: [.copy("Golden")]),
    tests(
      "Understudy", imports: belowUnderstudy + ["Understudy"], resources: [.copy("Vectors")]),
    tests("Command", imports: ["Command", "Understudy", "Documents"]),
    tests("Benchmarks", imports: ["Benchmarks"]),
  ]
)
