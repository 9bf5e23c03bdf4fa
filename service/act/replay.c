/* SPDX-License-Identifier: MIT */
#include "act/replay.h"

#include "base/clock.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/message.h"
#include "proto/multiline.h"
#include "proto/utf8.h"

#include <string.h>

bool
replay_has_events(const Session *session)
{
	return session_has(session, CAP_EVENT_PLAYBACK);
}

#define LINE_BYTES 350u      /* of a line that is cut for its length */
#define LINE_BYTES_LEAST 80u /* the same, however long the names around it are */
#define ACTION "\001ACTION "

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
split_lines(const char *text, size_t most, GStringChunk *chunk)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(MultilineLine));
	bool concat = false;

	for (;;) {
		size_t whole = strcspn(text, "\n");
		size_t length = utf8_cut(text, whole, most);
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

void
replay_stamp(int64_t time, int64_t now, char stamp[static REPLAY_STAMP_SIZE])
{
	char moment[CLOCK_TEXT_SIZE], today[CLOCK_TEXT_SIZE];

	clock_format(time, moment);
	clock_format(now, today);
	if (strncmp(moment, today, strlen("2017-07-14")) == 0)
		g_snprintf(stamp, REPLAY_STAMP_SIZE, "[%.8sZ] ", moment + strlen("2017-07-14T"));
	else
		g_snprintf(stamp, REPLAY_STAMP_SIZE, "[%.10s %.8sZ] ", moment,
		    moment + strlen("2017-07-14T"));
}

static char *
stamped(const char *text, const char *stamp, GStringChunk *chunk)
{
	const char *lead = g_str_has_prefix(text, ACTION) ? ACTION : "";
	g_autofree char *whole = g_strconcat(lead, stamp, text + strlen(lead), NULL);

	return g_string_chunk_insert(chunk, whole);
}

/* So many bytes of text fit into a line with that much in front of it. */
static size_t
line_room(const Event *event, const char *stamp)
{
	size_t taken = strlen(":  PRIVMSG :") + strlen(event->source) + strlen(event->target_name) +
		       strlen(stamp);

	return taken + LINE_BYTES_LEAST < MESSAGE_BODY_MAX ? MESSAGE_BODY_MAX - taken
							   : LINE_BYTES_LEAST;
}

/* What the event says, with the stamp, in as many lines as it takes. */
static void
lay_out(Event *event, unsigned marks, const char *stamp, GStringChunk *chunk, GArray **ret_lines)
{
	size_t room = *stamp ? line_room(event, stamp) : LINE_BYTES;
	bool is_long = *stamp && strlen(event->text) > room && *event->text != '\001';

	if (!(marks & HISTORY_MARK_LINES) && !is_long) {
		event->text = *stamp ? stamped(event->text, stamp, chunk) : event->text;
		return;
	}
	*ret_lines = split_lines(event->text, MIN(room, LINE_BYTES), chunk);
	for (guint i = 0; *stamp && i < (*ret_lines)->len; i++) {
		MultilineLine *line = &g_array_index(*ret_lines, MultilineLine, i);

		if (*line->text)
			line->text = stamped(line->text, stamp, chunk);
	}
	event->lines = (const MultilineLine *)(const void *)(*ret_lines)->data;
	event->n_lines = (*ret_lines)->len;
}

static void
replay_row(Reply *reply, const HistoryRow *row, bool for_people)
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
	    .relayed_by = row->relayed_by,
	    .edited_at = row->edited_at,
	    .is_by_bot = (row->marks & HISTORY_MARK_BOT) != 0,
	    .is_by_operator = (row->marks & HISTORY_MARK_OPERATOR) != 0,
	    .names = &names,
	};
	g_autoptr(GStringChunk) chunk = NULL;
	g_autoptr(GArray) lines = NULL;
	char stamp[REPLAY_STAMP_SIZE] = "";

	if (event.kind == EVENTS || !session_has(reply->session, event_row(event.kind)->needs))
		return;
	g_strlcpy(event.msgid, row->msgid, sizeof event.msgid);
	/* Who sees the time anyway needs none in the text. */
	if (for_people && !session_has(reply->session, CAP_SERVER_TIME))
		replay_stamp(row->time, reply->now, stamp);
	if (row->text && (*stamp || (row->marks & HISTORY_MARK_LINES))) {
		chunk = g_string_chunk_new(512);
		lay_out(&event, row->marks, stamp, chunk, &lines);
	}
	reply_event(reply, &event);
}

static void
replay_all(Reply *reply, const GPtrArray *rows, bool for_people)
{
	for (guint i = 0; i < rows->len; i++)
		replay_row(reply, rows->pdata[i], for_people);
}

void
replay_rows(Reply *reply, const GPtrArray *rows)
{
	replay_all(reply, rows, false);
}

static void
replay_in_batch(Reply *reply, const char *target, const GPtrArray *rows, bool for_people)
{
	reply_batch_begin(reply, "chathistory", target);
	replay_all(reply, rows, for_people);
	reply_batch_end(reply);
}

void
replay_batch(Reply *reply, const char *target, const GPtrArray *rows)
{
	replay_in_batch(reply, target, rows, false);
}

/* The buffer a row belongs to as the user calls it. Caller frees. */
static char *
buffer_of(const User *user, const HistoryRow *row)
{
	if (row->channel)
		return g_strdup(row->channel);
	if (row->printed && !casemap_equal(row->printed, user->nick))
		return g_strdup(row->printed);
	return g_strndup(row->source, strcspn(row->source, "!"));
}

void
replay_buffers(Reply *reply, const GPtrArray *rows)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) buffers = g_hash_table_new_full(
	    casemap_hash, casemap_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

	for (guint i = 0; i < rows->len; i++) {
		g_autofree char *name = buffer_of(reply->session->user, rows->pdata[i]);
		GPtrArray *buffer = g_hash_table_lookup(buffers, name);

		if (!buffer) {
			buffer = g_ptr_array_new();
			g_hash_table_insert(buffers, name, buffer);
			g_ptr_array_add(names, g_steal_pointer(&name));
		}
		g_ptr_array_add(buffer, rows->pdata[i]);
	}
	for (guint i = 0; i < names->len; i++)
		replay_in_batch(
		    reply, names->pdata[i], g_hash_table_lookup(buffers, names->pdata[i]), true);
}
