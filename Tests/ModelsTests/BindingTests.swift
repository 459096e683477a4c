import Documents
import Models
import Testing
import Traffic

@Suite("Models and the traffic's columns") struct BindingTests {
  private static func schema(_ names: [String], logged: [String] = []) -> TrafficSchema {
    TrafficSchema(
      features: names.map { .init(name: $0, kind: .numeric) }, label: .classes(names: ["0", "1"]),
      logged: logged)
  }

  private static func told(_ model: any Model, _ schema: TrafficSchema) -> String {
    do {
      let columns = try ModelReader.bind(model, to: schema, named: "models/m.json")
      return "\(columns.features) \(columns.logged)"
    } catch {
      return error.diagnostics.rendered()
    }
  }

  private static let linear =
    "{\"kind\": \"linear_regression\", \"features\": [\"price\", \"demand\"], \"coef\": [1, 1], "
    + "\"intercept\": 0}"

  @Test(
    "are matched by name, in the model's order, or asked for",
    arguments: [
      (["demand", "x", "price"], "[2, 0] []"),
      (
        ["demand", "prices", "x"],
        """
        models/m.json: error: the model wants a column that the traffic lacks: price; the traffic \
        has demand, prices, x
          help: did you mean prices?
        """
      ),
      (
        ["demands", "prices"],
        """
        models/m.json: error: the model wants columns that the traffic lacks: price, demand; the \
        traffic has demands, prices
          help: did you mean prices for price? demands for demand?
        """
      ),
      (
        [],
        """
        models/m.json: error: the model wants columns that the traffic lacks: price, demand; the \
        traffic has none
          help: give the traffic these columns, or take another model
        """
      ),
    ])
  func names(features: [String], wanted: String) throws {
    let model = try ModelFile.load(bytes: Array(Self.linear.utf8), name: "m.json")
    #expect(Self.told(model, Self.schema(features)) == wanted)
  }

  @Test("are taken in order by a model without names, if there are as many")
  func positions() throws {
    let model = try Vectors.model("elec2/trees.ubj")
    #expect(model.inputs.isEmpty)
    let seven = (1...7).map { "x\($0)" }
    #expect(Self.told(model, Self.schema(seven)) == "[0, 1, 2, 3, 4, 5, 6] []")
    #expect(
      Self.told(model, Self.schema(seven + ["x8"])) == """
        models/m.json: error: the model names no features and wants 7, but the traffic has 8: \
        x1, x2, x3, x4, x5, x6, x7, x8
          help: name the 7 features in `traffic.features`, in the order of training
        """)
  }

  @Test("whose categories have no fixed numbers are refused")
  func categories() throws {
    let model = try ModelFile.load(bytes: Array(Self.linear.utf8), name: "m.json")
    var schema = Self.schema(["demand", "price"])
    schema.features[0].kind = .categorical(categories: ["low", "high"])
    #expect(Self.told(model, schema) == "[1, 0] []")
    schema.features[0].kind = .categorical(categories: [])
    #expect(
      Self.told(model, schema) == """
        models/m.json: error: the model reads the categories of demand by number, but the traffic \
        numbers them as they come
          help: list the categories of demand in `traffic.features`, in the order of training
        """)
  }

  @Test("of a logged answer are looked for among the logged ones")
  func logged() throws {
    let model = try ModelReader.model(
      for: .column(name: "score", output: .probability), baseDirectory: "", schema: Self.schema([]))
    #expect(Self.told(model, Self.schema(["score"], logged: ["latency", "score"])) == "[] [1]")
    #expect(
      Self.told(model, Self.schema(["score"], logged: ["scores"])) == """
        models/m.json: error: the model wants a column that the traffic lacks: score; the traffic \
        has scores
          help: did you mean scores?
        """)
  }

  @Test("come bound with the model in one call")
  func bound() throws {
    let table = try Vectors.table("elec2/rows.csv")
    let bound = try ModelReader.boundModel(
      for: .file(path: "elec2/linear.json"), baseDirectory: Vectors.folder,
      schema: Self.schema(table.header.dropLast(2).reversed()), named: "production")
    #expect(bound.columns.features == [6, 5, 4, 3, 2, 1, 0])
    let error = #expect(throws: ModelError.self) {
      _ = try ModelReader.boundModel(
        for: .file(path: "elec2/linear.json"), baseDirectory: Vectors.folder,
        schema: Self.schema(["day"]), named: "production")
    }
    #expect(
      error
        == .missingInputs(
          model: "production",
          names: ["period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"],
          available: ["day"]))
  }
}
