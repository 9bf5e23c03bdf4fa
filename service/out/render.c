/* SPDX-License-Identifier: MIT */
#include "out/render.h"

#include "base/clock.h"
#include "domain/channel.h"
#include "domain/user.h"
#include "out/render_verbs.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/tags.h"
#include "proto/utf8.h"

#include <glib.h>
#include <string.h>

#define TAGS_SIZE (MESSAGE_SERVER_TAGS_MAX + MESSAGE_TAGS_MAX + 4)
#define BODY_SIZE (8u * 1024u) /* room to write a body before it is cut */

void
render_memo_init(RenderMemo *memo, const char *server_name)
{
	memo->n_entries = 0;
	memo->server_name = server_name;
}

static bool
always(const Event *event)
{
	return true;
}

static void
write_time(Bytes *bytes, const Event *event)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(event->time, text);
	bytes_append_format(bytes, "%s=%s", tag_row(TAG_TIME)->name, text);
}

static bool
has_msgid(const Event *event)
{
	return event->msgid[0] != '\0';
}

static void
write_msgid(Bytes *bytes, const Event *event)
{
	bytes_append_format(bytes, "%s=%s", tag_row(TAG_MSGID)->name, event->msgid);
}

static bool
has_account(const Event *event)
{
	return event->account != NULL;
}

static void
write_account_tag(Bytes *bytes, const Event *event)
{
	bytes_append_format(bytes, "%s=", tag_row(TAG_ACCOUNT)->name);
	tag_escape(bytes, event->account, strlen(event->account));
}

static bool
is_by_bot(const Event *event)
{
	return event->is_by_bot;
}

static void
write_bot(Bytes *bytes, const Event *event)
{
	bytes_append_string(bytes, tag_row(TAG_BOT)->name);
}

static bool
is_by_operator(const Event *event)
{
	return event->is_by_operator;
}

/* Which operator he is, not everybody needs to know: no value. */
static void
write_operator(Bytes *bytes, const Event *event)
{
	bytes_append_string(bytes, tag_row(TAG_OPERATOR)->name);
}

static bool
has_client_tags(const Event *event)
{
	return event->client_tags && *event->client_tags;
}

static void
write_client_tags(Bytes *bytes, const Event *event)
{
	bytes_append_string(bytes, event->client_tags);
}

/* In the order of tags.def. Without functions: tags of answers, not of events. */
static const struct {
	bool (*is_there)(const Event *event);
	void (*write)(Bytes *bytes, const Event *event);
} tag_writers[TAGS] = {
    [TAG_TIME] = {always, write_time},
    [TAG_MSGID] = {has_msgid, write_msgid},
    [TAG_ACCOUNT] = {has_account, write_account_tag},
    [TAG_BOT] = {is_by_bot, write_bot},
    [TAG_OPERATOR] = {is_by_operator, write_operator},
    [TAG_CLIENT_ONLY] = {has_client_tags, write_client_tags},
};

/* One bit per tag, from the highest down: capabilities stay below. */
#define TAG_KEY(tag) (UINT64_C(1) << (63 - (tag)))
G_STATIC_ASSERT(CAP_IRCX_INDEX + TAGS < 64);

static bool
tag_passes(TagIndex tag, const Event *event, uint64_t caps)
{
	return (tag_row(tag)->caps & caps) != 0 && tag_writers[tag].is_there &&
	       tag_writers[tag].is_there(event);
}

/* Who has both gets a message of several lines as a batch, the others line by line. */
#define MULTILINE_CAPS (CAP_MULTILINE | CAP_BATCH)

/* What the line really depends on: two sessions with the same key share one line. */
static uint64_t
render_key(const Event *event, uint64_t caps)
{
	uint64_t key = caps & event_row(event->kind)->varies;

	for (unsigned tag = 0; tag < TAGS; tag++)
		if (tag_passes(tag, event, caps))
			key |= TAG_KEY(tag);
	if (event->n_lines > 0 && (caps & MULTILINE_CAPS) == MULTILINE_CAPS)
		key |= CAP_MULTILINE;
	return key;
}

static void
write_tags(Bytes *bytes, const Event *event, uint64_t key)
{
	char lead = '@';

	for (unsigned tag = 0; tag < TAGS; tag++) {
		if (!(key & TAG_KEY(tag)))
			continue;
		bytes_append_char(bytes, lead);
		tag_writers[tag].write(bytes, event);
		lead = ';';
	}
	if (lead == ';')
		bytes_append_char(bytes, ' ');
}

