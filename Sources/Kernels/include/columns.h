#ifndef UNDERSTUDY_COLUMNS_H
#define UNDERSTUDY_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

// Plain loops over columns, which a C compiler turns into vector instructions. No multiply and add is fused.

// out[i] = ((values[i] - centre) - rest) * scale
void kernels_deviations(
    const double *values, double centre, double rest, double scale, size_t count, double *out);

// out[i] += factor * values[i]
void kernels_add_multiple(const double *values, double factor, size_t count, double *out);

// out[i] += values[i] * values[i]
void kernels_add_squares(const double *values, size_t count, double *out);

// errors[i] = (weights[i] * errors[i])^2 / (1 - leverages[i])
void kernels_square_errors(
    const double *weights, const double *leverages, size_t count, double *errors);

// Adds (values[i] - centre) - rest to its unit's pair of whole numbers: sums[2 units[i]] takes its product with
// 2^shift, rounded toward 0, and sums[2 units[i] + 1] what is left times 2^low_bits. The caller sees to it that
// nothing overflows and that every unit is in range.
void kernels_scatter(
    const double *values, double centre, double rest, const intptr_t *units, size_t count,
    int shift, int low_bits, int64_t *sums);

#endif
