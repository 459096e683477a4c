/// A scalar of a queue's steady state, for which a run gives an interval.
///
/// Of those who are shed at a full queue neither wait nor stay counts; those who lose heart in the queue count among those who
/// waited. Times are in seconds, rates a second.
enum QueueMetric: String, CaseIterable, Sendable {
  case meanWait = "Wq"
  case meanStay = "W"
  /// The time in the queue of all who came, whether they were served or not.
  case meanWaitOfAll = "W_all"
  /// Averages over time: those who wait, those who are there, those who wait to come back.
  case numberWaiting = "Lq"
  case number = "L"
  case numberInOrbit = "Lorbit"
  /// Shares of customers.
  case waits = "Pwait"
  case waitsLonger = "Pwait_gt_t"
  case staysLonger = "Psojourn_gt_t"
  case isLost = "Ploss"
  /// The share of time in which the server has nothing to do.
  case idle = "Pidle"
  /// Services at the server over time, in erlangs; with services of mean 1 the rate at which visits come.
  case busy = "gamma"
  /// Customers served, over time.
  case throughput
  case waitQuantile = "q99_wait"
  case stayQuantile = "q99_sojourn"
  case waitVariance = "varWq"
  case stayVariance = "varW"
  /// Of the number that an arrival finds, which is that of an instant where arrivals are Poisson.
  case numberVariance = "varL"
  /// Of the urgent customers, and of the others.
  case urgentWait = "Wq1"
  case otherWait = "Wq2"

  /// Its place in a set of metrics.
  var bit: UInt32 {
    switch self {
    case .meanWait: 0
    case .meanStay: 1
    case .meanWaitOfAll: 2
    case .numberWaiting: 3
    case .number: 4
    case .numberInOrbit: 5
    case .waits: 6
    case .waitsLonger: 7
    case .staysLonger: 8
    case .isLost: 9
    case .idle: 10
    case .busy: 11
    case .throughput: 12
    case .waitQuantile: 13
    case .stayQuantile: 14
    case .waitVariance: 15
    case .stayVariance: 16
    case .numberVariance: 17
    case .urgentWait: 18
    case .otherWait: 19
    }
  }

  /// What the quantiles are at.
  static let p = 0.99
}
