/// The estimate of resampled units, and its standard error, from the sums of a few columns.
struct ResampledStatistic: Sendable {
  let units: ResampledUnits
  /// The residuals (and denominators) of each term; then, if studentized, their products.
  let columns: [FixedColumn]
  let isStudentized: Bool
  private let baseCount: Int

  /// - Parameter drawsPerUnit: how many draws a resample may have at most, over the number of units.
  init(_ units: ResampledUnits, isStudentized: Bool, drawsPerUnit: Int = 1) {
    let terms = units.count * drawsPerUnit
    self.units = units
    self.isStudentized = isStudentized
    var bases: [[Double]] = []
    for term in units.terms {
      bases.append(term.residuals)
      if let denominators = term.denominators { bases.append(denominators) }
    }
    var columns = bases.map { FixedColumn($0, terms: terms) }
    if isStudentized {
      for (i, first) in bases.enumerated() {
        for second in bases[i...] {
          columns.append(
            FixedColumn(first.indices.map { first[$0] * second[$0] }, terms: terms))
        }
      }
    }
    baseCount = bases.count
    self.columns = columns
  }

  struct Replicate {
    /// The resample's estimate − the estimate.
    var deviation: Double
    /// 0 where not studentized.
    var standardError: Double
  }

  /// The estimate's own standard error (delta method for a ratio), n − 1 below.
  func standardError() throws(Unavailable) -> Double {
    try replicate(columns.map(\.sum)).standardError
  }

  /// One a resample, from each column's sums over it.
  func replicates(_ sums: [[Int64]]) throws(Unavailable) -> [Replicate] {
    let resamples = sums.first?.count ?? 0
    var replicates: [Replicate] = []
    replicates.reserveCapacity(resamples)
    var row = Array(repeating: 0.0, count: columns.count)
    for resample in 0..<resamples {
      for column in columns.indices {
        row[column] = Double(sums[column][resample]) * columns[column].quantum
      }
      replicates.append(try replicate(row))
    }
    return replicates
  }

  private func replicate(_ sums: [Double]) throws(Unavailable) -> Replicate {
    let n = Double(units.count)
    if baseCount == 1 {
      let term = units.terms[0]
      let sum = sums[0]
      let deviation = term.factor * ((sum - columns[0].sum) / n)
      guard isStudentized else { return Replicate(deviation: deviation, standardError: 0) }
      let squares = max(0, sums[1] - sum * (sum / n))
      return Replicate(
        deviation: deviation, standardError: term.scale * (squares / (n * (n - 1))).squareRoot())
    }
    let common = units.terms.reduce(0) { max($0, abs($1.factor)) }
    var deviation = 0.0
    var coefficients: [Double] = []
    for (index, term) in units.terms.enumerated() {
      let (above, below) = (sums[2 * index], sums[2 * index + 1])
      guard below != 0 else { throw .zeroDenominator }
      let ratio = above / below
      deviation +=
        term.factor * (ratio - columns[2 * index].sum / columns[2 * index + 1].sum)
      let weight = term.factor / common / below
      coefficients += [weight, -weight * ratio]
    }
    guard isStudentized else { return Replicate(deviation: deviation, standardError: 0) }
    var variance = 0.0
    var product = baseCount
    for i in coefficients.indices {
      for j in i..<coefficients.count {
        variance += (i == j ? 1 : 2) * coefficients[i] * coefficients[j] * sums[product]
        product += 1
      }
    }
    return Replicate(
      deviation: deviation,
      standardError: common * (max(0, variance) * n / (n - 1)).squareRoot())
  }

  /// The estimate's change where unit i is left out, one a unit.
  func jackknifeDeviations() throws(Unavailable) -> [Double] {
    var deviations = Array(repeating: 0.0, count: units.count)
    for term in units.terms {
      let above = term.residuals.reduce(0, +)
      let below = term.denominators?.reduce(0, +) ?? Double(units.count)
      for unit in deviations.indices {
        let rest = below - (term.denominators?[unit] ?? 1)
        guard rest != 0 else { throw .zeroDenominator }
        deviations[unit] +=
          term.factor * ((above - term.residuals[unit]) / rest - above / below)
      }
    }
    return deviations
  }
}
