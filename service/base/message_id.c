/* SPDX-License-Identifier: MIT */
#include "base/message_id.h"

#include "base/clock.h"

#include <stdbool.h>
#include <string.h>

#define MARK '0' /* no character of random_token(): ids that begin otherwise have no time */
#define TIME_CHARACTERS 9
#define KEY_HASH_BITS 21 /* the other 42 of a positive key: milliseconds to the year 2109 */

static const char digits[] = "234567abcdefghijklmnopqrstuvwxyz";

void
message_id_make(Random *random, int64_t time, char id[static MESSAGE_ID_SIZE])
{
	uint64_t milliseconds = (uint64_t)(time / CLOCK_MILLISECOND);

	random_token(random, id, MESSAGE_ID_SIZE);
	id[0] = MARK;
	for (unsigned i = TIME_CHARACTERS; i > 0; i--, milliseconds >>= 5)
		id[i] = digits[milliseconds & 31];
}

/* FNV-1a. */
static uint64_t
hash_text(const char *text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return hash;
}

/* Milliseconds; false if the id is of another form. */
static bool
read_time(const char *id, uint64_t *milliseconds)
{
	*milliseconds = 0;
	if (strlen(id) != MESSAGE_ID_SIZE - 1 || id[0] != MARK)
		return false;
	for (unsigned i = 1; i <= TIME_CHARACTERS; i++) {
		const char *digit = strchr(digits, id[i]);

		if (!digit)
			return false;
		*milliseconds = *milliseconds << 5 | (uint64_t)(digit - digits);
	}
	return true;
}

int64_t
message_id_key(const char *id)
{
	uint64_t hash = hash_text(id);
	uint64_t milliseconds;

	if (!read_time(id, &milliseconds))
		return (int64_t)hash;
	return (int64_t)(milliseconds << KEY_HASH_BITS | hash >> (64 - KEY_HASH_BITS));
}
