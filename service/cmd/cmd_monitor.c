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
	GString *online;
	GString *offline;
} Presence;

static void
flush_online(const Presence *presence)
{
	if (presence->online->len > 0)
		reply(presence->ctx, RPL_MONONLINE, presence->online->str);
	g_string_truncate(presence->online, 0);
}

static void
flush_offline(const Presence *presence)
{
	if (presence->offline->len > 0)
		reply(presence->ctx, RPL_MONOFFLINE, presence->offline->str);
	g_string_truncate(presence->offline, 0);
}

static Presence
presence_begin(Ctx *ctx)
{
	return (Presence){ctx, g_string_new(NULL), g_string_new(NULL)};
}

static void
presence_add(const Presence *presence, const char *nick)
{
	g_autoptr(User) made = NULL;
	const User *user = find_shown(presence->ctx, nick, &made);

	if (user) {
		if (packed_words_add(presence->online, ',', user->prefix))
			return;
		flush_online(presence);
		packed_words_add(presence->online, ',', user->prefix);
	} else {
		if (packed_words_add(presence->offline, ',', nick))
			return;
		flush_offline(presence);
		packed_words_add(presence->offline, ',', nick);
	}
}

static void
presence_end(const Presence *presence)
{
	flush_online(presence);
	flush_offline(presence);
	g_string_free(presence->online, TRUE);
	g_string_free(presence->offline, TRUE);
}

static void
tell_full(Ctx *ctx, char *const *nicks)
{
	unsigned most = ctx->community->settings->limits->monitor;
	g_autoptr(GString) line = g_string_new(NULL);

	for (; *nicks; nicks++) {
		if (!**nicks || packed_words_add(line, ',', *nicks))
			continue;
		refuse(ctx, ERR_MONLISTFULL, most, line->str);
		g_string_assign(line, *nicks);
	}
	if (line->len > 0)
		refuse(ctx, ERR_MONLISTFULL, most, line->str);
}

static void
tell_properties(Ctx *ctx, char *const *nicks, char *const *last)
{
	for (; *nicks && nicks <= last; nicks++) {
		const User *user = directory_find_user(ctx->community->directory, *nicks);

		if (user)
			metadata_tell_watched(ctx, user);
	}
}

static Outcome
monitor_more(Ctx *ctx, char *const *nicks)
{
	Presence presence = presence_begin(ctx);
	Outcome outcome = OUTCOME_DONE;
	char *const *left = nicks;
	bool full = false;

	for (unsigned i = 0; nicks[i] && !full; i++) {
		if (!list_word_counts(nicks, i))
			continue;
		if (act_monitor_add(ctx, nicks[i], &full) == OUTCOME_DONE)
			presence_add(&presence, nicks[i]);
		else
			outcome = OUTCOME_REFUSED;
		left = nicks + i;
	}
	presence_end(&presence);
	tell_properties(ctx, nicks, left);
	if (full)
		tell_full(ctx, left);
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
	g_autoptr(GString) line = g_string_new(NULL);
	const MonitorWatch *watch = NULL;

	while ((watch = monitor_next(ctx->actor.session, watch))) {
		if (packed_words_add(line, ',', watch->nick))
			continue;
		reply(ctx, RPL_MONLIST, line->str);
		g_string_assign(line, watch->nick);
	}
	if (line->len > 0)
		reply(ctx, RPL_MONLIST, line->str);
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
