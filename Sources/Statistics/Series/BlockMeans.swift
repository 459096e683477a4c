import Probability

/// The mean of a series by its means over equally long blocks, taken as independent.
///
/// Right where a block is much longer than the series' memory.
///
/// - Source: Schmeiser (1982); Law and Kelton (2000), section 9.5.3.
package enum BlockMeans {
  /// A mean and its error from `blocks` blocks, with blocks − 1 degrees of freedom. What does not fill a block
  /// at the end is left out of the error and not of the mean.
  package static func estimate(_ values: [Double], blocks: Int) throws(Unavailable) -> TEstimate {
    precondition(blocks > 1, "\(blocks) blocks")
    let length = values.count / blocks
    guard length > 1 else { throw .tooFew(has: values.count, needs: 2 * blocks) }
    let whole = try Moments(of: values)
    // Of deviations, so that large offsets do not cost digits.
    let means = (0..<blocks).map { block in
      let part = values[(block * length)..<((block + 1) * length)]
      return Centre(of: part.map { ($0 - whole.mean) - whole.meanRest }).value
    }
    let spread = try Moments(of: means)
    guard spread.standardDeviation > 0 else { throw .noVariation }
    return TEstimate(
      value: whole.mean, standardError: spread.standardError,
      degreesOfFreedom: Double(blocks - 1))
  }

  /// How many blocks the catalogue's methods take.
  package static let usual = 10
}
