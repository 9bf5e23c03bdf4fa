/* SPDX-License-Identifier: MIT */
#include "cmd/welcome.h"

#include "act/autoreplay.h"
#include "act/nick_guard.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "cmd/entry.h"
#include "cmd/metadata_tell.h"
#include "cmd/persistence.h"
#include "proto/caps.h"
#include "proto/modes.h"

void
tell_isupport(Ctx *ctx)
{
	bool batch = session_has(ctx->actor.session, CAP_EXTENDED_ISUPPORT);

	if (batch)
		reply_batch_begin(ctx->reply, "draft/isupport", NULL);
	for (char **line = ctx->community->isupport; *line; line++)
		reply(ctx, RPL_ISUPPORT, *line);
	if (batch)
		reply_batch_end(ctx->reply);
}

void
tell_lusers(Ctx *ctx)
{
	const Community *community = ctx->community;
	unsigned users = directory_users(community->directory);
	unsigned peak = community->users_peak;

	reply(ctx, RPL_LUSERCLIENT, users - community->invisible, community->invisible, 1u);
	reply(ctx, RPL_LUSEROP, community->operators);
	reply(ctx, RPL_LUSERUNKNOWN, community->registering);
	reply(ctx, RPL_LUSERCHANNELS, directory_channels(community->directory));
	reply(ctx, RPL_LUSERME, users, 1u);
	reply(ctx, RPL_LOCALUSERS, users, peak, users, peak);
	reply(ctx, RPL_GLOBALUSERS, users, peak, users, peak);
}

void
tell_motd(Ctx *ctx)
{
	char **motd = ctx->community->motd;

	if (!*motd) {
		reply(ctx, ERR_NOMOTD);
		return;
	}
	reply(ctx, RPL_MOTDSTART, ctx->community->server_name);
	for (char **line = motd; *line; line++)
		reply(ctx, RPL_MOTD, *line);
	reply(ctx, RPL_ENDOFMOTD);
}

static void
tell_myinfo(Ctx *ctx)
{
	const ModeAlphabet *modes = &ctx->community->modes;

	reply(ctx, RPL_MYINFO, ctx->community->server_name, "chatd-" CHAT_VERSION, modes->user,
	    modes->channel, modes->with_parameter);
}

/* IRCv3 whoami: the client's own prefix, from the source of a line. */
static void
tell_self(Ctx *ctx)
{
	User *user = ctx->actor.user;
	Event event = {
	    .kind = EVENT_SETNAME,
	    .time = ctx->now,
	    .source = user->prefix,
	    .user = user,
	    .text = user->real_name,
	};

	if (session_has(ctx->actor.session, CAP_WHOAMI | CAP_CHGHOST))
		reply_event(ctx->reply, &event);
}

/* Where he is already, if this client joined a user who was here: the client's own view of it. */
static void
tell_place(Ctx *ctx)
{
	User *user = ctx->actor.user;
	char letters[MODES + 1];

	for (uint32_t i = 0; i < user->n_seats; i++) {
		Event join = ctx_user_event(ctx, EVENT_JOIN, user);

		join.channel = user->seats[i]->channel;
		reply_event(ctx->reply, &join);
		entry_tell(ctx, join.channel);
	}
	mode_letters(MODE_ON_USER, user->modes, letters);
	if (*letters)
		reply_line(ctx->reply, "MODE %s :+%s", user->nick, letters);
	autoreplay_all(ctx);
}

static void
welcome(Ctx *ctx)
{
	const Community *community = ctx->community;
	const SettingsCommunity *settings = g_ptr_array_index(community->settings->communities, 0);
	const User *user = ctx->actor.user;
	char started[CLOCK_TEXT_SIZE];

	clock_format(community->started_at, started);
	reply(ctx, RPL_WELCOME, community->network, user->nick, user->username, user->host);
	reply(ctx, RPL_YOURHOST, community->server_name, "chatd-" CHAT_VERSION);
	reply(ctx, RPL_CREATED, started);
	tell_myinfo(ctx);
	tell_isupport(ctx);
	tell_self(ctx);
	tell_lusers(ctx);
	metadata_tell_own(ctx);
	persistence_tell_if_asked(ctx);
	tell_motd(ctx);
	if (settings->plaintext == PLAINTEXT_WARN && !session_is_safe(ctx->actor.session))
		reply_line(ctx->reply,
		    "NOTICE %s :*** Others can read along: connect with TLS if you can",
		    user->nick);
	act_oper_automatically(ctx);
	tell_place(ctx);
}

Outcome
welcome_if_registered(Ctx *ctx)
{
	Session *session = ctx->actor.session;
	bool before = session->user != NULL;
	Outcome outcome = act_admit(ctx, welcome_if_registered);

	if (outcome == OUTCOME_DONE)
		outcome = act_try_register(ctx, session);
	if (!before && session->user) {
		welcome(ctx);
		nick_guard_check(ctx, session->user);
	}
	return outcome;
}

Outcome
welcome_under_nick(Ctx *ctx, const char *nick)
{
	const User *before = ctx->actor.user;
	Outcome outcome = act_nick(ctx, ctx->actor.user, nick);

	if (ctx->actor.user != before)
		tell_place(ctx);
	return outcome;
}
