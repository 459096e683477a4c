import Probability

/// The difference of two means over rows, candidate − production, with standard errors for rows that depend on each
/// other within units (or rows that only differ in variance).
///
/// It is the regression of the values on the arm. All corrections for few units have closed forms here,
/// because an arm's rows have one and the same regressor.
///
/// - Source: Liang and Zeger (1986) for CR0; MacKinnon and White (1985) for HC1 to HC3; Bell and McCaffrey
///   (2002) for CR2 and its degrees of freedom; Imbens and Kolesár (2016).
package struct ClusterDifference: Sendable, Equatable {
  package let candidate: Arm
  package let production: Arm

  /// An arm's residuals from its mean, by row and by unit.
  package struct Arm: Sendable, Equatable {
    package let mean: Moments
    package let rows: Int
    package let units: Int
    /// The root of Σ over units of (sum of residuals / rows)², plain and over 1 − share of rows.
    let plain: Double
    let corrected: Double
    /// Of Bell and McCaffrey's matrix of the units' errors under independence: its trace, and the sum of its
    /// squares.
    let trace: Double
    let squares: Double

    /// - Parameters:
    ///   - values: one a row; two rows at least.
    ///   - units: which unit each row belongs to, from 0; two units with rows at least. nil is a unit a row.
    package init(values: [Double], units: [Int]?) throws(Unavailable) {
      mean = try Moments(of: values)
      rows = values.count
      let all = Double(rows)
      guard let units else {
        self.units = rows
        corrected = mean.standardError
        plain = corrected * ((all - 1) / all).squareRoot()
        trace = 1 / all
        squares = 1 / (all * all) / (all - 1)
        return
      }
      let counts = UnitSums.counts(units)
      var held = 0
      for count in counts where count > 0 { held += 1 }
      guard held > 1 else { throw .tooFew(has: held, needs: 2) }
      self.units = held
      let sums = UnitSums.sums(
        values, units: units, counts: counts, centre: (mean.mean, mean.meanRest))
      let errors = Self.errors(sums, counts, rows: all)
      plain = errors.plain
      corrected = errors.corrected
      trace = 1 / all
      squares = Self.squares(counts, rows: all)
    }

    /// The roots of Σ (sum / rows)², plain and over 1 − share.
    private static func errors(
      _ sums: [Double], _ counts: [Int], rows: Double
    ) -> (plain: Double, corrected: Double) {
      var largest = 0.0
      for sum in sums { largest = max(largest, abs(sum)) }
      let scale = Centre.scale(largest: largest)
      var plain = sums
      var corrected = sums
      for unit in sums.indices {
        let error = sums[unit] / scale
        plain[unit] = error * error
        corrected[unit] = error * error / (1 - Double(counts[unit]) / rows)
      }
      return (
        scale * ExactSum.total(plain).squareRoot() / rows,
        scale * ExactSum.total(corrected).squareRoot() / rows
      )
    }

    /// Σ share² on the diagonal, and the products of share² / (1 − share) of all pairs of units beside it.
    private static func squares(_ counts: [Int], rows: Double) -> Double {
      var diagonal = Array(repeating: 0.0, count: counts.count)
      var off = diagonal
      var offSquares = diagonal
      for unit in counts.indices {
        let share = Double(counts[unit]) / rows
        let weight = share * share / (1 - share)
        diagonal[unit] = share * share
        off[unit] = weight
        offSquares[unit] = weight * weight
      }
      let pairs = ExactSum.total(off)
      return
        (ExactSum.total(diagonal) + (pairs * pairs - ExactSum.total(offSquares)))
        / (rows * rows)
    }

    /// The arm's own mean with CR2 and Satterthwaite's degrees of freedom.
    package var estimate: TEstimate {
      TEstimate(
        value: mean.mean, standardError: corrected, degreesOfFreedom: trace * trace / squares)
    }
  }

  package init(candidate: Arm, production: Arm) throws(Unavailable) {
    self.candidate = candidate
    self.production = production
    guard candidate.plain > 0 || production.plain > 0 else { throw .noVariation }
  }

  package var value: Double { candidate.mean.minus(production.mean) }

  /// Without any correction for few units; HC0 where each row is a unit.
  package var cr0: Double { rootOfSquares(candidate.plain, production.plain) }

  /// Times G / (G − 1) · (N − 1) / (N − 2), with all G units and N rows of both arms.
  package var cr1: Double {
    let rows = Double(candidate.rows + production.rows)
    return cr0 * Self.few(candidate.units + production.units)
      * ((rows - 1) / (rows - 2)).squareRoot()
  }

  /// Unbiased where rows are in truth independent; HC2 where each row is a unit.
  package var cr2: Double { rootOfSquares(candidate.corrected, production.corrected) }

  /// Each arm times its G / (G − 1): the delta method for a ratio of unit means.
  package var delta: Double {
    rootOfSquares(
      candidate.plain * Self.few(candidate.units), production.plain * Self.few(production.units))
  }

  /// HC1, for rows that are units: HC0 times N / (N − 2).
  package var hc1: Double {
    let rows = Double(candidate.rows + production.rows)
    return cr0 * (rows / (rows - 2)).squareRoot()
  }

  /// HC3, for rows that are units: each squared residual over (1 − leverage)².
  package var hc3: Double {
    rootOfSquares(
      candidate.corrected * Self.few(candidate.rows),
      production.corrected * Self.few(production.rows))
  }

  /// With CR2 and Satterthwaite's degrees of freedom for it.
  package var estimate: TEstimate {
    let trace = candidate.trace + production.trace
    return TEstimate(
      value: value, standardError: cr2,
      degreesOfFreedom: trace * trace / (candidate.squares + production.squares))
  }

  /// With CR1 and one degree of freedom fewer than units.
  package var cr1Estimate: TEstimate {
    TEstimate(
      value: value, standardError: cr1,
      degreesOfFreedom: Double(candidate.units + production.units - 1))
  }

  /// √(n / (n − 1)).
  private static func few(_ count: Int) -> Double {
    (Double(count) / Double(count - 1)).squareRoot()
  }
}
