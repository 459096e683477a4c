import Documents
import Foundation
import Models
import Probability
import Testing
import Traffic

@Suite("Model files at fault") struct ModelFileTests {
  /// What is told of bytes that should be a model.
  static func told(_ bytes: [UInt8]) -> String {
    do {
      let model = try ModelFile.load(bytes: bytes, name: "m.json")
      return "fine: \(model.summary)"
    } catch {
      return error.diagnostics.rendered()
    }
  }

  static let whatIsRead =
    "help: models are read from XGBoost's JSON and UBJ files, and from the JSON of linear models"

  @Test(
    "are told apart by their first bytes",
    arguments: [
      ("", "m.json: error: the model file is empty\n  help: save the model again"),
      (" \n", "m.json: error: the model file is empty\n  help: save the model again"),
      (
        "abc",
        "m.json: error: the file is neither JSON nor Universal Binary JSON\n  \(whatIsRead)"
      ),
      (
        "tree\nversion=v4\n",
        "m.json: error: the file looks like a LightGBM text model, which is not read here\n  "
          + whatIsRead
      ),
      (
        "binf<00>",
        "m.json: error: the file looks like XGBoost's old binary format, which is not read here\n"
          + "  help: load it in XGBoost and save it again under a name that ends in .json or .ubj"
      ),
      (
        "<80 04 95>",
        "m.json: error: the file looks like a Python pickle, which is not read here\n"
          + "  help: save the model itself, for XGBoost by save_model(\"model.json\")"
      ),
      (
        "<1F 8B 08>",
        "m.json: error: the file looks like a gzip file, which is not read here\n"
          + "  help: unpack it first"
      ),
      (
        "<08 08 12>",
        "m.json: error: the file looks like an ONNX model, which is not read here\n  \(whatIsRead)"
      ),
      (
        "{}",
        """
        m.json:1:1: error: the file describes no model that is known here
          1 | {}
            | ^^
          \(whatIsRead)
        """
      ),
      (
        "{\"learner\": 3}",
        """
        m.json:1:13: error: learner is 3, not an object with the member "learner_model_param"
          1 | {"learner": 3}
            |             ^
        """
      ),
      (
        "{i<07>learneri<03>}",
        "m.json: error: learner is 3, not an object with the member \"learner_model_param\""
      ),
      (
        "{i<07>learner{}}", "m.json: error: learner has no member \"learner_model_param\""
      ),
      (
        "{i<07>learner{",
        "m.json: error: the file ends after 11 bytes, inside the value that begins at byte 10\n"
          + "  help: the file was cut or changed; save or copy the model again"
      ),
    ])
  func kinds(notation: String, wanted: String) {
    #expect(Self.told(UniversalBinaryJSONTests.bytes(notation)) == wanted)
  }

