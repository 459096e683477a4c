extension Catalogue {
  static let agreement: [Method] = []
}
