import Kernels

/// Memory for a fixed number of trivial elements, owned, aligned to cache lines.
///
/// Unlike an array it is never copied and counts no references, so that a loop may write to several of
/// them at full speed. Indices are checked in debug builds; callers keep them in range by construction.
@safe struct Column<Element: BitwiseCopyable>: ~Copyable {
  private let start: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    precondition(count >= 0, "column of \(count)")
    guard let memory = unsafe kernels_reserve(count * MemoryLayout<Element>.stride) else {
      preconditionFailure("no memory for a column of \(count)")
    }
    unsafe start = memory.bindMemory(to: Element.self, capacity: count)
    unsafe start.initialize(repeating: value, count: count)
    self.count = count
  }

  /// The elements of an array.
  init(_ elements: [Element]) {
    guard let memory = unsafe kernels_reserve(elements.count * MemoryLayout<Element>.stride) else {
      preconditionFailure("no memory for a column of \(elements.count)")
    }
    unsafe start = memory.bindMemory(to: Element.self, capacity: elements.count)
    for index in elements.indices {
      unsafe (start + index).initialize(to: elements[index])
    }
    count = elements.count
  }

  deinit { unsafe kernels_release(start) }

  /// A field of a large element is read and written in its place.
  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count, "index \(index) in a column of \(count)")
      return unsafe start[index]
    }
    @inline(__always) nonmutating _modify {
      assert(index >= 0 && index < count, "index \(index) in a column of \(count)")
      yield unsafe &start[index]
    }
  }

  /// Copies `length` elements from `first` on to `target[targetFirst...]`.
  func copy(from first: Int, count length: Int, to target: borrowing Column, at targetFirst: Int) {
    precondition(first >= 0 && length >= 0 && first + length <= count)
    precondition(targetFirst >= 0 && targetFirst + length <= target.count)
    unsafe (target.start + targetFirst).update(from: start + first, count: length)
  }

  /// Copies `length` elements from `first` on to `target[targetFirst...]`.
  func copy(from first: Int, count length: Int, to target: inout [Element], at targetFirst: Int) {
    precondition(first >= 0 && length >= 0 && first + length <= count)
    precondition(targetFirst >= 0 && targetFirst + length <= target.count)
    unsafe target.withUnsafeMutableBufferPointer { target in
      guard let base = target.baseAddress else { return }
      unsafe (base + targetFirst).update(from: start + first, count: length)
    }
  }

  /// Sets `length` elements from `first` on.
  func fill(from first: Int, count length: Int, with value: Element) {
    precondition(first >= 0 && length >= 0 && first + length <= count)
    unsafe (start + first).update(repeating: value, count: length)
  }
}
