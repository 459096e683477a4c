import Probability

extension QueueCase {
  /// Processor sharing (Coffman, Muntz and Trotter 1970): the mean stay does not depend on the law of services.
  static let shared: [QueueCase] = [
    .sharing(
      "mg1_det_1_0.5_ps", gaps: .exponential(mean: 1 / 0.5), service: .constant(1),
      customers: 31_000, exact: [.meanStay: 2]),
    .sharing(
      "mg1_det_1_0.9_ps", gaps: .exponential(mean: 1 / 0.9), service: .constant(1),
      customers: 470_000, exact: [.meanStay: 10]),
    .sharing(
      "mg1_erlang_4_1_0.9_ps", gaps: .exponential(mean: 1 / 0.9),
      service: .erlang(stages: 4, mean: 1), customers: 470_000, exact: [.meanStay: 10]),
    .sharing(
      "mg1_lognormal_1_0.5_0.8_ps", gaps: .exponential(mean: 1 / 0.8),
      service: .lognormal(mean: 1, sigma: 0.5), customers: 140_000, exact: [.meanStay: 5]),
    .sharing(
      "mg1_lognormal_1_1_0.7_ps", gaps: .exponential(mean: 1 / 0.7),
      service: .lognormal(mean: 1, sigma: 1), customers: 91_000, exact: [.meanStay: 3.33333333333]),
    .sharing(
      "mg1_uniform_0_2_0.8_ps", gaps: .exponential(mean: 1 / 0.8),
      service: .uniform(low: 0, high: 2), customers: 140_000, exact: [.meanStay: 5]),
    .sharing(
      "mg1_hyper_0.5_2_0.666666666666667_0.7_ps", gaps: .exponential(mean: 1 / 0.7),
      service: .hyperexponential(0.5, 2, 0.666666666666667), customers: 84_000,
      exact: [.meanStay: 3.33333333333]),
    .sharing(
      "mm1ps_0.5", gaps: .exponential(mean: 1 / 0.5), service: .exponential(mean: 1),
      customers: 120_000, exact: [.meanStay: 2, .number: 1, .stayVariance: 6.66666666667]),
    .sharing(
      "mm1ps_0.8", gaps: .exponential(mean: 1 / 0.8), service: .exponential(mean: 1),
      customers: 470_000, exact: [.meanStay: 5, .number: 4, .stayVariance: 58.3333333333]),
    .sharing(
      "mg1ps_det_1_0.7", gaps: .exponential(mean: 1 / 0.7), service: .constant(1),
      customers: 33_000, exact: [.meanStay: 3.33333333333, .number: 2.33333333333]),
  ]
}
