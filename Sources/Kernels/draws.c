#include "draws.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

bool kernels_has_avx2(void) { return __builtin_cpu_supports("avx2"); }

AVX2 void kernels_philox_avx2(
    uint64_t first, uint64_t block, bool along_blocks, size_t count, uint64_t key,
    uint32_t *words, size_t stride) {
  const uint64_t low = 0xffffffff;
  const uint64_t entity_step = along_blocks ? 0 : 1, block_step = along_blocks ? 1 : 0;
  uint32_t *restrict row0 = words, *restrict row1 = words + stride;
  uint32_t *restrict row2 = words + 2 * stride, *restrict row3 = words + 3 * stride;
#pragma clang loop vectorize(enable) interleave_count(2)
  for (size_t i = 0; i < count; i++) {
    const uint64_t entity = first + i * entity_step, number = block + i * block_step;
    uint64_t x0 = entity, x1 = entity >> 32, x2 = number, x3 = number >> 32;
    uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
    for (int round = 0; round < 10; round++) {
      const uint64_t product0 = 0xD2511F53 * (x0 & low), product1 = 0xCD9E8D57 * (x2 & low);
      x0 = product1 >> 32 ^ x1 ^ key0;
      x1 = product1;
      x2 = product0 >> 32 ^ x3 ^ key1;
      x3 = product0;
      key0 += 0x9E3779B9;
      key1 += 0xBB67AE85;
    }
    row0[i] = (uint32_t)x0;
    row1[i] = (uint32_t)x1;
    row2[i] = (uint32_t)x2;
    row3[i] = (uint32_t)x3;
  }
}

static inline float from_bits(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint32_t to_bits(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

AVX2 bool kernels_float_normals_avx2(
    const uint32_t *restrict words, size_t count, float *restrict normals) {
  uint32_t tails = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t word = words[i];
    const int32_t offset = (int32_t)(word ^ 0x80000000);
    const int32_t tail = (int32_t)(word ^ (uint32_t)((int32_t)word >> 31));
    tails |= (uint32_t)(tail - 0x280000);
    const float x = ((float)offset + 0.5f) * 0x1p-31f;
    const float t = ((float)tail + 0.5f) * 0x1p-30f;
    const float y = t * (1.0f - 0.25f * t);
    const uint32_t shifted = to_bits(y) - 0x3f3504f3;
    const float exponent = (float)((int32_t)shifted >> 23);
    const float f = from_bits((shifted & 0x007fffff) + 0x3f3504f3) - 1.0f;
    float bend = -0x1.a2c860p-4f;
    bend = bend * f + 0x1.4a947ap-3f;
    bend = bend * f + -0x1.5f94d0p-3f;
    bend = bend * f + 0x1.97c2ccp-3f;
    bend = bend * f + -0x1.ff9a1ap-3f;
    bend = bend * f + 0x1.5558e4p-2f;
    const float logarithm = f - f * f * (0.5f - f * bend);
    const float w = -0x1.62e430p-1f * exponent - logarithm;
    const float u = w - 3.0f;
    float g = -0x1.181a04p-27f;
    g = g * u + -0x1.985cd0p-28f;
    g = g * u + 0x1.5918e8p-21f;
    g = g * u + -0x1.6641c2p-19f;
    g = g * u + -0x1.2e8c8ap-16f;
    g = g * u + 0x1.21e388p-12f;
    g = g * u + -0x1.35f574p-10f;
    g = g * u + -0x1.09ee96p-7f;
    g = g * u + 0x1.5deb08p-2f;
    g = g * u + 0x1.25e47cp1f;
    normals[i] = x * g;
  }
  return tails >> 31;
}

#else

bool kernels_has_avx2(void) { return false; }

void kernels_philox_avx2(
    uint64_t first, uint64_t block, bool along_blocks, size_t count, uint64_t key,
    uint32_t *words, size_t stride) {}

bool kernels_float_normals_avx2(const uint32_t *words, size_t count, float *normals) {
  return false;
}

#endif
