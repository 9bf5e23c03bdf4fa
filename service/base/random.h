/* SPDX-License-Identifier: MIT */
/*
 * Random: bytes and tokens, replaceable so that tests are exact.
 * Invariant: a byte is given out once, and not kept after that. Thread: one at a time.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct Random {
	void (*fill)(struct Random *random, void *buffer, size_t length);
	uint64_t state; /* used by random_seeded() only */
	size_t n_kept;  /* the first of these are still to be given out; the rest is zero */
	unsigned char kept[512]; /* of the kernel's, for what is short: ids of messages */
} Random;

/* getrandom(2), many short requests from one call; aborts if the kernel has none. */
Random random_system(void);
/* Deterministic (splitmix64); for tests and nothing else. */
Random random_seeded(uint64_t seed);
uint64_t random_u64(Random *random);
/* Fills `text` with size - 1 characters of the alphabet a-z2-7 (5 bits each) and a NUL. */
void random_token(Random *random, char *text, size_t size);
