/* SPDX-License-Identifier: MIT */
#include "act/login_limit.h"

#include "proto/cidr.h"

#define NETWORK_BYTES 8u /* of an IPv6 address: its /64 */

static char *
address_key(const Ctx *ctx)
{
	const char *address = ctx->actor.session->peer.address;
	GString *key;
	Cidr cidr;

	if (!cidr_parse(address, &cidr) || cidr.family != 6)
		return g_strdup(address);
	key = g_string_new(NULL);
	for (unsigned i = 0; i < NETWORK_BYTES; i++)
		g_string_append_printf(key, "%02x", cidr.bytes[i]);
	return g_string_free(key, FALSE);
}

/* Those with the right to it are told once, by what was the last that is let through. */
static void
tell_limit(Ctx *ctx, bool reached, const char *what)
{
	g_autofree char *text = NULL;
	Event event;

	if (!reached)
		return;
	text = g_strdup_printf("%s from %s", what, ctx->actor.session->peer.address);
	event = ctx_event(ctx, EVENT_FLOOD);
	event.text = text;
	announce(ctx, &event);
}

bool
login_may_try(const Ctx *ctx)
{
	const Community *community = ctx->community;
	g_autofree char *key = address_key(ctx);

	return throttle_allows(
	    community->logins, key, community->settings->accounts->login_failures, ctx->monotonic);
}

void
login_failed(Ctx *ctx)
{
	const Community *community = ctx->community;
	g_autofree char *key = address_key(ctx);

	Event event = ctx_event(ctx, EVENT_LOGIN_FAILED);

	counter_add(&ctx->out->counters, COUNTER_LOGINS_FAILED, 1);
	event.text = ctx->actor.session->peer.address;
	event.by = session_name(ctx->actor.session);
	announce(ctx, &event);
	throttle_count(
	    community->logins, key, community->settings->accounts->login_window, ctx->monotonic);
	tell_limit(ctx, !login_may_try(ctx), "failed logins");
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
	tell_limit(ctx, !registration_may_try(ctx), "registrations of accounts");
}
