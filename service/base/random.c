/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BLOCK 64u
#define SHORT_MOST 64u /* bytes that are taken from what is kept */

static void
ask_kernel(void *buffer, size_t length)
{
	char *next = buffer;

	while (length > 0) {
		ssize_t got = getrandom(next, length, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			g_error("getrandom: %s", g_strerror(errno));
		next += got;
		length -= (size_t)got;
	}
}

static void
fill_system(Random *random, void *buffer, size_t length)
{
	if (length > SHORT_MOST) {
		ask_kernel(buffer, length);
		return;
	}
	if (random->n_kept < length) {
		ask_kernel(random->kept, sizeof random->kept);
		random->n_kept = sizeof random->kept;
	}
	random->n_kept -= length;
	memcpy(buffer, random->kept + random->n_kept, length);
	explicit_bzero(random->kept + random->n_kept, length);
}

static uint64_t
splitmix64(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static void
fill_seeded(Random *random, void *buffer, size_t length)
{
	char *next = buffer;

	while (length > 0) {
		uint64_t value = splitmix64(&random->state);
		size_t part = MIN(length, sizeof value);

		memcpy(next, &value, part);
		next += part;
		length -= part;
	}
}

Random
random_system(void)
{
	return (Random){.fill = fill_system};
}

Random
random_seeded(uint64_t seed)
{
	return (Random){.fill = fill_seeded, .state = seed};
}

uint64_t
random_u64(Random *random)
{
	uint64_t value;

	random->fill(random, &value, sizeof value);
	return value;
}

void
random_token(Random *random, char *text, size_t size)
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char block[TOKEN_BLOCK];

	g_assert(size > 0);
	for (size_t i = 0; i + 1 < size; i++) {
		if (i % sizeof block == 0)
			random->fill(random, block, MIN(sizeof block, size - 1 - i));
		text[i] = alphabet[block[i % sizeof block] & 31];
	}
	text[size - 1] = '\0';
}
