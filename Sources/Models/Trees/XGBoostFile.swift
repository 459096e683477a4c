import Documents

/// Models as XGBoost writes them, from version 1.0 on, in JSON or in Universal Binary JSON.
///
/// - Source: the XGBoost documentation, "Introduction to Model IO", and its model schema.
enum XGBoostFile {
  static func model(_ root: FileCursor) throws(ModelError) -> XGBoostModel {
    let learner = try root.member("learner")
    let parameters = try learner.member("learner_model_param")
    let objective = try objective(learner, majorVersion: majorVersion(root))
    let groups = try groups(parameters, objective)
    let featureCount = try count(parameters.member("num_feature"), 1...CategorySet.limit)
    let booster = try booster(learner.member("gradient_booster"))
    let categories = try CategoryNames(booster.model, featureCount: featureCount)
    let trees = try trees(booster, groups: groups, featureCount: featureCount)
    return XGBoostModel(
      forest: Forest(
        trees: trees.list, groups: trees.groups, groupCount: groups, featureCount: featureCount,
        margins: try margins(parameters.member("base_score"), objective, groups: groups)),
      objective: objective,
      inputs: try featureNames(learner, count: featureCount),
      bestIteration: learner["attributes"]?["best_iteration"]?.string,
      categories: categories)
  }

  // MARK: The learner

  /// The first number of the version that wrote the file; 1 where it says none.
  private static func majorVersion(_ root: FileCursor) -> Int {
    root["version"]?.numbers?.first.flatMap { Int(exactly: $0) } ?? 1
  }

  private static func objective(
    _ learner: FileCursor, majorVersion: Int
  ) throws(ModelError) -> XGBoostObjective {
    let cursor = try learner.member("objective").member("name")
    let name = try cursor.requiredString()
    guard let objective = XGBoostObjective(name: name, majorVersion: majorVersion) else {
      throw cursor.complaint(
        "the objective \(name) is not read here",
        help: "read are binary:, multi:, reg:, count:poisson, rank: and survival: objectives")
    }
    return objective
  }

  private static func groups(
    _ parameters: FileCursor, _ objective: XGBoostObjective
  ) throws(ModelError) -> Int {
    if let targets = parameters["num_target"], try targets.requiredInteger() > 1 {
      throw targets.complaint(
        "the model answers \(try targets.requiredInteger()) targets at once",
        help: "one target a model is read; train one model for each")
    }
    let cursor = try parameters.member("num_class")
    let classes = try count(cursor, 0...65_535)
    guard objective.link == .softmax else { return 1 }
    guard classes >= 2 else {
      throw cursor.complaint("\(cursor.name) is \(classes), but \(objective.name) has 2 or more")
    }
    return classes
  }

  private static func count(
    _ cursor: FileCursor, _ range: ClosedRange<Int>
  ) throws(ModelError) -> Int {
    let count = try cursor.requiredInteger()
    guard range.contains(count) else {
      throw cursor.complaint(
        "\(cursor.name) is \(count), not from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  private static func featureNames(
    _ learner: FileCursor, count: Int
  ) throws(ModelError) -> [String] {
    guard let cursor = learner["feature_names"], cursor.count != 0 else { return [] }
    var names: [String] = []
    for element in try cursor.requiredElements() { names.append(try element.requiredString()) }
    guard names.count == count else {
      throw cursor.complaint("\(cursor.name) has \(names.count) names for \(count) features")
    }
    if let index = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw cursor.complaint("\(cursor.name) names \"\(names[index])\" twice")
    }
    return names
  }

  /// The start of every group's sum, from a text such as "5E-1", "[4.37E-1]" or "[1E0,2E0]".
  private static func margins(
    _ cursor: FileCursor, _ objective: XGBoostObjective, groups: Int
  ) throws(ModelError) -> [Float] {
    let text = try cursor.requiredString()
    let isList = text.hasPrefix("[") && text.hasSuffix("]")
    let scores = (isList ? text.dropFirst().dropLast() : text[...])
      .split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
    var margins: [Float] = []
    for score in scores {
      guard let score else {
        throw cursor.complaint("\(cursor.name) is \"\(text)\", not a number or a list of numbers")
      }
      if let flaw = objective.flaw(ofBaseScore: score) {
        throw cursor.complaint("\(cursor.name) is \"\(text)\"; \(objective.name) wants it \(flaw)")
      }
      margins.append(objective.margin(baseScore: score))
    }
    if margins.count == 1 { return Array(repeating: margins[0], count: groups) }
    guard margins.count == groups else {
      throw cursor.complaint("\(cursor.name) has \(margins.count) numbers for \(groups) outputs")
    }
    return margins
  }

  // MARK: The booster

  private struct Booster {
    var model: FileCursor
    /// One a tree; nil for plain boosting.
    var weights: FileCursor?
  }

  private static func booster(_ cursor: FileCursor) throws(ModelError) -> Booster {
    let nameCursor = try cursor.member("name")
    switch try nameCursor.requiredString() {
    case "gbtree": return Booster(model: try cursor.member("model"))
    case "dart":
      return Booster(
        model: try cursor.member("gbtree").member("model"),
        weights: try cursor.member("weight_drop"))
    case "gblinear":
      throw nameCursor.complaint(
        "the booster gblinear is not read here",
        help: "write its weights as the JSON of a linear model: kind, features, coef, intercept")
    case let name:
      throw nameCursor.complaint("\(nameCursor.name) is \"\(name)\", not gbtree or dart")
    }
  }

  private static func trees(
    _ booster: Booster, groups: Int, featureCount: Int
  ) throws(ModelError) -> (list: [DecisionTree], groups: [Int]) {
    let cursors = try booster.model.member("trees").requiredElements()
    let info = try booster.model.member("tree_info")
      .requiredIntegers(0...groups - 1, count: cursors.count)
    let weights = try booster.weights?.requiredFloats(count: cursors.count)
    var trees: [DecisionTree] = []
    trees.reserveCapacity(cursors.count)
    for (index, cursor) in cursors.enumerated() {
      trees.append(
        try XGBoostTree(cursor, featureCount: featureCount).tree(weight: weights?[index] ?? 1))
    }
    return (trees, info)
  }
}
