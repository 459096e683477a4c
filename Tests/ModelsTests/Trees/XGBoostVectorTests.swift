import Documents
import Foundation
import Models
import Testing
import Traffic

/// Small models of every kind that is read, against XGBoost's own answers (Vectors/README.md).
@Suite("XGBoost's answers") struct XGBoostVectorTests {
  static let names = ["normal", "grid", "holes", "whole", "kind"]
  static let files = [
    "binary_logistic.json", "unnamed.ubj", "binary_logitraw.ubj", "binary_hinge.ubj",
    "squarederror.ubj", "absoluteerror.ubj", "quantileerror.ubj", "pseudohubererror.ubj",
    "squaredlogerror.ubj", "reg_logistic.ubj", "poisson.json", "gamma.ubj", "tweedie.ubj",
    "cox.ubj", "softprob.json", "pairwise.ubj", "ndcg.ubj", "dart.json", "dart_classes.ubj",
    "forest.ubj", "exact.ubj", "deep.ubj", "leaf_wise.ubj", "stump.ubj", "leaf_alone.ubj",
    "always.ubj",
    "category_one_hot.json", "category_partition.ubj", "category_classes.ubj",
  ]

  @Test("are ours to 1e-6 on every row", arguments: files)
  func vectors(file: String) throws {
    let rows = try Rows(Vectors.table("xgboost/rows.csv"), features: Self.names)
    let model = try Vectors.model("xgboost/\(file)")
    let name = String(file.prefix { $0 != "." })
    let width = model.output.width
    let known = try Vectors.table("xgboost/predictions.csv")
    for (k, answers) in try rows.answers(of: model).enumerated() {
      let wanted = try known.numbers(width == 1 ? name : "\(name):\(k)")
      #expect(answers.count == wanted.count)
      let wrong = zip(answers, wanted).enumerated().filter {
        !close($0.element.0, $0.element.1, relative: 1e-6)
      }
      #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
  }

  @Test("are the same in any block and alone", arguments: files)
  func contract(file: String) throws {
    let rows = try Rows(Vectors.table("xgboost/rows.csv"), features: Self.names)
    try checkContract(of: Vectors.model("xgboost/\(file)"), rows)
  }

  @Test("come out of JSON and UBJ as the same bits")
  func notations() throws {
    let rows = try Rows(Vectors.table("xgboost/rows.csv"), features: Self.names)
    let text = try rows.answers(of: Vectors.model("xgboost/binary_logistic.json"))
    let binary = try rows.answers(of: Vectors.model("xgboost/binary_logistic.ubj"))
    #expect(text.bits == binary.bits)
  }

  @Test("name the class that multi:softmax names")
  func softmax() throws {
    let rows = try Rows(Vectors.table("xgboost/rows.csv"), features: Self.names)
    let answers = try rows.answers(of: Vectors.model("xgboost/softmax.ubj"))
    let wanted = try Vectors.table("xgboost/predictions.csv").numbers("softmax")
    let named = wanted.indices.map { row in
      Double(answers.indices.max { answers[$0][row] < answers[$1][row] } ?? -1)
    }
    #expect(named == wanted)
  }

  @Test("agree on rows of the electricity recording, with a model that names no features")
  func electricity() throws {
    let table = try Vectors.table("elec2/rows.csv")
    let rows = try Rows(table, features: Array(table.header.dropLast(2)))
    let answers = try rows.answers(of: Vectors.model("elec2/trees.ubj"))[0]
    for (found, wanted) in zip(answers, try table.numbers("trees")) {
      #expect(close(found, wanted, relative: 1e-6), "\(found) \(wanted)")
    }
  }

  @Test(
    "are told apart by what they are",
    arguments: [
      ("binary_logistic.json", ModelOutput.probability, "XGBoost, 8 trees, binary:logistic"),
      ("binary_logitraw.ubj", .value, "XGBoost, 8 trees, binary:logitraw"),
      ("binary_hinge.ubj", .probability, "XGBoost, 8 trees, binary:hinge"),
      ("softprob.json", .classProbabilities(count: 3), "XGBoost, 12 trees, multi:softprob"),
      ("dart.json", .probability, "XGBoost, 8 trees, binary:logistic"),
      ("poisson.json", .value, "XGBoost, 8 trees, count:poisson"),
    ])
  func outputs(file: String, output: ModelOutput, summary: String) throws {
    let model = try Vectors.model("xgboost/\(file)")
    #expect(model.output == output)
    #expect(model.summary == summary)
    #expect(model.inputs == Self.names)
    #expect(model.loggedInputs.isEmpty)
  }

  @Test("use all trees, and the summary says where that is not the best iteration")
  func bestIteration() throws {
    let text = try Vectors.text("xgboost/binary_logistic.json")
      .replacingOccurrences(
        of: "\"attributes\":{}", with: "\"attributes\":{\"best_iteration\":\"3\"}")
    let model = try ModelFile.load(bytes: Array(text.utf8), name: "model.json")
    #expect(
      model.summary == "XGBoost, 8 trees (all of them; best_iteration is 3), binary:logistic")
  }

