/* SPDX-License-Identifier: MIT */
#include "act/login_limit.h"

#include "proto/cidr.h"

static char *
address_key(const Ctx *ctx)
{
	return cidr_network_text(ctx->actor.session->peer.address);
}

/* Those with the right to it are told once, by what was the last that is let through. */
static void
tell_limit(Ctx *ctx, bool reached, const char *what, const char *address)
{
	g_autofree char *text = NULL;
	Event event;

	if (!reached)
		return;
	text = g_strdup_printf("%s from %s", what, address);
	event = ctx_event(ctx, EVENT_FLOOD);
	event.text = text;
	announce(ctx, &event);
}

static bool
may_try(const Ctx *ctx, const char *key)
{
	const Community *community = ctx->community;

	return throttle_allows(
	    community->logins, key, community->settings->accounts->login_failures, ctx->monotonic);
}

bool
login_may_try(const Ctx *ctx)
{
	g_autofree char *key = address_key(ctx);

	return may_try(ctx, key);
}

void
login_abandoned(Ctx *ctx, const char *nick, const char *address)
{
	const Community *community = ctx->community;
	g_autofree char *key = cidr_network_text(address);
	Event event = ctx_event(ctx, EVENT_LOGIN_FAILED);

	counter_add(&ctx->out->counters, COUNTER_LOGINS_FAILED, 1);
	event.text = address;
	event.by = nick;
	announce(ctx, &event);
	throttle_count(
	    community->logins, key, community->settings->accounts->login_window, ctx->monotonic);
	tell_limit(ctx, !may_try(ctx, key), "failed logins", address);
}

void
login_failed(Ctx *ctx)
{
	const Session *session = ctx->actor.session;

	login_abandoned(ctx, session_name(session), session->peer.address);
}

void
login_succeeded(Ctx *ctx)
{
	counter_add(&ctx->out->counters, COUNTER_LOGINS, 1);
}

bool
registration_may_try(const Ctx *ctx)
{
	const Community *community = ctx->community;
	g_autofree char *key = address_key(ctx);

	return throttle_allows(community->registrations, key,
	    community->settings->accounts->registrations, ctx->monotonic);
}

void
registration_happened(Ctx *ctx)
{
	const Community *community = ctx->community;
	g_autofree char *key = address_key(ctx);

	throttle_count(community->registrations, key,
	    community->settings->accounts->registration_window, ctx->monotonic);
	tell_limit(ctx, !registration_may_try(ctx), "registrations of accounts",
	    ctx->actor.session->peer.address);
}
