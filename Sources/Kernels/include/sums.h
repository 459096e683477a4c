#ifndef UNDERSTUDY_SUMS_H
#define UNDERSTUDY_SUMS_H

#include <stdbool.h>
#include <stddef.h>

// Exact sums of short blocks. A block's values are split on two grids that its largest value sets, so that
// every addition on a grid is exact, in any order and in lanes of any width; the block's exact sum is
// pieces[0] + pieces[1] + pieces[2]. No multiply and add is fused, and every build gives the same bits.
//
// They return false where a value has bits below 2^-130 of the block's largest, is not finite or beyond 2^1000:
// then the pieces mean nothing, and the values have to be added one by one.

enum { KERNELS_SUM_BLOCK = 1024 };

// Of count <= KERNELS_SUM_BLOCK values; `*largest` becomes the largest |value| where that is larger.
bool kernels_block_sum(const double *values, size_t count, double pieces[3], double *largest);

// Of ((x - x_centre) * x_scale) * ((y - y_centre) * y_scale), each rounded as written; count as above.
bool kernels_block_products(
    const double *x, double x_centre, double x_scale, const double *y, double y_centre,
    double y_scale, size_t count, double pieces[3]);

#endif
