/* SPDX-License-Identifier: MIT */
/* SCRAM-SHA-256 (RFC 7677) and SCRAM-SHA-256-PLUS with tls-exporter (RFC 9266), by GNU SASL. The
 * keys stored are of the password; computing with them costs a few hashes, so it is done here. */
#include "act/account_verbs.h"
#include "act/device.h"
#include "act/sasl.h"
#include "settings/secret.h"

#include <glib.h>
#include <gsasl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string.h>

#define FAILED "SASL authentication failed"
#define DECOY_SALT_SIZE SECRET_SALT_SIZE

typedef struct Scram {
	Gsasl *library;
	Gsasl_session *session;
	const Community *community;
	Session *owner;   /* whose exchange it is */
	GBytes *exporter; /* channel binding; NULL: none */
	int64_t account;  /* whose keys were used; 0: nobody's */
	bool plus;        /* the mechanism binds the channel */
	bool begun;       /* its first message was heard */
} Scram;

/* Who is nobody gets a salt too, always the same for the name: names cannot be tried out. */
static void
set_decoy(Gsasl_session *session, const Scram *scram, const char *name)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	unsigned length = sizeof digest;
	g_autofree char *folded = g_ascii_strdown(name, -1);
	g_autofree char *salt = NULL;
	g_autofree char *key = NULL;

	HMAC(EVP_sha256(), scram->community->decoy_key, sizeof scram->community->decoy_key,
	    (const unsigned char *)folded, strlen(folded), digest, &length);
	salt = g_base64_encode(digest, DECOY_SALT_SIZE);
	HMAC(EVP_sha256(), scram->community->decoy_key, sizeof scram->community->decoy_key, digest,
	    sizeof digest, digest, &length);
	key = g_base64_encode(digest, sizeof digest);
	gsasl_property_set(session, GSASL_SCRAM_ITER, G_STRINGIFY(SECRET_ITERATIONS));
	gsasl_property_set(session, GSASL_SCRAM_SALT, salt);
	gsasl_property_set(session, GSASL_SCRAM_STOREDKEY, key);
	gsasl_property_set(session, GSASL_SCRAM_SERVERKEY, key);
}

static void
set_keys(Gsasl_session *session, Scram *scram)
{
	const char *said = gsasl_property_fast(session, GSASL_AUTHID);
	g_autofree char *name = g_strdup(said ? said : "");
	const Account *account;
	SecretParts parts;

	device_take(scram->owner, name);
	account = accounts_find_nick(scram->community->accounts, name);
	if (!account || !secret_parts(account->secret, &parts)) {
		set_decoy(session, scram, name);
		return;
	}
	scram->account = account->id;
	gsasl_property_set(session, GSASL_SCRAM_ITER, parts.iterations);
	gsasl_property_set(session, GSASL_SCRAM_SALT, parts.salt);
	gsasl_property_set(session, GSASL_SCRAM_STOREDKEY, parts.stored_key);
	gsasl_property_set(session, GSASL_SCRAM_SERVERKEY, parts.server_key);
	secret_parts_clear(&parts);
}

static void
set_binding(Gsasl_session *session, const Scram *scram)
{
	gsize length;
	const unsigned char *bytes = g_bytes_get_data(scram->exporter, &length);
	g_autofree char *text = g_base64_encode(bytes, length);

	gsasl_property_set(session, GSASL_CB_TLS_EXPORTER, text);
}

static int
answer_library(Gsasl *library, Gsasl_session *session, Gsasl_property property)
{
	Scram *scram = gsasl_session_hook_get(session);

	if (property == GSASL_CB_TLS_EXPORTER) {
		if (!scram->exporter)
			return GSASL_NO_CB_TLS_EXPORTER;
		set_binding(session, scram);
		return GSASL_OK;
	}
	/* All four at the first question for any of them, once it is known who it is. */
	if (property == GSASL_SCRAM_ITER || property == GSASL_SCRAM_SALT ||
	    property == GSASL_SCRAM_STOREDKEY || property == GSASL_SCRAM_SERVERKEY) {
		set_keys(session, scram);
		return GSASL_OK;
	}
	return GSASL_NO_CALLBACK;
}

static void
scram_free(void *state)
{
	Scram *scram = state;

	if (scram->session)
		gsasl_finish(scram->session);
	if (scram->library)
		gsasl_done(scram->library);
	g_clear_pointer(&scram->exporter, g_bytes_unref);
	g_free(scram);
}

