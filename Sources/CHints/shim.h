#pragma once
// Prefetches the cache line of an address. Invalid addresses are harmless.
static inline void hint_read_soon(const void *address) { __builtin_prefetch(address); }
