/* SPDX-License-Identifier: MIT */
#include "out/render.h"

#include "base/clock.h"
#include "domain/channel.h"
#include "domain/user.h"
#include "out/event_tags.h"
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

/* Who has both gets a message of several lines as a batch, the others line by line. */
#define MULTILINE_CAPS (CAP_MULTILINE | CAP_BATCH)

/* Once per event, not once per recipient: which tags it has, and what its lines can depend on. */
static void
look_at_event(RenderMemo *memo, const Event *event)
{
	memo->tags = event_tags(event);
	memo->matters = event_row(event->kind)->varies;
	if (event->n_lines > 0)
		memo->matters |= MULTILINE_CAPS;
	for (unsigned tag = 0; tag < TAGS; tag++)
		if (memo->tags & EVENT_TAG(tag))
			memo->matters |= tag_row(tag)->caps;
}

/* What the line really depends on: two sessions with the same key share one line. */
static uint64_t
render_key(const RenderMemo *memo, const Event *event, uint64_t caps)
{
	uint64_t key = caps & event_row(event->kind)->varies;

	for (unsigned tag = 0; tag < TAGS; tag++)
		if ((memo->tags & EVENT_TAG(tag)) && (tag_row(tag)->caps & caps))
			key |= EVENT_TAG(tag);
	if (event->n_lines > 0 && (caps & MULTILINE_CAPS) == MULTILINE_CAPS)
		key |= CAP_MULTILINE;
	return key;
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

	event_tags_write(bytes, event, key);
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

/* What takes the place of another text is one line: each of several would take that of the one
 * before it. */
static void
write_joined(Bytes *bytes, const RenderMemo *memo, const Event *event, uint64_t caps, uint64_t key)
{
	g_autofree char *text = g_strdelimit(g_strdup(event->text), "\n", ' ');
	Event line = *event;

	line.text = text;
	event_tags_write(bytes, event, key);
	write_body(bytes, memo, &line, caps);
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
		event_tags_write(bytes, &line, key);
		write_body(bytes, memo, &line, caps);
		key &= ~EVENT_TAG(TAG_MSGID);
	}
}

static Line *
render_line(const RenderMemo *memo, const Event *event, uint64_t caps, uint64_t key)
{
	g_auto(Bytes) bytes;

	bytes_init(&bytes, (TAGS_SIZE + BODY_SIZE) * (size_t)(event->n_lines + 1));
	if (event->n_lines == 0) {
		event_tags_write(&bytes, event, key);
		write_body(&bytes, memo, event, caps);
	} else if (key & CAP_MULTILINE) {
		write_batch(&bytes, memo, event, key);
	} else if (event->redacted) {
		write_joined(&bytes, memo, event, caps, key);
	} else {
		write_lines(&bytes, memo, event, caps, key);
	}
	g_assert(!bytes.failed);
	return line_new(bytes.data, bytes.length);
}

static RenderEntry *
find_entry(RenderMemo *memo, const Event *event, uint64_t caps)
{
	uint64_t key = render_key(memo, event, caps);
	RenderEntry *entry;

	for (unsigned i = 0; i < memo->n_entries; i++)
		if (memo->entries[i].key == key)
			return &memo->entries[i];
	g_assert(memo->n_entries < RENDER_KEYS_MAX);
	entry = &memo->entries[memo->n_entries++];
	*entry = (RenderEntry){.key = key, .line = render_line(memo, event, caps, key)};
	return entry;
}

RenderEntry *
render_event_anew(RenderMemo *memo, const Event *event, uint64_t caps)
{
	if (memo->n_entries == 0)
		look_at_event(memo, event);
	memo->last_caps = caps & memo->matters;
	memo->last_entry = find_entry(memo, event, caps);
	return memo->last_entry;
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
