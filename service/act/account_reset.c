/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"
#include "act/account_clients.h"
#include "act/account_code.h"
#include "act/account_names.h"
#include "act/account_rights.h"
#include "act/account_verbs.h"
#include "act/kept_accounts.h"
#include "act/login_limit.h"
#include "act/secret_work.h"
#include "settings/secret.h"

#include <string.h>

#define COMMAND "ACCOUNT"
#define SENT "If the account is completed and has an e-mail address, a code is on its way to it"
#define DIGEST (MAIL_WORDS - 1)

/* Nobody is told whether there is such an account, or what its address is. */
static void
reset_sent(Ctx *ctx, const MailAnswer *answer)
{
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);

	/* It may have another address by now, whose owner was sent nothing. */
	if (account && !answer->problem && strcmp(account->email, answer->words[0]) == 0) {
		account_set_code(account, ACCOUNT_CODE_RESET, answer->words[DIGEST], account->email,
		    ctx->now + ctx->community->settings->mail->code_time);
		kept_account_put(ctx, account);
		account_recorded(ctx, account, "reset asked for");
	}
	ctx_say(ctx, "%s", SENT);
}

Outcome
act_send_reset(Ctx *ctx, const char *name)
{
	const Account *account = accounts_find_nick(ctx->community->accounts, name);
	const char *const words[MAIL_WORDS] = {account ? account->email : ""};

	if (!mail_is_configured(ctx))
		return ctx_fail(ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", "*",
		    "This service sends no mail: ask its administrators");
	if (!registration_may_try(ctx))
		return ctx_fail(ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", "*",
		    "Too many requests from your address, try again later");
	/* Each costs as much as a registration: what is sent bothers somebody. */
	registration_happened(ctx);
	if (account && *account->email && account->verified)
		return account_mail_code(ctx, COMMAND, ACCOUNT_CODE_RESET, account->name,
		    account->email, words, account->id, reset_sent);
	ctx_say(ctx, "%s", SENT);
	return OUTCOME_DONE;
}

static bool
is_reset_code(const Ctx *ctx, const Account *account, const char *code)
{
	return account && account->code.kind == ACCOUNT_CODE_RESET &&
	       ctx->now < account->code.until && secret_code_is(account->code.digest, code);
}

static void
reset_hashed(Ctx *ctx, const SecretAnswer *answer)
{
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);

	/* One code, one password: another one may have been quicker. */
	if (!is_reset_code(ctx, account, answer->words[0]) || !answer->secret) {
		ctx_say(ctx, "The password was not changed, ask for another code");
		return;
	}
	account_set_secret(account, answer->secret);
	account_set_code(account, ACCOUNT_CODE_NONE, NULL, NULL, 0);
	account_changed(
	    ctx, account, "password reset", "The password is changed, you can log in with it");
	account_tell_other_clients(ctx, account);
}

Outcome
act_reset_password(Ctx *ctx, const char *name, const char *code, const char *password)
{
	const Account *account = accounts_find_nick(ctx->community->accounts, name);
	SecretWork work = {.new_password = password, .words = {code}};

	if (!login_may_try(ctx))
		return ctx_fail(ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", "*", LOGIN_TOO_MANY);
	if (!is_reset_code(ctx, account, code)) {
		login_failed(ctx);
		return ctx_fail(ctx, COMMAND, "INVALID_CODE", "*",
		    "This is not the code that was sent, or it is too old");
	}
	if (account_check_password_form(ctx, COMMAND, account->name, password) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	work.account = account->id;
	if (secret_work(ctx, &work, reset_hashed) == OUTCOME_PENDING)
		return OUTCOME_PENDING;
	return ctx_fail(ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", account->name,
	    "Too many passwords at once, try again");
}

/* ---- Another address ---- */

static void
address_sent(Ctx *ctx, const MailAnswer *answer)
{
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);
	g_autofree char *text = NULL;

	if (!account)
		return;
	if (answer->problem) {
		account_mail_failed(ctx, COMMAND, account->name, answer);
		return;
	}
	account_set_code(account, ACCOUNT_CODE_EMAIL, answer->words[DIGEST], answer->words[0],
	    ctx->now + ctx->community->settings->mail->code_time);
	text = g_strdup_printf(
	    "A code was sent to %s: confirm the address with VERIFY", answer->words[0]);
	account_changed(ctx, account, "e-mail to be confirmed", text);
}

Outcome
act_set_account_email(Ctx *ctx, Account *account, const char *email)
{
	const char *const words[MAIL_WORDS] = {email};

	if (account_must_own(ctx, account) != OUTCOME_DONE ||
	    account_check_email(ctx, COMMAND, account->name, email) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (*email && mail_is_configured(ctx) && ctx->actor.session) {
		if (!registration_may_try(ctx))
			return ctx_fail(ctx, COMMAND, "TEMPORARILY_UNAVAILABLE", account->name,
			    "Too many requests from your address, try again later");
		registration_happened(ctx);
		return account_mail_code(ctx, COMMAND, ACCOUNT_CODE_EMAIL, account->name, email,
		    words, account->id, address_sent);
	}
	account_set_email(account, email);
	/* A code that was sent to another address, or to confirm one, is for what is over. */
	if (account->code.kind != ACCOUNT_CODE_VERIFY)
		account_set_code(account, ACCOUNT_CODE_NONE, NULL, NULL, 0);
	return account_changed(ctx, account, "e-mail changed", "The e-mail address is changed");
}
