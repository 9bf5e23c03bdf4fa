/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"
#include "proto/message.h"
#include "proto/names.h"

Outcome
act_monitor_add(Ctx *ctx, const char *nick, bool *ret_full)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	Session *session = ctx->actor.session;

	*ret_full = false;
	if (!name_is_nick(nick, limits->nick))
		return refuse(ctx, ERR_ERRONEUSNICKNAME, message_middle(nick), NICK_ERRONEOUS);
	*ret_full = !monitor_has(session, nick) && monitor_count(session) >= limits->monitor;
	if (*ret_full)
		return OUTCOME_REFUSED;
	monitor_add(ctx->community->monitor, session, nick);
	return OUTCOME_DONE;
}

void
act_monitor_remove(Ctx *ctx, const char *nick)
{
	monitor_remove(ctx->community->monitor, ctx->actor.session, nick);
}

void
act_monitor_clear(Ctx *ctx)
{
	monitor_clear(ctx->community->monitor, ctx->actor.session);
}

/* Most nicks are watched by nobody: no event then. */
static void
tell_watchers(Ctx *ctx, EventKind kind, User *user, const char *nick)
{
	Event event = {
	    .kind = kind,
	    .time = ctx->now,
	    .user = user,
	    .target_name = nick,
	    .text = user ? user->prefix : NULL,
	};

	if (monitor_find(ctx->community->monitor, nick))
		announce(ctx, &event);
}

void
act_tell_online(Ctx *ctx, User *user)
{
	tell_watchers(ctx, EVENT_ONLINE, user, user->nick);
}

void
act_tell_offline(Ctx *ctx, const char *nick)
{
	tell_watchers(ctx, EVENT_OFFLINE, NULL, nick);
}
