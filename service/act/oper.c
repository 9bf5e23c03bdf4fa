/* SPDX-License-Identifier: MIT */
#include "act/login_limit.h"
#include "act/secret_work.h"
#include "act/verbs.h"
#include "proto/casemap.h"
#include "proto/fingerprint.h"
#include "proto/mask.h"
#include "proto/modes.h"
#include "settings/secret.h"

#include <string.h>

static const SettingsOperator *
find_operator(const Ctx *ctx, const char *name)
{
	const GPtrArray *operators = ctx->community->settings->operators;

	for (guint i = 0; i < operators->len; i++) {
		const SettingsOperator *owner = g_ptr_array_index(operators, i);

		if (strcmp(owner->origin.name, name) == 0)
			return owner;
	}
	return NULL;
}

static bool
comes_from(const SettingsOperator *owner, const User *user)
{
	const MaskSubject subject = {user->nick, user->username, user->host, user->address};

	if (*owner->account && (!user->account || !casemap_equal(user->account, owner->account)))
		return false;
	for (char **mask = owner->masks; *mask; mask++)
		if (mask_match_subject(*mask, &subject))
			return true;
	return false;
}

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
	const char *fingerprint = ctx->actor.session->peer.certificate_fingerprint;

	return comes_from(owner, ctx->actor.user) &&
	       (!owner->certificates[0] || fingerprint_in(owner->certificates, fingerprint));
}

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

static int64_t
last_step(const Ctx *ctx, const char *name)
{
	const int64_t *step = g_hash_table_lookup(ctx->community->operator_steps, name);

	return step ? *step : 0;
}

/* A code that is right is good once, also when two bring it at the same time. */
static bool
use_code(Ctx *ctx, const char *name, const SecretAnswer *answer)
{
	if (!answer->second_right || answer->last_step <= last_step(ctx, name))
		return false;
	g_hash_table_replace(ctx->community->operator_steps, g_strdup(name),
	    g_memdup2(&answer->last_step, sizeof answer->last_step));
	return true;
}

static void
password_checked(Ctx *ctx, const SecretAnswer *answer)
{
	const char *name = answer->words[0];
	const SettingsOperator *owner = find_operator(ctx, name);

	/* The configuration may be another one by now. */
	if (!owner || !is_known(ctx, owner)) {
		refuse(ctx, ERR_NOOPERHOST);
		denied(ctx, name, "no such operator any more");
	} else if (has_password(owner) && !answer->right) {
		refuse(ctx, ERR_PASSWDMISMATCH);
		denied(ctx, name, "wrong password");
	} else if (has_code(owner) && !use_code(ctx, name, answer)) {
		refuse(ctx, ERR_PASSWDMISMATCH);
		denied(ctx, name, "wrong code");
	} else {
		make_operator(ctx, owner);
	}
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

static Outcome
check_secrets(Ctx *ctx, const SettingsOperator *owner, const char *password)
{
	const char *name = owner->origin.name;
	char *copy = g_strdup(password);
	char *code = split_code(owner, copy);
	SecretWork work = {
	    .stored = owner->password,
	    .stored_file = owner->password_file,
	    .password = has_password(owner) ? copy : NULL,
	    .second_file = has_code(owner) ? owner->totp_file : NULL,
	    .code = code,
	    .last_step = last_step(ctx, name),
	    .words = {name},
	};
	Outcome outcome = secret_work(ctx, &work, password_checked);

	secret_text_free(copy);
	if (outcome == OUTCOME_REFUSED)
		reply(ctx, RPL_TRYAGAIN, "OPER");
	return outcome;
}

Outcome
act_oper(Ctx *ctx, const char *name, const char *password)
{
	const SettingsOperator *owner = find_operator(ctx, name);
	bool asks = !owner || has_password(owner) || has_code(owner);

	if (!password && asks)
		return refuse(ctx, ERR_NEEDMOREPARAMS, "OPER");
	if (!login_may_try(ctx)) {
		reply(ctx, RPL_TRYAGAIN, "OPER");
		return denied(ctx, name, "too many failures from there");
	}
	if (!owner || !is_known(ctx, owner)) {
		refuse(ctx, ERR_NOOPERHOST);
		return denied(ctx, name,
		    owner ? "not from there, or without its certificate or account"
			  : "no such operator");
	}
	if (!asks) {
		make_operator(ctx, owner);
		return OUTCOME_DONE;
	}
	if (strlen(password) > SECRET_PASSWORD_MAX) {
		refuse(ctx, ERR_PASSWDMISMATCH);
		return denied(ctx, name, "wrong password");
	}
	return check_secrets(ctx, owner, password);
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
