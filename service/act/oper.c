/* SPDX-License-Identifier: MIT */
#include "act/kept_operator_codes.h"
#include "act/login_limit.h"
#include "act/operator_rows.h"
#include "act/secret_work.h"
#include "act/verbs.h"
#include "proto/modes.h"
#include "settings/secret.h"

#include <string.h>

void
act_tell_operator_motd(Ctx *ctx)
{
	char **line = ctx->community->operator_motd;

	if (!*line)
		return;
	reply(ctx, RPL_OMOTDSTART, ctx->community->server_name);
	for (; *line; line++)
		reply(ctx, RPL_OMOTD, *line);
	reply(ctx, RPL_ENDOFOMOTD);
}

static void
make_operator(Ctx *ctx, const SettingsOperator *owner)
{
	User *user = ctx->actor.user;
	bool known = user_is_operator(user);
	Event event;

	user_set_operator(user, owner->origin.name, owner->privileges);
	user->modes |= MODE_USER_OPERATOR;
	if (!known) {
		ctx->community->operators++;
		event = ctx_event(ctx, EVENT_USER_MODE);
		event.target = user;
		event.text = "+o";
		announce(ctx, &event);
	}
	reply(ctx, RPL_YOUREOPER);
	act_tell_operator_motd(ctx);
	event = ctx_event(ctx, EVENT_OPERATOR);
	event.text = "+o";
	event.by = owner->origin.name;
	announce(ctx, &event);
}

/* Where from, and with which certificate. */
static bool
is_known(const Ctx *ctx, const SettingsOperator *owner)
{
	return operator_comes_from(owner, ctx->actor.user) &&
	       operator_has_certificate(owner, ctx->actor.session);
}

#define UNKNOWN_PLACE "not from there, or without its certificate or account"
/* Of a password nobody knows. */
#define DECOY                                                                                      \
	"SCRAM-SHA-256$32768:6Ev98iwkzyOqUxKdixqv6Q==$s073lYmjkPKG/"                               \
	"ZYbIovkwmxYN+kOFh8u5dwLQvkvRPE=:+A6xuMsl0fS4bStqewUWoWnxmeLV3IpPER8wowNv1vo="
#define NAME_SHOWN 64u /* bytes of what somebody said he is */

/* Refused: it counts as a failed login, and operators are told. */
static Outcome
denied(Ctx *ctx, const char *name, const char *why)
{
	g_autofree char *shown = cut_text(name, NAME_SHOWN);
	Event event = ctx_event(ctx, EVENT_OPERATOR_REFUSED);

	event.by = shown;
	event.text = why;
	announce(ctx, &event);
	login_failed(ctx);
	return OUTCOME_REFUSED;
}

static Outcome
wrong(Ctx *ctx, const char *name, const char *why)
{
	refuse(ctx, ERR_PASSWDMISMATCH);
	return denied(ctx, name, why);
}

static bool
has_password(const SettingsOperator *owner)
{
	return *owner->password || *owner->password_file;
}

static bool
has_code(const SettingsOperator *owner)
{
	return *owner->totp_file != '\0';
}

/* A code that is right is good once, also when two bring it at the same time. */
static bool
use_code(Ctx *ctx, const char *name, const SecretAnswer *answer)
{
	if (!answer->second_right || answer->last_step <= kept_operator_code(ctx, name))
		return false;
	kept_operator_code_put(ctx, name, answer->last_step);
	return true;
}

static void
password_checked(Ctx *ctx, const SecretAnswer *answer)
{
	const char *name = answer->words[0];
	const SettingsOperator *owner = operator_row(ctx->community->settings, name);

	/* Whatever is wrong, the answer is the same: it does not tell which operators there are. */
	if (!owner)
		wrong(ctx, name, "no such operator");
	else if (!is_known(ctx, owner))
		wrong(ctx, name, UNKNOWN_PLACE);
	else if (has_password(owner) && !answer->right)
		wrong(ctx, name, "wrong password");
	else if (has_code(owner) && !use_code(ctx, name, answer))
		wrong(ctx, name, "wrong code");
	else
		make_operator(ctx, owner);
}

/* "password:123456", or the code alone where there is no password. NULL: no code. */
static char *
split_code(const SettingsOperator *owner, char *password)
{
	char *colon;

	if (!has_code(owner))
		return NULL;
	if (!has_password(owner))
		return password;
	colon = strrchr(password, ':');
	if (!colon)
		return NULL;
	*colon = '\0';
	return colon + 1;
}

/* Who is no operator waits for a hash like one who is. */
static Outcome
check_secrets(Ctx *ctx, const SettingsOperator *owner, const char *name, const char *password)
{
	char *copy = g_strdup(password);
	SecretWork work = {.stored = DECOY, .password = copy, .words = {name}};
	Outcome outcome;

	if (owner) {
		work.code = split_code(owner, copy);
		work.stored = owner->password;
		work.stored_file = owner->password_file;
		work.password = has_password(owner) ? copy : NULL;
		work.second_file = has_code(owner) ? owner->totp_file : NULL;
		work.last_step = kept_operator_code(ctx, name);
	}
	outcome = secret_work(ctx, &work, password_checked);
	secret_text_free(copy);
	if (outcome == OUTCOME_REFUSED)
		reply(ctx, RPL_TRYAGAIN, "OPER");
	return outcome;
}

Outcome
act_oper(Ctx *ctx, const char *name, const char *password)
{
	const SettingsOperator *owner = operator_row(ctx->community->settings, name);

	if (!login_may_try(ctx)) {
		reply(ctx, RPL_TRYAGAIN, "OPER");
		return denied(ctx, name, "too many failures from there");
	}
	if (ctx->community->settings->operators->len == 0) {
		refuse(ctx, ERR_NOOPERHOST);
		return denied(ctx, name, "there are no operators");
	}
	if (owner && !is_known(ctx, owner))
		owner = NULL;
	if (owner && !has_password(owner) && !has_code(owner)) {
		make_operator(ctx, owner);
		return OUTCOME_DONE;
	}
	if (!password) {
		refuse(ctx, ERR_NEEDMOREPARAMS, "OPER");
		return denied(ctx, name, "no password");
	}
	if (strlen(password) > SECRET_PASSWORD_MAX)
		return wrong(ctx, name, "wrong password");
	return check_secrets(ctx, owner, name, password);
}

void
act_oper_automatically(Ctx *ctx)
{
	const GPtrArray *operators = ctx->community->settings->operators;
	bool known = user_is_operator(ctx->actor.user);

	for (guint i = 0; !known && i < operators->len; i++) {
		const SettingsOperator *owner = g_ptr_array_index(operators, i);

		if (!owner->automatic || !is_known(ctx, owner))
			continue;
		make_operator(ctx, owner);
		return;
	}
}
