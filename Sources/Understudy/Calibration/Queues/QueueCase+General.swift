import Probability

extension QueueCase {
  /// One of gaps and services is not exponential (Pollaczek and Khinchine; Crommelin 1932; Kleinrock 1975, 6.4).
  static let general: [QueueCase] = [
    .fifo(
      "mg1_det_1_0.5", gaps: .exponential(mean: 1 / 0.5), service: .constant(1), threshold: 2,
      customers: 37_000,
      exact: [
        .meanWait: 0.5, .meanStay: 1.5, .numberWaiting: 0.25, .number: 0.75, .waits: 0.5,
        .waitVariance: 0.583333333333, .waitsLonger: 0.0530394034455,
      ]),
    .fifo(
      "mg1_det_1_0.9", gaps: .exponential(mean: 1 / 0.9), service: .constant(1), threshold: 2,
      customers: 560_000,
      exact: [
        .meanWait: 4.5, .meanStay: 5.5, .numberWaiting: 4.05, .number: 4.95, .waits: 0.9,
        .waitVariance: 23.25, .waitsLonger: 0.616399533563,
      ]),
    .fifo(
      "mg1_erlang_4_1_0.9", gaps: .exponential(mean: 1 / 0.9), service: .erlang(stages: 4, mean: 1),
      customers: 750_000,
      exact: [
        .meanWait: 5.625, .meanStay: 6.625, .numberWaiting: 5.0625, .number: 5.9625, .waits: 0.9,
        .waitVariance: 37.265625,
      ]),
    .fifo(
      "mg1_lognormal_1_0.5_0.8", gaps: .exponential(mean: 1 / 0.8),
      service: .lognormal(mean: 1, sigma: 0.5), customers: 200_000,
      exact: [
        .meanWait: 2.56805083338, .meanStay: 3.56805083338, .numberWaiting: 2.0544406667,
        .number: 2.8544406667, .waits: 0.8, .waitVariance: 9.41755177162,
      ]),
    .fifo(
      "mg1_lognormal_1_1_0.7", gaps: .exponential(mean: 1 / 0.7),
      service: .lognormal(mean: 1, sigma: 1), customers: 220_000,
      exact: [
        .meanWait: 3.17132879987, .meanStay: 4.17132879987, .numberWaiting: 2.21993015991,
        .number: 2.91993015991, .waits: 0.7, .waitVariance: 25.6794106305,
      ]),
    .fifo(
      "mg1_uniform_0_2_0.8", gaps: .exponential(mean: 1 / 0.8), service: .uniform(low: 0, high: 2),
      customers: 210_000,
      exact: [
        .meanWait: 2.66666666667, .meanStay: 3.66666666667, .numberWaiting: 2.13333333333,
        .number: 2.93333333333, .waits: 0.8, .waitVariance: 9.77777777778,
      ]),
    .fifo(
      "mg1_hyper_0.5_2_0.666666666666667_0.7", gaps: .exponential(mean: 1 / 0.7),
      service: .hyperexponential(0.5, 2, 0.666666666666667), customers: 200_000,
      exact: [
        .meanWait: 2.91666666667, .meanStay: 3.91666666667, .numberWaiting: 2.04166666667,
        .number: 2.74166666667, .waits: 0.7, .waitVariance: 16.6736111111,
      ]),
    .fifo(
      "mdc_2_0.8", gaps: .exponential(mean: 1 / 1.6), service: .constant(1), replicas: 2,
      customers: 49_000,
      exact: [
        .numberWaiting: 1.44525420707, .meanWait: 0.903283879417, .meanStay: 1.90328387942,
        .number: 3.04525420707, .waits: 0.701898317173,
      ]),
    .fifo(
      "mdc_8_0.9", gaps: .exponential(mean: 1 / 7.2), service: .constant(1), replicas: 8,
      customers: 210_000,
      exact: [
        .numberWaiting: 3.23980746794, .meanWait: 0.449973259436, .meanStay: 1.44997325944,
        .number: 10.4398074679, .waits: 0.681911365447,
      ]),
    .fifo(
      "gim1_d_0.8", gaps: .constant(1.25), service: .exponential(mean: 1), threshold: 2,
      customers: 44_000,
      exact: [
        .meanWait: 1.69273083992, .meanStay: 2.69273083992, .numberWaiting: 1.35418467194,
        .number: 2.15418467194, .waits: 0.628629796497, .waitsLonger: 0.299107223939,
      ]),
    .fifo(
      "gim1_d_0.9", gaps: .constant(1.1111111111111112), service: .exponential(mean: 1),
      threshold: 2, customers: 170_000,
      exact: [
        .meanWait: 4.17865942215, .meanStay: 5.17865942215, .numberWaiting: 3.76079347993,
        .number: 4.66079347993, .waits: 0.806899832856, .waitsLonger: 0.548396849854,
      ]),
    .fifo(
      "gim1_h2_0.8", gaps: .hyperexponential(0.9, 1.44, 0.16), service: .exponential(mean: 1),
      threshold: 2, customers: 250_000,
      exact: [
        .meanWait: 10.878254414, .meanStay: 11.878254414, .numberWaiting: 8.70260353119,
        .number: 9.50260353119, .waits: 0.915812545754, .waitsLonger: 0.773895453034,
      ]),
  ]
}
