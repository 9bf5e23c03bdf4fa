/* SPDX-License-Identifier: MIT */
#include "act/account_clients.h"

#include "act/account_rights.h"
#include "act/verbs.h"
#include "base/close_reason.h"

static void
close_client(Ctx *ctx, Session *session, const char *reason)
{
	out_close_session(ctx->out, session, CLOSE_KILLED, reason);
	act_quit(ctx, session, reason);
}

void
account_close_clients(Ctx *ctx, User *user, const char *reason)
{
	while (user->sessions)
		close_client(ctx, user->sessions, reason);
}

Session *
account_next_client(const Account *account, AccountClients *walk)
{
	if (walk->session)
		walk->session = walk->session->next;
	while (!walk->session && walk->user < account->users->len)
		walk->session = ((User *)account->users->pdata[walk->user++])->sessions;
	walk->number += walk->session != NULL;
	return walk->session;
}

/* The one after `number` clients that is not the asker's; NULL: none. */
static Session *
find_client(Ctx *ctx, const Account *account, guint64 number)
{
	AccountClients walk = {0};
	Session *session;

	while ((session = account_next_client(account, &walk)))
		if (session != ctx->actor.session && (number == 0 || walk.number == number))
			return session;
	return NULL;
}

/* Besides the one that asks. */
static unsigned
count_others(const Ctx *ctx, const Account *account)
{
	AccountClients walk = {0};
	const Session *session;
	unsigned count = 0;

	while ((session = account_next_client(account, &walk)))
		count += session != ctx->actor.session;
	return count;
}

void
account_tell_other_clients(Ctx *ctx, const Account *account)
{
	unsigned count = count_others(ctx, account);
	bool is_own = ctx->actor.user && ctx->actor.user->login == account;
	const char *form = count == 1 ? "client stays" : "clients stay";

	if (count > 0 && is_own)
		ctx_say(ctx, "%u other %s logged in: CLIENTS LOGOUT ALL ends what is not this one",
		    count, form);
	else if (count > 0)
		ctx_say(ctx, "%u %s logged in to %s, until its owner uses CLIENTS LOGOUT ALL",
		    count, form, account->name);
}

Outcome
act_log_out_clients(Ctx *ctx, Account *account, guint64 number)
{
	unsigned count = 0;
	Session *session;

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	/* Each that goes changes the rest: looked for anew, and a number counts once. */
	while ((number == 0 || count == 0) && (session = find_client(ctx, account, number))) {
		close_client(ctx, session, "Logged out by its owner");
		count++;
	}
	if (count == 0)
		return ctx_fail(ctx, "NICKSERV", "NO_SUCH_CLIENT", account->name,
		    number == 0
			? "There is no other client of yours"
			: "There is no client of that number but this one; CLIENTS lists them");
	ctx_say(ctx, "%u client%s logged out", count, count == 1 ? " is" : "s are");
	return OUTCOME_DONE;
}
