/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"
#include "act/account_password.h"
#include "act/account_verbs.h"
#include "act/channel_access.h"
#include "act/channel_verbs.h"
#include "act/kept_accounts.h"
#include "act/login_limit.h"
#include "act/nick_guard.h"
#include "act/presence.h"
#include "act/screen.h"
#include "act/verbs.h"
#include "act/vhost.h"
#include "base/close_reason.h"
#include "proto/caps.h"

#include <string.h>

/* Before 001: under the host he will be seen with. */
static void
tell_newcomer(Ctx *ctx, Reply *to, const char *account)
{
	const Session *session = to->session;
	const Registration *said = session->registration;
	g_autofree char *host =
	    act_host_of(ctx, accounts_find(ctx->community->accounts, account), &session->peer);

	reply_with(to, RPL_LOGGEDIN, said->nick ? said->nick : "*",
	    said->username ? said->username : "*", host, account, account);
}

/* An address can begin with a colon; here it is never the first of a parameter. */
static void
tell_logged_in(Ctx *ctx, Reply *to, const char *account)
{
	const Session *session = to->session;
	const User *user = session->user;

	if (user)
		reply_with(
		    to, RPL_LOGGEDIN, user->nick, user->username, user->host, account, account);
	else
		tell_newcomer(ctx, to, account);
}

static void
tell_logged_out(Ctx *ctx, Reply *to, const char *account)
{
	const Session *session = to->session;
	const Registration *said = session->registration;
	const User *user = session->user;

	if (user)
		reply_with(to, RPL_LOGGEDOUT, user->nick, user->username, user->host);
	else
		reply_with(to, RPL_LOGGEDOUT, said->nick ? said->nick : "*",
		    said->username ? said->username : "*", session->peer.address);
}

/* 900 and 901 are for those who know what they are: IRCX has other meanings for these numbers. */
static void
tell_session(
    Ctx *ctx, Session *session, void (*tell)(Ctx *, Reply *, const char *), const char *account)
{
	Reply other;

	if (!session_has(session, CAP_SASL) || session->stage == SESSION_CLOSING)
		return;
	if (ctx->reply && ctx->reply->session == session) {
		tell(ctx, ctx->reply, account);
		return;
	}
	reply_begin(
	    &other, ctx->community, &ctx->out->outbox, ctx->random, session, ctx->now, NULL);
	tell(ctx, &other, account);
	reply_end(&other);
}

static void
tell_user(Ctx *ctx, User *user, void (*tell)(Ctx *, Reply *, const char *), const char *account)
{
	for (Session *session = user->sessions; session; session = session->next)
		tell_session(ctx, session, tell, account);
}

static void
change_account(Ctx *ctx, User *user, Account *account)
{
	g_autofree char *before = g_strdup(user->account);
	Event event;

	/* What came with an account goes with it: another one does not inherit it. */
	if (user->login && user->login != account) {
		act_leave_screen(user);
		act_leave_properties(ctx, user);
	}
	user_set_account(user, account);
	event = ctx_user_event(ctx, EVENT_ACCOUNT, user);
	event.account = before;
	event.text = user->account;
	announce(ctx, &event);
	act_refresh_host(ctx, user);
	nick_guard_check(ctx, user);
	act_merge_properties(ctx, user);
	act_merge_screen(ctx, user);
	if (account)
		access_apply_everywhere(ctx, user);
}

void
act_log_in(Ctx *ctx, Session *session, Account *account)
{
	User *user = session->user;

	account->used_at = ctx->now;
	kept_account_touch(ctx, account);
	if (!user) {
		session->registration->account = account->id;
		tell_session(ctx, session, tell_logged_in, account->name);
		return;
	}
	if (user->login == account) {
		tell_session(ctx, session, tell_logged_in, account->name);
		return;
	}
	tell_user(ctx, user, tell_logged_in, account->name);
	change_account(ctx, user, account);
}

/* With the comparison's outcome, in the service's name. */
static void
identified(Ctx *ctx, Account *account, const char *problem)
{
	const char *obstacle = account ? account_obstacle(account, ctx->now) : problem;

	if (problem) {
		login_failed(ctx);
		refuse(ctx, ERR_SASLFAIL,
		    strcmp(problem, ACCOUNT_WRONG) == 0
			? "The password is wrong, or there is no such account"
			: problem);
		return;
	}
	if (obstacle) {
		refuse(ctx, ERR_NICKLOCKED, obstacle);
		return;
	}
	if (user_sessions(ctx->actor.user) > 1 && ctx->actor.user->login &&
	    ctx->actor.user->login != account) {
		refuse(ctx, ERR_SASLFAIL, LOGIN_OTHERS);
		return;
	}
	login_succeeded(ctx);
	act_log_in(ctx, ctx->actor.session, account);
	ctx_say(ctx, "You are logged in as %s", account->name);
}

Outcome
act_identify(Ctx *ctx, const char *name, const char *password)
{
	if (!login_may_try(ctx))
		return refuse(ctx, ERR_SASLFAIL, LOGIN_TOO_MANY);
	if (account_check_password(ctx, name, password, identified) == OUTCOME_PENDING)
		return OUTCOME_PENDING;
	return refuse(ctx, ERR_SASLFAIL, "Too many are logging in, try again");
}

void
act_log_out(Ctx *ctx, User *user)
{
	if (!user->login)
		return;
	/* Who has no client was here as that account only. */
	if (!user->sessions) {
		act_remove_user(ctx, user, CLOSE_QUIT, "Logged out");
		return;
	}
	tell_user(ctx, user, tell_logged_out, NULL);
	change_account(ctx, user, NULL);
}

void
act_log_out_early(Ctx *ctx, Session *session)
{
	session->registration->account = 0;
	tell_session(ctx, session, tell_logged_out, NULL);
}

void
act_log_out_all(Ctx *ctx, const Account *account)
{
	uint32_t cursor = 0;
	Session *session;

	while (account->users->len > 0)
		act_log_out(ctx, account->users->pdata[account->users->len - 1]);
	while ((session = slots_next(ctx->community->sessions, &cursor)))
		if (session->registration && session->registration->account == account->id)
			act_log_out_early(ctx, session);
}

void
act_refresh_account(Ctx *ctx, User *user)
{
	tell_user(ctx, user, tell_logged_in, user->login->name);
	change_account(ctx, user, user->login);
}

const char *
account_obstacle(const Account *account, int64_t now)
{
	if (!account->verified)
		return "The registration is not completed: use VERIFY with the code you were sent";
	if (account_is_suspended(account, now))
		return "The account is suspended";
	return NULL;
}

void
act_forget_account(Ctx *ctx, Account *account)
{
	g_autofree char *name = g_strdup(account->name);

	act_log_out_all(ctx, account);
	accounts_remove(ctx->community->accounts, account);
	channels_forget_account(ctx, name);
}

void
act_choose(Ctx *ctx, Account *account, AccountSetting setting, unsigned word)
{
	if (account->settings[setting] == word)
		return;
	account->settings[setting] = (uint8_t)word;
	kept_account_put(ctx, account);
	account_recorded(ctx, account, "set");
	presence_end_of_account(ctx, account);
}
