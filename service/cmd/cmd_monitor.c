/* SPDX-License-Identifier: MIT */
/* MONITOR (IRCv3 monitor): a row per modifier. */
#include "act/verbs.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/metadata_tell.h"
#include "cmd/packed_words.h"

/* Lines of comma-separated nicks: who is here, who is not. */
typedef struct Presence {
	Ctx *ctx;
	PackedWords online;
	PackedWords offline;
} Presence;

static void
tell_online(Ctx *ctx, const char *nicks)
{
	reply(ctx, RPL_MONONLINE, nicks);
}

static void
tell_offline(Ctx *ctx, const char *nicks)
{
	reply(ctx, RPL_MONOFFLINE, nicks);
}

static void
tell_list(Ctx *ctx, const char *nicks)
{
	reply(ctx, RPL_MONLIST, nicks);
}

static void
tell_full(Ctx *ctx, const char *nicks)
{
	refuse(ctx, ERR_MONLISTFULL, ctx->community->settings->limits->monitor, nicks);
}

static Presence
presence_begin(Ctx *ctx)
{
	return (Presence){ctx, packed_words_begin(ctx, ',', tell_online),
	    packed_words_begin(ctx, ',', tell_offline)};
}

static void
presence_add(Presence *presence, const char *nick)
{
	g_autoptr(User) made = NULL;
	const User *user = find_shown(presence->ctx, nick, &made);

	if (user)
		packed_words_add(&presence->online, user->prefix);
	else
		packed_words_add(&presence->offline, nick);
}

static void
presence_end(Presence *presence)
{
	packed_words_end(&presence->online);
	packed_words_end(&presence->offline);
}

/* Of those of them who are watched now. */
static void
tell_properties(Ctx *ctx, char *const *nicks)
{
	for (unsigned i = 0; nicks[i]; i++) {
		const User *user = directory_find_user(ctx->community->directory, nicks[i]);

		if (user && list_word_counts(nicks, i) && monitor_has(ctx->actor.session, nicks[i]))
			metadata_tell_watched(ctx, user);
	}
}

static Outcome
monitor_more(Ctx *ctx, char *const *nicks)
{
	Presence presence = presence_begin(ctx);
	PackedWords refused = packed_words_begin(ctx, ',', tell_full);
	Outcome outcome = OUTCOME_DONE;

	for (unsigned i = 0; nicks[i]; i++) {
		bool full;

		if (!list_word_counts(nicks, i))
			continue;
		if (act_monitor_add(ctx, nicks[i], &full) == OUTCOME_DONE)
			presence_add(&presence, nicks[i]);
		else
			outcome = OUTCOME_REFUSED;
		if (full)
			packed_words_add(&refused, nicks[i]);
	}
	presence_end(&presence);
	tell_properties(ctx, nicks);
	packed_words_end(&refused);
	return outcome;
}

static Outcome
monitor_less(Ctx *ctx, char *const *nicks)
{
	for (; *nicks; nicks++)
		act_monitor_remove(ctx, *nicks);
	return OUTCOME_DONE;
}

static Outcome
monitor_none(Ctx *ctx, char *const *nicks)
{
	act_monitor_clear(ctx);
	return OUTCOME_DONE;
}

static Outcome
monitor_list(Ctx *ctx, char *const *nicks)
{
	PackedWords list = packed_words_begin(ctx, ',', tell_list);
	const MonitorWatch *watch = NULL;

	while ((watch = monitor_next(ctx->actor.session, watch)))
		packed_words_add(&list, watch->nick);
	packed_words_end(&list);
	reply(ctx, RPL_ENDOFMONLIST);
	return OUTCOME_DONE;
}

static Outcome
monitor_status(Ctx *ctx, char *const *nicks)
{
	Presence presence = presence_begin(ctx);
	const MonitorWatch *watch = NULL;

	while ((watch = monitor_next(ctx->actor.session, watch)))
		presence_add(&presence, watch->nick);
	presence_end(&presence);
	return OUTCOME_DONE;
}

Outcome
cmd_monitor(Ctx *ctx, const Message *message)
{
	static const struct {
		const char *modifier;
		bool takes_nicks;
		Outcome (*run)(Ctx *ctx, char *const *nicks);
	} rows[] = {
	    {"+", true, monitor_more},
	    {"-", true, monitor_less},
	    {"C", false, monitor_none},
	    {"L", false, monitor_list},
	    {"S", false, monitor_status},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(GStrv) nicks = NULL;

		if (g_ascii_strcasecmp(message->params[0], rows[i].modifier) != 0)
			continue;
		if (rows[i].takes_nicks && (message->n_params < 2 || !*message->params[1]))
			return refuse(ctx, ERR_NEEDMOREPARAMS, "MONITOR");
		nicks = g_strsplit(rows[i].takes_nicks ? message->params[1] : "", ",", -1);
		return rows[i].run(ctx, nicks);
	}
	return refuse(ctx, ERR_UNKNOWNERROR, "MONITOR", "The modifier is one of + - C L S");
}
