/* SPDX-License-Identifier: MIT */
/* ADMIN, INFO, VERSION, ISUPPORT, TIME, TRACE, USERS, RULES, MOTD, LUSERS, LINKS, MAP (RFC
 * 2812 3.4). */
#include "act/verbs.h"
#include "base/clock.h"
#include "cmd/handlers.h"
#include "cmd/welcome.h"
#include "proto/caps.h"
#include "proto/mask.h"

/* The optional <server> of the queries: this one, a mask of it or a nick on it. */
static bool
is_for_us(Ctx *ctx, const Message *message)
{
	const char *target = message->n_params > 0 ? message->params[0] : "";

	if (!*target || mask_match(target, ctx->community->server_name) ||
	    directory_find_user(ctx->community->directory, target))
		return true;
	refuse(ctx, ERR_NOSUCHSERVER, message_middle(target));
	return false;
}

Outcome
cmd_admin(Ctx *ctx, const Message *message)
{
	const SettingsCommunity *own = settings_community(ctx->community->settings);

	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	if (!*own->admin_location && !*own->admin_name && !*own->admin_email)
		return refuse(ctx, ERR_NOADMININFO, ctx->community->server_name);
	reply(ctx, RPL_ADMINME, ctx->community->server_name);
	reply(ctx, RPL_ADMINLOC1, own->admin_location);
	reply(ctx, RPL_ADMINLOC2, own->admin_name);
	reply(ctx, RPL_ADMINEMAIL, own->admin_email);
	return OUTCOME_DONE;
}

Outcome
cmd_info(Ctx *ctx, const Message *message)
{
	char started[CLOCK_TEXT_SIZE];
	g_autofree char *since = NULL;

	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	clock_format(ctx->community->started_at, started);
	since = g_strdup_printf("Running since %s", started);
	reply(ctx, RPL_INFO, "chatd " CHAT_VERSION);
	reply(ctx, RPL_INFO, "A chat service for IRC, IRCv3 and IRCX clients; MIT licence");
	reply(ctx, RPL_INFO, since);
	reply(ctx, RPL_ENDOFINFO);
	return OUTCOME_DONE;
}

Outcome
cmd_version(Ctx *ctx, const Message *message)
{
	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	reply(ctx, RPL_VERSION, "chatd-" CHAT_VERSION, ctx->community->server_name,
	    ctx->community->settings->service->description);
	tell_isupport(ctx);
	return OUTCOME_DONE;
}

/* One server, no links: the way is told by its end. */
Outcome
cmd_trace(Ctx *ctx, const Message *message)
{
	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	reply(ctx, RPL_TRACEEND, ctx->community->server_name);
	return OUTCOME_DONE;
}

Outcome
cmd_users(Ctx *ctx, const Message *message)
{
	return refuse(ctx, ERR_USERSDISABLED);
}

Outcome
cmd_rules(Ctx *ctx, const Message *message)
{
	char **rules = ctx->community->rules;

	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	if (!*rules)
		return refuse(ctx, ERR_NORULES);
	reply(ctx, RPL_RULESSTART, ctx->community->server_name);
	for (char **line = rules; *line; line++)
		reply(ctx, RPL_RULES, *line);
	reply(ctx, RPL_ENDOFRULES);
	return OUTCOME_DONE;
}

Outcome
cmd_opermotd(Ctx *ctx, const Message *message)
{
	if (!*ctx->community->operator_motd)
		return refuse(ctx, ERR_NOOPERMOTD);
	act_tell_operator_motd(ctx);
	return OUTCOME_DONE;
}

Outcome
cmd_isupport(Ctx *ctx, const Message *message)
{
	if (!ctx->actor.user && !session_has(ctx->actor.session, CAP_EXTENDED_ISUPPORT))
		return refuse(ctx, ERR_NOTREGISTERED);
	tell_isupport(ctx);
	return OUTCOME_DONE;
}

Outcome
cmd_time(Ctx *ctx, const Message *message)
{
	char now[CLOCK_TEXT_SIZE];

	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	clock_format(ctx->now, now);
	reply(ctx, RPL_TIME, ctx->community->server_name, now);
	return OUTCOME_DONE;
}

Outcome
cmd_motd(Ctx *ctx, const Message *message)
{
	if (!is_for_us(ctx, message))
		return OUTCOME_REFUSED;
	tell_motd(ctx);
	return OUTCOME_DONE;
}

Outcome
cmd_lusers(Ctx *ctx, const Message *message)
{
	tell_lusers(ctx);
	return OUTCOME_DONE;
}

/* RFC 2812 3.4.5: a mask of servers is the last parameter; there is one server to list. */
Outcome
cmd_links(Ctx *ctx, const Message *message)
{
	const char *server = ctx->community->server_name;
	const char *mask =
	    message->n_params > 0 ? message->params[MIN(message->n_params, 2) - 1] : "*";

	if (!*mask)
		mask = "*";
	if (mask_match(mask, server))
		reply(
		    ctx, RPL_LINKS, server, server, ctx->community->settings->service->description);
	reply(ctx, RPL_ENDOFLINKS, message_middle(mask));
	return OUTCOME_DONE;
}

Outcome
cmd_map(Ctx *ctx, const Message *message)
{
	g_autofree char *line = g_strdup_printf("%s [Users: %u]", ctx->community->server_name,
	    directory_users(ctx->community->directory));

	reply(ctx, RPL_MAP, line);
	reply(ctx, RPL_MAPEND);
	return OUTCOME_DONE;
}
