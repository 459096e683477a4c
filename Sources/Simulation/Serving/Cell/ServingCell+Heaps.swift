/// Pairing heaps of visits by `key`, the least at the root; -1 is an empty heap. Links stand in the
/// visits, so that any of them can be removed.
///
/// - Complexity: O(1) to insert, O(log n) amortised to remove.
/// - Source: Fredman, Sedgewick, Sleator and Tarjan (1986), "The pairing heap".
extension ServingCell {
  /// - Returns: the new root.
  mutating func heapInsert(_ visit: Int, into root: Int) -> Int {
    visits[visit].child = -1
    visits[visit].sibling = -1
    visits[visit].above = -1
    return root < 0 ? visit : meld(root, visit)
  }

  /// - Returns: the new root, or -1.
  mutating func heapRemove(_ visit: Int, from root: Int) -> Int {
    let orphans = pairChildren(of: visit)
    if visit == root { return orphans }
    let (above, sibling) = (Int(visits[visit].above), visits[visit].sibling)
    if Int(visits[above].child) == visit {
      visits[above].child = sibling
    } else {
      visits[above].sibling = sibling
    }
    if sibling >= 0 { visits[Int(sibling)].above = Int32(above) }
    return orphans < 0 ? root : meld(root, orphans)
  }

  /// Two roots become one; the first wins a tie.
  private mutating func meld(_ left: Int, _ right: Int) -> Int {
    let (parent, child) = visits[right].key < visits[left].key ? (right, left) : (left, right)
    let first = visits[parent].child
    visits[child].sibling = first
    visits[child].above = Int32(parent)
    if first >= 0 { visits[Int(first)].above = Int32(child) }
    visits[parent].child = Int32(child)
    visits[parent].sibling = -1
    visits[parent].above = -1
    return parent
  }

  /// Melds the children of a visit in pairs from the left, then the pairs from the right.
  private mutating func pairChildren(of visit: Int) -> Int {
    var child = Int(visits[visit].child)
    var pairs = -1
    while child >= 0 {
      let second = Int(visits[child].sibling)
      let rest = second < 0 ? -1 : Int(visits[second].sibling)
      let pair = second < 0 ? single(child) : meld(single(child), single(second))
      visits[pair].sibling = Int32(pairs)
      pairs = pair
      child = rest
    }
    guard pairs >= 0 else { return -1 }
    var root = pairs
    var next = Int(visits[root].sibling)
    root = single(root)
    while next >= 0 {
      let after = Int(visits[next].sibling)
      root = meld(root, single(next))
      next = after
    }
    return root
  }

  private mutating func single(_ visit: Int) -> Int {
    visits[visit].sibling = -1
    visits[visit].above = -1
    return visit
  }
}
