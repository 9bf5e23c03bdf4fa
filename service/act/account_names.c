/* SPDX-License-Identifier: MIT */
#include "act/account_names.h"

#include "act/kept_names.h"

#include "act/reserved.h"
#include "act/services.h"
#include "proto/casemap.h"
#include "proto/mask.h"
#include "proto/message.h"
#include "proto/names.h"
#include "proto/utf8.h"
#include "settings/secret.h"

#include <string.h>

Outcome
account_check_name(Ctx *ctx, const char *command, const char *name)
{
	const char *reserved = reserved_nick(ctx, name, false);

	if (!name_is_nick(name, ctx->community->settings->limits->nick))
		return ctx_fail(ctx, command, "BAD_ACCOUNT_NAME", message_middle(name),
		    "An account name has the form of a nick");
	if (service_find(name))
		return ctx_fail(
		    ctx, command, "BAD_ACCOUNT_NAME", name, "This name is the service's own");
	if (reserved)
		return ctx_fail(ctx, command, "BAD_ACCOUNT_NAME", name, reserved);
	return OUTCOME_DONE;
}

/* An account whose registration was never completed makes room once its code is no longer good. */
static bool
is_abandoned(const Ctx *ctx, const Account *account)
{
	return !account->verified && account->code.kind == ACCOUNT_CODE_VERIFY &&
	       account->code.until <= ctx->now;
}

/* Somebody who is here under that name and is not the one who asks. */
static bool
is_in_use(const Ctx *ctx, const char *name)
{
	const Session *session = ctx->actor.session;
	const User *bearer = directory_find_user(ctx->community->directory, name);

	if (bearer)
		return bearer != ctx->actor.user;
	return session && !directory_nick_is_free(ctx->community->directory, name, session);
}

Outcome
account_check_free(Ctx *ctx, const char *command, const Account *own, const char *name)
{
	const Account *account = accounts_find_nick(ctx->community->accounts, name);

	if (account && !is_abandoned(ctx, account))
		return ctx_fail(
		    ctx, command, "ACCOUNT_EXISTS", name, "This name is registered already");
	if (kept_name_is_leaving(ctx, name, own ? own->id : 0))
		return ctx_fail(ctx, command, "ACCOUNT_EXISTS", name,
		    "This name was another account's until now; try again in a moment");
	if (accounts_nick_misleads(ctx->community->accounts, name, own))
		return ctx_fail(ctx, command, "ACCOUNT_EXISTS", name,
		    "This name looks like one that is registered already");
	if (ctx->actor.kind == ACTOR_USER && is_in_use(ctx, name))
		return ctx_fail(
		    ctx, command, "ACCOUNT_EXISTS", name, "Somebody else is here under this name");
	return OUTCOME_DONE;
}

static bool
holds_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == '\x7f')
			return true;
	return false;
}

Outcome
account_check_password_form(Ctx *ctx, const char *command, const char *name, const char *password)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;
	size_t length = strlen(password);

	if (length > SECRET_PASSWORD_MAX)
		return ctx_fail(
		    ctx, command, "UNACCEPTABLE_PASSWORD", name, "The password is too long");
	if (!utf8_is_valid(password, length) || holds_control(password))
		return ctx_fail(ctx, command, "UNACCEPTABLE_PASSWORD", name,
		    "The password holds bytes that are no characters");
	if (length == 0 || length < settings->password_least) {
		g_autofree char *text = g_strdup_printf(
		    "The password needs at least %u bytes", settings->password_least);

		return ctx_fail(ctx, command, "WEAK_PASSWORD", name, text);
	}
	if (casemap_equal(password, name))
		return ctx_fail(
		    ctx, command, "WEAK_PASSWORD", name, "The password is the account's name");
	return OUTCOME_DONE;
}

static bool
is_refused_email(const Ctx *ctx, const char *email)
{
	for (char **mask = ctx->community->settings->accounts->email_refused; *mask; mask++)
		if (mask_match(*mask, email))
			return true;
	return false;
}

Outcome
account_check_email(Ctx *ctx, const char *command, const char *name, const char *email)
{
	if (!*email && ctx->community->settings->accounts->email_required)
		return ctx_fail(ctx, command, "INVALID_EMAIL", name, "An e-mail address is needed");
	if (*email && !name_is_email(email))
		return ctx_fail(ctx, command, "INVALID_EMAIL", name,
		    "This is no e-mail address that mail can be sent to");
	if (*email && !actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL) && is_refused_email(ctx, email))
		return ctx_fail(ctx, command, "UNACCEPTABLE_EMAIL", name,
		    "Addresses like this one are not taken here");
	return OUTCOME_DONE;
}
