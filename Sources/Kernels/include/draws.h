#ifndef UNDERSTUDY_DRAWS_H
#define UNDERSTUDY_DRAWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Kernels of Probability/Random in AVX2 lanes: the same bits as the Swift beside them, which
// tests compare. No multiply and add is fused. On other processors `kernels_has_avx2` is false and
// the rest does nothing.

bool kernels_has_avx2(void);

// Philox4x32-10 of the counters (first + i, block), i in 0..<count; word w of counter i goes to
// words[w * stride + i]. With `along_blocks` the counters are (first, block + i).
void kernels_philox_avx2(
    uint64_t first, uint64_t block, bool along_blocks, size_t count, uint64_t key,
    uint32_t *words, size_t stride);

// The central part of the standard normal quantile of each word; true where a word lies in a tail.
bool kernels_float_normals_avx2(const uint32_t *words, size_t count, float *normals);

#endif
