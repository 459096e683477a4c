#include "sums.h"

#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF
// Vectors are passed between inlined functions only.
#pragma GCC diagnostic ignored "-Wpsabi"

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))
#endif

#define INLINE static inline __attribute__((always_inline))

// Four lanes, twice, so that additions of one chain do not wait for each other.
typedef double lanes __attribute__((vector_size(32), aligned(8)));
typedef int64_t bits __attribute__((vector_size(32), aligned(8)));

INLINE lanes load(const double *values) {
  lanes l;
  memcpy(&l, values, sizeof l);
  return l;
}

INLINE lanes all(double value) { return (lanes){value, value, value, value}; }
INLINE double sum_of(lanes l) { return (l[0] + l[1]) + (l[2] + l[3]); }
INLINE lanes choose(bits mask, lanes yes, lanes no) {
  return (lanes)(((bits)yes & mask) | ((bits)no & ~mask));
}
INLINE lanes larger(lanes a, lanes b) { return choose(a > b, a, b); }
INLINE lanes size_of(lanes a) { return (lanes)((bits)a & INT64_MAX); }

// 1.5 * 2^exponent, in which adding and subtracting rounds to a multiple of 2^(exponent - 52).
INLINE double grid(int64_t exponent) {
  const int64_t biased = exponent + 1023;
  const uint64_t word = (uint64_t)(biased < 1 ? 1 : biased) << 52 | (uint64_t)1 << 51;
  double value;
  memcpy(&value, &word, sizeof value);
  return value;
}

INLINE double largest_of(const double *values, size_t count) {
  double most = 0;
  size_t i = 0;
  if (count >= 8) {
    lanes a = all(0), b = all(0);
    for (; i + 8 <= count; i += 8) {
      a = larger(size_of(load(values + i)), a);
      b = larger(size_of(load(values + i + 4)), b);
    }
    a = larger(a, b);
    for (int k = 0; k < 4; k++) most = a[k] > most ? a[k] : most;
  }
  for (; i < count; i++) {
    const double size = values[i] < 0 ? -values[i] : values[i];
    most = size > most ? size : most;
  }
  return most;
}

// With at most 2^10 values below 2^(e + 1): sums of multiples of 2^(e - 42) stay below 2^53 of them, and so do
// those of the remainders, at most 2^(e - 43), in multiples of 2^(e - 86), and of theirs in 2^(e - 130).
INLINE bool split(const double *values, size_t count, double most, double pieces[3]) {
  uint64_t word;
  memcpy(&word, &most, sizeof word);
  const int64_t e = (int64_t)(word >> 52) - 1023;
  if (e > 1000) return false;
  const double first = grid(e + 10), second = grid(e - 34), third = grid(e - 78);
  const lanes one = all(first), two = all(second);
  lanes high0 = all(0), high1 = all(0), low0 = all(0), low1 = all(0);
  bits left0 = {0, 0, 0, 0}, left1 = {0, 0, 0, 0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const lanes a = load(values + i), b = load(values + i + 4);
    const lanes p = (a + one) - one, q = (b + one) - one;
    high0 += p, high1 += q;
    const lanes r = a - p, s = b - q;
    const lanes t = (r + two) - two, u = (s + two) - two;
    low0 += t, low1 += u;
    left0 |= (bits)(r - t), left1 |= (bits)(s - u);
  }
  double high = sum_of(high0 + high1), low = sum_of(low0 + low1);
  left0 |= left1;
  int64_t left = left0[0] | left0[1] | left0[2] | left0[3];
  for (; i < count; i++) {
    const double p = (values[i] + first) - first, r = values[i] - p;
    const double t = (r + second) - second, v = r - t;
    high += p, low += t;
    int64_t rest;
    memcpy(&rest, &v, sizeof rest);
    left |= rest;
  }
  pieces[0] = high;
  pieces[1] = low;
  pieces[2] = 0;
  if ((left & INT64_MAX) == 0) return true;
  // A third grid for what is left.
  double last = 0;
  for (i = 0; i < count; i++) {
    const double r = values[i] - ((values[i] + first) - first);
    const double t = r - ((r + second) - second), v = (t + third) - third;
    last += v;
    if (!(t - v == 0)) return false;
  }
  pieces[2] = last;
  return true;
}

INLINE bool products(
    const double *x, double x_centre, double x_scale, const double *y, double y_centre,
    double y_scale, size_t count, double pieces[3]) {
  double values[KERNELS_SUM_BLOCK];
  for (size_t i = 0; i < count; i++) {
    const double a = (x[i] - x_centre) * x_scale;
    const double b = (y[i] - y_centre) * y_scale;
    values[i] = a * b;
  }
  return split(values, count, largest_of(values, count), pieces);
}

INLINE bool block_sum(const double *values, size_t count, double pieces[3], double *largest) {
  const double most = largest_of(values, count);
  if (most > *largest) *largest = most;
  return split(values, count, most, pieces);
}

#if defined(__x86_64__)

AVX2 static bool sum_avx2(const double *values, size_t count, double pieces[3], double *largest) {
  return block_sum(values, count, pieces, largest);
}

AVX2 static bool products_avx2(
    const double *x, double x_centre, double x_scale, const double *y, double y_centre,
    double y_scale, size_t count, double pieces[3]) {
  return products(x, x_centre, x_scale, y, y_centre, y_scale, count, pieces);
}

#define HAS_AVX2 __builtin_cpu_supports("avx2")
#else
#define HAS_AVX2 false
#define sum_avx2 block_sum
#define products_avx2 products
#endif

bool kernels_block_sum(const double *values, size_t count, double pieces[3], double *largest) {
  return HAS_AVX2 ? sum_avx2(values, count, pieces, largest)
                  : block_sum(values, count, pieces, largest);
}

bool kernels_block_products(
    const double *x, double x_centre, double x_scale, const double *y, double y_centre,
    double y_scale, size_t count, double pieces[3]) {
  return HAS_AVX2 ? products_avx2(x, x_centre, x_scale, y, y_centre, y_scale, count, pieces)
                  : products(x, x_centre, x_scale, y, y_centre, y_scale, count, pieces);
}
