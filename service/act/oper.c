/* SPDX-License-Identifier: MIT */
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

static void
password_checked(Ctx *ctx, const SecretAnswer *answer)
{
	const SettingsOperator *owner = find_operator(ctx, answer->words[0]);

	/* The configuration may be another one by now. */
	if (!owner || !is_known(ctx, owner))
		refuse(ctx, ERR_NOOPERHOST);
	else if (!answer->right)
		refuse(ctx, ERR_PASSWDMISMATCH);
	else
		make_operator(ctx, owner);
}

static bool
has_password(const SettingsOperator *owner)
{
	return *owner->password || *owner->password_file;
}

Outcome
act_oper(Ctx *ctx, const char *name, const char *password)
{
	const SettingsOperator *owner = find_operator(ctx, name);
	Outcome outcome;

	if (!password && (!owner || has_password(owner)))
		return refuse(ctx, ERR_NEEDMOREPARAMS, "OPER");
	if (!owner || !is_known(ctx, owner))
		return refuse(ctx, ERR_NOOPERHOST);
	if (!has_password(owner)) {
		make_operator(ctx, owner);
		return OUTCOME_DONE;
	}
	if (strlen(password) > SECRET_PASSWORD_MAX)
		return refuse(ctx, ERR_PASSWDMISMATCH);
	outcome = secret_work(ctx,
	    &(SecretWork){.stored = owner->password,
		.stored_file = owner->password_file,
		.password = password,
		.words = {name}},
	    password_checked);
	if (outcome == OUTCOME_REFUSED)
		reply(ctx, RPL_TRYAGAIN, "OPER");
	return outcome;
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
