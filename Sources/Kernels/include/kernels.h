#ifndef UNDERSTUDY_KERNELS_H
#define UNDERSTUDY_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "draws.h"

// Asks the processor to bring the cache line at `address` closer; never faults.
static inline void kernels_prefetch(const void *address) { __builtin_prefetch(address); }

// Memory for `size` bytes, aligned to 64 bytes, on huge pages where the system has them.
// Returns NULL when there is none; free with kernels_release.
void *kernels_reserve(size_t size);
void kernels_release(void *memory);

#endif
