/* SPDX-License-Identifier: MIT */
/*
 * TranscriptRun: plays a transcript against a world and compares what the actors receive, byte for
 * byte. After every act the actor sends PING and reads up to the answer, so that acts happen in
 * file order on any number of threads; after the acts of a step everybody does. Never a sleep.
 */
#pragma once

#include "transcript.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What plays the service. Connections are numbered by the world. */
typedef struct World {
	void *data;
	/* A connection as a TRANSCRIPT_CLIENT says; never fails. */
	unsigned (*connect)(void *data, const TranscriptRow *client);
	void (*send)(void *data, unsigned connection, const char *bytes, size_t length);
	/* The next line without its CRLF, caller frees; waits for it. NULL: the service ended the
	 * connection and everything before that was read. */
	char *(*receive)(void *data, unsigned connection);
	void (*close)(void *data, unsigned connection);
	/* Waits for what comes later by itself; true if there was something. NULL: nothing does. */
	bool (*settle)(void *data);
	/* Moves the clock and lets everything happen that is due then. */
	void (*advance)(void *data, int64_t microseconds);
	/* "KEY = VALUE" in the section of the configuration, read again by the service. */
	void (*change)(void *data, const char *section, const char *setting);
	/* From here on nothing can be stored, or all again. NULL: nothing ever is. */
	void (*disk)(void *data, bool refuses);
} World;

/* True if everything came as written. Else `report` says where and shows expected (-) and received
 * (+) lines, and `*ret_accepted` (caller frees; NULL is allowed) is the file's text as it would be
 * right, or NULL if the transcript could not be played to its end. */
bool transcript_run(
    const Transcript *transcript, const World *world, GString *report, char **ret_accepted);
