extension ExactSum {
  /// Adds all of `values`, whatever their order.
  package mutating func add(contentsOf values: [Double]) {
    for value in values { add(value) }
  }

  /// The exact sum of `values`, rounded once.
  package static func total(_ values: [Double]) -> Double {
    var sum = ExactSum()
    sum.add(contentsOf: values)
    return sum.value
  }
}
