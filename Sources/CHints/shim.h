#pragma once
// Prefetches the cache line of an address. Invalid addresses are harmless.
static inline void hint_read_soon(const void *address) { __builtin_prefetch(address); }

#include <stddef.h>

// The C library has it; Swift's view of the library leaves it out.
extern void *memmem(const void *bytes, size_t count, const void *sought, size_t sought_count);

// Where the sought bytes begin first; NULL where they are not.
static inline const void *find_bytes(const void *bytes, size_t count, const void *sought, size_t sought_count) {
  return memmem(bytes, count, sought, sought_count);
}
