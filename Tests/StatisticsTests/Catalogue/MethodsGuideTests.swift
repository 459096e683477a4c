import Foundation
import Statistics
import TestSupport
import Testing

@Suite("MethodsGuide") struct MethodsGuideTests {
  @Test("each method of the catalogue stands in one article")
  func complete() {
    let told = MethodsGuide.pages.flatMap(\.methods).map(\.name)
    #expect(told.sorted() == Catalogue.all.map(\.name).sorted())
  }

  @Test(
    "each article's blocks are what the catalogue says",
    arguments: MethodsGuide.pages.map(\.name))
  func committed(name: String) throws {
    let page = try #require(MethodsGuide.pages.first { $0.name == name })
    let text = try committed(page.name, as: { MethodsGuide.article(page, from: $0) })
    #expect(MethodsGuide.blocks(of: text).sorted() == page.methods.map(\.name).sorted())
  }

  @Test("the overview lists every method")
  func overview() throws {
    let text = try committed("Methods", as: MethodsGuide.overview(from:))
    for page in MethodsGuide.pages { #expect(text.contains("<doc:\(page.name)>")) }
  }

  @Test("what is written by hand around a block stays, and a new method gets a block at the end")
  func handwriting() throws {
    let page = try #require(MethodsGuide.pages.first)
    let once = MethodsGuide.article(page, from: "# Means\n\nBy hand.\n")
    #expect(once.hasPrefix("# Means\n\nBy hand.\n"))
    #expect(MethodsGuide.blocks(of: once) == page.methods.map(\.name))
    #expect(MethodsGuide.article(page, from: once + "\nMore.\n") == once + "\nMore.\n")
  }

  /// The committed article, after it was expected to be (or with `UNDERSTUDY_UPDATE_GOLDEN=1` made) what `update`
  /// makes of it.
  private func committed(_ name: String, as update: (String) -> String) throws -> String {
    let file = testFile("").deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Understudy/Understudy.docc/\(name).md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let updated = update(text)
    if ProcessInfo.processInfo.environment["UNDERSTUDY_UPDATE_GOLDEN"] == "1" {
      try Data(updated.utf8).write(to: file)
    } else {
      #expect(text == updated, "UNDERSTUDY_UPDATE_GOLDEN=1 swift test writes \(name).md")
    }
    return updated
  }
}
