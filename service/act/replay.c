/* SPDX-License-Identifier: MIT */
#include "act/replay.h"

#include "proto/caps.h"
#include "proto/multiline.h"
#include "proto/utf8.h"

#include <string.h>

bool
replay_has_events(const Session *session)
{
	return session_has(session, CAP_EVENT_PLAYBACK);
}

#define LINE_BYTES 350u /* of a line that is cut for its length */

/* EVENTS if no event of this service has that name. */
static EventKind
kind_of(const char *name)
{
	EventKind kind = 0;

	while (kind < EVENTS && strcmp(event_row(kind)->name, name) != 0)
		kind++;
	return kind;
}

/* Lines of a message that had several: where it says so, and where one would be too long. */
static GArray *
split_lines(const char *text, GStringChunk *chunk)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(MultilineLine));
	bool concat = false;

	for (;;) {
		size_t whole = strcspn(text, "\n");
		size_t length = utf8_cut(text, whole, LINE_BYTES);
		MultilineLine line = {
		    .text = g_string_chunk_insert_len(chunk, text, (gssize)length),
		    .concat = concat,
		};

		g_array_append_val(lines, line);
		text += length;
		concat = length < whole;
		if (!concat && *text == '\0')
			return lines;
		text += concat ? 0 : 1;
	}
}

static void
replay_row(Reply *reply, const HistoryRow *row)
{
	const EventNames names = {
	    .channel = row->channel,
	    .whom = row->whom,
	    .real_name = row->real_name ? row->real_name : "",
	};
	Event event = {
	    .kind = kind_of(row->kind),
	    .time = row->time,
	    .source = row->source,
	    .account = row->account,
	    .verb = row->verb,
	    .target_name = row->printed ? row->printed : row->channel,
	    .text = row->text,
	    .client_tags = row->tags,
	    .is_by_bot = (row->marks & HISTORY_MARK_BOT) != 0,
	    .is_by_operator = (row->marks & HISTORY_MARK_OPERATOR) != 0,
	    .names = &names,
	};
	g_autoptr(GStringChunk) chunk = NULL;
	g_autoptr(GArray) lines = NULL;

	if (event.kind == EVENTS || !session_has(reply->session, event_row(event.kind)->needs))
		return;
	g_strlcpy(event.msgid, row->msgid, sizeof event.msgid);
	if (row->text && (row->marks & HISTORY_MARK_LINES)) {
		chunk = g_string_chunk_new(512);
		lines = split_lines(row->text, chunk);
		event.lines = (const MultilineLine *)(const void *)lines->data;
		event.n_lines = lines->len;
	}
	reply_event(reply, &event);
}

void
replay_rows(Reply *reply, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++)
		replay_row(reply, rows->pdata[i]);
}

void
replay_batch(Reply *reply, const char *target, const GPtrArray *rows)
{
	reply_batch_begin(reply, "chathistory", target);
	replay_rows(reply, rows);
	reply_batch_end(reply);
}
