extension Catalogue {
  static let sequential: [Method] = []
}
