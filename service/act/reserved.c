/* SPDX-License-Identifier: MIT */
#include "act/reserved.h"

#include "domain/lookalikes.h"
#include "proto/casemap.h"
#include "proto/mask.h"

static const Account *
login_of(const Ctx *ctx)
{
	const Session *session = ctx->actor.session;

	if (ctx->actor.user)
		return ctx->actor.user->login;
	return session && session->registration
		   ? accounts_by_id(ctx->community->accounts, session->registration->account)
		   : NULL;
}

static bool
is_excepted(const Ctx *ctx, const SettingsReserved *reserved)
{
	const Account *login = login_of(ctx);

	if (reserved->operators && ctx->actor.user && ctx->actor.user->operator_name)
		return true;
	for (unsigned i = 0; login && reserved->accounts[i]; i++)
		if (casemap_equal(reserved->accounts[i], login->name))
			return true;
	return false;
}

/* A name that is read as a reserved one is one. */
static bool
any_matches(const Ctx *ctx, char *const *masks, const char *name)
{
	const Lookalikes *looks = directory_lookalikes(ctx->community->directory);

	for (unsigned i = 0; masks[i]; i++)
		if (mask_match(masks[i], name) ||
		    (looks && lookalikes_mask_reads(looks, masks[i], name)))
			return true;
	return false;
}

const char *
reserved_nick(const Ctx *ctx, const char *nick, bool before_login)
{
	const GPtrArray *all = ctx->community->settings->reserved;

	for (guint i = 0; ctx->actor.kind == ACTOR_USER && i < all->len; i++) {
		const SettingsReserved *reserved = g_ptr_array_index(all, i);

		if ((before_login && reserved->accounts[0]) ||
		    !any_matches(ctx, reserved->nicks, nick) || is_excepted(ctx, reserved))
			continue;
		return reserved->reason;
	}
	return NULL;
}

const char *
reserved_channel(const Ctx *ctx, const char *name)
{
	const GPtrArray *all = ctx->community->settings->reserved;

	for (guint i = 0; ctx->actor.kind == ACTOR_USER && i < all->len; i++) {
		const SettingsReserved *reserved = g_ptr_array_index(all, i);

		if (any_matches(ctx, reserved->channels, name) && !is_excepted(ctx, reserved))
			return reserved->reason;
	}
	return NULL;
}
