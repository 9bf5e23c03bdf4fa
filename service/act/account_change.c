/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"
#include "act/account_clients.h"
#include "act/account_names.h"
#include "act/account_rights.h"
#include "act/account_verbs.h"
#include "act/kept_accounts.h"
#include "act/kept_names.h"
#include "act/login_limit.h"
#include "act/nick_guard.h"
#include "act/presence.h"
#include "act/secret_work.h"
#include "act/verbs.h"
#include "base/close_reason.h"
#include "proto/casemap.h"
#include "proto/message.h"

#include <string.h>

#define COMMAND "ACCOUNT"
#define FINGERPRINT_DIGITS 64u

Account *
act_find_account(Ctx *ctx, const char *name)
{
	Account *account = accounts_find_nick(ctx->community->accounts, name);

	if (!account)
		ctx_fail(ctx, COMMAND, "NO_SUCH_ACCOUNT", *name ? message_middle(name) : "*",
		    "There is no such account");
	return account;
}

Outcome
act_set_account_secret(Ctx *ctx, Account *account, const char *secret)
{
	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	account_set_secret(account, secret);
	/* Whoever had codes sent to lose or move the account has nothing of them; a registration is
	 * still to be completed. */
	if (account->code.kind != ACCOUNT_CODE_VERIFY)
		account_set_code(account, ACCOUNT_CODE_NONE, NULL, NULL, 0);
	account_changed(ctx, account, "password changed", "The password is changed");
	account_tell_other_clients(ctx, account);
	return OUTCOME_DONE;
}

static void
password_made(Ctx *ctx, const SecretAnswer *answer)
{
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);
	bool must_know = !actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL);

	if (!account)
		return;
	if (must_know && !answer->right) {
		login_failed(ctx);
		account_fail(ctx, account, "INVALID_PASSWORD", "The old password is wrong");
	} else if (!answer->secret) {
		account_fail(ctx, account, "UNACCEPTABLE_PASSWORD",
		    "This cannot be a password, choose another");
	} else {
		act_set_account_secret(ctx, account, answer->secret);
	}
}

Outcome
act_change_password(Ctx *ctx, Account *account, const char *old_password, const char *new_password)
{
	const SecretWork work = {
	    .stored = account->secret,
	    .password = old_password,
	    .new_password = new_password,
	    .account = account->id,
	};

	if (account_must_own(ctx, account) != OUTCOME_DONE ||
	    account_check_password_form(ctx, COMMAND, account->name, new_password) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!login_may_try(ctx))
		return account_fail(ctx, account, "TEMPORARILY_UNAVAILABLE", LOGIN_TOO_MANY);
	if (secret_work(ctx, &work, password_made) == OUTCOME_PENDING)
		return OUTCOME_PENDING;
	return account_fail(
	    ctx, account, "TEMPORARILY_UNAVAILABLE", "Too many passwords at once, try again");
}

Outcome
act_group_nick(Ctx *ctx, Account *account, const char *nick)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;

	if (account_must_own(ctx, account) != OUTCOME_DONE ||
	    account_check_name(ctx, COMMAND, nick) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (account_owns_nick(account, nick))
		return account_fail(
		    ctx, account, "ACCOUNT_EXISTS", "This nick is the account's already");
	if (account_check_free(ctx, COMMAND, account, nick) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (account->nicks->len >= MIN(settings->nicks, ACCOUNT_NICKS_MAX))
		return account_fail(
		    ctx, account, "TOO_MANY", "The account holds as many nicks as it may");
	accounts_add_nick(ctx->community->accounts, account, nick);
	return account_changed(ctx, account, "nick grouped", "The nick belongs to the account now");
}

Outcome
act_ungroup_nick(Ctx *ctx, Account *account, const char *nick)
{
	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (casemap_equal(account->name, nick))
		return account_fail(
		    ctx, account, "NOT_GROUPED", "This is the account's name: use RENAME");
	if (!accounts_remove_nick(ctx->community->accounts, account, nick))
		return account_fail(
		    ctx, account, "NOT_GROUPED", "This nick is not grouped with the account");
	kept_name_leaves(ctx, account->id, nick);
	return account_changed(
	    ctx, account, "nick ungrouped", "The nick belongs to the account no longer");
}

/* As it is kept: lower case without colons; false if it is no SHA-256. */
static bool
clean_fingerprint(const char *text, char clean[static FINGERPRINT_DIGITS + 1])
{
	unsigned length = 0;

	for (; *text; text++) {
		if (*text == ':')
			continue;
		if (!g_ascii_isxdigit(*text) || length == FINGERPRINT_DIGITS)
			return false;
		clean[length++] = g_ascii_tolower(*text);
	}
	clean[length] = '\0';
	return length == FINGERPRINT_DIGITS;
}

Outcome
act_add_certificate(Ctx *ctx, Account *account, const char *fingerprint)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;
	char clean[FINGERPRINT_DIGITS + 1];

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!clean_fingerprint(fingerprint, clean))
		return account_fail(ctx, account, "BAD_CERTIFICATE",
		    "A fingerprint is the SHA-256 of a certificate, 64 hexadecimal digits");
	if (accounts_find_certificate(ctx->community->accounts, clean) ||
	    kept_name_is_leaving(ctx, clean, account->id))
		return account_fail(
		    ctx, account, "ACCOUNT_EXISTS", "This certificate is an account's already");
	if (account->certificates->len >= MIN(settings->certificates, ACCOUNT_CERTIFICATES_MAX))
		return account_fail(
		    ctx, account, "TOO_MANY", "The account holds as many certificates as it may");
	accounts_add_certificate(ctx->community->accounts, account, clean, ctx->now);
	return account_changed(ctx, account, "certificate added", "The certificate is added");
}

