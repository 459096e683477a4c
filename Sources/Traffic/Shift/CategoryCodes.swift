/// How the category codes of one source column become codes of the shifted traffic.
///
/// They are the same until a swap brings a category of its own and the source meets a new one after that.
struct CategoryCodes: Sendable {
  private let feature: Int
  private var codes: [Float]
  private var isIdentity = true

  /// One for each categorical feature.
  static func columns(of schema: TrafficSchema) -> [CategoryCodes] {
    schema.features.indices.compactMap { index in
      guard case .categorical(let categories) = schema.features[index].kind else { return nil }
      return CategoryCodes(feature: index, count: categories.count)
    }
  }

  private init(feature: Int, count: Int) {
    self.feature = feature
    codes = (0..<count).map { Float($0) }
  }

  /// Gives every new category of the source a code.
  ///
  /// - Returns: whether there was one.
  mutating func learn(_ source: TrafficSchema, into schema: inout TrafficSchema) -> Bool {
    guard case .categorical(let met) = source.features[feature].kind, met.count > codes.count,
      case .categorical(var known) = schema.features[feature].kind
    else { return false }
    for name in met[codes.count...] {
      let code = known.firstIndex(of: name) ?? known.count
      if code == known.count { known.append(name) }
      isIdentity = isIdentity && code == codes.count
      codes.append(Float(code))
    }
    schema.features[feature].kind = .categorical(categories: known)
    return true
  }

  func recode(_ features: inout [Float], _ capacity: Int, count: Int) {
    guard !isIdentity else { return }
    let start = feature * capacity
    for place in start..<start + count where !features[place].isNaN {
      features[place] = codes[Int(features[place])]
    }
  }
}
