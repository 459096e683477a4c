extension Catalogue {
  static let resampling: [Method] = []
}
