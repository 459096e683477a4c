import Probability

extension QueueCase {
  /// Poisson arrivals and exponential services, and places without end (Kleinrock 1975; Gross and Harris 2008).
  static let markovian: [QueueCase] = [
    .fifo(
      "mm1_0.3", gaps: .exponential(mean: 1 / 0.3), service: .exponential(mean: 1), threshold: 5,
      customers: 55_000,
      exact: [
        .meanWait: 0.428571428571, .meanStay: 1.42857142857, .numberWaiting: 0.128571428571,
        .number: 0.428571428571, .waits: 0.3, .waitsLonger: 0.0090592150267,
        .staysLonger: 0.0301973834223, .stayQuantile: 6.57881455141, .waitVariance: 1.04081632653,
      ]),
    .fifo(
      "mm1_0.8", gaps: .exponential(mean: 1 / 0.8), service: .exponential(mean: 1), threshold: 5,
      customers: 320_000,
      exact: [
        .meanWait: 4, .meanStay: 5, .numberWaiting: 3.2, .number: 4, .waits: 0.8,
        .waitsLonger: 0.294303552937, .staysLonger: 0.367879441171, .stayQuantile: 23.0258509299,
        .waitVariance: 24,
      ]),
    .fifo(
      "mm1_0.9", gaps: .exponential(mean: 1 / 0.9), service: .exponential(mean: 1), threshold: 5,
      customers: 1_200_000,
      exact: [
        .meanWait: 9, .meanStay: 10, .numberWaiting: 8.1, .number: 9, .waits: 0.9,
        .waitsLonger: 0.545877593741, .staysLonger: 0.606530659713, .stayQuantile: 46.0517018599,
        .waitVariance: 99,
      ]),
    .fifo(
      "mm1_0.95", gaps: .exponential(mean: 1 / 0.95), service: .exponential(mean: 1), threshold: 5,
      customers: 1_500_000,
      exact: [
        .meanWait: 19, .meanStay: 20, .numberWaiting: 18.05, .number: 19, .waits: 0.95,
        .waitsLonger: 0.739860743918, .staysLonger: 0.778800783071, .stayQuantile: 92.1034037198,
        .waitVariance: 399,
      ]),
    .fifo(
      "mmc_2_0.5", gaps: .exponential(mean: 1), service: .exponential(mean: 1), replicas: 2,
      threshold: 1, customers: 31_000,
      exact: [
        .meanWait: 0.333333333333, .meanStay: 1.33333333333, .numberWaiting: 0.333333333333,
        .number: 1.33333333333, .waits: 0.333333333333, .waitsLonger: 0.12262648039,
        .waitQuantile: 3.50655789732,
      ]),
    .fifo(
      "mmc_3_0.7", gaps: .exponential(mean: 1 / 2.1), service: .exponential(mean: 1), replicas: 3,
      threshold: 1, customers: 62_000,
      exact: [
        .meanWait: 0.547049441786, .meanStay: 1.54704944179, .numberWaiting: 1.14880382775,
        .number: 3.24880382775, .waits: 0.492344497608, .waitsLonger: 0.200172334868,
        .waitQuantile: 4.32954841874,
      ]),
    .fifo(
      "mmc_4_0.8", gaps: .exponential(mean: 1 / 3.2), service: .exponential(mean: 1), replicas: 4,
      threshold: 1, customers: 120_000,
      exact: [
        .meanWait: 0.745540589734, .meanStay: 1.74554058973, .numberWaiting: 2.38572988715,
        .number: 5.58572988715, .waits: 0.596432471787, .waitsLonger: 0.267994384714,
        .waitQuantile: 5.11047616842,
      ]),
    .fifo(
      "mmc_8_0.5", gaps: .exponential(mean: 1 / 4), service: .exponential(mean: 1), replicas: 8,
      threshold: 1, customers: 120_000,
      exact: [
        .meanWait: 0.0147609986738, .meanStay: 1.01476099867, .numberWaiting: 0.0590439946953,
        .number: 4.0590439947, .waits: 0.0590439946953, .waitsLonger: 0.00108142848539,
        .waitQuantile: 0.443924436459,
      ]),
    .fifo(
      "mmc_8_0.9", gaps: .exponential(mean: 1 / 7.2), service: .exponential(mean: 1), replicas: 8,
      threshold: 1, customers: 400_000,
      exact: [
        .meanWait: 0.876916237683, .meanStay: 1.87691623768, .numberWaiting: 6.31379691132,
        .number: 13.5137969113, .waits: 0.701532990146, .waitsLonger: 0.315219091756,
        .waitQuantile: 5.31335354181,
      ]),
    .fifo(
      "mmc_16_0.9", gaps: .exponential(mean: 1 / 14.4), service: .exponential(mean: 1),
      replicas: 16, threshold: 1, customers: 480_000,
      exact: [
        .meanWait: 0.36958962117, .meanStay: 1.36958962117, .numberWaiting: 5.32209054485,
        .number: 19.7220905449, .waits: 0.591343393872, .waitsLonger: 0.119390172162,
        .waitQuantile: 2.54988237148,
      ]),
    .fifo(
      "mmc_100_0.95", gaps: .exponential(mean: 1 / 95), service: .exponential(mean: 1),
      replicas: 100, threshold: 1, customers: 600_000,
      exact: [
        .meanWait: 0.101291370783, .meanStay: 1.10129137078, .numberWaiting: 9.62268022435,
        .number: 104.622680224, .waits: 0.506456853913, .waitsLonger: 0.00341247943899,
        .waitQuantile: 0.784970808459,
      ]),
  ]
}
