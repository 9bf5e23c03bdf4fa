/* SPDX-License-Identifier: MIT */
/* PERSISTENCE (IRCv3 draft/persistence): whether the user stays when his last client leaves. */
#include "act/account_verbs.h"
#include "act/presence.h"
#include "cmd/handlers.h"
#include "cmd/other_sessions.h"
#include "cmd/persistence.h"
#include "proto/caps.h"
#include "proto/casemap.h"

/* By what the owner of the account chose. */
static const char *const choices[] = {
    [ACCOUNT_CHOICE_DEFAULT] = "DEFAULT",
    [ACCOUNT_CHOICE_ON] = "ON",
    [ACCOUNT_CHOICE_OFF] = "OFF",
};

void
persistence_tell(Ctx *ctx)
{
	const User *user = ctx->actor.user;
	const char *chosen = choices[user->login->settings[ACCOUNT_SETTING_ALWAYS_ON]];

	reply_line(ctx->reply, "PERSISTENCE STATUS %s %s", chosen,
	    presence_stays(ctx->community, user) ? "ON" : "OFF");
}

void
persistence_tell_if_asked(Ctx *ctx)
{
	if (ctx->actor.user->login && session_has(ctx->actor.session, CAP_PERSISTENCE))
		persistence_tell(ctx);
}

static Outcome
get(Ctx *ctx, const Message *message)
{
	persistence_tell(ctx);
	return OUTCOME_DONE;
}

static Outcome
fail(Ctx *ctx, const char *code, const char *text)
{
	return ctx_fail(ctx, "PERSISTENCE", code, NULL, text);
}

static void
tell_another(Ctx *ctx, const void *data)
{
	persistence_tell(ctx);
}

static Outcome
set(Ctx *ctx, const Message *message)
{
	const char *word = message->n_params > 1 ? message->params[1] : "";

	for (unsigned i = 0; i < G_N_ELEMENTS(choices); i++) {
		if (!casemap_equal(choices[i], word))
			continue;
		act_choose(ctx, ctx->actor.user->login, ACCOUNT_SETTING_ALWAYS_ON, i);
		persistence_tell(ctx);
		other_sessions_tell(ctx, CAP_PERSISTENCE, tell_another, NULL);
		return OUTCOME_DONE;
	}
	return fail(ctx, "INVALID_PARAMETERS", "Invalid parameters");
}

Outcome
cmd_persistence(Ctx *ctx, const Message *message)
{
	static const struct {
		const char *name;
		Outcome (*run)(Ctx *ctx, const Message *message);
	} subcommands[] = {{"GET", get}, {"SET", set}};

	if (message->n_params == 0)
		return fail(ctx, "INVALID_PARAMETERS", "Invalid parameters");
	if (!ctx->actor.user->login)
		return fail(ctx, "ACCOUNT_REQUIRED", "An account is required");
	for (unsigned i = 0; i < G_N_ELEMENTS(subcommands); i++)
		if (casemap_equal(subcommands[i].name, message->params[0]))
			return subcommands[i].run(ctx, message);
	/* The specification may grow: what is not known is ignored. */
	return OUTCOME_DONE;
}
