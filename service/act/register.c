/* SPDX-License-Identifier: MIT */
#include "act/account_verbs.h"
#include "act/attach.h"
#include "act/country_review.h"
#include "act/device.h"
#include "act/nick_guard.h"
#include "act/reserved.h"
#include "act/sasl.h"
#include "act/screen.h"
#include "act/verbs.h"
#include "act/vhost.h"
#include "proto/cidr.h"

static void
count_user(Ctx *ctx)
{
	Community *community = ctx->community;
	unsigned users = directory_users(community->directory);

	community->registering--;
	community->users_peak = MAX(community->users_peak, users);
	counter_add(&ctx->out->counters, COUNTER_USERS_REGISTERED, 1);
}

/* Who logged in a while ago to what nobody may log in to now, is not. */
static void
drop_locked_login(Ctx *ctx, Session *session)
{
	const Account *account =
	    accounts_by_id(ctx->community->accounts, session->registration->account);

	if (account && account_obstacle(account, ctx->now))
		act_log_out_early(ctx, session);
}

static bool
is_missing_account(const Ctx *ctx, const Session *session)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;
	const Registration *said = session->registration;

	return settings->required && !(said->anonymous && settings->anonymous) &&
	       !accounts_by_id(ctx->community->accounts, said->account) &&
	       !cidr_words_contain(settings->required_exempt, session->peer.address);
}

static Outcome
refuse_without_account(Ctx *ctx)
{
	return ctx_fail(
	    ctx, "*", "ACCOUNT_REQUIRED", NULL, "You must log in to an account to connect");
}

/* It may choose another, or log in and choose it again. */
static Outcome
refuse_nick(Ctx *ctx, Session *session, const char *reserved)
{
	Registration *said = session->registration;
	g_autofree char *nick = g_steal_pointer(&said->nick);

	directory_release_nick(ctx->community->directory, nick, session);
	return reserved ? refuse(ctx, ERR_ERRONEUSNICKNAME, nick, reserved)
			: refuse(ctx, ERR_NICKNAMEINUSE, nick, NICK_GUARDED);
}

Outcome
act_try_register(Ctx *ctx, Session *session)
{
	const Registration *said = session->registration;
	Community *community = ctx->community;
	g_autofree char *host = NULL;
	const char *reserved;
	Event event;
	User *user;

	if (!session_is_ready(session))
		return OUTCOME_DONE;
	sasl_abort(ctx);
	drop_locked_login(ctx, session);
	if (is_missing_account(ctx, session))
		return refuse_without_account(ctx);
	if (nick_guard_refuses(ctx, said->nick, accounts_by_id(community->accounts, said->account)))
		return refuse_nick(ctx, session, NULL);
	reserved = said->shares_nick ? NULL : reserved_nick(ctx, said->nick, false);
	if (reserved)
		return refuse_nick(ctx, session, reserved);
	if (said->shares_nick) {
		Outcome outcome = act_attach(ctx, session);

		if (outcome != OUTCOME_DONE || session->user)
			return outcome;
	}
	host = act_host_of(ctx, accounts_by_id(community->accounts, said->account), &session->peer);
	user = user_new(&(UserFacts){.nick = said->nick,
			    .username = said->username,
			    .real_name = said->real_name,
			    .host = host,
			    .address = session->peer.address},
	    ctx->now);
	user->properties = g_steal_pointer(&session->registration->properties);
	act_find_country(ctx, user);
	directory_release_nick(community->directory, said->nick, session);
	directory_add_user(community->directory, user);
	user_set_account(user, accounts_by_id(community->accounts, said->account));
	session_set_user(session, user);
	device_came(ctx, session);
	user->spoke_at = ctx->monotonic;
	ctx->actor.user = user;
	ctx->actor.name = user->nick;
	count_user(ctx);
	outbox_limits(
	    &ctx->out->outbox, session->conn, (uint32_t)community->settings->limits->sendq);
	event = ctx_event(ctx, EVENT_CONNECTED);
	announce(ctx, &event);
	act_tell_online(ctx, user);
	act_tell_properties(ctx, user, NULL);
	act_merge_properties(ctx, user);
	act_merge_screen(ctx, user);
	act_merge_away(ctx, user);
	return OUTCOME_DONE;
}
