#ifndef UNDERSTUDY_KERNELS_H
#define UNDERSTUDY_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "draws.h"
#include "radix.h"
#include "sums.h"

// Asks the processor to bring the cache line at `address` closer; never faults.
static inline void kernels_prefetch(const void *address) { __builtin_prefetch(address); }

// The same for four lines from `offset` bytes after `address` on, which may lie outside of any object.
static inline void kernels_prefetch_four_lines(const void *address, size_t offset) {
  uintptr_t line = (uintptr_t)address + offset;
  __builtin_prefetch((const void *)line);
  __builtin_prefetch((const void *)(line + 64));
  __builtin_prefetch((const void *)(line + 128));
  __builtin_prefetch((const void *)(line + 192));
}

// Memory for `size` bytes, aligned to 64 bytes, on huge pages where the system has them.
// Returns NULL when there is none; free with kernels_release.
void *kernels_reserve(size_t size);
void kernels_release(void *memory);

#endif
