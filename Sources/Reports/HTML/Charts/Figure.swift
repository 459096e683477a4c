/// The numbers behind a chart: read on the page, and taken away as CSV.
struct DataTable: Sendable {
  var header: [String]
  /// As they are read.
  var rows: [[String]]
  /// In full, with a header of its own.
  var csv: [[String]]

  init(header: [String], rows: [[String]], csv: [[String]]) {
    self.header = header
    self.rows = rows
    self.csv = csv
  }
}

/// A chart with its heading, its words, its numbers, and a link to take them away.
struct Figure: Sendable {
  /// Unique on the page; also the file name of its CSV.
  var id: String
  var title: String
  /// Follows the title, softer: what the metric means.
  var subtitle = ""
  /// What the chart shows, computed from its data; read aloud instead of it and printed above it.
  var words: String
  var wide: Drawing
  /// For screens narrower than 50 rem; nil where the drawing is narrow already.
  var narrow: Drawing?
  var table: DataTable
  /// How to read it, below.
  var note = ""

  var markup: Markup {
    var parts: [Markup] = [
      .el(
        "figcaption", [:],
        [
          .el(
            "h3", ["id": "\(id)-title"],
            [
              .text(title),
              subtitle.isEmpty ? .fragment([]) : .el("span", ["class": "sub"], subtitle),
            ]
          ),
          .el("p", ["class": "reads"], PageContext.bound(words)),
        ])
    ]
    let label = title + ". " + words
    var drawings = [wide.markup(label, style: narrow == nil ? "chart" : "chart wide")]
    if let narrow { drawings.append(narrow.markup(label, style: "chart narrow")) }
    parts.append(.el("div", ["class": "plot"], drawings))
    if !note.isEmpty { parts.append(.el("p", ["class": "note"], PageContext.bound(note))) }
    parts.append(numbers)
    return .el("figure", ["id": id, "aria-labelledby": "\(id)-title"], parts)
  }

  private var numbers: Markup {
    let csv = table.csv.map(CSV.row).joined()
    let link: Markup = .el(
      "a",
      [
        "class": "csv", "download": "\(id).csv",
        "href": "data:text/csv;charset=utf-8," + Self.percentEncoded(csv),
        "aria-label": "Download the numbers of \(title) as CSV",
      ], "Download CSV")
    return .el(
      "div", ["class": "numbers"],
      [
        link,
        .el(
          "details", [:],
          [
            .el("summary", [:], "Numbers"),
            TableMarkup.plain(caption: title, header: table.header, rows: table.rows),
          ]),
      ])
  }

  /// RFC 3986's unreserved characters and a few that every browser takes as they are.
  static func percentEncoded(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF")
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2C, 0x2D, 0x2E, 0x5F, 0x7E, 0x3A, 0x28, 0x29:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      }
    }
    return result
  }
}

/// Tables that scroll inside themselves where they do not fit.
enum TableMarkup {
  /// The first column names the row, the others hold numbers.
  static func plain(caption: String, header: [String], rows: [[String]]) -> Markup {
    let head = header.enumerated().map { index, text in
      Markup.el("th", ["scope": "col", "class": index == 0 ? "" : "n"], text)
    }
    let body = rows.map { row in
      Markup.el(
        "tr", [:],
        row.enumerated().map { index, text in
          index == 0
            ? Markup.el("th", ["scope": "row"], text) : Markup.el("td", ["class": "n"], text)
        })
    }
    return scrolling(
      caption,
      .el(
        "table", [:],
        [
          .el("caption", ["class": "hidden"], caption),
          .el("thead", [:], [.el("tr", [:], head)]), .el("tbody", [:], body),
        ]))
  }

  static func scrolling(_ caption: String, _ table: Markup) -> Markup {
    .el(
      "div",
      ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption + ", a table"],
      [table])
  }
}
