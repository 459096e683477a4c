extension Catalogue {
  static let series: [Method] = []
}
