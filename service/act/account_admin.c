/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"
#include "act/account_names.h"
#include "act/account_rights.h"
#include "act/account_verbs.h"
#include "act/channel_verbs.h"
#include "act/erasure.h"
#include "act/kept_accounts.h"
#include "act/kept_names.h"
#include "act/login_limit.h"
#include "act/secret_work.h"
#include "base/clock.h"
#include "proto/casemap.h"

#define COMMAND "ACCOUNT"
#define REASON_MAX 300u /* bytes */

Outcome
act_suspend_account(Ctx *ctx, Account *account, const char *reason, int64_t duration)
{
	g_autofree char *text = cut_text(reason, REASON_MAX);
	g_autofree char *what = NULL;
	char until[CLOCK_TEXT_SIZE];

	if (account_must_manage(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	account_suspend(
	    account, ctx->actor.name, text, ctx->now, duration > 0 ? ctx->now + duration : 0);
	kept_account_put(ctx, account);
	if (duration > 0)
		clock_format(ctx->now + duration, until);
	what = g_strdup_printf("suspended%s%s%s%s", duration > 0 ? " until " : "",
	    duration > 0 ? until : "", *text ? ": " : "", text);
	account_recorded(ctx, account, what);
	act_log_out_all(ctx, account);
	ctx_say(ctx, "%s is suspended", account->name);
	return OUTCOME_DONE;
}

Outcome
act_unsuspend_account(Ctx *ctx, Account *account)
{
	if (account_must_manage(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!account->suspension.by)
		return ctx_fail(
		    ctx, COMMAND, "NOT_SUSPENDED", account->name, "The account is not suspended");
	account_suspend(account, NULL, NULL, ctx->now, 0);
	kept_account_put(ctx, account);
	account_recorded(ctx, account, "unsuspended");
	ctx_say(ctx, "%s is suspended no longer", account->name);
	return OUTCOME_DONE;
}

/* Owners choose among their nicks, or anything where accounts have names of their own. */
static Outcome
check_new_name(Ctx *ctx, const Account *account, const char *name)
{
	bool is_own = account_owns_nick(account, name);

	if (account_must_own(ctx, account) != OUTCOME_DONE ||
	    account_check_name(ctx, COMMAND, name) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (is_own)
		return OUTCOME_DONE;
	if (!actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL) &&
	    !ctx->community->settings->accounts->custom_names)
		return ctx_fail(ctx, COMMAND, "ACCOUNT_NAME_MUST_BE_NICK", name,
		    "The name must be a nick of the account: GROUP it first");
	return account_check_free(ctx, COMMAND, account, name);
}

Outcome
act_rename_account(Ctx *ctx, Account *account, const char *name)
{
	g_autofree char *what = NULL;
	g_autofree char *before = NULL;

	if (check_new_name(ctx, account, name) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	before = g_strdup(account->name);
	accounts_rename(ctx->community->accounts, account, name);
	kept_name_leaves(ctx, account->id, before);
	channels_rename_account(ctx, before, account->name);
	kept_account_put(ctx, account);
	what = g_strdup_printf("renamed, was %s", before);
	account_recorded(ctx, account, what);
	/* Each is taken out of the array and added at its end again. */
	for (guint i = account->users->len; i > 0; i--)
		act_refresh_account(ctx, account->users->pdata[0]);
	ctx_say(ctx, "The account is called %s now", account->name);
	return OUTCOME_DONE;
}

static void
erase(Ctx *ctx, Account *account)
{
	g_autofree char *name = g_strdup(account->name);

	account_recorded(ctx, account, "erased");
	erase_account(ctx, account);
	ctx_say(ctx, "The account %s is gone, and what it said is being erased", name);
}

static void
proved(Ctx *ctx, const SecretAnswer *answer)
{
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);

	/* It may not be his any more: he was logged out meanwhile. */
	if (!account || account_must_own(ctx, account) != OUTCOME_DONE)
		return;
	if (answer->right) {
		erase(ctx, account);
		return;
	}
	login_failed(ctx);
	ctx_fail(ctx, COMMAND, "INVALID_PASSWORD", account->name, "The password is wrong");
}

Outcome
act_erase_account(Ctx *ctx, Account *account, const char *password)
{
	const SecretWork work = {
	    .stored = account->secret, .password = password, .account = account->id};

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL)) {
		erase(ctx, account);
		return OUTCOME_DONE;
	}
	/* Who logs in by certificates only has nothing else to prove it with. */
	if (!*account->secret) {
		erase(ctx, account);
		return OUTCOME_DONE;
	}
	if (!*password)
		return ctx_fail(ctx, COMMAND, "NEED_PASSWORD", account->name,
		    "This is for good: say the account's password behind its name");
	if (!login_may_try(ctx))
		return ctx_fail(
		    ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", account->name, LOGIN_TOO_MANY);
	if (secret_work(ctx, &work, proved) == OUTCOME_PENDING)
		return OUTCOME_PENDING;
	return ctx_fail(ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", account->name,
	    "Too many passwords at once, try again");
}
