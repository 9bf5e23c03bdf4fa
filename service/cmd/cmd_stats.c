/* SPDX-License-Identifier: MIT */
/* STATS (RFC 2812 3.4.4): a row per letter. A letter of the other case serves where it has no row
 * of its own. */
#include "base/clock.h"
#include "base/close_reason.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/link_list.h"
#include "cmd/visible.h"
#include "proto/commands.h"

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
stats_ports(Ctx *ctx)
{
	const HostStatus *status = ctx->host->status(ctx->host);

	for (unsigned i = 0; i < status->n_listeners; i++) {
		const HostListener *listener = &status->listeners[i];
		g_autofree char *text = g_strdup_printf("%s, %s%s%s%s", listener->name,
		    listener->kind == LISTENER_CONTROL ? "control" : "client",
		    listener->tls ? ", TLS, " : ", ", listener->state,
		    listener->error ? " (no socket)" : "");

		reply(ctx, RPL_STATSPLINE, listener->port, listener->address, listener->connections,
		    text);
	}
}

static void
stats_reserved(Ctx *ctx)
{
	const GPtrArray *rows = ctx->community->settings->reserved;

	for (guint i = 0; i < rows->len; i++) {
		const SettingsReserved *reserved = g_ptr_array_index(rows, i);

		for (char **mask = reserved->nicks; *mask; mask++)
			reply(ctx, RPL_STATSQLINE, *mask, reserved->reason);
		for (char **mask = reserved->channels; *mask; mask++)
			reply(ctx, RPL_STATSQLINE, *mask, reserved->reason);
	}
}

static void tell_figure(Ctx *ctx, const char *letter, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
tell_figure(Ctx *ctx, const char *letter, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	reply(ctx, RPL_STATSDEBUG, letter, text);
}

static void
stats_traffic(Ctx *ctx)
{
	const HostStatus *status = ctx->host->status(ctx->host);

	tell_figure(ctx, "t", "in: %" PRIu64 " lines, %" PRIu64 " bytes", status->lines_in,
	    status->bytes_in);
	tell_figure(ctx, "t", "out: %" PRIu64 " lines, %" PRIu64 " bytes", status->lines_out,
	    status->bytes_out);
	for (unsigned i = 0; i < CLOSE_REASONS; i++)
		if (status->closed[i] > 0)
			tell_figure(ctx, "t", "closed, %s: %" PRIu64,
			    close_reason((CloseReason)i)->text, status->closed[i]);
}

static void
stats_uptime(Ctx *ctx)
{
	const Community *community = ctx->community;
	int64_t seconds = MAX(0, ctx->now - community->started_at) / CLOCK_SECOND;

	reply(ctx, RPL_STATSUPTIME, (unsigned)(seconds / 86400), (unsigned)(seconds / 3600 % 24),
	    (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
	reply(ctx, RPL_STATSCONN, community->sessions_peak, community->users_peak,
	    community->sessions_total);
}

static void
stats_memory(Ctx *ctx)
{
	const Community *community = ctx->community;
	const HostStatus *status = ctx->host->status(ctx->host);

	tell_figure(ctx, "z", "memory: %" PRIu64 " bytes", status->memory_bytes);
	tell_figure(
	    ctx, "z", "descriptors: %u of %u", status->descriptors_used, status->descriptors_limit);
	tell_figure(ctx, "z", "users: %u, channels: %u, connections: %u",
	    directory_users(community->directory), directory_channels(community->directory),
	    slots_count(community->sessions));
	tell_figure(ctx, "z", "longest turn: %" PRIu64 " microseconds", status->turn_longest);
}

/* In the order of their letters. */
static const struct {
	char letter;
	bool restricted;        /* needs MAY_READ_STATS */
	void (*tell)(Ctx *ctx); /* NULL: link_list.h */
	const char *help;
} rows[] = {
    {'P', true, stats_ports, "listeners and how many are connected to them"},
    {'l', false, NULL,
	"your connections, or those of a nick, or of all (for operators): sendq, "
	"lines and kilobytes sent, received, seconds open"},
    {'m', true, stats_commands, "how often each command was used, and its bytes"},
    {'o', true, stats_operators, "who may become IRC operator, and from where"},
    {'p', false, stats_operators_here, "IRC operators who are here"},
    {'q', true, stats_reserved, "reserved nicks and channels"},
    {'t', true, stats_traffic, "lines, bytes and why connections ended"},
    {'u', false, stats_uptime, "how long the service runs, most connections at once"},
    {'z', true, stats_memory, "memory, descriptors, users, channels"},
};

static unsigned
find_row(char letter)
{
	unsigned i = 0, other;

	while (i < G_N_ELEMENTS(rows) && rows[i].letter != letter)
		i++;
	if (i < G_N_ELEMENTS(rows))
		return i;
	for (other = 0; other < G_N_ELEMENTS(rows); other++)
		if (g_ascii_tolower(rows[other].letter) == g_ascii_tolower(letter))
			break;
	return other;
}

static void
announce_question(Ctx *ctx, const char *letter)
{
	Event event = ctx_event(ctx, EVENT_STATISTICS);

	event.text = letter;
	announce(ctx, &event);
}

/* His own connections are everybody's to ask about. */
static Outcome
stats_links(Ctx *ctx, const Message *message, const char *letter)
{
	bool may_all = actor_may(ctx, MAY_READ_STATS, NULL);
	const User *user = may_all ? NULL : ctx->actor.user;

	if (message->n_params > 1) {
		user = find_user(ctx, message->params[1]);
		if (user && user != ctx->actor.user && !actor_must(ctx, MAY_READ_STATS))
			user = NULL;
		if (!user) {
			reply(ctx, RPL_ENDOFSTATS, letter);
			return OUTCOME_REFUSED;
		}
	}
	announce_question(ctx, letter);
	return link_list_tell(ctx, user, *letter);
}

Outcome
cmd_stats(Ctx *ctx, const Message *message)
{
	const char *asked = message->n_params > 0 ? message->params[0] : "";
	const char letter[] = {*asked, '\0'};
	unsigned i = find_row(*asked);

	if (!*asked) {
		for (i = 0; i < G_N_ELEMENTS(rows); i++)
			reply(ctx, RPL_STATSHELP, rows[i].letter, rows[i].help);
	} else if (i < G_N_ELEMENTS(rows)) {
		if (!rows[i].tell)
			return stats_links(ctx, message, letter);
		if (!rows[i].restricted || actor_must(ctx, MAY_READ_STATS)) {
			announce_question(ctx, letter);
			rows[i].tell(ctx);
		}
	}
	reply(ctx, RPL_ENDOFSTATS, message_middle(asked));
	return OUTCOME_DONE;
}
