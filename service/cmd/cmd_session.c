/* SPDX-License-Identifier: MIT */
/* PASS, NICK, USER, PING, PONG, QUIT (RFC 1459 4.1, 4.6, RFC 2812 3.1, 3.7). */
#include "act/device.h"
#include "act/verbs.h"
#include "base/close_reason.h"
#include "cmd/handlers.h"
#include "cmd/welcome.h"
#include "proto/names.h"
#include "settings/secret.h"

Outcome
cmd_pass(Ctx *ctx, const Message *message)
{
	Registration *said = ctx->actor.session->registration;

	secret_text_free(said->password);
	said->password = g_strdup(message->params[0]);
	return OUTCOME_DONE;
}

Outcome
cmd_webirc(Ctx *ctx, const Message *message)
{
	return act_speak_for(ctx, &(Introduction){.password = message->params[0],
				      .gateway = message->params[1],
				      .host = message->params[2],
				      .address = message->params[3],
				      .options = message->n_params > 4 ? message->params[4] : ""});
}

Outcome
cmd_nick(Ctx *ctx, const Message *message)
{
	Outcome outcome;

	if (message->n_params == 0 || !*message->params[0])
		return refuse(ctx, ERR_NONICKNAMEGIVEN);
	if (ctx->actor.user)
		return welcome_under_nick(ctx, message->params[0]);
	outcome = act_nick(ctx, NULL, message->params[0]);
	return outcome == OUTCOME_DONE ? welcome_if_registered(ctx) : outcome;
}

Outcome
cmd_user(Ctx *ctx, const Message *message)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	Registration *said = ctx->actor.session->registration;
	g_autofree char *name = g_strdup(message->params[0]);

	if (!*message->params[0] || !*message->params[3])
		return refuse(ctx, ERR_NEEDMOREPARAMS, "USER");
	/* "user@device", for clients that cannot say it when they log in. */
	device_take(ctx->actor.session, name);
	g_free(said->username);
	said->username = g_malloc(limits->user + 1);
	name_clean_user(name, said->username, limits->user);
	g_free(said->real_name);
	said->real_name = cut_text(message->params[3], limits->real_name);
	return welcome_if_registered(ctx);
}

Outcome
cmd_ping(Ctx *ctx, const Message *message)
{
	if (message->n_params == 0 || !*message->params[0])
		return refuse(ctx, ERR_NOORIGIN);
	reply_line(ctx->reply, "PONG %s :%s", ctx->community->server_name, message->params[0]);
	return OUTCOME_DONE;
}

/* That it came is enough: the gate noted when. */
Outcome
cmd_pong(Ctx *ctx, const Message *message)
{
	ctx->actor.session->ping_sent = false;
	return OUTCOME_DONE;
}

Outcome
cmd_quit(Ctx *ctx, const Message *message)
{
	Session *session = ctx->actor.session;
	g_autofree char *text = NULL;

	if (message->n_params > 0 && *message->params[0]) {
		g_autofree char *reason =
		    cut_text(message->params[0], ctx->community->settings->limits->kick);

		text = g_strconcat("Quit: ", reason, NULL);
	} else {
		text = g_strdup(close_reason(CLOSE_QUIT)->text);
	}
	session_set_quit_reason(session, text);
	out_close_session(ctx->out, session, CLOSE_QUIT, text);
	act_quit(ctx, session, text);
	return OUTCOME_CLOSE;
}
