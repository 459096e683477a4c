import Documents
import Traffic

/// Something that answers requests, a block at a time, without memory of earlier blocks.
///
/// Contract, held by `ModelContract` in the tests: an answer depends on its row alone, so any block size
/// gives the same bits.
package protocol Model: Sendable {
  /// The features it reads, by name, in its own order.
  var inputs: [String] { get }
  /// Logged columns it reads, by name.
  var loggedInputs: [String] { get }
  var output: ModelOutput { get }
  /// One line for the person: "XGBoost, 200 trees, binary:logistic".
  var summary: String { get }

  /// Writes `output.width` columns of `block.count` answers.
  func score(
    _ block: RequestBlock, at columns: ModelColumns, seed: UInt64, into scores: inout ScoreBlock)
}

/// What an answer is.
package enum ModelOutput: Sendable, Equatable {
  /// One column: the probability of class 1.
  case probability
  /// One column a class, each a probability.
  case classProbabilities(count: Int)
  /// One column: a real number.
  case value

  package var width: Int {
    switch self {
    case .probability, .value: 1
    case .classProbabilities(let count): count
    }
  }
}

/// Where a model's inputs stand in the blocks of one traffic.
package struct ModelColumns: Sendable, Equatable {
  package var features: [Int]
  package var logged: [Int]

  package init(features: [Int], logged: [Int]) {
    self.features = features
    self.logged = logged
  }
}

/// The answers of one model to one block: answer k of row r stands at `values[k * capacity + r]`.
package struct ScoreBlock: Sendable {
  package let capacity: Int
  package let width: Int
  package var count = 0
  /// NaN where the model has no answer (a logged column that is empty).
  package var values: [Double]

  package init(width: Int, capacity: Int) {
    self.width = width
    self.capacity = capacity
    values = Array(repeating: .nan, count: width * capacity)
  }
}

/// How a scenario names a model.
package enum ModelReference: Sendable, Equatable {
  /// A file, relative to the scenario; its kind is detected.
  case file(path: String)
  /// An answer that was logged in the traffic.
  case column(name: String, output: ModelOutput)
  case synthetic(SyntheticModelPlan)
  /// None: the arm is a service whose answers nobody judges.
  case noModel
}

/// A model of stated quality, for experiments in which the truth is known.
package struct SyntheticModelPlan: Sendable, Equatable {
  package var kind: Kind
  /// A standard normal feature that decides the luck of each answer; nil draws it independently.
  package var latent: String?
  /// Two synthetic models with different salts err independently of each other.
  package var salt: String

  package enum Kind: Sendable, Equatable {
    /// Names the label's class with this probability: the answer to a binary task is `confidence` for the class that it names.
    case accuracy(Double, confidence: Double)
    /// The label plus bias + standardDeviation · z.
    case error(bias: Double, standardDeviation: Double)
  }

  package init(kind: Kind, latent: String? = nil, salt: String) {
    self.kind = kind
    self.latent = latent
    self.salt = salt
  }
}

/// What can go wrong with a model.
package enum ModelError: Error, Sendable, Equatable {
  case fileMissing(path: String)
  /// The file is at fault; the diagnostics say where.
  case badFile(Diagnostics)
  /// The traffic lacks features that the model wants.
  case missingInputs(model: String, names: [String], available: [String])
  /// The model takes all features by position, and the traffic has another number of them.
  case wrongInputCount(model: String, wants: Int, available: [String])
  /// The model reads a feature's categories by number, and the traffic does not say which number means
  /// which; the names are the model's, where it keeps them.
  case categoriesNotNamed(model: String, feature: String, names: [String])
}
