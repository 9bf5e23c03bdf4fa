/* SPDX-License-Identifier: MIT */
#include "act/account_due.h"

#include "act/account_verbs.h"
#include "act/kept_accounts.h"
#include "domain/account.h"
#include "domain/user.h"

#define SLICE 2000u /* accounts in one turn */
#define DAY (INT64_C(86400) * CLOCK_SECOND)

/* A presence without a client is nobody who uses it. */
static bool
has_client(const Account *account)
{
	for (guint i = 0; i < account->users->len; i++)
		if (user_sessions(g_ptr_array_index(account->users, i)) > 0)
			return true;
	return false;
}

/* True if it was erased. */
static bool
look_at(Ctx *ctx, Account *account)
{
	int64_t lasts = ctx->community->settings->accounts->expire;

	if (has_client(account)) {
		if (ctx->now - account->used_at < DAY)
			return false;
		account->used_at = ctx->now;
		kept_account_put(ctx, account);
	} else if (lasts > 0 && account->used_at + lasts <= ctx->now) {
		act_erase_account(ctx, account, "");
		return true;
	}
	return false;
}

bool
account_due_slice(Ctx *ctx, uint32_t *cursor)
{
	for (unsigned i = 0; i < SLICE; i++) {
		Account *account = accounts_next(ctx->community->accounts, cursor);

		if (!account)
			return false;
		/* Each looks for its traces in all channels: a turn of its own. */
		if (look_at(ctx, account))
			return true;
	}
	return true;
}
