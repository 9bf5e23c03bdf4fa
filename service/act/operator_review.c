/* SPDX-License-Identifier: MIT */
#include "act/operator_review.h"

#include "act/operator_rows.h"
#include "act/verbs.h"

#include <string.h>

static bool
any_certificate(const SettingsOperator *row, const User *user)
{
	for (const Session *session = user->sessions; session; session = session->next)
		if (operator_has_certificate(row, session))
			return true;
	return false;
}

/* What a file holds is not looked at: it is read when somebody says OPER. */
static bool
has_other_secret(const SettingsOperator *before, const SettingsOperator *row)
{
	return strcmp(before->password, row->password) != 0 ||
	       strcmp(before->password_file, row->password_file) != 0 ||
	       strcmp(before->totp_file, row->totp_file) != 0;
}

/* NULL: he may stay one. */
static const char *
objection(const User *user, const SettingsOperator *before, const SettingsOperator *row)
{
	if (!row)
		return "it is not in the configuration any more";
	if (!before || has_other_secret(before, row))
		return "it has another password or second factor; use OPER again";
	if (!operator_comes_from(row, user))
		return "it is not for where you come from, or for your account, any more";
	if (!any_certificate(row, user))
		return "it is not for your certificate any more";
	return NULL;
}

static void
write_notice(Ctx *ctx, const void *text)
{
	reply_line(
	    ctx->reply, "NOTICE %s :*** %s", session_name(ctx->actor.session), (const char *)text);
}

static void
notify(Ctx *ctx, const User *user, const char *text)
{
	for (const Session *session = user->sessions; session; session = session->next)
		ctx->host->tell(ctx->host, session->handle, write_notice, text);
}

static void
review(Ctx *ctx, User *user, const Settings *before)
{
	const SettingsOperator *row = operator_row(ctx->community->settings, user->operator_name);
	const char *problem = objection(user, operator_row(before, user->operator_name), row);
	g_autofree char *text = NULL;

	if (problem) {
		text = g_strdup_printf(
		    "You are operator %s no more: %s", user->operator_name, problem);
		act_user_mode(ctx, user, "-o", NULL, 0);
	} else if (user->privileges != row->privileges) {
		text = g_strdup_printf("Operator %s has other privileges now", row->origin.name);
		user_set_operator(user, row->origin.name, row->privileges);
	}
	if (text)
		notify(ctx, user, text);
}

void
act_review_operators(Ctx *ctx, const Settings *before)
{
	uint32_t cursor = 0;
	User *user;

	while ((user = directory_next_user(ctx->community->directory, &cursor)))
		if (user_is_operator(user))
			review(ctx, user, before);
}
