/* SPDX-License-Identifier: MIT */
#include "out/render_verbs.h"

#include "domain/channel.h"
#include "domain/user.h"
#include "proto/caps.h"
#include "proto/numerics.h"

#include <glib.h>

static const char *
channel_of(const Event *event)
{
	return event->names ? event->names->channel : event->channel->name;
}

static const char *
whom_of(const Event *event)
{
	return event->names ? event->names->whom : event->target->nick;
}

static void
write_message(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "%s %s", event->verb, event->target_name);
	if (event->text)
		bytes_append_format(bytes, " :%s", event->text);
}

static const char *
real_name_of(const Event *event)
{
	return event->names ? event->names->real_name : event->user->real_name;
}

static void
write_join(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "JOIN %s", channel_of(event));
	if (caps & CAP_EXTENDED_JOIN)
		bytes_append_format(
		    bytes, " %s :%s", event->account ? event->account : "*", real_name_of(event));
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
	bytes_append_format(bytes, "PART %s", channel_of(event));
	append_reason(bytes, event->text);
}

static void
write_kick(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "KICK %s %s :%s", channel_of(event), whom_of(event),
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
write_rename(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(
	    bytes, "RENAME %s %s :%s", event->target_name, event->channel->name, event->text);
}

static void
write_account(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "ACCOUNT %s", event->text ? event->text : "*");
}

static void
write_chghost(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "CHGHOST %s", event->text);
}

static void
write_host_shown(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "%03u %s ", RPL_HOSTHIDDEN, event->target->nick);
	bytes_append_format(bytes, FMT_RPL_HOSTHIDDEN, event->text);
}

static void
write_redaction(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "REDACT %s %s", event->target_name, event->redacted);
	append_reason(bytes, event->text);
}

static void
write_edit(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(
	    bytes, "EDIT %s %s :%s", event->target_name, event->redacted, event->text);
}

static void
write_read_marker(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "MARKREAD %s %s", event->target_name, event->text);
}

static void
write_topic(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(
	    bytes, "TOPIC %s :%s", channel_of(event), event->text ? event->text : "");
}

static void
write_channel_mode(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "MODE %s %s", channel_of(event), event->text);
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

/* To the mask it was written to: one line serves everybody. */
static void
write_announcement(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "%s %s :%s", event->verb, event->target_name, event->text);
}

/* To "*": one line serves all who read it. */
static void
write_server_notice(Bytes *bytes, const Event *event, uint64_t caps)
{
	bytes_append_format(bytes, "NOTICE * :*** %s", event->text);
}

static void
write_knock(Bytes *bytes, const Event *event, uint64_t caps)
{
	const char *name = event->channel->name;

	bytes_append_format(bytes, "%03u %s %s %s :has asked for an invite", RPL_KNOCK, name, name,
	    event->user->prefix);
	if (event->text)
		bytes_append_format(bytes, ": %s", event->text);
	else
		bytes_append_char(bytes, '.');
}

static void
write_call(Bytes *bytes, const Event *event, uint64_t caps)
{
	const User *user = event->user;

	bytes_append_format(bytes, "%03u %s %s %s@%s :is messaging you, and you have umode +g.",
	    RPL_UMODEGMSG, event->target->nick, user->nick, user->username, user->host);
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

/* The same line for everybody, so that the numerics of metadata-3 name no recipient. */
static void
write_property(Bytes *bytes, const Event *event, uint64_t caps)
{
	if (!(caps & CAP_METADATA_3)) {
		bytes_append_format(bytes, "METADATA %s %s *", event->target_name, event->key);
		if (event->text)
			bytes_append_format(bytes, " :%s", event->text);
		return;
	}
	bytes_append_format(bytes, "%03u * ", event->text ? RPL_KEYVALUE : RPL_KEYNOTSET);
	if (event->text)
		bytes_append_format(
		    bytes, FMT_RPL_KEYVALUE, event->target_name, event->key, event->text);
	else
		bytes_append_format(bytes, FMT_RPL_KEYNOTSET, event->target_name, event->key);
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
    [EVENT_RENAME] = write_rename,
    [EVENT_ACCOUNT] = write_account,
    [EVENT_CHGHOST] = write_chghost,
    [EVENT_HOST_SHOWN] = write_host_shown,
    [EVENT_RETURN_QUIT] = write_quit,
    [EVENT_RETURN_JOIN] = write_join,
    [EVENT_RETURN_MODE] = write_channel_mode,
    [EVENT_REDACTION] = write_redaction,
    [EVENT_EDIT] = write_edit,
    [EVENT_READ_MARKER] = write_read_marker,
    [EVENT_TOPIC] = write_topic,
    [EVENT_CHANNEL_MODE] = write_channel_mode,
    [EVENT_USER_MODE] = write_user_mode,
    [EVENT_PROPERTY] = write_property,
    [EVENT_INVITE] = write_invite,
    [EVENT_RETURN_AWAY] = write_away,
    [EVENT_SHOWN] = write_join,
    [EVENT_SHOWN_AWAY] = write_away,
    [EVENT_HIDDEN] = write_part,
    [EVENT_WALLOPS] = write_wallops,
    [EVENT_ANNOUNCEMENT] = write_announcement,
    [EVENT_SERVER_NOTICE] = write_server_notice,
    [EVENT_KNOCK] = write_knock,
    [EVENT_CALL] = write_call,
    [EVENT_ONLINE] = write_online,
    [EVENT_OFFLINE] = write_offline,
};

void
render_verb(Bytes *bytes, const Event *event, uint64_t caps)
{
	g_assert(writers[event->kind]);
	writers[event->kind](bytes, event, caps);
}
