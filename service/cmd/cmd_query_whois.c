/* SPDX-License-Identifier: MIT */
/* WHOIS and WHOWAS (RFC 2812 3.6.2, 3.6.3). */
#include "act/services.h"
#include "base/clock.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/metadata_tell.h"
#include "cmd/too_many.h"
#include "cmd/visible.h"
#include "proto/caps.h"
#include "proto/casemap.h"

#include <string.h>

/* Channels of one 319 line; a name with its ranks always fits into the rest. */
#define CHANNELS_LINE 350u

static void
tell_channels(Ctx *ctx, const User *user)
{
	bool all_ranks = session_has(ctx->actor.session, CAP_MULTI_PREFIX);
	g_autoptr(GString) line = g_string_new(NULL);

	for (uint32_t i = 0; i < user->n_seats; i++) {
		const Member *seat = user->seats[i];
		char ranks[MODES + 1];

		if (!may_see_inside(ctx, seat->channel) ||
		    !member_is_seen_by(seat, ctx->actor.user))
			continue;
		if ((user->modes & (MODE_USER_INVISIBLE | MODE_USER_HIDE_CHANNELS)) &&
		    !user_seat(ctx->actor.user, seat->channel) &&
		    !actor_may(ctx, MAY_SEE_HIDDEN, NULL))
			continue;
		if (line->len > 0 &&
		    line->len + strlen(seat->channel->name) + MODES > CHANNELS_LINE) {
			reply(ctx, RPL_WHOISCHANNELS, user->nick, line->str);
			g_string_truncate(line, 0);
		}
		mode_prefixes(seat->ranks, all_ranks, ranks);
		g_string_append_printf(
		    line, "%s%s%s", line->len > 0 ? " " : "", ranks, seat->channel->name);
	}
	if (line->len > 0)
		reply(ctx, RPL_WHOISCHANNELS, user->nick, line->str);
}

/* Where one of his clients really is, whatever host is shown of him, and who connected in its name.
 */
static void
tell_connection(Ctx *ctx, const User *user, const SessionPeer *peer)
{
	reply(ctx, RPL_WHOISHOST, user->nick, user->username,
	    peer->host ? peer->host : peer->address, peer->address);
	if (peer->gateway)
		reply(ctx, RPL_WHOISGATEWAY, user->nick, peer->gateway);
}

/* Each of his clients; of who is here without one, where he was last. */
static void
tell_connections(Ctx *ctx, const User *user)
{
	const SessionPeer absent = {.address = user->address};

	if (!user_first_session(user))
		tell_connection(ctx, user, &absent);
	for (const Session *session = user->sessions; session; session = session->next)
		if (session->stage == SESSION_REGISTERED)
			tell_connection(ctx, user, &session->peer);
}

static bool
has_certificate(const Session *session, const char *fingerprint)
{
	return session->stage == SESSION_REGISTERED && session->peer.certificate_fingerprint &&
	       strcmp(session->peer.certificate_fingerprint, fingerprint) == 0;
}

/* Of all his clients, each once. */
static void
tell_certificates(Ctx *ctx, const User *user)
{
	for (const Session *session = user->sessions; session; session = session->next) {
		const char *fingerprint = session->peer.certificate_fingerprint;
		const Session *first = user->sessions;

		if (!fingerprint || !*fingerprint || session->stage != SESSION_REGISTERED)
			continue;
		while (!has_certificate(first, fingerprint))
			first = first->next;
		if (first == session)
			reply(ctx, RPL_WHOISCERTFP, user->nick, fingerprint);
	}
}

/* What only he himself and operators are told. */
static void
tell_hidden(Ctx *ctx, const User *user)
{
	char letters[MODES + 1];
	g_autofree char *modes = NULL;

	if (!may_see_address(ctx, user))
		return;
	tell_connections(ctx, user);
	if (*user->country)
		reply(ctx, RPL_WHOISCOUNTRY, user->nick, user->country, user->country);
	mode_letters(MODE_ON_USER, user->modes, letters);
	modes = g_strconcat("+", letters, NULL);
	reply(ctx, RPL_WHOISMODES, user->nick, modes);
	tell_certificates(ctx, user);
}

