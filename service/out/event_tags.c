/* SPDX-License-Identifier: MIT */
#include "out/event_tags.h"

#include "base/clock.h"
#include "proto/caps.h"

#include <glib.h>
#include <string.h>

G_STATIC_ASSERT(CAP_IRCX_INDEX + TAGS < 64);

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

static void
write_operator(Bytes *bytes, const Event *event)
{
	bytes_append_string(bytes, tag_row(TAG_OPERATOR)->name);
	if (!event->operator_name)
		return;
	bytes_append_char(bytes, '=');
	tag_escape(bytes, event->operator_name, strlen(event->operator_name));
}

static bool
is_relayed(const Event *event)
{
	return event->relayed_by != NULL;
}

static void
write_relay(Bytes *bytes, const Event *event)
{
	bytes_append_format(bytes, "%s=", tag_row(TAG_RELAY)->name);
	tag_escape(bytes, event->relayed_by, strlen(event->relayed_by));
}

static bool
is_edited(const Event *event)
{
	return event->edited_at != 0;
}

static void
write_edited(Bytes *bytes, const Event *event)
{
	char text[CLOCK_TEXT_SIZE];

	clock_format(event->edited_at, text);
	bytes_append_format(bytes, "%s=%s", tag_row(TAG_EDITED)->name, text);
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
    [TAG_RELAY] = {is_relayed, write_relay},
    [TAG_EDITED] = {is_edited, write_edited},
    [TAG_CLIENT_ONLY] = {has_client_tags, write_client_tags},
};

uint64_t
event_tags(const Event *event)
{
	uint64_t tags = 0;

	for (unsigned tag = 0; tag < TAGS; tag++)
		if (tag_writers[tag].is_there && tag_writers[tag].is_there(event))
			tags |= EVENT_TAG(tag);
	return tags;
}

void
event_tags_write(Bytes *bytes, const Event *event, uint64_t tags)
{
	char lead = '@';

	for (unsigned tag = 0; tag < TAGS; tag++) {
		if (!(tags & EVENT_TAG(tag)))
			continue;
		bytes_append_char(bytes, lead);
		tag_writers[tag].write(bytes, event);
		lead = ';';
	}
	if (lead == ';')
		bytes_append_char(bytes, ' ');
}

void
answer_tags_write(Bytes *bytes, uint64_t caps, int64_t time, const char *batch)
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
