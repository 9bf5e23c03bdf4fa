/* SPDX-License-Identifier: MIT */
#include "act/sasl.h"

#include "act/account_verbs.h"
#include "act/login_limit.h"

#include <string.h>

/* In the order in which they are offered. */
static const SaslMechanism *const mechanisms[] = {
    &sasl_plain,
    &sasl_external,
    &sasl_scram_sha_256,
    &sasl_scram_sha_256_plus,
    &sasl_anonymous,
    &sasl_bearer,
};

static bool
is_usable(const Ctx *ctx, bool tls, const SaslMechanism *mechanism)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;

	if (!(settings->mechanisms & mechanism->bit) ||
	    (mechanism->usable && !mechanism->usable(ctx)))
		return false;
	if (mechanism->bit == MECHANISM_PLAIN && !settings->plain_without_tls)
		return tls;
	return !mechanism->needs_tls || tls;
}

char *
sasl_mechanisms(const Ctx *ctx, bool tls)
{
	GString *names = g_string_new(NULL);

	for (unsigned i = 0; i < G_N_ELEMENTS(mechanisms); i++)
		if (is_usable(ctx, tls, mechanisms[i]))
			g_string_append_printf(
			    names, "%s%s", names->len > 0 ? "," : "", mechanisms[i]->name);
	return g_string_free(names, FALSE);
}

static void
exchange_free(gpointer data)
{
	SaslExchange *exchange = data;

	if (exchange->state && exchange->mechanism->free_state)
		exchange->mechanism->free_state(exchange->state);
	g_free(exchange);
}

SaslExchange *
sasl_exchange(const Session *session)
{
	return session->sasl;
}

bool
sasl_is_open(const Session *session)
{
	return session->sasl != NULL;
}

void
sasl_drop(Session *session)
{
	if (session->sasl)
		exchange_free(g_steal_pointer(&session->sasl));
}

static const SaslMechanism *
find_mechanism(const Ctx *ctx, const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(mechanisms); i++)
		if (g_ascii_strcasecmp(mechanisms[i]->name, name) == 0 &&
		    is_usable(ctx, ctx->actor.session->peer.tls, mechanisms[i]))
			return mechanisms[i];
	return NULL;
}

bool
sasl_begin(Ctx *ctx, const SaslFraming *framing, const char *name)
{
	Session *session = ctx->actor.session;
	const SaslMechanism *mechanism = find_mechanism(ctx, name);
	SaslExchange *exchange;

	g_assert(!session->sasl);
	if (!mechanism)
		return false;
	exchange = g_new0(SaslExchange, 1);
	exchange->mechanism = mechanism;
	exchange->framing = framing;
	exchange->state = mechanism->begin ? mechanism->begin(ctx) : NULL;
	session->sasl = exchange;
	session->sasl_free = exchange_free;
	if (!login_may_try(ctx))
		sasl_end(ctx, SASL_FAILED, 0, LOGIN_TOO_MANY);
	else if (mechanism->begin && !exchange->state)
		sasl_end(ctx, SASL_FAILED, 0, "SASL authentication failed");
	else
		framing->challenge(ctx, NULL, 0);
	return true;
}

void
sasl_respond(Ctx *ctx, const char *response, size_t length)
{
	SaslExchange *exchange = ctx->actor.session->sasl;

	if (exchange->proved && length == 0)
		sasl_end(ctx, SASL_LOGGED_IN, exchange->account, "");
	else if (exchange->proved)
		sasl_end(ctx, SASL_FAILED, 0, "SASL authentication failed");
	else if (!login_may_try(ctx)) /* many exchanges may have begun before */
		sasl_end(ctx, SASL_FAILED, 0, LOGIN_TOO_MANY);
	else
		exchange->mechanism->respond(ctx, exchange, response, length);
}

void
sasl_abort(Ctx *ctx)
{
	if (ctx->actor.session->sasl)
		sasl_end(ctx, SASL_ABORTED, 0, "");
}

SaslStep
sasl_challenge(Ctx *ctx, const char *bytes, size_t length)
{
	const SaslExchange *exchange = ctx->actor.session->sasl;

	exchange->framing->challenge(ctx, (const unsigned char *)bytes, length);
	return SASL_STEP_MORE;
}

/* Several clients of one user are there as one account. */
static bool
may_switch(const Session *session, const Account *account)
{
	const User *user = session->user;

	return !user || user_sessions(user) < 2 || !user->login || user->login == account;
}

/* ANONYMOUS takes the place of what was proved before. */
static void
become_nobody(Ctx *ctx, Session *session)
{
	if (session->user) {
		act_log_out(ctx, session->user);
		return;
	}
	if (session->registration->account)
		act_log_out_early(ctx, session);
	session->registration->anonymous = true;
}

SaslStep
sasl_end(Ctx *ctx, SaslResult result, int64_t id, const char *text)
{
	Session *session = ctx->actor.session;
	const SaslFraming *framing = sasl_exchange(session)->framing;
	bool counted = sasl_exchange(session)->counted;
	Account *account = id ? accounts_by_id(ctx->community->accounts, id) : NULL;
	const char *obstacle = account ? account_obstacle(account, ctx->now) : NULL;

	sasl_drop(session);
	/* What was proved some lines ago may be locked since. */
	if (result == SASL_LOGGED_IN && obstacle) {
		result = SASL_LOCKED;
		text = obstacle;
	}
	if (result == SASL_LOGGED_IN && id && (!account || !may_switch(session, account))) {
		result = SASL_FAILED;
		text = account ? LOGIN_OTHERS : "The account is gone";
	}
	if (result == SASL_FAILED && !counted)
		login_failed(ctx);
	if (result == SASL_LOGGED_IN) {
		login_succeeded(ctx);
		if (account)
			act_log_in(ctx, session, account);
		else
			become_nobody(ctx, session);
	}
	framing->ended(ctx, result, text);
	return SASL_STEP_DONE;
}

SaslStep
sasl_prove(Ctx *ctx, const Account *account)
{
	return sasl_end(ctx, SASL_LOGGED_IN, account->id, "");
}
