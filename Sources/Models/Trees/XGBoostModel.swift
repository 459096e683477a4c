import Traffic

/// A model of boosted trees that XGBoost trained, with XGBoost's own Float32 arithmetic.
///
/// All trees of the file count: `best_iteration` is told in the summary and not applied, as in
/// XGBoost's own Booster.predict.
///
/// - multi:softmax answers with the probabilities of multi:softprob, whose trees are the same.
/// - binary:logitraw answers with the margin, as a value.
struct XGBoostModel: Model, PositionalModel {
  let inputs: [String]
  let output: ModelOutput
  let summary: String
  let positionalInputCount: Int?
  private let forest: Forest
  private let objective: XGBoostObjective
  private let categories: CategoryNames
  /// How the traffic's categories become the model's, by feature of the model.
  private var translations: [CategoryTranslation?]

  var loggedInputs: [String] { [] }

  init(
    forest: Forest, objective: XGBoostObjective, inputs: [String], bestIteration: String?,
    categories: CategoryNames
  ) {
    self.forest = forest
    self.objective = objective
    self.inputs = inputs
    self.categories = categories
    output = objective.output(groups: forest.groupCount)
    positionalInputCount = inputs.isEmpty ? forest.featureCount : nil
    translations = Array(repeating: nil, count: forest.featureCount)
    let trees = forest.treeCount == 1 ? "1 tree" : "\(forest.treeCount) trees"
    let best = bestIteration.map { " (all of them; best_iteration is \($0))" } ?? ""
    summary = "XGBoost, \(trees)\(best), \(objective.name)"
  }

  func score(
    _ block: RequestBlock, at columns: ModelColumns, seed: UInt64, into scores: inout ScoreBlock
  ) {
    precondition(columns.features.count == forest.featureCount, "features \(columns.features)")
    precondition(columns.features.allSatisfy { 0..<block.featureCount ~= $0 })
    precondition(scores.width == output.width && scores.capacity >= block.count)
    scores.count = block.count
    let translated = translated(block, columns)
    let positions = forest.featurePositions(translations.map { $0 != nil })
    unsafe block.features.withUnsafeBufferPointer { features in
      unsafe translated.withUnsafeBufferPointer { translated in
        guard let features = features.baseAddress else { return }
        for start in stride(from: 0, to: block.count, by: Forest.chunkRows) {
          let rows = start..<min(start + Forest.chunkRows, block.count)
          unsafe score(rows, into: &scores) { feature in
            if let position = positions[feature], let base = translated.baseAddress {
              return unsafe base + position * block.count + start
            }
            return unsafe features + columns.features[feature] * block.capacity + start
          }
        }
      }
    }
  }

  private func score(
    _ rows: Range<Int>, into scores: inout ScoreBlock,
    _ features: (_ feature: Int) -> UnsafePointer<Float>
  ) {
    unsafe withUnsafeTemporaryAllocation(
      of: Float.self, capacity: forest.groupCount * Forest.stride
    ) { buffer in
      guard let sums = buffer.baseAddress else { return }
      unsafe forest.addTrees(features, count: rows.count, to: sums)
      unsafe answer(rows, sums, into: &scores)
    }
  }

  /// The answers from the sums of the trees.
  private func answer(
    _ rows: Range<Int>, _ sums: UnsafeMutablePointer<Float>, into scores: inout ScoreBlock
  ) {
    switch objective.link {
    case .identity:
      for row in rows { scores.values[row] = unsafe Double(sums[row - rows.lowerBound]) }
    case .logistic:
      for row in rows {
        scores.values[row] = unsafe Double(XGBoostObjective.logistic(sums[row - rows.lowerBound]))
      }
    case .exponential:
      for row in rows {
        scores.values[row] = unsafe Double(
          XGBoostObjective.exponential(sums[row - rows.lowerBound]))
      }
    case .step:
      for row in rows { scores.values[row] = unsafe sums[row - rows.lowerBound] > 0 ? 1 : 0 }
    case .softmax: unsafe softmax(rows, sums, into: &scores)
    }
  }

  private func softmax(
    _ rows: Range<Int>, _ sums: UnsafeMutablePointer<Float>, into scores: inout ScoreBlock
  ) {
    for row in rows {
      let sums = unsafe sums + (row - rows.lowerBound)
      var largest = unsafe sums[0]
      for group in 1..<forest.groupCount {
        largest = unsafe max(largest, sums[group * Forest.stride])
      }
      var total = 0.0
      for group in 0..<forest.groupCount {
        let weight = unsafe XGBoostObjective.exponential(sums[group * Forest.stride] - largest)
        unsafe sums[group * Forest.stride] = weight
        total += Double(weight)
      }
      for group in 0..<forest.groupCount {
        scores.values[group * scores.capacity + row] = unsafe Double(
          sums[group * Forest.stride] / Float(total))
      }
    }
  }
}

// MARK: - Categories

extension XGBoostModel: CategoryReader {
  func categoryNames(ofInput index: Int) -> [String] { categories.names[index] ?? [] }

  func reading(_ schema: TrafficSchema, at columns: ModelColumns) -> any Model {
    var adapted = self
    for feature in forest.categoricalFeatures {
      adapted.translations[feature] = CategoryTranslation(
        to: categories.names[feature], from: schema.features[columns.features[feature]].kind)
    }
    return adapted
  }

  /// The translated columns, one after the other, each with a value a row.
  private func translated(_ block: RequestBlock, _ columns: ModelColumns) -> [Float] {
    var values: [Float] = []
    for (feature, translation) in translations.enumerated() {
      guard let translation else { continue }
      let start = columns.features[feature] * block.capacity
      values += block.features[start..<start + block.count].lazy.map(translation.callAsFunction)
    }
    return values
  }
}

extension Forest {
  /// The number, in order, of each feature that is marked.
  fileprivate func featurePositions(_ isMarked: [Bool]) -> [Int?] {
    var next = 0
    return isMarked.map { isMarked in
      defer { if isMarked { next += 1 } }
      return isMarked ? next : nil
    }
  }

  fileprivate var categoricalFeatures: [Int] {
    ranks.columns.filter { $0.form == .category }.map(\.feature).sorted()
  }
}

/// From the traffic's values of a categorical feature to the model's category numbers.
struct CategoryTranslation: Sendable {
  private enum Table: Sendable {
    /// By the traffic's number; NaN where the model has no such category.
    case byNumber([Float])
    /// By the value itself, for names that are numbers.
    case byValue([Float: Float])
  }

  private let table: Table

  /// nil where the traffic's numbers are the model's.
  init?(to names: [String]?, from kind: TrafficSchema.Feature.Kind) {
    guard let names else { return nil }
    switch kind {
    case .categorical(let categories):
      table = .byNumber(
        categories.map { category in names.firstIndex(of: category).map { Float($0) } ?? .nan })
    case .numeric:
      let values = names.compactMap { Float($0) }
      guard values.count == names.count else { return nil }
      table = .byValue(
        Dictionary(
          zip(values, values.indices.map { Float($0) }), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The model's number; NaN, which is missing, for a category that the model does not know.
  func callAsFunction(_ value: Float) -> Float {
    switch table {
    case .byNumber(let numbers):
      guard value >= 0, value < Float(numbers.count) else { return .nan }
      return numbers[Int(value)]
    case .byValue(let numbers): return numbers[value] ?? .nan
    }
  }
}
