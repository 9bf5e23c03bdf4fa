/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"
#include "proto/caps.h"
#include "proto/cloak.h"
#include "proto/modes.h"

#include <string.h>

#define RETURN_TEXT "Changing host"

char *
act_host_of_peer(const Ctx *ctx, const SessionPeer *peer)
{
	const SettingsCloak *cloak = ctx->community->settings->cloak;
	const char *address = peer->address;
	char *host = NULL;

	if (cloak->enabled && ctx->community->cloak_key)
		host = cloak_make(ctx->community->cloak_key, address, cloak->suffix);
	if (host)
		return host;
	if (peer->host)
		return g_strdup(peer->host);
	/* An address can begin with a colon ("::1"), a parameter that is not the last one cannot.
	 */
	return g_strconcat(*address == ':' ? "0" : "", address, NULL);
}

/* An event about the user for those without chghost, who are to see him go and come. */
static Event
return_event(Ctx *ctx, EventKind kind, User *user)
{
	Event event = ctx_user_event(ctx, kind, user);

	event.without = CAP_CHGHOST;
	return event;
}

/* "+ov nick nick"; NULL if he has no rank there. Caller frees. */
static char *
ranks_text(const Member *seat)
{
	char letters[MODES + 1];
	GString *text;

	mode_letters(MODE_ON_CHANNEL, seat->ranks, letters);
	if (!*letters)
		return NULL;
	text = g_string_new("+");
	g_string_append(text, letters);
	for (const char *letter = letters; *letter; letter++)
		g_string_append_printf(text, " %s", seat->user->nick);
	return g_string_free(text, FALSE);
}

static void
seem_to_return(Ctx *ctx, Member *seat)
{
	Event event = return_event(ctx, EVENT_RETURN_JOIN, seat->user);
	g_autofree char *ranks = ranks_text(seat);

	event.channel = seat->channel;
	announce(ctx, &event);
	if (seat->user->away) {
		event = return_event(ctx, EVENT_RETURN_AWAY, seat->user);
		event.channel = seat->channel;
		event.text = seat->user->away;
		announce(ctx, &event);
	}
	if (!ranks)
		return;
	event = return_event(ctx, EVENT_RETURN_MODE, seat->user);
	event_by_service(ctx, &event);
	event.channel = seat->channel;
	event.text = ranks;
	announce(ctx, &event);
}

static void
tell_himself(Ctx *ctx, User *user)
{
	Event event = ctx_user_event(ctx, EVENT_HOST_SHOWN, user);

	event_by_service(ctx, &event);
	event.target = user;
	event.text = user->host;
	announce(ctx, &event);
}

void
act_set_host(Ctx *ctx, User *user, const char *username, const char *host)
{
	g_autofree char *source = g_strdup(user->prefix);
	g_autofree char *text = NULL;
	Event event;

	username = username ? username : user->username;
	host = host ? host : user->host;
	if (strcmp(user->username, username) == 0 && strcmp(user->host, host) == 0)
		return;
	event = return_event(ctx, EVENT_RETURN_QUIT, user);
	event.text = RETURN_TEXT;
	announce(ctx, &event);
	user_set_host(user, username, host);
	text = g_strdup_printf("%s %s", user->username, user->host);
	event = ctx_user_event(ctx, EVENT_CHGHOST, user);
	event.source = source;
	event.text = text;
	announce(ctx, &event);
	for (uint32_t i = 0; i < user->n_seats; i++)
		seem_to_return(ctx, user->seats[i]);
	tell_himself(ctx, user);
}
