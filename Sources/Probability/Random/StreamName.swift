/// What a family of draws is for: "arrival", "service", "assign/<salt>".
///
/// Two streams with different names share no draw; the name is part of a draw's address, so renaming
/// a stream changes results.
package struct StreamName: Sendable, Hashable {
  package let text: String
  /// 64-bit FNV-1a of the UTF-8 bytes of `text`.
  package let key: UInt64

  package init(_ text: String) {
    self.text = text
    key = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
