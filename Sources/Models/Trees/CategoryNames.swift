/// What the categories of a model's features were called when it was trained, from XGBoost 3.1 on.
///
/// Trees know categories by number. Traffic has numbers of its own; where the model keeps the names,
/// categories are matched by name.
struct CategoryNames: Sendable, Equatable {
  /// By feature; nil where the feature has no categories, or the file does not name them.
  private(set) var names: [[String]?]

  init(none featureCount: Int) { names = Array(repeating: nil, count: featureCount) }

  init(_ model: FileCursor, featureCount: Int) throws(ModelError) {
    self.init(none: featureCount)
    guard let encodings = model["cats"]?["enc"], encodings.count != 0 else { return }
    let elements = try encodings.requiredElements()
    guard elements.count == featureCount else {
      throw encodings.complaint(
        "\(encodings.name) has \(elements.count) elements for \(featureCount) features")
    }
    for (feature, element) in elements.enumerated() {
      let list = try element["offsets"] != nil ? Self.texts(element) : Self.values(element)
      names[feature] = list.isEmpty ? nil : list
    }
  }

  /// Texts, as their bytes one after the other and where each begins.
  private static func texts(_ cursor: FileCursor) throws(ModelError) -> [String] {
    let bytes = try cursor.member("values").requiredIntegers(-128...255)
    // XGBoost 3.2 counts letters where it should count bytes, and cuts such names in the wrong places.
    guard bytes.allSatisfy({ 0..<128 ~= $0 }) else {
      throw cursor.complaint(
        "\(cursor.name) has category names with letters beyond ASCII, which XGBoost does not keep whole",
        help: "train with names in ASCII, or with numbers")
    }
    let offsetsCursor = try cursor.member("offsets")
    let offsets = try offsetsCursor.requiredIntegers(0...bytes.count)
    var texts: [String] = []
    for (start, end) in zip(offsets, offsets.dropFirst()) {
      guard start <= end else {
        throw offsetsCursor.complaint("\(offsetsCursor.name) does not ascend")
      }
      texts.append(
        String(decoding: bytes[start..<end].map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self))
    }
    return texts
  }

  private static func values(_ cursor: FileCursor) throws(ModelError) -> [String] {
    try cursor.member("values").requiredNumbers().map { value in
      Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
  }
}
