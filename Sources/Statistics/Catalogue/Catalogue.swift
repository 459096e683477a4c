/// Every method, by family; a family's list stands in `Catalogue+<Family>`.
package enum Catalogue {
  package static let all: [Method] =
    means + proportions + ranks + resampling + quantiles + ratios + units + series + grouped
    + agreement + sequential + outcomes + policies + beliefs + judges

  package static func method(named name: String) -> Method? { all.first { $0.name == name } }
}
