import Probability

extension QueueCase {
  /// Few places, or clients who lose heart (Erlang 1917; Palm 1957; Garnett, Mandelbaum and Reiman 2002; Barrer 1957).
  static let losses: [QueueCase] = [
    .fifo(
      "mgcc_1_1_exp", gaps: .exponential(mean: 1), service: .exponential(mean: 1), places: 1,
      customers: 60_000, exact: [.isLost: 0.5, .number: 0.5, .throughput: 0.5]),
    .fifo(
      "mgcc_2_1_exp", gaps: .exponential(mean: 1), service: .exponential(mean: 1), replicas: 2,
      places: 2, customers: 60_000, exact: [.isLost: 0.2, .number: 0.8, .throughput: 0.8]),
    .fifo(
      "mgcc_5_3_exp", gaps: .exponential(mean: 1 / 3), service: .exponential(mean: 1), replicas: 5,
      places: 5, customers: 60_000,
      exact: [.isLost: 0.110054347826, .number: 2.66983695652, .throughput: 2.66983695652]),
    .fifo(
      "mgcc_10_8_exp", gaps: .exponential(mean: 1 / 8), service: .exponential(mean: 1),
      replicas: 10, places: 10, customers: 60_000,
      exact: [.isLost: 0.121661064253, .number: 7.02671148598, .throughput: 7.02671148598]),
    .fifo(
      "mgcc_50_45_exp", gaps: .exponential(mean: 1 / 45), service: .exponential(mean: 1),
      replicas: 50, places: 50, customers: 60_000,
      exact: [.isLost: 0.0541044721646, .number: 42.5652987526, .throughput: 42.5652987526]),
    .fifo(
      "mgcc_5_3_det", gaps: .exponential(mean: 1 / 3), service: .constant(1), replicas: 5,
      places: 5, customers: 60_000,
      exact: [.isLost: 0.110054347826, .number: 2.66983695652, .throughput: 2.66983695652]),
    .fifo(
      "mmck_1_5_0.8", gaps: .exponential(mean: 1 / 0.8), service: .exponential(mean: 1), places: 5,
      customers: 60_000,
      exact: [
        .isLost: 0.0888194986556, .number: 1.86833203227, .numberWaiting: 1.13938763119,
        .meanWait: 1.56306520704, .meanStay: 2.56306520704, .throughput: 0.728944401076,
        .waits: 0.702522608282,
      ]),
    .fifo(
      "mmck_1_10_1.2", gaps: .exponential(mean: 1 / 1.2), service: .exponential(mean: 1),
      places: 10, customers: 60_000,
      exact: [
        .isLost: 0.192586495127, .number: 6.71070867837, .numberWaiting: 5.74181247252,
        .meanWait: 5.92613784414, .meanStay: 6.92613784414, .throughput: 0.968896205848,
        .waits: 0.961477243117,
      ]),
    .fifo(
      "mmck_4_20_4.4", gaps: .exponential(mean: 1 / 4.4), service: .exponential(mean: 1),
      replicas: 4, places: 20, customers: 60_000,
      exact: [
        .isLost: 0.108322431474, .number: 13.6658146651, .numberWaiting: 9.74243336357,
        .meanWait: 2.48317270611, .meanStay: 3.48317270611, .throughput: 3.92338130152,
        .waits: 0.950436764551,
      ]),
    .fifo(
      "erlangA_1_0.9_0.5", gaps: .exponential(mean: 1 / 0.9), service: .exponential(mean: 1),
      patience: .exponential(mean: 1 / 0.5), customers: 60_000,
      exact: [
        .isLost: 0.284956141919, .numberWaiting: 0.512921055454, .waits: 0.643539472273,
        .meanWaitOfAll: 0.569912283838, .throughput: 0.643539472273,
      ]),
    .fifo(
      "erlangA_8_7.2_0.5", gaps: .exponential(mean: 1 / 7.2), service: .exponential(mean: 1),
      replicas: 8, patience: .exponential(mean: 1 / 0.5), customers: 60_000,
      exact: [
        .isLost: 0.0791319357484, .numberWaiting: 1.13949987478, .waits: 0.488968539925,
        .meanWaitOfAll: 0.158263871497, .throughput: 6.63025006261,
      ]),
    .fifo(
      "erlangA_8_10_0.25", gaps: .exponential(mean: 1 / 10), service: .exponential(mean: 1),
      replicas: 8, patience: .exponential(mean: 1 / 0.25), customers: 60_000,
      exact: [
        .isLost: 0.212517894083, .numberWaiting: 8.50071576334, .waits: 0.940117455055,
        .meanWaitOfAll: 0.850071576334, .throughput: 7.87482105917,
      ]),
    .fifo(
      "mm1_timeout_0.8_2", gaps: .exponential(mean: 1 / 0.8), service: .exponential(mean: 1),
      patience: .constant(2), customers: 60_000,
      exact: [.isLost: 0.18783207442, .waits: 0.649734340464, .throughput: 0.649734340464]),
  ]
}
