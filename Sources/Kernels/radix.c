#include "radix.h"

#include <stdbool.h>
#include <string.h>

enum { key_bytes = 8, values = 256, leading = 4, short_run = 48 };

typedef size_t places[values];

// A column of keys, and of rows where they move along, with room to move them to.
typedef struct {
  uint64_t *keys, *other_keys;
  uint32_t *rows, *other_rows;
} column;

#define INLINE static inline __attribute__((always_inline))

// Counts each of the lowest `bytes` bytes, and says which of them vary.
static unsigned count_bytes(const uint64_t *keys, size_t count, int bytes, places *counts) {
  memset(counts, 0, sizeof(places) * (size_t)bytes);
  if (bytes == key_bytes) {
    for (size_t i = 0; i < count; i++) {
      const uint64_t key = keys[i];
      counts[0][key & 255]++;
      counts[1][key >> 8 & 255]++;
      counts[2][key >> 16 & 255]++;
      counts[3][key >> 24 & 255]++;
      counts[4][key >> 32 & 255]++;
      counts[5][key >> 40 & 255]++;
      counts[6][key >> 48 & 255]++;
      counts[7][key >> 56]++;
    }
  } else {
    for (size_t i = 0; i < count; i++)
      for (int byte = 0; byte < bytes; byte++) counts[byte][keys[i] >> 8 * byte & 255]++;
  }
  unsigned varying = 0;
  for (int byte = 0; byte < bytes; byte++)
    if (counts[byte][keys[0] >> 8 * byte & 255] < count) varying |= 1u << byte;
  return varying;
}

// One stable pass per byte of `chosen`, lowest first; the result is back in `keys`.
INLINE void sort_bytes(column c, size_t count, unsigned chosen, places *counts, bool has_rows) {
  uint64_t *keys = c.keys, *other_keys = c.other_keys;
  uint32_t *rows = c.rows, *other_rows = c.other_rows;
  for (int byte = 0; byte < key_bytes; byte++) {
    if (!(chosen >> byte & 1)) continue;
    size_t *place = counts[byte], start = 0;
    for (int value = 0; value < values; value++) {
      const size_t here = place[value];
      place[value] = start;
      start += here;
    }
    for (size_t i = 0; i < count; i++) {
      const uint64_t key = keys[i];
      const size_t to = place[key >> 8 * byte & 255]++;
      other_keys[to] = key;
      if (has_rows) other_rows[to] = rows[i];
    }
    uint64_t *const swapped_keys = keys;
    keys = other_keys;
    other_keys = swapped_keys;
    uint32_t *const swapped_rows = rows;
    rows = other_rows;
    other_rows = swapped_rows;
  }
  if (keys != c.keys) {
    memcpy(c.keys, keys, count * sizeof *keys);
    if (has_rows) memcpy(c.rows, rows, count * sizeof *rows);
  }
}

INLINE void insert_run(column c, size_t start, size_t end, bool has_rows) {
  for (size_t i = start + 1; i < end; i++) {
    const uint64_t key = c.keys[i];
    if (c.keys[i - 1] <= key) continue;
    const uint32_t row = has_rows ? c.rows[i] : 0;
    size_t j = i;
    for (; j > start && c.keys[j - 1] > key; j--) {
      c.keys[j] = c.keys[j - 1];
      if (has_rows) c.rows[j] = c.rows[j - 1];
    }
    c.keys[j] = key;
    if (has_rows) c.rows[j] = row;
  }
}

// By the four leading bytes that vary, which leaves short runs of equal ones to sort by the rest: half the
// passes of a plain sort where values are spread, and as many where they are not.
INLINE void sort_column(column c, size_t count, bool has_rows) {
  if (count < 2) return;
  places counts[key_bytes];
  const unsigned varying = count_bytes(c.keys, count, key_bytes, counts);
  unsigned chosen = 0;
  int lowest = key_bytes;
  for (int taken = 0; lowest > 0 && taken < leading;) {
    lowest--;
    if (varying >> lowest & 1) {
      chosen |= 1u << lowest;
      taken++;
    }
  }
  sort_bytes(c, count, chosen, counts, has_rows);
  if ((varying & ~chosen) == 0) return;
  for (size_t start = 0; start < count;) {
    const uint64_t head = c.keys[start] >> 8 * lowest;
    size_t end = start + 1;
    while (end < count && c.keys[end] >> 8 * lowest == head) end++;
    const size_t size = end - start;
    if (size > short_run) {
      const column run = {
          c.keys + start, c.other_keys, has_rows ? c.rows + start : NULL, c.other_rows};
      const unsigned rest = count_bytes(run.keys, size, lowest, counts);
      sort_bytes(run, size, rest, counts, has_rows);
    } else if (size > 1) {
      insert_run(c, start, end, has_rows);
    }
    start = end;
  }
}

void kernels_radix_sort(uint64_t *keys, uint64_t *other, size_t count) {
  const column c = {keys, other, NULL, NULL};
  sort_column(c, count, false);
}

void kernels_radix_sort_rows(
    uint64_t *keys, uint32_t *rows, uint64_t *other_keys, uint32_t *other_rows, size_t count) {
  const column c = {keys, other_keys, rows, other_rows};
  sort_column(c, count, true);
}
