import Probability
import Simulation

extension QueueCase {
  /// Several stations, batches, clients who come back, set-ups and priorities.
  static let stations: [QueueCase] = [
    tandem, feedback,
    batches(
      "batch_2_1.2", of: 2, rate: 1.2, customers: 70_000,
      exact: [
        .meanWait: 1.59121193424, .meanStay: 2.59121193424, .numberWaiting: 1.90945432109,
        .idle: 0.19777545386, .waits: 0.80222454614,
      ]),
    batches(
      "batch_4_2", of: 4, rate: 2, customers: 90_000,
      exact: [
        .meanWait: 1.26843305908, .meanStay: 2.26843305908, .numberWaiting: 2.53686611817,
        .idle: 0.114546313077, .waits: 0.885453686923,
      ]),
    batches(
      "batch_16_12", of: 16, rate: 12, customers: 1_200_000,
      exact: [
        .meanWait: 2.30541857528, .meanStay: 3.30541857528, .numberWaiting: 27.6650229034,
        .idle: 0.00289065215284, .waits: 0.997109347847,
      ]),
    retrial, setUp, priorities, forkJoin, infinite,
  ]

  /// Jackson (1957); stays are independent by Reich (1957) and Burke (1964).
  private static var tandem: QueueCase {
    var service = exponential()
    service.route = [.own(again: 0), .visit("second")]
    var queue = QueueCase(
      "tandem_0.5", gaps: .exponential(mean: 1 / 0.5), service: service, customers: 110_000,
      exact: [.meanStay: 5.33333333333, .number: 2.66666666667, .stayVariance: 15.1111111111])
    queue.stations = [NamedStation(name: "second", service: exponential(rate: 0.8))]
    return queue
  }

  /// Jackson (1963).
  private static var feedback: QueueCase {
    var service = exponential()
    service.route = [.own(again: 0.3)]
    return QueueCase(
      "jackson_feedback", gaps: .exponential(mean: 1 / 0.4), service: service, customers: 50_000,
      exact: [.meanStay: 3.33333333333, .number: 1.33333333333, .busy: 0.571428571429])
  }

  /// A server that takes up to so many as soon as it is free: Bailey (1954); Chaudhry and Templeton (1983).
  private static func batches(
    _ name: String, of largest: Int, rate: Double, customers: Int,
    exact: KeyValuePairs<QueueMetric, Double>
  ) -> QueueCase {
    var service = exponential()
    service.station.batch = BatchPlan(
      largest: largest, time: .curve([.init(size: 1, factor: 1)]))
    return QueueCase(
      name, gaps: .exponential(mean: 1 / rate), service: service, customers: customers,
      exact: exact)
  }

  /// No room to wait, and clients who come back after an exponential time: Falin and Templeton (1997), 1.
  private static var retrial: QueueCase {
    var service = exponential()
    service.queueLimit = 0
    service.client.retry = RetryPlan(attempts: 1 << 30, delay: .drawn(.exponential(mean: 1)))
    return QueueCase(
      "retrial_0.5_1", gaps: .exponential(mean: 1 / 0.5), service: service, customers: 50_000,
      exact: [.numberInOrbit: 1, .waits: 0.5, .meanWait: 2])
  }

  /// A server that is switched off when nobody is there: Welch (1964).
  private static var setUp: QueueCase {
    var service = exponential()
    service.station.setUp = .exponential(mean: 1 / 0.2)
    return QueueCase(
      "setup_0.5_0.2", gaps: .exponential(mean: 1 / 0.5), service: service, customers: 50_000,
      exact: [.meanStay: 7, .meanWait: 6])
  }

  /// Urgent customers go first and interrupt nobody: Cobham (1954).
  private static var priorities: QueueCase {
    var service = exponential()
    service.station.discipline = .priority
    var queue = QueueCase(
      "prio_np", gaps: .exponential(mean: 1 / 0.8), service: service, customers: 120_000,
      exact: [.urgentWait: 1.14285714286, .otherWait: 5.71428571429])
    queue.urgentShare = 0.375
    return queue
  }

  /// Two servers at once, both waited for: Flatto and Hahn (1984); Nelson and Tantawi (1988).
  private static var forkJoin: QueueCase {
    var service = exponential()
    service.route = [.fanOut(["left", "right"], needed: 2)]
    var queue = QueueCase(
      "forkjoin2_0.5", gaps: .exponential(mean: 1 / 0.5), service: service, customers: 50_000,
      exact: [.meanStay: 2.875])
    queue.stations = ["left", "right"].map { NamedStation(name: $0, service: exponential()) }
    return queue
  }

  /// So many servers that nobody waits: Takács (1962).
  private static var infinite: QueueCase {
    var service = ServicePlan(time: .drawn(.lognormal(mean: 1, sigma: 1)))
    service.replicas = 400
    return QueueCase(
      "mginf", gaps: .exponential(mean: 1 / 10), service: service, customers: 150_000,
      exact: [.number: 10, .numberVariance: 10])
  }

  private static func exponential(rate: Double = 1) -> ServicePlan {
    ServicePlan(time: .drawn(.exponential(mean: 1 / rate)))
  }
}
