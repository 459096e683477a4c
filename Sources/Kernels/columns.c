#include "columns.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

void kernels_deviations(
    const double *values, double centre, double rest, double scale, size_t count,
    double *restrict out) {
  for (size_t i = 0; i < count; i++) out[i] = ((values[i] - centre) - rest) * scale;
}

void kernels_add_multiple(
    const double *values, double factor, size_t count, double *restrict out) {
  for (size_t i = 0; i < count; i++) {
    const double product = factor * values[i];
    out[i] += product;
  }
}

void kernels_add_squares(const double *values, size_t count, double *restrict out) {
  for (size_t i = 0; i < count; i++) {
    const double square = values[i] * values[i];
    out[i] += square;
  }
}

void kernels_square_errors(
    const double *weights, const double *leverages, size_t count, double *restrict errors) {
  for (size_t i = 0; i < count; i++) {
    const double error = weights[i] * errors[i];
    const double square = error * error;
    errors[i] = square / (1 - leverages[i]);
  }
}

static double power_of_two(int exponent) {
  const uint64_t word = (uint64_t)(exponent + 1023) << 52;
  double value;
  memcpy(&value, &word, sizeof value);
  return value;
}

void kernels_scatter(
    const double *values, double centre, double rest, const intptr_t *units, size_t count,
    int shift, int low_bits, int64_t *restrict sums) {
  const double up = power_of_two(shift), further = power_of_two(low_bits);
  for (size_t i = 0; i < count; i++) {
    const double scaled = ((values[i] - centre) - rest) * up;
    const int64_t high = (int64_t)scaled;
    const double left = (scaled - (double)high) * further;
    int64_t *sum = sums + 2 * units[i];
    sum[0] += high;
    sum[1] += (int64_t)left;
  }
}
