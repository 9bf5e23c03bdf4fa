/* SPDX-License-Identifier: MIT */
/*
 * MessageId: the text that names one event for good (IRCv3 message-ids: no space, not begun by ':',
 * case matters). It begins with its millisecond, so that an index over the ids of a long history
 * grows at its end; the rest is random, so that nobody can guess the id of what he did not see.
 * Thread: any; the source of randomness is one thread's at a time.
 */
#pragma once

#include "base/random.h"

#include <stdint.h>

#define MESSAGE_ID_SIZE 24 /* 23 characters: "0", nine of time, thirteen random (65 bits) */

/* An id of something at `time` (microseconds since 1970, years 1970 to 3084). */
void message_id_make(Random *random, int64_t time, char id[static MESSAGE_ID_SIZE]);
/*
 * 64 bits of an id to look it up by: near each other for ids of the same time. Different ids may
 * share one. Ids of another form, as they were made before, have theirs scattered.
 */
int64_t message_id_key(const char *id);
