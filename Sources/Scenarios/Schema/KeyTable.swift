/// The one table of all keys of a scenario: the reader works from it, and the reference is made from it.
enum KeyTable {
  static let sections: [KeySection] =
    scenarioSections + trafficSections + distributionSections + shiftSections + armSections
    + serviceSections + scalingSections + failureSections + languageSections + clientSections
    + routeSections + analysisSections

  static func section(_ id: String) -> KeySection {
    guard let section = byName[id] else { preconditionFailure("no section \(id) in the key table") }
    return section
  }

  private static let byName = Dictionary(uniqueKeysWithValues: sections.map { ($0.id, $0) })

  /// Every key of every section, without repetitions, in the order of the table.
  static let allKeys: [String] = {
    var seen: Set<String> = []
    return sections.flatMap(\.keys).map(\.name).filter { seen.insert($0).inserted }
  }()
}

/// The keys of one kind of object.
struct KeySection: Sendable {
  /// How value types and the reader name it.
  let id: String
  /// As it is told: "a service".
  let title: String
  /// Where it stands in a scenario: `arms.<name>.service`.
  let path: String
  /// One or two sentences for the reference.
  let about: String
  let keys: [KeyEntry]

  init(_ id: String, _ title: String, at path: String, _ about: String, _ keys: [KeyEntry]) {
    self.id = id
    self.title = title
    self.path = path
    self.about = about
    self.keys = keys
  }

  func entry(_ name: String) -> KeyEntry {
    guard let entry = keys.first(where: { $0.name == name }) else {
      preconditionFailure("no key \(name) in the section \(id)")
    }
    return entry
  }
}

/// One key: what may stand behind it, and what it does.
struct KeyEntry: Sendable {
  let name: String
  let type: ValueType
  /// As it is written, or "required", or what happens without it.
  let fallback: String
  /// What the value is counted in; empty where it has no unit or carries its own.
  let unit: String
  /// What it does, in one sentence.
  let about: String
  /// How it is written: `mirror: 0.5`.
  let example: String

  init(
    _ name: String, _ type: ValueType, default fallback: String, unit: String = "",
    _ about: String, example: String
  ) {
    self.name = name
    self.type = type
    self.fallback = fallback
    self.unit = unit
    self.about = about
    self.example = example
  }
}
