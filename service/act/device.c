/* SPDX-License-Identifier: MIT */
#include "act/device.h"

#include "act/kept_accounts.h"
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

void
device_came(Session *session)
{
	const Account *account = session->user->login;

	session->device_seen_at = account ? account_device_seen(account, device_name(session)) : 0;
}

void
device_left(Ctx *ctx, const Session *session)
{
	Account *account = session->user->login;

	if (!account)
		return;
	account_see_device(account, device_name(session), ctx->now);
	kept_account_touch(ctx, account);
}
