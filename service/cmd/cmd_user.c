/* SPDX-License-Identifier: MIT */
/* AWAY, ISON, USERHOST (RFC 2812 4), USERIP (modern IRC) and SETNAME (IRCv3 setname). */
#include "act/verbs.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/packed_words.h"
#include "cmd/too_many.h"
#include "cmd/visible.h"
#include "proto/caps.h"
#include "proto/isupport.h"

#include <string.h>

Outcome
cmd_away(Ctx *ctx, const Message *message)
{
	/* IRCv3 pre-away: clients that negotiated it may say so before they are registered. */
	if (!ctx->actor.user && !session_has(ctx->actor.session, CAP_PRE_AWAY))
		return refuse(ctx, ERR_NOTREGISTERED);
	return act_away(ctx, message->n_params > 0 ? message->params[0] : NULL);
}

static void
tell_here(Ctx *ctx, const char *nicks)
{
	reply(ctx, RPL_ISON, nicks);
}

/* Nicks stand as parameters of their own, or with spaces in the last one. */
Outcome
cmd_ison(Ctx *ctx, const Message *message)
{
	g_autoptr(GString) asked = g_string_new(NULL);
	PackedWords here = packed_words_begin(ctx, ' ', tell_here);
	g_auto(GStrv) nicks = NULL;

	/* Clients take one line for the whole answer: it is used to its end. */
	here.most = MESSAGE_BODY_MAX - strlen(":  303  :") - strlen(ctx->community->server_name) -
		    strlen(ctx->actor.user->nick);
	for (unsigned i = 0; i < message->n_params; i++)
		g_string_append_printf(asked, "%s ", message->params[i]);
	nicks = g_strsplit(asked->str, " ", -1);
	for (unsigned i = 0; nicks[i]; i++) {
		g_autoptr(User) made = NULL;
		const User *user = find_shown(ctx, nicks[i], &made);

		if (user && list_word_counts(nicks, i))
			packed_words_add(&here, user->nick);
	}
	if (packed_words_end(&here) == 0)
		tell_here(ctx, "");
	return OUTCOME_DONE;
}

static const char *
shown_address(const Ctx *ctx, const User *user)
{
	return may_see_address(ctx, user) ? user->address : HIDDEN_ADDRESS;
}

static const char *
shown_host(const Ctx *ctx, const User *user)
{
	return user->host;
}

/* "nick*=+user@host …" of those who are here. Caller frees. */
static char *
describe_users(Ctx *ctx, const Message *message, const char *(*place)(const Ctx *, const User *))
{
	GString *found = g_string_new(NULL);

	for (unsigned i = 0; i < MIN(message->n_params, ISUPPORT_USERHOSTS); i++) {
		g_autoptr(User) made = NULL;
		const User *user = find_shown(ctx, message->params[i], &made);

		if (user)
			g_string_append_printf(found, "%s%s%s=%c%s@%s", found->len > 0 ? " " : "",
			    user->nick, user_is_operator(user) ? "*" : "", user->away ? '-' : '+',
			    user->username, place(ctx, user));
	}
	return g_string_free(found, FALSE);
}

/* The answer is one line: who is asked for past what it holds for sure is named as left out. */
static Outcome
refuse_past_most(Ctx *ctx, const Message *message)
{
	if (message->n_params <= ISUPPORT_USERHOSTS)
		return OUTCOME_DONE;
	return refuse_targets(
	    ctx, message->params + ISUPPORT_USERHOSTS, message->n_params - ISUPPORT_USERHOSTS);
}

Outcome
cmd_userhost(Ctx *ctx, const Message *message)
{
	g_autofree char *found = describe_users(ctx, message, shown_host);

	reply(ctx, RPL_USERHOST, found);
	return refuse_past_most(ctx, message);
}

Outcome
cmd_userip(Ctx *ctx, const Message *message)
{
	g_autofree char *found = describe_users(ctx, message, shown_address);

	reply(ctx, RPL_USERIP, found);
	return refuse_past_most(ctx, message);
}

Outcome
cmd_setname(Ctx *ctx, const Message *message)
{
	const char *name = message->params[0];
	const char *mistake = !*name ? "The real name is empty"
			      : strlen(name) > ctx->community->settings->limits->real_name
				  ? "The real name is too long"
				  : NULL;

	if (!mistake)
		return act_set_real_name(ctx, ctx->actor.user, name);
	/* Who does not know the capability is not answered (IRCv3 setname). */
	if (!session_has(ctx->actor.session, CAP_SETNAME))
		return OUTCOME_REFUSED;
	return ctx_fail(ctx, "SETNAME", "INVALID_REALNAME", NULL, mistake);
}