  @Test("that are cut off say what is not closed")
  func truncated() throws {
    let bytes = try Vectors.bytes("elec2/linear.json")
    #expect(
      Self.told(Array(bytes[..<60])) == """
        m.json:3:14: error: this `[` is never closed: the text ends inside it
          3 |  "features": [
            |              ^
          help: write `]` where it should end
        """)
  }

  @Test("that are not there, or folders, are named as the scenario names them")
  func paths() {
    func told(_ path: String) -> String {
      do {
        return try ModelFile.load(path: path, baseDirectory: Vectors.folder).summary
      } catch {
        return error.diagnostics.rendered()
      }
    }
    #expect(
      told("models/none.json") == """
        models/none.json: error: there is no such model file
          help: a model's path is relative to the scenario's folder
        """)
    #expect(
      told("xgboost") == """
        xgboost: error: this is a folder, not a model file
          help: name the file in it
        """)
    #expect(told("elec2/linear.json") == "logistic regression, 7 features")
    #expect(told("\(Vectors.folder)/elec2/linear.json") == "logistic regression, 7 features")
  }

  /// A small model of three features, with one thing changed: what to find, what to put there.
  static let small = """
    {"version": [3, 2, 0],
     "learner": {"attributes": {}, "feature_names": ["a", "b", "c"],
      "objective": {"name": "binary:logistic"},
      "learner_model_param": {"base_score": "[5E-1]", "num_class": "0", "num_feature": "3",
       "num_target": "1"},
      "gradient_booster": {"name": "gbtree", "model": {
       "tree_info": [0],
       "trees": [{
        "tree_param": {"size_leaf_vector": "1"},
        "left_children": [1, -1, -1],
        "right_children": [2, -1, -1],
        "split_indices": [2, 0, 0],
        "split_conditions": [0.5, -1, 1],
        "default_left": [0, 0, 0],
        "split_type": [0, 0, 0],
        "categories": [], "categories_nodes": [], "categories_segments": [], "categories_sizes": []
       }]}}}}
    """

  static let tree = "learner.gradient_booster.model.trees[0]"

  @Test("are read when nothing is at fault")
  func fine() throws {
    #expect(Self.told(Array(Self.small.utf8)) == "fine: XGBoost, 1 tree, binary:logistic")
    let model = try ModelFile.load(bytes: Array(Self.small.utf8), name: "m.json")
    let rows = Rows(
      numeric: ["c", "b", "a"], columns: [[0.5, 0.4, .nan], [0, 0, 0], [0, 0, 0]])
    let answers = try rows.answers(of: model)[0]
    let high = 1 / (1 + Elementary.exp(-1))
    for (found, wanted) in zip(answers, [high, 1 - high, high]) {
      #expect(close(found, wanted, relative: 1e-6))
    }
  }

  @Test(
    "name the member, what was found and what belongs there",
    arguments: [
      (
        "\"name\": \"binary:logistic\"", "\"name\": \"multi:best\"",
        "the objective multi:best is not read here",
        "read are binary:, multi:, reg:, count:poisson, rank: and survival: objectives"
      ),
      (
        "\"name\": \"binary:logistic\"", "\"title\": 1",
        "learner.objective has no member \"name\"", ""
      ),
      (
        "\"name\": \"binary:logistic\"", "\"name\": 7", "learner.objective.name is 7, not a text",
        ""
      ),
      (
        "\"binary:logistic\"", "\"multi:softprob\"",
        "learner.learner_model_param.num_class is 0, but multi:softprob has 2 or more", ""
      ),
      (
        "\"num_target\": \"1\"", "\"num_target\": \"2\"",
        "the model answers 2 targets at once",
        "one target a model is read; train one model for each"
      ),
      (
        "\"num_feature\": \"3\"", "\"num_feature\": \"0\"",
        "learner.learner_model_param.num_feature is 0, not from 1 to 16777216", ""
      ),
      (
        "\"num_feature\": \"3\"", "\"num_feature\": \"three\"",
        "learner.learner_model_param.num_feature is \"three\", not an integer", ""
      ),
      (
        "\"num_feature\": \"3\"", "\"num_feature\": \"4\"",
        "learner.feature_names has 3 names for 4 features", ""
      ),
      ("\"b\", \"c\"", "\"b\", \"a\"", "learner.feature_names names \"a\" twice", ""),
      ("\"b\", \"c\"", "\"b\", 7", "learner.feature_names[2] is 7, not a text", ""),
      (
        "\"[5E-1]\"", "\"[half]\"",
        "learner.learner_model_param.base_score is \"[half]\", not a number or a list of numbers",
        ""
      ),
      (
        "\"[5E-1]\"", "\"1.5\"",
        "learner.learner_model_param.base_score is \"1.5\"; binary:logistic wants it to be from 0 to 1",
        ""
      ),
      (
        "\"[5E-1]\"", "\"[0.1,0.2]\"",
        "learner.learner_model_param.base_score has 2 numbers for 1 outputs", ""
      ),
      (
        "\"name\": \"gbtree\"", "\"name\": \"gblinear\"",
        "the booster gblinear is not read here",
        "write its weights as the JSON of a linear model: kind, features, coef, intercept"
      ),
      (
        "\"name\": \"gbtree\"", "\"name\": \"gbtrees\"",
        "learner.gradient_booster.name is \"gbtrees\", not gbtree or dart", ""
      ),
      (
        "\"tree_info\": [0]", "\"tree_info\": [1]",
        "learner.gradient_booster.model.tree_info[0] is 1, not a whole number from 0 to 0", ""
      ),
      (
        "\"tree_info\": [0]", "\"tree_info\": [0, 0]",
        "learner.gradient_booster.model.tree_info has 2 elements, not 1", ""
      ),
      (
        "\"size_leaf_vector\": \"1\"", "\"size_leaf_vector\": \"3\"",
        "a leaf holds 3 numbers",
        "trees with one number a leaf are read; train with multi_strategy one_output_per_tree"
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": []",
        "\(tree).left_children is empty", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": \"none\"",
        "\(tree).left_children is \"none\", not a list of numbers", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": [1, \"x\", -1]",
        "\(tree).left_children holds something else than numbers", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": [3, -1, -1]",
        "\(tree).left_children[0] is 3, not a whole number from -1 to 2", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": [0.5, -1, -1]",
        "\(tree).left_children[0] is 0.5, not a whole number from -1 to 2", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": [0, -1, -1]",
        "two nodes of \(tree) lead to node 0", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": [2, -1, -1]",
        "two nodes of \(tree) lead to node 2", ""
      ),
      (
        "\"left_children\": [1, -1, -1]", "\"left_children\": [-1, -1, -1]",
        "node 0 of \(tree) has one child, not two or none", ""
      ),
      (
        "\"right_children\": [2, -1, -1]", "\"right_children\": [2, -1]",
        "\(tree).right_children has 2 elements, not 3", ""
      ),
      (
        "\"split_indices\": [2, 0, 0]", "\"split_indices\": [3, 0, 0]",
        "node 0 of \(tree) splits by feature 3, but the model has 3", ""
      ),
      (
        "\"split_conditions\": [0.5,", "\"split_conditions\": [NaN,",
        "\(tree).split_conditions[0] is NaN, not a number", ""
      ),
      (
        "\"default_left\": [0, 0, 0]", "\"default_left\": [2, 0, 0]",
        "\(tree).default_left[0] is 2, not a whole number from 0 to 1", ""
      ),
      (
        "\"split_type\": [0, 0, 0],\n    \"categories\": []",
        "\"split_type\": [1, 0, 0],\n    \"cats\": []",
        "\(tree) has no member \"categories\"", ""
      ),
      (
        """
        "split_type": [0, 0, 0],
            "categories": [], "categories_nodes": [], "categories_segments": [], "categories_sizes": []
        """,
        """
        "split_type": [1, 0, 0],
            "categories": [4], "categories_nodes": [0], "categories_segments": [1], "categories_sizes": [1]
        """, "\(tree).categories_sizes[0] reaches past the 1 categories", ""
      ),
    ])
  func members(find: String, replace: String, message: String, help: String) throws {
    #expect(Self.small.contains(find))
    let text = Self.small.replacingOccurrences(of: find, with: replace)
    do {
      _ = try ModelFile.load(bytes: Array(text.utf8), name: "m.json")
      Issue.record("the model was read")
    } catch {
      let diagnostic = try #require(error.diagnostics.list.first)
      #expect(diagnostic.message == message)
      #expect(diagnostic.help ?? "" == help)
      #expect(diagnostic.place?.file == "m.json")
      #expect(diagnostic.place?.line != nil)
    }
  }

  @Test(
    "say so, where XGBoost writes what is not read",
    arguments: [
      ("gblinear.json", "the booster gblinear is not read here"),
      ("vector_leaves.json", "the model answers 2 targets at once"),
    ])
  func refused(file: String, message: String) throws {
    let error = #expect(throws: ModelError.self) { _ = try Vectors.model("xgboost/\(file)") }
    #expect(error?.diagnostics.list.first?.message == message)
  }

  @Test("with category names that XGBoost has cut are refused")
  func cutNames() throws {
    let text = try Vectors.text("xgboost/category_names.json")
      .replacingOccurrences(of: "\"values\":[114,101,100,", with: "\"values\":[-61,-97,100,")
    let error = #expect(throws: ModelError.self) {
      _ = try ModelFile.load(bytes: Array(text.utf8), name: "m.json")
    }
    #expect(
      error?.diagnostics.list.first?.message
        == "learner.gradient_booster.model.cats.enc[1] has category names with letters beyond ASCII, "
        + "which XGBoost does not keep whole")
  }

  // MARK: Junk

  @Test(
    "never crash the program, whatever byte is changed, cut or doubled",
    arguments: [
      ("xgboost/leaf_alone.ubj", 900), ("xgboost/category_names.ubj", 150),
      ("xgboost/category_names.json", 150), ("elec2/linear.json", 900), ("small", 900),
    ])
  func junk(file: String, count: Int) throws {
    let whole = file == "small" ? Array(Self.small.utf8) : try Vectors.bytes(file)
    for number in 0..<count {
      var draws = RandomStream(seed: 11, StreamName("junk/\(file)"), entity: UInt64(number))
      let bytes = Self.changed(whole, &draws)
      guard let model = try? ModelFile.load(bytes: bytes, name: "junk") else { continue }
      // What is still a model has to answer.
      let names = model.inputs.isEmpty ? (0..<5).map { "f\($0)" } : model.inputs
      guard names.count < 100, model.output.width < 100 else { continue }
      let rows = Rows(numeric: names, columns: names.map { _ in [0, .nan, -1e30, 12, .infinity] })
      for blockSize in [1, 5] {
        _ = try? rows.answers(of: model, blockSize: blockSize)
      }
    }
  }

  private static func changed(_ whole: [UInt8], _ draws: inout RandomStream) -> [UInt8] {
    var bytes = whole
    func place(_ draws: inout RandomStream) -> Int { Int(draws.nextUnit() * Double(bytes.count)) }
    switch Int(draws.nextUnit() * 4) {
    case 0: bytes.removeLast(place(&draws))
    case 1:
      let start = place(&draws)
      bytes.removeSubrange(start..<min(bytes.count, start + 1 + Int(draws.nextUnit() * 8)))
    case 2:
      let start = place(&draws)
      let end = min(bytes.count, start + 1 + Int(draws.nextUnit() * 8))
      bytes.insert(contentsOf: Array(bytes[start..<end]), at: place(&draws))
    default:
      for _ in 0...Int(draws.nextUnit() * 3) {
        let here = place(&draws)
        bytes[here] =
          draws.nextUnit() < 0.5
          ? UInt8(truncatingIfNeeded: draws.nextWord())
          : bytes[here] ^ (1 << UInt8(draws.nextUnit() * 8))
      }
    }
    return bytes
  }
}
