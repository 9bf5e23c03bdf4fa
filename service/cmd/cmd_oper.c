/* SPDX-License-Identifier: MIT */
/* OPER, KILL, REHASH, WALLOPS (RFC 2812 3.1.4, 3.7.1, 4.2, 4.7). */
#include "act/services.h"
#include "act/verbs.h"
#include "base/close_reason.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "proto/casemap.h"
#include "settings/settings_error.h"

/* The way back to the operator who asked. */
typedef struct RehashJob {
	Host *host;
	Handle session;
	char *label;
} RehashJob;

Outcome
cmd_oper(Ctx *ctx, const Message *message)
{
	return act_oper(ctx, message->params[0], message->n_params > 1 ? message->params[1] : NULL);
}

Outcome
cmd_kill(Ctx *ctx, const Message *message)
{
	User *victim;

	if (!actor_must(ctx, MAY_KILL))
		return OUTCOME_REFUSED;
	if (casemap_equal(message->params[0], ctx->community->server_name) ||
	    service_find(message->params[0]))
		return refuse(ctx, ERR_CANTKILLSERVER);
	victim = find_user(ctx, message->params[0]);
	return victim ? act_kill(ctx, victim, message->params[1]) : OUTCOME_REFUSED;
}

Outcome
cmd_wallops(Ctx *ctx, const Message *message)
{
	if (!*message->params[0])
		return refuse(ctx, ERR_NEEDMOREPARAMS, "WALLOPS");
	return act_wallops(ctx, message->params[0]);
}

static void
tell_reload(Ctx *ctx, const void *answer)
{
	const HostReload *reload = answer;
	const char *nick = session_name(ctx->actor.session);
	const char *path = ctx->host->status(ctx->host)->config_path;

	reply(ctx, RPL_REHASHING, path ? path : "defaults");
	for (guint i = 0; i < reload->errors->len; i++) {
		g_autofree char *text = settings_error_text(g_ptr_array_index(reload->errors, i));

		reply_line(ctx->reply, "NOTICE %s :*** %s", nick, text);
	}
	if (reload->errors->len > 0)
		reply_line(ctx->reply,
		    "NOTICE %s :*** The configuration was refused, nothing has changed", nick);
	else
		reply_line(ctx->reply, "NOTICE %s :*** The configuration is in force, %u %s", nick,
		    reload->changes->len, reload->changes->len == 1 ? "change" : "changes");
}

static void
reload_done(void *data, const HostReload *reload)
{
	RehashJob *job = data;

	job->host->resume(job->host, job->session, job->label, tell_reload, reload);
	g_free(job->label);
	g_free(job);
}

Outcome
cmd_rehash(Ctx *ctx, const Message *message)
{
	RehashJob *job;

	if (!actor_must(ctx, MAY_REHASH))
		return OUTCOME_REFUSED;
	job = g_new0(RehashJob, 1);
	job->host = ctx->host;
	job->session = ctx->actor.session->handle;
	job->label = g_strdup(ctx->reply->label);
	ctx->actor.session->pending = true;
	if (!ctx->host->reload(ctx->host, ctx->actor.name, reload_done, job)) {
		ctx->actor.session->pending = false;
		g_free(job->label);
		g_free(job);
		return refuse(ctx, RPL_TRYAGAIN, "REHASH");
	}
	return OUTCOME_PENDING;
}
