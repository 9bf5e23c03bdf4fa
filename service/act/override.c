/* SPDX-License-Identifier: MIT */
/* What operators with the privilege do past the rules of a channel or user: in the service's name,
 * logged, and told to the others who read such notices. */
#include "act/override.h"

#include "act/services.h"
#include "act/verbs.h"
#include "proto/message.h"
#include "proto/names.h"

#include <string.h>

/* As an administrator would do it; refusals are the operator's to read. */
static Ctx
overriding(const Ctx *ctx)
{
	Ctx over = *ctx;

	over.actor = (Actor){.kind = ACTOR_ADMINISTRATOR, .name = ctx->actor.name};
	return over;
}

static void tell(Ctx *ctx, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
tell(Ctx *ctx, const char *format, ...)
{
	g_autofree char *text = NULL;
	Event event = ctx_event(ctx, EVENT_OVERRIDE);
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	event.text = text;
	announce(ctx, &event);
}

Outcome
act_override_mode(Ctx *ctx, Channel *channel, const char *letters, const char *const *parameters,
    unsigned n_parameters)
{
	Ctx over = overriding(ctx);
	g_autoptr(GString) words = g_string_new(NULL);
	g_autofree char *name = g_strdup(channel->name);
	Outcome outcome;

	if (!actor_must(ctx, MAY_OVERRIDE))
		return OUTCOME_REFUSED;
	/* A channel's key is not for others to read. */
	for (unsigned i = 0; !strchr(letters, 'k') && i < n_parameters; i++)
		g_string_append_printf(words, " %s", parameters[i]);
	outcome = act_channel_mode(&over, channel, letters, parameters, n_parameters);
	if (outcome == OUTCOME_DONE)
		tell(ctx, "SAMODE %s %s%s", name, letters, words->str);
	return outcome;
}

Outcome
act_override_nick(Ctx *ctx, User *user, const char *nick)
{
	Ctx over = overriding(ctx);
	g_autofree char *name = g_strdup(ctx->actor.name);
	g_autofree char *before = g_strdup(user->nick);
	Outcome outcome;

	if (!actor_must(ctx, MAY_OVERRIDE))
		return OUTCOME_REFUSED;
	/* It may be his own nick that changes. */
	over.actor.name = name;
	outcome = act_nick(&over, user, nick);
	if (user == ctx->actor.user)
		ctx->actor.name = user->nick;
	if (outcome == OUTCOME_DONE)
		tell(ctx, "SANICK %s %s", before, nick);
	return outcome;
}

Outcome
act_override_join(Ctx *ctx, User *user, const char *channel_name)
{
	Ctx over = overriding(ctx);
	Channel *channel = NULL;
	Outcome outcome;

	if (!actor_must(ctx, MAY_OVERRIDE))
		return OUTCOME_REFUSED;
	over.actor.user = user;
	outcome = act_join(&over, channel_name, NULL, &channel);
	if (outcome != OUTCOME_DONE || !channel)
		return outcome;
	for (const Session *session = user->sessions; session; session = session->next)
		if (session != ctx->actor.session)
			ctx->host->show_channel(ctx->host, session->handle, channel);
	tell(ctx, "SAJOIN %s %s", user->nick, channel->name);
	return OUTCOME_DONE;
}

Outcome
act_override_part(Ctx *ctx, User *user, Channel *channel, const char *reason)
{
	Ctx over = overriding(ctx);
	g_autofree char *name = g_strdup(channel->name);
	Outcome outcome;

	if (!actor_must(ctx, MAY_OVERRIDE))
		return OUTCOME_REFUSED;
	if (!user_seat(user, channel))
		return refuse(ctx, ERR_USERNOTINCHANNEL, user->nick, channel->name);
	over.actor.user = user;
	outcome = act_part(&over, channel, reason);
	if (outcome == OUTCOME_DONE)
		tell(ctx, "SAPART %s %s", user->nick, name);
	return outcome;
}
