/* SPDX-License-Identifier: MIT */
/* WEBIRC (IRCv3 "WebIRC"): a gateway says whom its connection is for. */
#include "act/login_limit.h"
#include "act/secret_work.h"
#include "act/verbs.h"
#include "base/close_reason.h"
#include "proto/cidr.h"
#include "proto/fingerprint.h"
#include "proto/names.h"

#include <string.h>

/* Words of the work that come back with its answer. */
enum { WORD_GATEWAY, WORD_HOST, WORD_ADDRESS, WORD_OPTIONS };

static Outcome
turn_away(Ctx *ctx, const char *text)
{
	session_set_quit_reason(ctx->actor.session, text);
	out_close_session(ctx->out, ctx->actor.session, CLOSE_NOT_ALLOWED, text);
	return OUTCOME_CLOSE;
}

static bool
comes_from(const SettingsGateway *gateway, const SessionPeer *peer)
{
	Cidr range;

	if (!gateway->from[0])
		return true;
	for (char **from = gateway->from; *from; from++)
		if (cidr_parse(*from, &range) && cidr_contains_text(&range, peer->address))
			return true;
	return false;
}

/* The gateway whose section has the name that was given, else the first that may come from there.
 */
static const SettingsGateway *
find_gateway(const Ctx *ctx, const char *name)
{
	const GPtrArray *gateways = ctx->community->settings->gateways;
	const SessionPeer *peer = &ctx->actor.session->peer;
	const SettingsGateway *found = NULL;

	for (guint i = 0; i < gateways->len; i++) {
		const SettingsGateway *gateway = g_ptr_array_index(gateways, i);

		if (!(gateway->tells & GATEWAY_WEBIRC) || !comes_from(gateway, peer))
			continue;
		if (strcmp(gateway->origin.name, name) == 0)
			return gateway;
		if (!found)
			found = gateway;
	}
	return found;
}

static void
option_secure(const SessionPeer *gateway, SessionPeer *client, const char *value)
{
	client->tls = gateway->private_link;
}

static void
option_remote_port(const SessionPeer *gateway, SessionPeer *client, const char *value)
{
	guint64 port;

	if (g_ascii_string_to_unsigned(value, 10, 1, UINT16_MAX, &port, NULL))
		client->peer_port = (uint16_t)port;
}

static void
option_local_port(const SessionPeer *gateway, SessionPeer *client, const char *value)
{
	guint64 port;

	if (g_ascii_string_to_unsigned(value, 10, 1, UINT16_MAX, &port, NULL))
		client->local_port = (uint16_t)port;
}

static void
option_fingerprint(const SessionPeer *gateway, SessionPeer *client, const char *value)
{
	if (!fingerprint_is_valid(value) || !gateway->private_link)
		return;
	g_free(client->certificate_fingerprint);
	client->certificate_fingerprint = g_ascii_strdown(value, -1);
}

/* What is not here is for others, or for later, and means nothing to us. */
static void
take_option(const char *word, const SessionPeer *gateway, SessionPeer *client)
{
	static const struct {
		const char *name;
		void (*take)(const SessionPeer *gateway, SessionPeer *client, const char *value);
	} options[] = {
	    {"secure", option_secure},
	    {"remote-port", option_remote_port},
	    {"local-port", option_local_port},
	    {"certfp-sha-256", option_fingerprint},
	};
	g_auto(GStrv) parts = g_strsplit(word, "=", 2);

	for (unsigned i = 0; parts[0] && i < G_N_ELEMENTS(options); i++)
		if (strcmp(parts[0], options[i].name) == 0)
			options[i].take(gateway, client, parts[1] ? parts[1] : "");
}

/* "::1" came as "0::1": no parameter but the last can begin with a colon. */
static bool
parse_address(const char *text, char ret_address[static CIDR_TEXT_SIZE])
{
	Cidr cidr;

	if (strchr(text, '/') || !cidr_parse(text, &cidr))
		return false;
	cidr_address_text(&cidr, ret_address);
	return true;
}

static Outcome
speak_for(Ctx *ctx, const char *name, const char *host, const char *address, const char *options)
{
	Session *session = ctx->actor.session;
	Community *community = ctx->community;
	const SettingsLimits *limits = community->settings->limits;
	char canonical[CIDR_TEXT_SIZE];
	Cidr none;
	SessionPeer client = {.peer_port = session->peer.peer_port,
	    .local_port = session->peer.local_port,
	    .listener = session->peer.listener,
	    .private_link = session->peer.private_link};
	g_auto(GStrv) words = g_strsplit(options, " ", -1);

	if (!parse_address(address, canonical))
		return turn_away(ctx, "WEBIRC without a valid address");
	client.address = canonical;
	if (name_is_host(host) && !cidr_parse(host, &none))
		client.host = (char *)host;
	client.gateway = (char *)name;
	for (char **word = words; *word; word++)
		take_option(*word, &session->peer, &client);
	community_count_address(community, session->peer.address, -1);
	outbox_gateway(&ctx->out->outbox, session->conn);
	session_speak_for(session, &client);
	g_free(client.certificate_fingerprint);
	if (community_count_address(community, session->peer.address, +1) >
		limits->connections_per_address &&
	    !cidr_words_contain(limits->connections_exempt, session->peer.address)) {
		const char *text = close_reason(CLOSE_TOO_MANY_CONNECTIONS)->text;

		session_set_quit_reason(session, text);
		out_close_session(ctx->out, session, CLOSE_TOO_MANY_CONNECTIONS, text);
		return OUTCOME_CLOSE;
	}
	return OUTCOME_DONE;
}

static void
refuse_password(Ctx *ctx)
{
	login_failed(ctx);
	turn_away(ctx, "Invalid WebIRC password");
}

static void
password_checked(Ctx *ctx, const SecretAnswer *answer)
{
	if (answer->right)
		speak_for(ctx, answer->words[WORD_GATEWAY], answer->words[WORD_HOST],
		    answer->words[WORD_ADDRESS], answer->words[WORD_OPTIONS]);
	else
		refuse_password(ctx);
}

Outcome
act_speak_for(Ctx *ctx, const Introduction *said)
{
	const SettingsGateway *gateway = find_gateway(ctx, said->gateway);
	const Registration *registration = ctx->actor.session->registration;
	SecretWork work = {.password = said->password};
	Outcome outcome;

	if (registration->nick || registration->username || registration->negotiating ||
	    ctx->actor.session->peer.gateway)
		return turn_away(ctx, "WEBIRC must be the first command");
	if (!gateway ||
	    (gateway->certificates[0] && !fingerprint_in(gateway->certificates,
					     ctx->actor.session->peer.certificate_fingerprint)))
		return turn_away(ctx, "WebIRC is not for you");
	if (!*gateway->password && !*gateway->password_file)
		return speak_for(
		    ctx, gateway->origin.name, said->host, said->address, said->options);
	if (!login_may_try(ctx))
		return turn_away(ctx, LOGIN_TOO_MANY);
	work.stored = gateway->password;
	work.stored_file = gateway->password_file;
	work.words[WORD_GATEWAY] = gateway->origin.name;
	work.words[WORD_HOST] = said->host;
	work.words[WORD_ADDRESS] = said->address;
	work.words[WORD_OPTIONS] = said->options;
	outcome = secret_work(ctx, &work, password_checked);
	return outcome == OUTCOME_PENDING ? outcome
					  : turn_away(ctx, "Too many are connecting, try again");
}
