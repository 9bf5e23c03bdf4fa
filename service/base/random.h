/* SPDX-License-Identifier: MIT */
/*
 * Random: bytes and tokens, replaceable so that tests are exact.
 * Thread: one at a time for a seeded source; any for the system's.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct Random {
	void (*fill)(struct Random *random, void *buffer, size_t length);
	uint64_t state; /* used by random_seeded() only */
} Random;

/* getrandom(2), buffered by the caller where it matters; aborts if the kernel has none. */
Random random_system(void);
/* Deterministic (splitmix64); for tests and nothing else. */
Random random_seeded(uint64_t seed);
uint64_t random_u64(Random *random);
/* Fills `text` with size - 1 characters of the alphabet a-z2-7 (5 bits each) and a NUL. */
void random_token(Random *random, char *text, size_t size);
