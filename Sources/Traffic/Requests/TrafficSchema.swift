/// What every request of a traffic carries: the columns of its blocks, in order.
package struct TrafficSchema: Sendable, Equatable {
  /// One column of model inputs.
  package struct Feature: Sendable, Equatable {
    package var name: String
    package var kind: Kind

    package enum Kind: Sendable, Equatable {
      case numeric
      /// Values are indices into `categories`; a recording may still add to them while it is read.
      case categorical(categories: [String])
    }

    package init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// What a label means.
  package enum Label: Sendable, Equatable {
    /// There is no label.
    case none
    /// Class indices 0..<names.count; two names make a binary task whose positive class is index 1.
    case classes(names: [String])
    /// A real number.
    case real
  }

  package var features: [Feature]
  package var label: Label
  /// Names of the logged numeric columns (a production model's own score, a latency), in block order.
  package var logged: [String]
  /// Columns kept for reporting by segment.
  package var segments: [String]
  /// True when requests name the user or session they belong to.
  package var hasUnits: Bool
  /// True when requests carry the latency that was logged with them.
  package var hasLatency: Bool
  /// True when requests carry how many tokens their prompt has.
  package var hasInputTokens = false
  /// True when requests carry how many tokens their answer has.
  package var hasOutputTokens = false
  /// True when requests carry a priority.
  package var hasPriority = false
  /// How many tokens a block of a prompt's prefix has; nil when requests name no such blocks.
  package var prefixBlockTokens: Int?

  package init(
    features: [Feature], label: Label, logged: [String] = [], segments: [String] = [],
    hasUnits: Bool = false, hasLatency: Bool = false
  ) {
    self.features = features
    self.label = label
    self.logged = logged
    self.segments = segments
    self.hasUnits = hasUnits
    self.hasLatency = hasLatency
  }

  package func featureIndex(_ name: String) -> Int? { features.firstIndex { $0.name == name } }
}
