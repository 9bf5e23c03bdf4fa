/* SPDX-License-Identifier: MIT */
/* AUTHENTICATE: SASL as IRCv3 frames it (sasl-3.1, sasl-3.2): base64 in chunks of 400 bytes. */
#include "act/sasl.h"
#include "cmd/handlers.h"
#include "proto/caps.h"
#include "settings/secret.h"

#include <string.h>

#define CHUNK_MAX 400u
/* Base64 of the longest response. */
#define COLLECTED_MAX (SASL_RESPONSE_MAX / 3 * 4)

static void
tell_challenge(Ctx *ctx, const unsigned char *bytes, size_t length)
{
	g_autofree char *text = g_base64_encode(bytes, length);
	size_t left = strlen(text);
	const char *chunk = text;

	for (; left >= CHUNK_MAX; left -= CHUNK_MAX, chunk += CHUNK_MAX)
		reply_line(ctx->reply, "AUTHENTICATE %.*s", (int)CHUNK_MAX, chunk);
	/* Nothing, and what ends with a whole chunk, has an empty one behind it. */
	reply_line(ctx->reply, "AUTHENTICATE %s", left > 0 ? chunk : "+");
}

static void
tell_end(Ctx *ctx, SaslResult result, const char *text)
{
	static const char *const usual = "SASL authentication failed";

	switch (result) {
	case SASL_LOGGED_IN:
		reply(ctx, RPL_SASLSUCCESS);
		break;
	case SASL_FAILED:
	case SASL_BUSY:
		refuse(ctx, ERR_SASLFAIL, *text ? text : usual);
		break;
	case SASL_LOCKED:
		refuse(ctx, ERR_NICKLOCKED, text);
		break;
	case SASL_ABORTED:
		refuse(ctx, ERR_SASLABORTED);
		break;
	}
}

static const SaslFraming framing = {tell_challenge, tell_end};

/* It may hold a password. */
static void
forget_collected(Session *session)
{
	if (!session->sasl_collected)
		return;
	explicit_bzero(session->sasl_collected->str, session->sasl_collected->len);
	g_string_free(g_steal_pointer(&session->sasl_collected), TRUE);
}

static Outcome
start(Ctx *ctx, const char *mechanism)
{
	Session *session = ctx->actor.session;

	/* Before 001 a login is final; after it one may become somebody else (sasl-3.2). */
	if (session->registration && session->registration->account)
		return refuse(ctx, ERR_SASLALREADY);
	forget_collected(session);
	if (!sasl_begin(ctx, &framing, mechanism)) {
		g_autofree char *names = sasl_mechanisms(ctx, session->peer.tls);

		reply(ctx, RPL_SASLMECHS, *names ? names : "*");
		return refuse(ctx, ERR_SASLFAIL, "This mechanism is not available");
	}
	return OUTCOME_DONE;
}

/* The decoder of the library leaves out what it does not know: encoding again shows it. */
static unsigned char *
decode(const char *text, size_t *ret_length)
{
	gsize length = 0;
	unsigned char *bytes = g_base64_decode(text, &length);
	char *again = g_base64_encode(bytes, length);
	bool is_whole = strcmp(again, text) == 0;

	*ret_length = length;
	secret_text_free(again);
	if (is_whole)
		return bytes;
	explicit_bzero(bytes, length);
	g_free(bytes);
	return NULL;
}

static Outcome
respond(Ctx *ctx, const char *text)
{
	unsigned char *bytes;
	size_t length;

	if (!*text) {
		sasl_respond(ctx, "", 0);
	} else if ((bytes = decode(text, &length))) {
		sasl_respond(ctx, (const char *)bytes, length);
		explicit_bzero(bytes, length);
		g_free(bytes);
	} else {
		sasl_end(ctx, SASL_FAILED, 0, "");
		return OUTCOME_REFUSED;
	}
	return ctx->actor.session->pending ? OUTCOME_PENDING : OUTCOME_DONE;
}

/* One chunk: a whole one is followed by more. */
static Outcome
collect(Ctx *ctx, const char *chunk)
{
	Session *session = ctx->actor.session;
	Outcome outcome;
	bool is_empty = strcmp(chunk, "+") == 0;
	size_t length = is_empty ? 0 : strlen(chunk);

	if (length > CHUNK_MAX) {
		sasl_drop(session);
		forget_collected(session);
		return refuse(ctx, ERR_SASLTOOLONG);
	}
	if (!session->sasl_collected)
		session->sasl_collected = g_string_new(NULL);
	if (session->sasl_collected->len + length > COLLECTED_MAX) {
		forget_collected(session);
		sasl_end(ctx, SASL_FAILED, 0, "SASL response too long");
		return OUTCOME_REFUSED;
	}
	g_string_append_len(session->sasl_collected, chunk, (gssize)length);
	if (length == CHUNK_MAX)
		return OUTCOME_DONE;
	outcome = respond(ctx, session->sasl_collected->str);
	forget_collected(session);
	return outcome;
}

Outcome
cmd_authenticate(Ctx *ctx, const Message *message)
{
	Session *session = ctx->actor.session;
	const char *word = message->params[0];

	/* Who negotiates may ask before the capability was acknowledged: some clients do. */
	if (!session_has(session, CAP_SASL) &&
	    !(session->registration && session->registration->negotiating))
		return refuse(ctx, ERR_SASLFAIL, "The capability sasl was not negotiated");
	if (strcmp(word, "*") == 0 && sasl_is_open(session)) {
		forget_collected(session);
		sasl_abort(ctx);
		return OUTCOME_REFUSED;
	}
	if (strcmp(word, "*") == 0)
		return refuse(ctx, ERR_SASLABORTED);
	return sasl_is_open(session) ? collect(ctx, word) : start(ctx, word);
}