void
render_answer_tags(Bytes *bytes, uint64_t caps, int64_t time, const char *batch)
{
	bool is_timed = (tag_row(TAG_TIME)->caps & caps) != 0;
	char lead = '@';

	if (batch && *batch) {
		bytes_append_format(bytes, "@%s=%s", tag_row(TAG_BATCH)->name, batch);
		lead = ';';
	}
	if (is_timed) {
		bytes_append_char(bytes, lead);
		write_time(bytes, &(Event){.time = time});
		lead = ';';
	}
	if (lead == ';')
		bytes_append_char(bytes, ' ');
}

static const char *
source_of(const RenderMemo *memo, const Event *event)
{
	return event->source ? event->source : memo->server_name;
}

/* Everything behind the tags, cut to the protocol's length. */
static void
write_body(Bytes *bytes, const RenderMemo *memo, const Event *event, uint64_t caps)
{
	size_t body = bytes->length;

	bytes_append_format(bytes, ":%s ", source_of(memo, event));
	render_verb(bytes, event, caps);
	if (bytes->length - body > MESSAGE_BODY_MAX)
		bytes_truncate(bytes,
		    body + utf8_cut(bytes->data + body, bytes->length - body, MESSAGE_BODY_MAX));
	bytes_append(bytes, "\r\n", 2);
}

/* IRCv3 draft/multiline. The message's id serves as the batch's reference: it is as unique. */
static void
write_batch(Bytes *bytes, const RenderMemo *memo, const Event *event, uint64_t key)
{
	const char *source = source_of(memo, event);
	const char *batch = tag_row(TAG_BATCH)->name;
	Event line = *event;

	write_tags(bytes, event, key);
	bytes_append_format(bytes, ":%s BATCH +%s %s %s\r\n", source, event->msgid,
	    cap_row(CAP_MULTILINE_INDEX)->name, event->target_name);
	for (unsigned i = 0; i < event->n_lines; i++) {
		bytes_append_format(bytes, "@%s=%s", batch, event->msgid);
		if (event->lines[i].concat)
			bytes_append_format(bytes, ";%s", tag_row(TAG_MULTILINE_CONCAT)->name);
		bytes_append_char(bytes, ' ');
		line.text = event->lines[i].text;
		write_body(bytes, memo, &line, 0);
	}
	bytes_append_format(bytes, ":%s BATCH -%s\r\n", source, event->msgid);
}

/* Line by line: no blank ones, and the id on the first alone. */
static void
write_lines(Bytes *bytes, const RenderMemo *memo, const Event *event, uint64_t caps, uint64_t key)
{
	Event line = *event;

	for (unsigned i = 0; i < event->n_lines; i++) {
		if (*event->lines[i].text == '\0')
			continue;
		line.text = event->lines[i].text;
		write_tags(bytes, &line, key);
		write_body(bytes, memo, &line, caps);
		key &= ~TAG_KEY(TAG_MSGID);
	}
}

static Line *
render_line(const RenderMemo *memo, const Event *event, uint64_t caps, uint64_t key)
{
	g_auto(Bytes) bytes;

	bytes_init(&bytes, (TAGS_SIZE + BODY_SIZE) * (size_t)(event->n_lines + 1));
	if (event->n_lines == 0) {
		write_tags(&bytes, event, key);
		write_body(&bytes, memo, event, caps);
	} else if (key & CAP_MULTILINE) {
		write_batch(&bytes, memo, event, key);
	} else {
		write_lines(&bytes, memo, event, caps, key);
	}
	g_assert(!bytes.failed);
	return line_new(bytes.data, bytes.length);
}

RenderEntry *
render_event(RenderMemo *memo, const Event *event, uint64_t caps)
{
	uint64_t key = render_key(event, caps);
	RenderEntry *entry;

	for (unsigned i = 0; i < memo->n_entries; i++)
		if (memo->entries[i].key == key)
			return &memo->entries[i];
	g_assert(memo->n_entries < RENDER_KEYS_MAX);
	entry = &memo->entries[memo->n_entries++];
	*entry = (RenderEntry){.key = key, .line = render_line(memo, event, caps, key)};
	return entry;
}

void
render_memo_finish(RenderMemo *memo)
{
	for (unsigned i = 0; i < memo->n_entries; i++) {
		RenderEntry *entry = &memo->entries[i];

		if (entry->uses > 1)
			line_ref_many(entry->line, entry->uses - 1);
		else if (entry->uses == 0)
			line_unref(entry->line);
	}
	memo->n_entries = 0;
}
