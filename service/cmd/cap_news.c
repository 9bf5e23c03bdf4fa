/* SPDX-License-Identifier: MIT */
#include "cmd/cap_news.h"

#include "cmd/cap_lines.h"
#include "cmd/cap_offer.h"
#include "proto/caps.h"
#include "proto/isupport.h"

#include <string.h>

#define STS_ENDS "sts=duration=0"

/* What one kind of connection is offered: "name" or "name=value"; NULL: not offered. */
typedef struct CapWords {
	char *words[CAPS];
} CapWords;

struct CapNews {
	CapWords before[CAP_KINDS];
	CapWords after[CAP_KINDS];
	char **sts_hosts;   /* as they were */
	char **isupport;    /* lines as they were */
	GPtrArray *changed; /* lines of changed tokens; NULL: not compared yet */
	bool differs;
	uint32_t cursor; /* in the table of sessions */
};

static void
collect(const Ctx *ctx, CapWords *ret_words)
{
	for (unsigned kind = 0; kind < CAP_KINDS; kind++)
		for (unsigned i = 0; i < CAPS; i++)
			ret_words[kind].words[i] = cap_offer_to_kind(ctx, (CapKind)kind, i);
}

CapNews *
cap_news_new(const Ctx *ctx)
{
	CapNews *news = g_new0(CapNews, 1);

	collect(ctx, news->before);
	news->sts_hosts = g_strdupv(settings_community(ctx->community->settings)->sts_hosts);
	news->isupport = g_strdupv(ctx->community->isupport);
	return news;
}

static void
clear_words(CapWords *words)
{
	for (unsigned kind = 0; kind < CAP_KINDS; kind++)
		for (unsigned i = 0; i < CAPS; i++)
			g_free(words[kind].words[i]);
}

void
cap_news_free(CapNews *news)
{
	if (!news)
		return;
	clear_words(news->before);
	clear_words(news->after);
	g_strfreev(news->sts_hosts);
	g_strfreev(news->isupport);
	if (news->changed)
		g_ptr_array_unref(news->changed);
	g_free(news);
}

/* With other hosts for sts a connection may be of another kind, so every kind counts. */
static void
compare(CapNews *news, const Ctx *ctx)
{
	const SettingsCommunity *community = settings_community(ctx->community->settings);

	collect(ctx, news->after);
	news->changed = community_isupport_changes(ctx->community, news->isupport);
	news->differs =
	    news->changed->len > 0 || !g_strv_equal((const char *const *)news->sts_hosts,
					  (const char *const *)community->sts_hosts);
	for (unsigned kind = 0; kind < CAP_KINDS; kind++)
		for (unsigned i = 0; i < CAPS; i++)
			news->differs |=
			    g_strcmp0(news->before[kind].words[i], news->after[kind].words[i]) != 0;
}

/* Not every client was shown everything: those without version 302 know plain names only, and no
 * values. */
static char *
new_word(const Session *session, const char *before, const char *after)
{
	bool values = session->cap_version >= CAP_VERSION_VALUES;
	g_autofree char *name = NULL;

	if (!after || g_strcmp0(before, after) == 0)
		return NULL;
	if (values)
		return g_strdup(after);
	name = g_strndup(after, strcspn(after, "="));
	if (before || strchr(name, '/') || (cap_find(name) & CAPS_TOLD_ONLY))
		return NULL;
	return g_steal_pointer(&name);
}

static char *
deleted_word(const Session *session, unsigned index)
{
	const char *name = cap_row(index)->name;
	bool held = session->caps & (UINT64_C(1) << index);
	bool shown = session->cap_version >= CAP_VERSION_VALUES || !strchr(name, '/');

	return held || shown ? g_strdup(name) : NULL;
}

static void
tell_words(Reply *reply, const char *subcommand, GPtrArray *words)
{
	CapLines lines;

	if (words->len == 0)
		return;
	lines = cap_lines_begin(reply, subcommand, false);
	for (guint i = 0; i < words->len; i++)
		cap_lines_add(&lines, words->pdata[i]);
	cap_lines_end(&lines);
}

static void
add_word(GPtrArray *words, char *word)
{
	if (word)
		g_ptr_array_add(words, word);
}

static void
tell_caps(const CapNews *news, Ctx *ctx, Session *session, Reply *reply)
{
	const SettingsCommunity *community = settings_community(ctx->community->settings);
	const CapWords *before = &news->before[cap_kind(&session->peer, news->sts_hosts)];
	const CapWords *after = &news->after[cap_kind(&session->peer, community->sts_hosts)];
	g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) deleted = g_ptr_array_new_with_free_func(g_free);
	uint64_t withdrawn = 0;

	for (unsigned i = 0; i < CAPS; i++) {
		bool gone = before->words[i] && !after->words[i];

		add_word(added, new_word(session, before->words[i], after->words[i]));
		if (!gone)
			continue;
		withdrawn |= UINT64_C(1) << i;
		if (i != CAP_STS_INDEX)
			add_word(deleted, deleted_word(session, i));
		else if (session->peer.tls && session->cap_version >= CAP_VERSION_VALUES)
			add_word(added, g_strdup(STS_ENDS));
	}
	if (session_has(session, CAP_CAP_NOTIFY)) {
		tell_words(reply, "DEL", deleted);
		tell_words(reply, "NEW", added);
	}
	session->caps &= ~withdrawn;
}

static void
tell_tokens(const CapNews *news, Session *session, Reply *reply)
{
	if (news->changed->len == 0 || !session_has(session, CAP_EXTENDED_ISUPPORT))
		return;
	reply_batch_begin(reply, "draft/isupport", NULL);
	for (guint i = 0; i < news->changed->len; i++)
		reply_with(reply, RPL_ISUPPORT, (const char *)news->changed->pdata[i]);
	reply_batch_end(reply);
}

static void
tell_session(const CapNews *news, Ctx *ctx, Session *session)
{
	Reply reply;

	if (session->stage == SESSION_CLOSING)
		return;
	reply_begin(
	    &reply, ctx->community, &ctx->out->outbox, ctx->random, session, ctx->now, NULL);
	tell_caps(news, ctx, session, &reply);
	tell_tokens(news, session, &reply);
	reply_end(&reply);
}

bool
cap_news_tell(CapNews *news, Ctx *ctx)
{
	Session *session = NULL;

	if (!news->changed)
		compare(news, ctx);
	if (!news->differs)
		return false;
	for (unsigned i = 0; i < CAP_NEWS_SLICE; i++) {
		session = slots_next(ctx->community->sessions, &news->cursor);
		if (!session)
			return false;
		tell_session(news, ctx, session);
	}
	return true;
}
