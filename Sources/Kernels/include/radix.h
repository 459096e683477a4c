#ifndef UNDERSTUDY_RADIX_H
#define UNDERSTUDY_RADIX_H

#include <stddef.h>
#include <stdint.h>

// Sorts `count` keys ascending, by bytes; `other` is room for as many.
void kernels_radix_sort(uint64_t *keys, uint64_t *other, size_t count);

// The same, moving rows[i] along with keys[i]; equal keys keep the order of their rows.
void kernels_radix_sort_rows(
    uint64_t *keys, uint32_t *rows, uint64_t *other_keys, uint32_t *other_rows, size_t count);

#endif
