extension Catalogue {
  static let units: [Method] = []
}
