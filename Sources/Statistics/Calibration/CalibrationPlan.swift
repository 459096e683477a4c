/// All cells of the study, and the band that their rates have to lie in.
package enum CalibrationPlan {
  package static let sizes = [200, 2_000]
  package static let runs = 10_000

  /// Null before effect, small before large.
  package static let cells: [CalibrationCell] = kinds.flatMap { shape, design in
    sizes.flatMap { n in
      effects(shape, design).map {
        CalibrationCell(shape: shape, design: design, n: n, effect: $0)
      }
    }
  }

  /// What a variance is compared by needs an effect of its own where values are normal.
  private static func effects(
    _ shape: CalibrationCell.Shape, _ design: CalibrationCell.Design
  ) -> [CalibrationCell.Effect] {
    shape == .normal && (design == .arms || design == .pairs)
      ? [.null, .effect, .spread] : [.null, .effect]
  }

  private static let kinds: [(CalibrationCell.Shape, CalibrationCell.Design)] = {
    let shapes: [CalibrationCell.Shape] = [.normal, .skewed, .binary, .rare, .ties]
    var kinds: [(CalibrationCell.Shape, CalibrationCell.Design)] = []
    kinds += (shapes + [.scores]).map { ($0, .arms) }
    kinds.append((.normal, .clusteredArms))
    for rho in [0.5, 0.9] {
      kinds.append((.normal, .randomizedSeries(rho: rho)))
      kinds.append((.normal, .seriesPerArm(rho: rho)))
    }
    kinds += (shapes + [.scores]).map { ($0, .pairs) }
    kinds.append((.normal, .clusteredPairs))
    for rho in [0.5, 0.9] {
      kinds.append((.normal, .sharedShocks(rho: rho)))
      kinds.append((.normal, .pairSeries(rho: rho)))
    }
    return kinds
  }()

  package static func cell(named name: String) -> CalibrationCell? {
    cells.first { $0.name == name }
  }
}
