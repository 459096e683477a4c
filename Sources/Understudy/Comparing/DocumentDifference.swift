import Documents

/// One place where two JSON documents differ; nil is what a document does not have.
struct DocumentDifference: Equatable {
  /// As `--set` writes it: "arms.candidate.service.replicas", "shifts[0].by".
  var path: String
  var old: JSONValue?
  var new: JSONValue?

  /// All differences in the order of the documents, as deep down as they can be told.
  ///
  /// Lists of which elements were put in or taken out are matched at both ends, so that one more
  /// shift is one difference and not one for each that follows.
  static func between(_ old: JSONValue, _ new: JSONValue, at path: String = "") -> [Self] {
    switch (old, new) {
    case _ where old == new: []
    case (.object(let old), .object(let new)): members(old, new, path)
    case (.array(let old), .array(let new)) where !(old + new).allSatisfy(\.isBare):
      elements(old, new, path)
    default: [Self(path: path, old: old, new: new)]
    }
  }

  private static func members(
    _ old: [(String, JSONValue)], _ new: [(String, JSONValue)], _ path: String
  ) -> [Self] {
    let kept = old.flatMap { key, value -> [Self] in
      let step = Self.step(path, key)
      guard let other = new.first(where: { $0.0 == key }) else {
        return [Self(path: step, old: value, new: nil)]
      }
      return between(value, other.1, at: step)
    }
    let added = new.filter { key, _ in !old.contains { $0.0 == key } }
    return kept + added.map { Self(path: step(path, $0.0), old: nil, new: $0.1) }
  }

  private static func elements(_ old: [JSONValue], _ new: [JSONValue], _ path: String) -> [Self] {
    if old.count == new.count {
      return old.indices.flatMap { between(old[$0], new[$0], at: "\(path)[\($0)]") }
    }
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
      .prefix { $0 == $1 }.count
    let removed = (head..<old.count - tail).map {
      Self(path: "\(path)[\($0)]", old: old[$0], new: nil)
    }
    return removed
      + (head..<new.count - tail).map { Self(path: "\(path)[\($0)]", old: nil, new: new[$0]) }
  }

  private static func step(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension JSONValue {
  /// Neither a list nor an object.
  fileprivate var isBare: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