/* Without a key of its own every name would look alike; made once, when first needed. */
static void
make_decoy_key(Ctx *ctx)
{
	Community *community = ctx->community;

	if (community->has_decoy_key)
		return;
	/* Over a restart too: a salt that changes with it would tell that the name is nobody's. */
	if (!ctx->host->decoy_key ||
	    !ctx->host->decoy_key(ctx->host, community->decoy_key, sizeof community->decoy_key))
		ctx->random->fill(ctx->random, community->decoy_key, sizeof community->decoy_key);
	community->has_decoy_key = true;
}

static void *
begin(Ctx *ctx, const char *mechanism, bool plus)
{
	const Session *session = ctx->actor.session;
	const unsigned offered = ctx->community->settings->accounts->mechanisms;
	Scram *scram = g_new0(Scram, 1);

	make_decoy_key(ctx);
	scram->plus = plus;
	scram->community = ctx->community;
	scram->owner = ctx->actor.session;
	/* A client that thinks we have no channel binding is told off only if we offer it. */
	if (session->peer.tls_exporter && (plus || (offered & MECHANISM_SCRAM_SHA_256_PLUS)))
		scram->exporter = g_bytes_ref(session->peer.tls_exporter);
	if ((plus && !scram->exporter) || gsasl_init(&scram->library) != GSASL_OK) {
		scram_free(scram);
		return NULL;
	}
	gsasl_callback_set(scram->library, answer_library);
	if (gsasl_server_start(scram->library, mechanism, &scram->session) != GSASL_OK) {
		scram_free(scram);
		return NULL;
	}
	gsasl_session_hook_set(scram->session, scram);
	return scram;
}

static void *
scram_begin(Ctx *ctx)
{
	return begin(ctx, "SCRAM-SHA-256", false);
}

static void *
scram_plus_begin(Ctx *ctx)
{
	return begin(ctx, "SCRAM-SHA-256-PLUS", true);
}

/* The keys were right: is what it asked for its own? */
static SaslStep
proved(Ctx *ctx, SaslExchange *exchange, const char *last, size_t length)
{
	Scram *scram = exchange->state;
	const char *authzid = gsasl_property_fast(scram->session, GSASL_AUTHZID);
	const Account *account = accounts_by_id(ctx->community->accounts, scram->account);
	const char *obstacle;

	if (!account || (authzid && *authzid && !account_owns_nick(account, authzid)))
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	/* It has no place for a code. */
	if (*account->totp)
		return sasl_end(ctx, SASL_LOCKED, 0,
		    "The account has a second factor: use PLAIN with password:code");
	obstacle = account_obstacle(account, ctx->now);
	if (obstacle)
		return sasl_end(ctx, SASL_LOCKED, 0, obstacle);
	exchange->proved = true;
	exchange->account = account->id;
	return sasl_challenge(ctx, last, length);
}

static SaslStep
scram_respond(Ctx *ctx, SaslExchange *exchange, const char *response, size_t length)
{
	Scram *scram = exchange->state;
	char *output = NULL;
	size_t output_length = 0;
	SaslStep step;
	bool binds = !scram->begun && length > 0 && *response == 'p';
	int code;

	scram->begun = true;
	/* Whoever asks for a binding names a mechanism that has one (RFC 5802 6). */
	if (binds && !scram->plus)
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	code = gsasl_step(scram->session, response, length, &output, &output_length);
	if (code == GSASL_OK)
		step = proved(ctx, exchange, output, output_length);
	else if (code == GSASL_NEEDS_MORE && output_length > 0)
		step = sasl_challenge(ctx, output, output_length);
	else
		step = sasl_end(ctx, SASL_FAILED, 0, FAILED);
	gsasl_free(output);
	return step;
}

const SaslMechanism sasl_scram_sha_256 = {.name = "SCRAM-SHA-256",
    .bit = MECHANISM_SCRAM_SHA_256,
    .begin = scram_begin,
    .free_state = scram_free,
    .respond = scram_respond};

const SaslMechanism sasl_scram_sha_256_plus = {.name = "SCRAM-SHA-256-PLUS",
    .bit = MECHANISM_SCRAM_SHA_256_PLUS,
    .needs_tls = true,
    .begin = scram_plus_begin,
    .free_state = scram_free,
    .respond = scram_respond};