  @Test("come from files of old versions: a bare base score, words for default_left, no categories")
  func oldFiles() throws {
    let rows = try Rows(Vectors.table("xgboost/rows.csv"), features: Self.names)
    let text = try Vectors.text("xgboost/binary_logistic.json")
    let base = try #require(text.firstMatch(of: /"base_score":"\[([^\]]*)\]"/))
    var old = text.replacing(base.0, with: "\"base_score\":\"\(base.1)\"")
    old = old.replacing(/"default_left":\[([^\]]*)\]/) { match in
      let words = match.1.split(separator: ",").map { $0 == "1" ? "true" : "false" }
      return "\"default_left\":[\(words.joined(separator: ","))]"
    }
    old = old.replacing(/"categories(_nodes|_segments|_sizes)?":\[\],/, with: "")
    old = old.replacing(/"split_type":\[[^\]]*\],/, with: "")
    #expect(old.count < text.count)
    let model = try ModelFile.load(bytes: Array(old.utf8), name: "old.json")
    let wanted = try rows.answers(of: Vectors.model("xgboost/binary_logistic.json"))
    #expect(try rows.answers(of: model).bits == wanted.bits)
  }
}

/// Categories by name, which the model keeps from its training.
@Suite("Categories with names") struct CategoryNameTests {
  private func rows(colours: [String], sizesAsValues: Bool) throws -> Rows {
    let table = try Vectors.table("xgboost/category_names.csv")
    let sizes = ["10", "20", "30", "45"]
    let kind: TrafficSchema.Feature.Kind =
      sizesAsValues ? .numeric : .categorical(categories: sizes)
    let schema = TrafficSchema(
      features: [
        .init(name: "size", kind: kind),
        .init(name: "colour", kind: .categorical(categories: colours)),
        .init(name: "normal", kind: .numeric),
      ], label: .none)
    return Rows(
      schema: schema,
      columns: [
        sizesAsValues
          ? try table.floats("size")
          : try table.column("size").map { Float(sizes.firstIndex(of: $0) ?? -1) },
        try table.column("colour").map { Float(colours.firstIndex(of: $0) ?? -1) },
        try table.floats("normal"),
      ])
  }

  @Test(
    "are matched by name, whatever numbers the traffic gives them",
    arguments: ["category_names.json", "category_names.ubj"], [true, false])
  func byName(file: String, sizesAsValues: Bool) throws {
    let rows = try rows(
      colours: ["blue", "violet", "grey", "pink", "red", "green"], sizesAsValues: sizesAsValues)
    let model = try ModelReader.model(
      for: .file(path: "xgboost/\(file)"), baseDirectory: Vectors.folder, schema: rows.schema)
    let wanted = try Vectors.table("xgboost/category_names.csv").numbers("answer")
    for (found, wanted) in zip(try rows.answers(of: model)[0], wanted) {
      #expect(close(found, wanted, relative: 1e-6))
    }
    try checkContract(of: model, rows)
  }

  @Test("that the model does not know are missing")
  func unknown() throws {
    var rows = try rows(
      colours: ["blue", "violet", "grey", "pink", "red", "green"], sizesAsValues: false)
    let model = try ModelReader.model(
      for: .file(path: "xgboost/category_names.json"), baseDirectory: Vectors.folder,
      schema: rows.schema)
    rows.columns[1] = rows.columns[1].map { _ in 1 }
    let violet = try rows.answers(of: model)
    rows.columns[1] = rows.columns[1].map { _ in .nan }
    #expect(try rows.answers(of: model).bits == violet.bits)
  }

  @Test("are asked for where the traffic numbers them as they come")
  func notNamed() throws {
    let rows = try rows(colours: [], sizesAsValues: false)
    let error = #expect(throws: ModelError.self) {
      _ = try ModelReader.model(
        for: .file(path: "xgboost/category_names.json"), baseDirectory: Vectors.folder,
        schema: rows.schema)
    }
    #expect(
      error?.diagnostics.rendered() == """
        xgboost/category_names.json: error: the model reads the categories of colour by number, but \
        the traffic numbers them as they come
          help: list the categories of colour in `traffic.features`; the model knows red, green, \
        blue, grey, pink
        """)
  }
}
