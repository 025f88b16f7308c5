#pragma once
// Asks memory for the line an address is in, without waiting for it. Any address will do.
static inline void hint_read_soon(const void *address) { __builtin_prefetch(address); }
