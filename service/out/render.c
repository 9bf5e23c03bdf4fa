/* SPDX-License-Identifier: MIT */
#include "out/render.h"

#include "base/clock.h"
#include "domain/channel.h"
#include "domain/user.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/numerics.h"
#include "proto/tags.h"
#include "proto/utf8.h"

#include <glib.h>
#include <string.h>

#define TAGS_SIZE (MESSAGE_SERVER_TAGS_MAX + MESSAGE_TAGS_MAX + 4)
#define BODY_SIZE (8u * 1024u) /* room to write a body before it is cut */

static void
write_message(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "%s %s", event->verb, event->target_name);
	if (event->text)
		bytes_append_format(bytes, " :%s", event->text);
}

static void
write_join(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "JOIN %s", event->channel->name);
	if (caps & CAP_EXTENDED_JOIN)
		bytes_append_format(bytes, " %s :%s",
		    event->user->account ? event->user->account : "*", event->user->real_name);
}

static void
append_reason(Bytes *bytes, const char *text)
{
	if (text && *text)
		bytes_append_format(bytes, " :%s", text);
}

static void
write_part(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "PART %s", event->channel->name);
	append_reason(bytes, event->text);
}

static void
write_kick(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "KICK %s %s :%s", event->channel->name, event->target->nick,
	    event->text ? event->text : "");
}

static void
write_quit(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "QUIT :%s", event->text ? event->text : "");
}

static void
write_nick(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "NICK %s", event->text);
}

static void
write_away(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_string(bytes, "AWAY");
	append_reason(bytes, event->text);
}

static void
write_setname(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "SETNAME :%s", event->text);
}

static void
write_topic(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(
	    bytes, "TOPIC %s :%s", event->channel->name, event->text ? event->text : "");
}

static void
write_channel_mode(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "MODE %s %s", event->channel->name, event->text);
}

static void
write_user_mode(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "MODE %s :%s", event->target->nick, event->text);
}

static void
write_invite(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "INVITE %s %s", event->target->nick, event->channel->name);
}

static void
write_wallops(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "WALLOPS :%s", event->text);
}

/* The numeric's target is "*": one line serves all who watch (IRCv3 monitor allows it). */
static void
write_online(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "%03u * :%s", RPL_MONONLINE, event->text);
}

static void
write_offline(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "%03u * :%s", RPL_MONOFFLINE, event->target_name);
}

/* NULL: nothing on the wire of clients. */
static void (*const writers[EVENTS])(Bytes *, const Event *, uint64_t) = {
    [EVENT_MESSAGE] = write_message,
    [EVENT_TAG_MESSAGE] = write_message,
    [EVENT_JOIN] = write_join,
    [EVENT_PART] = write_part,
    [EVENT_KICK] = write_kick,
    [EVENT_QUIT] = write_quit,
    [EVENT_NICK] = write_nick,
    [EVENT_AWAY] = write_away,
    [EVENT_SETNAME] = write_setname,
    [EVENT_TOPIC] = write_topic,
    [EVENT_CHANNEL_MODE] = write_channel_mode,
    [EVENT_USER_MODE] = write_user_mode,
    [EVENT_INVITE] = write_invite,
    [EVENT_WALLOPS] = write_wallops,
    [EVENT_ONLINE] = write_online,
    [EVENT_OFFLINE] = write_offline,
};

void
render_memo_init(RenderMemo *memo, const char *server_name)
{
	memo->n_entries = 0;
	memo->server_name = server_name;
}

static bool
tag_passes(TagIndex tag, uint64_t caps)
{
	return (tag_row(tag)->caps & caps) != 0;
}

/* Bit 63.. are taken for tags: capabilities stay far below. */
#define KEY_TIME (UINT64_C(1) << 61)
#define KEY_MSGID (UINT64_C(1) << 62)
#define KEY_CLIENT_TAGS (UINT64_C(1) << 63)

/* What the line really depends on: two sessions with the same key share one line. */
static uint64_t
render_key(const Event *event, uint64_t caps)
{
	uint64_t key = caps & event_row(event->kind)->varies;

	if (tag_passes(TAG_TIME, caps))
		key |= KEY_TIME;
	if (event->msgid[0] && tag_passes(TAG_MSGID, caps))
		key |= KEY_MSGID;
	if (event->client_tags && tag_passes(TAG_CLIENT_ONLY, caps))
		key |= KEY_CLIENT_TAGS;
	return key;
}

void
render_tags(Bytes *bytes, uint64_t caps, int64_t time, const char *msgid, const char *client_tags)
{
	char text[CLOCK_TEXT_SIZE];
	char lead = '@';

	if (tag_passes(TAG_TIME, caps)) {
		clock_format(time, text);
		bytes_append_format(bytes, "%c%s=%s", lead, tag_row(TAG_TIME)->name, text);
		lead = ';';
	}
	if (msgid && *msgid && tag_passes(TAG_MSGID, caps)) {
		bytes_append_format(bytes, "%c%s=%s", lead, tag_row(TAG_MSGID)->name, msgid);
		lead = ';';
	}
	if (client_tags && *client_tags && tag_passes(TAG_CLIENT_ONLY, caps)) {
		bytes_append_format(bytes, "%c%s", lead, client_tags);
		lead = ';';
	}
	if (lead == ';')
		bytes_append_char(bytes, ' ');
}

static Line *
render_line(const RenderMemo *memo, const Event *event, uint64_t caps)
{
	g_auto(Bytes) bytes;
	size_t body;

	bytes_init(&bytes, TAGS_SIZE + BODY_SIZE);
	render_tags(&bytes, caps, event->time, event->msgid, event->client_tags);
	body = bytes.length;
	bytes_append_format(&bytes, ":%s ", event->source ? event->source : memo->server_name);
	g_assert(writers[event->kind]);
	writers[event->kind](&bytes, event, caps);
	if (bytes.length - body > MESSAGE_BODY_MAX)
		bytes_truncate(&bytes,
		    body + utf8_cut(bytes.data + body, bytes.length - body, MESSAGE_BODY_MAX));
	bytes_append(&bytes, "\r\n", 2);
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
	*entry = (RenderEntry){.key = key, .line = render_line(memo, event, caps)};
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
