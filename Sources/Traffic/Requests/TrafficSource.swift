/// A stream of requests in order of arrival, block by block, in bounded memory.
///
/// Contract, held by `TrafficContract` in the tests: the same source gives the same requests whatever
/// the block size; arrivals never step back; ordinals count on from 0.
package protocol TrafficSource {
  /// The columns of every block. Categories that were met only while reading are added as they come.
  var schema: TrafficSchema { get }
  /// What was skipped or coerced so far, by reason, in a fixed order.
  var counts: [TrafficCount] { get }
  /// Names of categorical features to which categories may still be added while the source is read;
  /// of all others the schema's list is whole from the start.
  var openFeatures: [String] { get }

  /// Fills `block` with the next requests, up to its capacity.
  ///
  /// - Returns: false, with an empty block, after the last request.
  mutating func next(into block: inout RequestBlock) throws(TrafficError) -> Bool
}

extension TrafficSource {
  package var openFeatures: [String] { [] }
}

/// How often something was skipped or coerced, with a line for the person.
package struct TrafficCount: Sendable, Equatable {
  /// A stable identifier in camel case: "rowsWithBadValue".
  package var key: String
  package var count: Int
  /// One sentence: "12 rows held no number in nswprice and were skipped".
  package var sentence: String

  package init(key: String, count: Int, sentence: String) {
    self.key = key
    self.count = count
    self.sentence = sentence
  }
}

/// Labels made from requests: "the labels follow this model". Models conform to it, so that traffic
/// and shifts need no import of theirs.
package protocol Labeller: Sendable {
  /// One label a row into `labels[0..<block.count]` (class index or real number). Draws are addressed
  /// by `seed`, a stream of the labeller's, and the request's ordinal.
  func label(_ block: RequestBlock, seed: UInt64, into labels: inout [Float])
}
