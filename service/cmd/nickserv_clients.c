/* SPDX-License-Identifier: MIT */
/* NickServ CLIENTS: which clients are logged in to one's account, and the end of one of them. */
#include "act/account_clients.h"
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

	while (account_next_client(account, &walk))
		tell_client(ctx, &walk);
	return OUTCOME_DONE;
}

Outcome
nickserv_clients(Ctx *ctx, const ServiceCall *call)
{
	Account *account = ctx->actor.user->login;
	const char *which = service_word(call, 1);
	guint64 number;

	if (call->n_words == 0 || casemap_equal(call->words[0], "LIST"))
		return list_clients(ctx, account);
	if (casemap_equal(call->words[0], "LOGOUT") && casemap_equal(which, "ALL"))
		return act_log_out_clients(ctx, account, 0);
	if (casemap_equal(call->words[0], "LOGOUT") &&
	    g_ascii_string_to_unsigned(which, 10, 1, G_MAXUINT32, &number, NULL))
		return act_log_out_clients(ctx, account, number);
	ctx_say(ctx, "LIST, LOGOUT and the number of a client, or LOGOUT ALL");
	return OUTCOME_REFUSED;
}
