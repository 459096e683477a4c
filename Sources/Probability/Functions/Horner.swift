/// c₀ + c₁ x + c₂ x² + … by Horner's rule.
@inline(__always)
func horner(
  _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double
) -> Double {
  ((((c5 * x + c4) * x + c3) * x + c2) * x + c1) * x + c0
}

@inline(__always)
func horner(
  _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double,
  _ c6: Double
) -> Double { horner(x, c0, c1, c2, c3, c4, c6 * x + c5) }

@inline(__always)
func horner(
  _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double,
  _ c6: Double, _ c7: Double
) -> Double { horner(x, c0, c1, c2, c3, c4, c5, c7 * x + c6) }

@inline(__always)
func horner(
  _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double,
  _ c6: Double, _ c7: Double, _ c8: Double
) -> Double { horner(x, c0, c1, c2, c3, c4, c5, c6, c8 * x + c7) }
