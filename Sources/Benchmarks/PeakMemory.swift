import Foundation

/// The most memory that the process has held at one time so far.
enum PeakMemory {
  static var megabytes: Double {
    var usage = rusage()
    #if os(Linux)
      let status = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let bytesOfUnit = 1024.0
    #else
      let status = unsafe getrusage(RUSAGE_SELF, &usage)
      let bytesOfUnit = 1.0
    #endif
    precondition(status == 0, "no account of memory")
    return Double(usage.ru_maxrss) * bytesOfUnit / (1024 * 1024)
  }
}
