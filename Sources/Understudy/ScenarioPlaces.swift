import Documents
import Scenarios

/// Where in a scenario's text the files and columns are named, for mistakes that show only when
/// files are opened.
struct ScenarioPlaces {
  private let root: JSONNode?

  /// - Parameter document: nil for a scenario that no text stands for: then nothing has a place.
  init(_ document: ScenarioDocument?) { root = document?.root }

  var recording: Place? { root?["traffic"]?["replay"]?.place }

  /// The value of a key of the traffic, such as "label".
  func traffic(_ key: String) -> Place? { root?["traffic"]?[key]?.place }

  /// A name in a list of the traffic, or a key where the list is an object.
  func traffic(_ key: String, naming name: String) -> Place? {
    let list = root?["traffic"]?[key]
    if let member = list?.members?.first(where: { $0.key == name }) { return member.keyPlace }
    return list?.elements?.first { $0.string == name }?.place ?? list?.place
  }

  func model(of arm: String) -> Place? { armModel(arm)?.place }

  /// The column that an arm takes its logged answers from.
  func loggedColumn(of arm: String) -> Place? { armModel(arm)?["column"]?.place }

  func shift(_ index: Int) -> Place? {
    guard let shifts = root?["shifts"]?.elements, shifts.indices.contains(index) else { return nil }
    return shifts[index].place
  }

  /// The model that labels follow, by its number in the scenario: the traffic's own first, then
  /// those of shifts.
  func labeller(_ index: Int) -> Place? {
    let traffic = root?["traffic"]?["synthetic"]?["label"]?["model"]
    let shifts = (root?["shifts"]?.elements ?? []).compactMap { $0["concept"] }
    let models = [traffic].compactMap { $0 } + shifts
    return models.indices.contains(index) ? models[index].place : nil
  }

  /// The name of a column that an arm's service time follows.
  func size(_ column: String, of arm: String) -> Place? {
    let columns = root?["arms"]?[arm]?["service"]?["time"]?["per"]
    return columns?.members?.first { $0.key == column }?.keyPlace ?? columns?.place
  }

  /// The key of an arm's LLM engine, such as "memory".
  func engine(_ key: String, of arm: String) -> Place? {
    root?["arms"]?[arm]?["service"]?["llm"]?[key]?.place
  }

  private func armModel(_ arm: String) -> JSONNode? { root?["arms"]?[arm]?["model"] }
}