Outcome
act_remove_certificate(Ctx *ctx, Account *account, const char *fingerprint)
{
	char clean[FINGERPRINT_DIGITS + 1];

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!clean_fingerprint(fingerprint, clean) ||
	    !accounts_remove_certificate(ctx->community->accounts, account, clean))
		return account_fail(
		    ctx, account, "BAD_CERTIFICATE", "The account has no such certificate");
	kept_name_leaves(ctx, account->id, clean);
	return account_changed(ctx, account, "certificate removed", "The certificate is removed");
}

Outcome
act_set_account_setting(Ctx *ctx, Account *account, const char *name, const char *word)
{
	AccountSetting setting = account_setting_find(name);
	g_autofree char *text = NULL;

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (setting == ACCOUNT_SETTINGS)
		return account_fail(ctx, account, "NO_SUCH_SETTING", "There is no such setting");
	if (!account_setting_set(account, setting, word)) {
		text = g_strdup_printf("allowed are: %s", account_setting_row(setting)->words);
		return account_fail(ctx, account, "BAD_VALUE", text);
	}
	text = g_strdup_printf("%s is %s now", account_setting_row(setting)->name, word);
	account_changed(ctx, account, "setting changed", text);
	presence_end_of_account(ctx, account);
	return OUTCOME_DONE;
}

Outcome
act_release_nick(Ctx *ctx, Account *account, const char *nick)
{
	User *bearer = directory_find_user(ctx->community->directory, nick);

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!account_owns_nick(account, nick))
		return account_fail(ctx, account, "NOT_GROUPED", "This nick is not the account's");
	if (!bearer || bearer->login == account)
		return account_fail(ctx, account, "NOT_IN_USE", "Nobody else bears this nick");
	nick_guard_expel(ctx, bearer);
	ctx_say(ctx, "The nick is free");
	return OUTCOME_DONE;
}

Outcome
act_ghost(Ctx *ctx, Account *account, const char *nick)
{
	User *bearer = directory_find_user(ctx->community->directory, nick);
	const Actor actor = ctx->actor;
	g_autofree char *reason = g_strdup_printf("GHOST command used by %s", actor.name);

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!account_owns_nick(account, nick))
		return account_fail(ctx, account, "NOT_GROUPED", "This nick is not the account's");
	if (!bearer || bearer == actor.user)
		return account_fail(ctx, account, "NOT_IN_USE", "Nobody else bears this nick");
	if (bearer->login == account && presence_stays(ctx->community, bearer)) {
		account_close_clients(ctx, bearer, reason);
		ctx_say(ctx, "Its clients are disconnected; the user stays. NICK %s makes you him",
		    bearer->nick);
		return OUTCOME_DONE;
	}
	ctx->actor = (Actor){.kind = ACTOR_SERVICE, .name = ctx->community->server_name};
	act_kill(ctx, bearer, reason);
	ctx->actor = actor;
	ctx_say(ctx, "The nick is free");
	return OUTCOME_DONE;
}
