import Documents

/// What can go wrong while traffic is read.
package enum TrafficError: Error, Sendable, Equatable {
  /// The recording is at fault; the diagnostics say where and what to do.
  case badData(Diagnostics)
  case fileMissing(path: String)
  case unreadable(path: String, reason: String)
}
