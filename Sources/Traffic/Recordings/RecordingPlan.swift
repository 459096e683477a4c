/// Which requests of a recording are replayed, and how its columns are read.
package struct RecordingPlan: Sendable, Equatable {
  /// As written in the scenario, relative to its file; "-" is standard input, ".gz" and ".zst" go through a pipe.
  package var path: String
  package var format = Format.automatic
  package var delimiter: UInt8 = UInt8(ascii: ",")
  /// The column of arrival times; nil spaces the rows evenly at `rate`.
  package var timeColumn: String?
  package var timeFormat = TimeFormat.automatic
  /// What the clock of times without a zone is ahead of UTC: "+10:00" is ten hours.
  package var zoneOffset = SimulatedDuration.zero
  /// Requests a second for a recording without times.
  package var rate: Double?
  package var labelColumn: String?
  package var labelKind = LabelKind.automatic
  package var features = FeatureSelection.all
  package var unitColumn: String?
  /// Whether that column holds the 64-bit identities themselves, as a trace does, and not texts.
  package var unitsAreIdentities = false
  package var latencyColumn: String?
  /// How many nanoseconds one unit of the latency column is.
  package var latencyUnitNanoseconds: Int64 = 1_000_000
  /// Numeric columns that arms want as logged answers.
  package var loggedColumns: [String] = []
  package var segmentColumns: [String] = []
  /// By segment column: values in the order in which they are reported, before those that come up;
  /// shorter than `segmentColumns` where the rest have none.
  package var segmentValues: [[String]] = []
  /// Columns of the numbers of tokens of prompt and answer.
  package var inputTokenColumn: String?
  package var outputTokenColumn: String?
  /// The column of priorities, from 0 (most urgent) to `RequestBlock.leastUrgent`.
  package var priorityColumn: String?
  /// The column that lists the identities of the blocks that a prompt begins with.
  package var prefixColumn: String?
  /// How many tokens such a block has.
  package var prefixBlockTokens = 512
  /// Fields that mean "missing" beside the empty one.
  package var missingTokens: [String] = []
  /// Rows from..<until of the file, counted from 0 after the header.
  package var fromRow = 0
  package var untilRow: Int?
  /// Where the traffic starts, from which offsets and the speed count; nil is the first row's time.
  package var start: SimulatedTime?
  package var from: TimePoint?
  package var until: TimePoint?
  /// Gaps between arrivals are divided by it.
  package var speed = 1.0
  /// How often the recording is played, one after the other.
  package var loops = 1
  /// The share of units (by `UnitHash` with the salt "traffic") that is replayed.
  package var shareOfUnits = 1.0
  /// How many models of labels a run had before those of its shifts; their streams are numbered on.
  package var labellersBefore = 0
  /// Whether users in a closed loop sent the requests, so that a run of them is to be played as theirs.
  package var isFromUsers = false
  package var onBadValue = BadValueRule.stop
  package var onTimeReversal = TimeReversalRule.stop

  package init(path: String) { self.path = path }

  package enum Format: String, Sendable, CaseIterable {
    /// JSON Lines where the path ends in .jsonl or .ndjson (before .gz or .zst), else delimited text.
    case automatic
    case delimited
    /// An object a line; its keys are the columns, by their path inside of nested objects.
    case jsonLines
  }

  /// Whether the recording is read as JSON Lines.
  package var isJSONLines: Bool {
    switch format {
    case .delimited: return false
    case .jsonLines: return true
    case .automatic:
      var stem = path[...]
      for ending in [".gz", ".zst"] where stem.hasSuffix(ending) {
        stem = stem.dropLast(ending.count)
      }
      return stem.hasSuffix(".jsonl") || stem.hasSuffix(".ndjson")
    }
  }

  package enum TimeFormat: Sendable, Equatable {
    /// RFC 3339 or a plain number whose size tells its unit; decided once, from the first row.
    case automatic
    case rfc3339
    case epoch(nanosecondsPerUnit: Int64)
    /// A pattern in the letters of strptime: "%d/%b/%Y:%H:%M:%S %z".
    case pattern(String)
  }

  package enum LabelKind: Sendable, Equatable {
    /// Classes 0 and 1 when the label column holds only these, else an error that asks for a kind.
    case automatic
    case classes(names: [String])
    case real
  }

  package enum FeatureSelection: Sendable, Equatable {
    /// Every column with no other role.
    case all
    case named([FeatureColumn])
  }

  package struct FeatureColumn: Sendable, Equatable {
    package var name: String
    /// nil is numeric; empty is categorical with categories in order of appearance.
    package var categories: [String]?

    package init(name: String, categories: [String]? = nil) {
      self.name = name
      self.categories = categories
    }
  }

  package enum BadValueRule: String, Sendable, CaseIterable { case stop, skip, missing }

  package enum TimeReversalRule: Sendable, Equatable {
    case stop
    /// Rows are put in order inside a window of this length; a row that comes later still is an error.
    case reorder(window: SimulatedDuration)
    /// All later rows are moved so that the step back becomes no step; counted.
    case shift
  }
}