static void
tell_user(Ctx *ctx, const User *user)
{
	const Community *community = ctx->community;

	reply(ctx, RPL_WHOISUSER, user->nick, user->username, user->host, user->real_name);
	tell_channels(ctx, user);
	reply(ctx, RPL_WHOISSERVER, user->nick, community->server_name,
	    community->settings->service->description);
	if (user->away)
		reply(ctx, RPL_AWAY, user->nick, user->away);
	if (user_is_operator(user))
		reply(ctx, RPL_WHOISOPERATOR, user->nick);
	if (user->account)
		reply(ctx, RPL_WHOISACCOUNT, user->nick, user->account);
	if (user->modes & MODE_USER_BOT)
		reply(ctx, RPL_WHOISBOT, user->nick);
	metadata_tell_whois(ctx, user);
	tell_hidden(ctx, user);
	if (user_has_tls(user))
		reply(ctx, RPL_WHOISSECURE, user->nick);
	if (!(user->modes & MODE_USER_HIDE_IDLE) || may_see_address(ctx, user))
		reply(ctx, RPL_WHOISIDLE, user->nick, idle_seconds(ctx, user),
		    user->connected_at / CLOCK_SECOND);
}

static void
tell_service(Ctx *ctx, const ServiceRow *service)
{
	const Community *community = ctx->community;
	const char *nick = service->voice.nick;

	reply(ctx, RPL_WHOISUSER, nick, nick, community->server_name, service->help);
	reply(ctx, RPL_WHOISSERVER, nick, community->server_name,
	    community->settings->service->description);
	reply(ctx, RPL_WHOISBOT, nick);
	reply(ctx, RPL_WHOISSPECIAL, nick, "is a built-in service");
}

/* False if there is nobody of that nick. */
static bool
tell_about(Ctx *ctx, const char *nick)
{
	const ServiceRow *service = service_find(nick);
	const User *user = service ? NULL : find_user(ctx, nick);

	if (service)
		tell_service(ctx, service);
	else if (user)
		tell_user(ctx, user);
	return service || user;
}

Outcome
cmd_whois(Ctx *ctx, const Message *message)
{
	unsigned most = ctx->community->settings->limits->targets;
	g_auto(GStrv) nicks = NULL;
	Outcome outcome = OUTCOME_DONE;
	const char *list;

	if (message->n_params == 0 || !*message->params[MIN(message->n_params, 2) - 1])
		return refuse(ctx, ERR_NONICKNAMEGIVEN);
	list = message->params[MIN(message->n_params, 2) - 1];
	nicks = g_strsplit(list, ",", -1);
	for (unsigned i = 0; nicks[i]; i++) {
		if (!list_word_counts(nicks, i))
			continue;
		if (most-- == 0) {
			outcome = refuse_words(ctx, nicks, i);
			break;
		}
		if (!tell_about(ctx, nicks[i]))
			outcome = OUTCOME_REFUSED;
	}
	reply(ctx, RPL_ENDOFWHOIS, message_middle(list));
	return outcome;
}

static void
tell_departed(Ctx *ctx, const WhowasEntry *entry)
{
	char left[CLOCK_TEXT_SIZE];

	clock_format(entry->left_at, left);
	reply(ctx, RPL_WHOWASUSER, entry->nick, entry->username, entry->host, entry->real_name);
	reply(ctx, RPL_WHOISSERVER, entry->nick, ctx->community->server_name, left);
}

Outcome
cmd_whowas(Ctx *ctx, const Message *message)
{
	const char *nick = message->n_params > 0 ? message->params[0] : "";
	guint64 most = 0;
	const void *cursor = NULL;
	unsigned found = 0;
	const WhowasEntry *entry;

	if (!*nick)
		return refuse(ctx, ERR_NONICKNAMEGIVEN);
	/* RFC 2812 3.6.3: without a positive count all are told. */
	if (message->n_params < 2 ||
	    !g_ascii_string_to_unsigned(message->params[1], 10, 1, G_MAXUINT32, &most, NULL))
		most = G_MAXUINT32;
	while (found < most && (entry = whowas_next(ctx->community->whowas, &cursor))) {
		if (!casemap_equal(entry->nick, nick))
			continue;
		tell_departed(ctx, entry);
		found++;
	}
	if (found == 0)
		refuse(ctx, ERR_WASNOSUCHNICK, message_middle(nick));
	reply(ctx, RPL_ENDOFWHOWAS, message_middle(nick));
	return found > 0 ? OUTCOME_DONE : OUTCOME_REFUSED;
}
