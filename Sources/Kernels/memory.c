#include "kernels.h"

#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

enum { huge_page = 2 << 20, cache_line = 64 };

void *kernels_reserve(size_t size) {
  size_t alignment = size >= huge_page ? (size_t)huge_page : (size_t)cache_line;
  size_t rounded = (size + alignment - 1) / alignment * alignment;
  void *memory = NULL;
  if (posix_memalign(&memory, alignment, rounded == 0 ? alignment : rounded) != 0) return NULL;
#ifdef __linux__
  if (alignment == huge_page) madvise(memory, rounded, MADV_HUGEPAGE);
#endif
  return memory;
}

void kernels_release(void *memory) { free(memory); }
