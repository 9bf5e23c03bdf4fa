/* SPDX-License-Identifier: MIT */
#include "out/notices.h"

#include "domain/channel.h"
#include "domain/user.h"
#include "proto/modes.h"
#include "proto/notices.h"

#include <string.h>

static const char *
or_nothing(const char *text)
{
	return text ? text : "";
}

static char *
write_accounts(const Event *event)
{
	return g_strdup_printf("Account %s: %s, by %s", event->account, or_nothing(event->text),
	    or_nothing(event->by));
}

static char *
write_connects(const Event *event)
{
	const User *user = event->user;

	return g_strdup_printf("Connected: %s (%s@%s) [%s] [%s]", user->nick, user->username,
	    user->host, user->address, user->real_name);
}

static char *
write_disconnects(const Event *event)
{
	const User *user = event->user;

	return g_strdup_printf("Disconnected: %s (%s@%s) [%s] [%s]", user->nick, user->username,
	    user->host, user->address, or_nothing(event->text));
}

static char *
write_floods(const Event *event)
{
	return g_strdup_printf("Flood: %s", event->text);
}

static char *
write_configuration(const Event *event)
{
	if (!event->text)
		return g_strdup_printf(
		    "Configuration read again by %s: nothing changed", or_nothing(event->by));
	return g_strdup_printf("Configuration put in force by %s: %s setting%s changed",
	    or_nothing(event->by), event->text, strcmp(event->text, "1") == 0 ? "" : "s");
}

static char *
write_host_requests(const Event *event)
{
	return g_strdup_printf(
	    "Host asked for: %s wants %s; HostServ APPROVE or REJECT", event->account, event->text);
}

static char *
write_channels(const Event *event)
{
	return g_strdup_printf("Channel %s created by %s", event->channel->name, event->source);
}

static char *
write_kills(const Event *event)
{
	return g_strdup_printf("Killed: %s by %s: %s", event->target->prefix, or_nothing(event->by),
	    or_nothing(event->text));
}

static char *
write_nicks(const Event *event)
{
	return g_strdup_printf("Nick: %s is %s now", event->source, event->text);
}

static char *
write_operators(const Event *event)
{
	return g_strdup_printf(*event->text == '+' ? "Operator: %s is one now, as %s"
						   : "Operator: %s is none any more, was %s",
	    event->user->prefix, or_nothing(event->by));
}

static char *
write_operators_refused(const Event *event)
{
	const User *user = event->user;

	return g_strdup_printf("Operator refused: %s [%s] as %s: %s", user->prefix, user->address,
	    or_nothing(event->by), or_nothing(event->text));
}

static char *
write_statistics(const Event *event)
{
	return g_strdup_printf("STATS %s asked by %s", event->text, event->source);
}

static char *
write_overrides(const Event *event)
{
	return g_strdup_printf("Override: %s by %s", event->text, event->source);
}

static char *
write_registrations(const Event *event)
{
	const Channel *channel = event->channel;

	if (channel->registered && event->text)
		return g_strdup_printf(
		    "Channel %s closed by %s: %s", channel->name, event->source, event->text);
	return g_strdup_printf("Channel %s %s by %s", channel->name,
	    channel->registered ? "registered" : "released", event->source);
}

static const struct {
	EventKind event;
	unsigned kind;
	char *(*write)(const Event *event);
} rows[] = {
#define NOTICE_KIND(letter, name, event, writer, text, help) {EVENT_##event, NOTICE_##name, writer},
#include "proto/notices.def"
#undef NOTICE_KIND
};

char *
notice_of_event(const Event *event, unsigned *ret_kind)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].event != event->kind)
			continue;
		*ret_kind = rows[i].kind;
		return rows[i].write(event);
	}
	return NULL;
}
