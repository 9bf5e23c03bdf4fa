/* SPDX-License-Identifier: MIT */
/* STATS (RFC 2812 3.4.4): a row per letter. */
#include "base/clock.h"
#include "cmd/handlers.h"
#include "cmd/visible.h"
#include "proto/commands.h"

static void
stats_connections(Ctx *ctx)
{
	const Community *community = ctx->community;

	reply(ctx, RPL_STATSCONN, community->sessions_peak, community->users_peak,
	    community->sessions_total);
}

static void
stats_commands(Ctx *ctx)
{
	const Community *community = ctx->community;

	for (unsigned i = 0; i < COMMANDS; i++)
		if (community->commands_used[i] > 0)
			reply(ctx, RPL_STATSCOMMANDS, command_row(i)->verb,
			    community->commands_used[i], community->commands_bytes[i]);
}

static void
stats_operators(Ctx *ctx)
{
	const GPtrArray *operators = ctx->community->settings->operators;

	for (guint i = 0; i < operators->len; i++) {
		const SettingsOperator *owner = g_ptr_array_index(operators, i);

		for (char **mask = owner->masks; *mask; mask++)
			reply(ctx, RPL_STATSOLINE, *mask, owner->origin.name);
	}
}

static void
stats_operators_here(Ctx *ctx)
{
	uint32_t cursor = 0;
	const User *user;

	while ((user = directory_next_user(ctx->community->directory, &cursor))) {
		g_autofree char *text = NULL;

		if (!user_is_operator(user))
			continue;
		text = g_strdup_printf("%s (%s@%s) idle %" PRId64, user->nick, user->username,
		    user->host, idle_seconds(ctx, user));
		reply(ctx, RPL_STATSDEBUG, "p", text);
	}
}

static void
stats_uptime(Ctx *ctx)
{
	int64_t seconds = MAX(0, ctx->now - ctx->community->started_at) / CLOCK_SECOND;

	reply(ctx, RPL_STATSUPTIME, (unsigned)(seconds / 86400), (unsigned)(seconds / 3600 % 24),
	    (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}

Outcome
cmd_stats(Ctx *ctx, const Message *message)
{
	static const struct {
		char letter;
		bool hidden; /* for operators who see what is hidden */
		void (*tell)(Ctx *ctx);
	} rows[] = {
	    {'c', false, stats_connections},
	    {'m', true, stats_commands},
	    {'o', true, stats_operators},
	    {'p', false, stats_operators_here},
	    {'u', false, stats_uptime},
	};
	const char *letter = message->n_params > 0 ? message->params[0] : "";

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (g_ascii_tolower(*letter) != rows[i].letter)
			continue;
		if (rows[i].hidden && !actor_must(ctx, MAY_SEE_HIDDEN))
			continue;
		rows[i].tell(ctx);
	}
	reply(ctx, RPL_ENDOFSTATS, message_middle(letter));
	return OUTCOME_DONE;
}
