/* SPDX-License-Identifier: MIT */
/*
 * Render: what an event looks like to a session, once per distinct key. The key is what the line
 * really depends on: the tags that get through and the capabilities the event's row varies with.
 * Invariant: a line is at most 4,094 + 2 bytes of tags and 512 of body, cut at a UTF-8 boundary
 * (RFC 1459 2.3, IRCv3 message-tags), and ends in CRLF. Thread: state.
 */
#pragma once

#include "base/bytes.h"
#include "base/line.h"
#include "out/event.h"

#include <stdint.h>

#define RENDER_KEYS_MAX 64

typedef struct RenderEntry {
	uint64_t key;
	Line *line;    /* one reference is the memo's */
	unsigned uses; /* references owed to deliveries; taken all by render_memo_finish() */
} RenderEntry;

typedef struct RenderMemo {
	RenderEntry entries[RENDER_KEYS_MAX];
	unsigned n_entries;
	const char *server_name;
	uint64_t tags;           /* which the event has; set with the first entry, like all below */
	uint64_t matters;        /* capabilities that a line of it depends on */
	uint64_t last_caps;      /* those of the session before this one */
	RenderEntry *last_entry; /* and its entry: most sessions are like the one before */
} RenderMemo;

/* For one event. */
void render_memo_init(RenderMemo *memo, const char *server_name);
/* For a session that is not like the one before. */
RenderEntry *render_event_anew(RenderMemo *memo, const Event *event, uint64_t caps);
/* The line for a session with these capabilities, borrowed; the caller that queues it counts
 * entry->uses up. Never NULL. */
static inline RenderEntry *
render_event(RenderMemo *memo, const Event *event, uint64_t caps)
{
	if (memo->n_entries > 0 && (caps & memo->matters) == memo->last_caps)
		return memo->last_entry;
	return render_event_anew(memo, event, caps);
}

/* Takes the references owed and drops the memo's own. Nothing queued may have been let go before.
 */
void render_memo_finish(RenderMemo *memo);
