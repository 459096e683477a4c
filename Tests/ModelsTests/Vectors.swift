import Foundation
import Models
import Probability
import Testing
import Traffic

/// The files beside the tests.
enum Vectors {
  static let folder = Bundle.module.resourceURL?.appending(path: "Vectors").path ?? "Vectors"

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func table(_ path: String) throws -> Table { Table(try text(path)) }

  static func model(_ path: String) throws -> any Model {
    try ModelFile.load(path: path, baseDirectory: folder)
  }
}

/// A small CSV file: no quotes, an empty field is missing.
struct Table {
  let header: [String]
  let rows: [[String]]

  init(_ text: String) {
    var lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    header = lines.removeFirst()
    rows = lines
  }

  func column(_ name: String) throws -> [String] {
    let index = try #require(header.firstIndex(of: name))
    return rows.map { $0[index] }
  }

  func numbers(_ name: String) throws -> [Double] {
    try column(name).map { $0.isEmpty ? .nan : try #require(Double($0)) }
  }

  func floats(_ name: String) throws -> [Float] {
    try column(name).map { $0.isEmpty ? .nan : try #require(Float($0)) }
  }
}

/// Requests as columns of one length, cut into blocks.
struct Rows {
  var schema: TrafficSchema
  var columns: [[Float]] = []
  var labels: [Float] = []
  var logged: [[Double]] = []
  var count: Int

  init(schema: TrafficSchema, columns: [[Float]]) {
    self.schema = schema
    self.columns = columns
    count = columns.first?.count ?? 0
  }

  init(numeric names: [String], columns: [[Float]], label: TrafficSchema.Label = .none) {
    self.init(
      schema: TrafficSchema(features: names.map { .init(name: $0, kind: .numeric) }, label: label),
      columns: columns)
  }

  init(_ table: Table, features: [String]) throws {
    self.init(numeric: features, columns: try features.map { try table.floats($0) })
  }

  /// Standard normal, but with one value in ten missing.
  static func drawn(
    features: Int, count: Int, seed: UInt64, label: TrafficSchema.Label = .none
  ) -> Rows {
    Rows(
      numeric: (0..<features).map { "x\($0)" },
      columns: (0..<features).map { feature in
        (0..<count).map { row in
          var draws = RandomStream(seed: seed, StreamName("rows/\(feature)"), entity: UInt64(row))
          let isMissing = draws.nextUnit() < 0.1
          return isMissing ? .nan : Float(Elementary.log(draws.nextUnit()) + 1)
        }
      }, label: label)
  }

  func block(_ rows: Range<Int>, capacity: Int) -> RequestBlock {
    var block = RequestBlock(schema: schema, capacity: capacity)
    block.count = rows.count
    block.firstOrdinal = UInt64(rows.lowerBound)
    for (feature, column) in columns.enumerated() {
      for (index, row) in rows.enumerated() {
        block.features[feature * capacity + index] = column[row]
      }
    }
    for (position, column) in logged.enumerated() {
      for (index, row) in rows.enumerated() {
        block.logged[position * capacity + index] = column[row]
      }
    }
    if !labels.isEmpty {
      for (index, row) in rows.enumerated() { block.labels[index] = labels[row] }
    }
    return block
  }

  /// A model's answers, column by column, made in blocks of this size.
  func answers(
    of model: any Model, blockSize: Int = 128, seed: UInt64 = 1
  ) throws -> [[Double]] {
    let columns = try ModelReader.bind(model, to: schema, named: "the model")
    var answers = Array(repeating: [Double](), count: model.output.width)
    for start in stride(from: 0, to: count, by: blockSize) {
      let block = block(start..<min(start + blockSize, count), capacity: blockSize)
      var scores = ScoreBlock(width: model.output.width, capacity: blockSize)
      model.score(block, at: columns, seed: seed, into: &scores)
      #expect(scores.count == block.count)
      for k in answers.indices {
        answers[k] += scores.values[k * blockSize..<k * blockSize + block.count]
      }
    }
    return answers
  }
}

extension [[Double]] {
  /// As bits, so that NaN equals NaN and 0 does not equal −0.
  var bits: [[UInt64]] { map { $0.map(\.bitPattern) } }
}

/// The answers to `rows` are the same bits in blocks of any size, and for a row alone.
func checkContract(
  of model: any Model, _ rows: Rows, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let whole = try rows.answers(of: model, blockSize: max(rows.count, 1)).bits
  for blockSize in [1, 5, 7, 16, 97] {
    let parts = try rows.answers(of: model, blockSize: blockSize).bits
    #expect(parts == whole, "blocks of \(blockSize)", sourceLocation: sourceLocation)
  }
}

func close(_ found: Double, _ wanted: Double, relative: Double) -> Bool {
  found == wanted || abs(found - wanted) <= relative * abs(wanted)
}
