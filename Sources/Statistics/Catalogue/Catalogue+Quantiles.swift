extension Catalogue {
  static let quantiles: [Method] = []
}
