/* SPDX-License-Identifier: MIT */
/* NickServ CLIENTS: which clients are logged in to one's account, and the end of one of them. */
#include "act/account_clients.h"
#include "act/account_rights.h"
#include "act/services.h"
#include "base/clock.h"
#include "cmd/service_command.h"
#include "domain/user.h"
#include "proto/casemap.h"

Outcome nickserv_clients(Ctx *ctx, const ServiceCall *call);

static void
tell_client(Ctx *ctx, const AccountClients *walk)
{
	const Session *session = walk->session;
	char since[CLOCK_TEXT_SIZE];

	clock_format(session->opened_at, since);
	ctx_say(ctx, "%" G_GUINT64_FORMAT ": %s as %s from %s, %s, since %s%s", walk->number,
	    session->device ? session->device : "a client", session->user->nick,
	    session->peer.host ? session->peer.host : session->peer.address,
	    session->peer.tls ? "with TLS" : "without TLS", since,
	    session == ctx->actor.session ? " (this one)" : "");
}

static Outcome
list_clients(Ctx *ctx, const Account *account)
{
	AccountClients walk = {0};

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	while (account_next_client(account, &walk))
		tell_client(ctx, &walk);
	if (walk.number == 0)
		ctx_say(ctx, "No client is logged in to %s", account->name);
	return OUTCOME_DONE;
}

Outcome
nickserv_clients(Ctx *ctx, const ServiceCall *call)
{
	const char *which = service_word(call, 1);
	bool lists = call->n_words == 0 || casemap_equal(call->words[0], "LIST");
	Account *account = service_account(ctx, lists ? which : "");
	guint64 number;

	if (!account)
		return OUTCOME_REFUSED;
	if (lists)
		return list_clients(ctx, account);
	if (casemap_equal(call->words[0], "LOGOUT") && casemap_equal(which, "ALL"))
		return act_log_out_clients(ctx, account, 0);
	if (casemap_equal(call->words[0], "LOGOUT") &&
	    g_ascii_string_to_unsigned(which, 10, 1, G_MAXUINT32, &number, NULL))
		return act_log_out_clients(ctx, account, number);
	ctx_say(ctx, "LIST, LOGOUT and the number of a client, or LOGOUT ALL");
	return OUTCOME_REFUSED;
}
