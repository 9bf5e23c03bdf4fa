/* SPDX-License-Identifier: MIT */
#include "act/device.h"

#include "act/kept_accounts.h"
#include "proto/casemap.h"
#include "proto/utf8.h"

#include <string.h>

static const char *
device_name(const Session *session)
{
	return session->device ? session->device : DEVICE_UNNAMED;
}

void
device_take(Session *session, char *name)
{
	char *at = strchr(name, '@');
	size_t length;

	if (!at)
		return;
	*at = '\0';
	length = utf8_cut(at + 1, strlen(at + 1), ACCOUNT_DEVICE_NAME_MAX);
	if (session->user || length == 0)
		return;
	g_free(session->device);
	session->device = g_strndup(at + 1, length);
}

/* When the session was last heard of, wall. */
static int64_t
heard_at(const Ctx *ctx, const Session *session)
{
	return ctx->now - (ctx->monotonic - session->heard_at);
}

/* By older connections of it, of which the service may not know yet that they are dead. Those of
 * clients without a name are others as a rule. */
static int64_t
seen_elsewhere(const Ctx *ctx, const Session *session)
{
	int64_t newest = 0;

	if (!session->device)
		return 0;
	for (const Session *other = session->user->sessions; other; other = other->next)
		if (other != session && casemap_equal(device_name(other), device_name(session)))
			newest = MAX(newest, heard_at(ctx, other));
	return newest;
}

void
device_came(const Ctx *ctx, Session *session)
{
	const Account *account = session->user->login;

	if (account)
		session->device_seen_at = MAX(account_device_seen(account, device_name(session)),
		    seen_elsewhere(ctx, session));
}

void
device_caught_up(Ctx *ctx, const Session *session, int64_t when)
{
	Account *account = session->user->login;

	/* Forward only: an old connection may end after a new one came. */
	if (!account || when <= account_device_seen(account, device_name(session)))
		return;
	account_see_device(account, device_name(session), when);
	kept_account_touch(ctx, account);
}

void
device_left(Ctx *ctx, const Session *session)
{
	if (session->replaying == 0)
		device_caught_up(ctx, session, session->lost ? heard_at(ctx, session) : ctx->now);
}
