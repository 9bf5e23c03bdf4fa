/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"
#include "act/account_rights.h"
#include "act/account_verbs.h"
#include "act/login_limit.h"
#include "settings/secret.h"
#include "settings/totp.h"

#include <string.h>

Outcome
act_offer_totp(Ctx *ctx, Account *account)
{
	g_autofree char *network = g_uri_escape_string(ctx->community->network, NULL, FALSE);
	g_autofree char *name = g_uri_escape_string(account->name, NULL, FALSE);
	unsigned char key[TOTP_KEY_SIZE];

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (*account->totp)
		return account_fail(
		    ctx, account, "ALREADY_ON", "The account has a second factor already");
	ctx->random->fill(ctx->random, key, sizeof key);
	secret_text_free(account->totp_offered);
	account->totp_offered = totp_secret(key);
	explicit_bzero(key, sizeof key);
	ctx_say(ctx, "Secret: %s", account->totp_offered);
	ctx_say(ctx, "otpauth://totp/%s:%s?secret=%s&issuer=%s", network, name,
	    account->totp_offered, network);
	ctx_say(ctx, "Put it into your authenticator, then: TOTP ON and the code it shows");
	return OUTCOME_DONE;
}

static Outcome
wrong_code(Ctx *ctx, const Account *account)
{
	login_failed(ctx);
	return account_fail(ctx, account, "INVALID_CODE", "This is not the code of now");
}

Outcome
act_enable_totp(Ctx *ctx, Account *account, const char *code)
{
	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!account->totp_offered)
		return account_fail(ctx, account, "NOT_OFFERED", "Get a secret first: TOTP NEW");
	if (!login_may_try(ctx))
		return account_fail(ctx, account, "TEMPORARILY_UNAVAILABLE", LOGIN_TOO_MANY);
	if (!totp_check(account->totp_offered, code, ctx->now, &account->totp_step))
		return wrong_code(ctx, account);
	account_set_totp(account, account->totp_offered);
	secret_text_free(g_steal_pointer(&account->totp_offered));
	return account_changed(ctx, account, "second factor on",
	    "From now on a code follows your password: password:123456");
}

Outcome
act_disable_totp(Ctx *ctx, Account *account, const char *code)
{
	bool is_own = ctx->actor.user && ctx->actor.user->login == account;

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!*account->totp)
		return account_fail(ctx, account, "NOT_ON", "The account has no second factor");
	/* Nobody goes without a code on his own account: a stolen session is not enough. */
	if (is_own || !actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL)) {
		if (!login_may_try(ctx))
			return account_fail(
			    ctx, account, "TEMPORARILY_UNAVAILABLE", LOGIN_TOO_MANY);
		if (!totp_check(account->totp, code, ctx->now, &account->totp_step))
			return wrong_code(ctx, account);
	}
	account_set_totp(account, "");
	return account_changed(ctx, account, "second factor off", "The password is enough again");
}
