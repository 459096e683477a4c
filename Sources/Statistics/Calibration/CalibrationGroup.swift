/// The cells of one kind of traffic: what one file of results holds.
package struct CalibrationGroup: Sendable {
  /// "skewed", "pairs-series-0.9", "judge".
  package var name: String
  package var cells: [any CalibrationTrials]

  package static let judge = "judge"

  /// Every method of the catalogue, and the chooser.
  package static let contestants = Catalogue.all + ChosenMethods.all

  /// Every group, in the order of the report.
  package static func all(methods: [Method] = contestants) -> [CalibrationGroup] {
    var groups: [CalibrationGroup] = []
    for cell in CalibrationPlan.cells {
      if groups.last?.name != cell.traffic {
        groups.append(CalibrationGroup(name: cell.traffic, cells: []))
      }
      groups[groups.count - 1].cells.append(Calibration(cell, methods: methods))
    }
    groups.append(CalibrationGroup(name: judge, cells: JudgeTrials.all))
    return groups
  }
}
