/// What a permutation of units needs to know of them: sums over a part of the units give the part's ratio and its
/// error under any null.
///
/// A unit of the candidate under the null Δ has the value r + η·d, where r is its residual from its own arm's
/// ratio, d its denominator and η = estimate − Δ; one of production has r. All are in units of the largest residual
/// and the largest denominator.
struct PermutationColumns: Sendable {
  let candidateCount: Int
  let count: Int
  let estimate: Double
  /// Residuals, d of candidates, r², r·d of candidates; and with denominators d, r·d, d², d² of candidates.
  let fixed: [FixedColumn]
  private let scale: Double
  private let denominatorScale: Double
  private let hasDenominators: Bool

  /// The sums over a part of the units.
  struct Row: Sendable {
    var n: Double
    var r: Double
    var g: Double
    var rr: Double
    var rg: Double
    var d: Double
    var rd: Double
    var dd: Double
    var gg: Double

    func without(_ part: Row) -> Row {
      Row(
        n: n - part.n, r: r - part.r, g: g - part.g, rr: rr - part.rr, rg: rg - part.rg,
        d: d - part.d, rd: rd - part.rd, dd: dd - part.dd, gg: gg - part.gg)
    }
  }

  init(_ arms: TwoArms) throws(Unavailable) {
    let candidate = try ResampledUnits(arms.candidate)
    let production = try ResampledUnits(arms.production)
    guard !(candidate.isConstant && production.isConstant) else { throw .noVariation }
    let (first, second) = (candidate.terms[0], production.terms[0])
    candidateCount = candidate.count
    count = candidate.count + production.count
    estimate = first.ratio - second.ratio
    scale = max(
      candidate.isConstant ? 0 : first.scale, production.isConstant ? 0 : second.scale)
    denominatorScale = max(first.denominatorScale, second.denominatorScale)
    hasDenominators = first.denominators != nil || second.denominators != nil
    let size = denominatorScale
    func below(_ units: ResampledUnits) -> [Double] {
      let term = units.terms[0]
      return (term.denominators ?? Array(repeating: 1, count: units.count)).map {
        $0 * (term.denominatorScale / size)
      }
    }
    let (firstScale, secondScale) = (first.scale / scale, second.scale / scale)
    let r = first.residuals.map { $0 * firstScale } + second.residuals.map { $0 * secondScale }
    let g = below(candidate) + production.zeros
    var columns = [r, g, r.indices.map { r[$0] * r[$0] }, r.indices.map { r[$0] * g[$0] }]
    if hasDenominators {
      let d = below(candidate) + below(production)
      columns += [
        d, r.indices.map { r[$0] * d[$0] }, d.map { $0 * $0 }, g.map { $0 * $0 },
      ]
    }
    guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw .unrepresentable }
    let terms = count
    fixed = columns.map { FixedColumn($0, terms: terms) }
  }

  /// The sums over the units that `part` takes of each column.
  func row(_ part: ([Int64]) -> ArraySlice<Int64>) -> Row {
    let sums = fixed.map { column in
      [Double(part(column.multiples).reduce(0, +)) * column.quantum]
    }
    return row(sums, 0, n: Double(part(fixed[0].multiples).count))
  }

  /// The sums of the way to deal number `way`.
  func row(_ sums: [[Double]], _ way: Int) -> Row {
    row(sums, way, n: Double(candidateCount))
  }

  private func row(_ sums: [[Double]], _ way: Int, n: Double) -> Row {
    let (r, g) = (sums[0][way], sums[1][way])
    let (rr, rg) = (sums[2][way], sums[3][way])
    guard hasDenominators else {
      return Row(n: n, r: r, g: g, rr: rr, rg: rg, d: n, rd: r, dd: n, gg: g)
    }
    return Row(
      n: n, r: r, g: g, rr: rr, rg: rg, d: sums[4][way], rd: sums[5][way], dd: sums[6][way],
      gg: sums[7][way])
  }

  /// The statistic under one null.
  struct Statistic {
    let shift: Double
    let isStudentized: Bool
    /// What 1 standard error, or the spread of the values, is in it.
    let unit: Double

    /// - Parameters:
    ///   - part: the sums over those that are dealt to the candidate.
    ///   - totals: the sums over all.
    func callAsFunction(_ part: Row, _ totals: Row) -> Double {
      let rest = totals.without(part)
      let difference = ratio(part) - ratio(rest)
      guard isStudentized else { return difference }
      if difference == 0 { return 0 }
      return difference / (variance(part) + variance(rest)).squareRoot()
    }

    func ratio(_ row: Row) -> Double { (row.r + shift * row.g) / row.d }

    func variance(_ row: Row) -> Double {
      let ratio = ratio(row)
      let squares = row.rr + shift * (2 * row.rg + shift * row.gg)
      let products = row.rd + shift * row.gg
      let residual = squares - ratio * (2 * products - ratio * row.dd)
      return max(0, residual) / (row.d * row.d) * (row.n / (row.n - 1))
    }
  }

  func statistic(against null: Double, isStudentized: Bool) -> Statistic {
    Statistic(
      shift: (estimate - null) / scale * denominatorScale, isStudentized: isStudentized,
      unit: 1)
  }

  /// Of the estimate.
  func standardError(_ observed: Row, _ totals: Row) -> Double {
    let rest = totals.without(observed)
    let statistic = Statistic(shift: 0, isStudentized: true, unit: 1)
    return scale / denominatorScale
      * (statistic.variance(observed) + statistic.variance(rest)).squareRoot()
  }
}

extension ResampledUnits {
  fileprivate var zeros: [Double] { Array(repeating: 0, count: count) }
}
