/// The program's own name and version.
public enum Understudy {
  /// Raised by every change of results.
  public static let version = "0.5.0"
}
