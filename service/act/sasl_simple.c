/* SPDX-License-Identifier: MIT */
/* PLAIN (RFC 4616), EXTERNAL (RFC 4422 appendix A), ANONYMOUS (RFC 4505). */
#include "act/account_password.h"
#include "act/device.h"
#include "act/sasl.h"
#include "proto/casemap.h"
#include "proto/utf8.h"

#include <string.h>

#define FAILED "SASL authentication failed"
#define ANONYMOUS_TRACE_MAX 255u /* characters: RFC 4505 2 */

/* ---- PLAIN ---- */

/* With a Ctx of the session, whose exchange waits still. */
static void
password_checked(Ctx *ctx, Account *account, const char *problem)
{
	if (!sasl_is_open(ctx->actor.session))
		return;
	if (problem)
		sasl_end(ctx, SASL_FAILED, 0, problem);
	else
		sasl_prove(ctx, account);
}

/* [authzid] NUL authcid NUL passwd, none of them with a NUL in it; false if it is not that. */
static bool
split_plain(char *text, size_t length, char *parts[3])
{
	unsigned n_parts = 0;

	parts[n_parts++] = text;
	for (size_t i = 0; i < length; i++) {
		if (text[i])
			continue;
		if (n_parts == 3)
			return false;
		parts[n_parts++] = text + i + 1;
	}
	return n_parts == 3 && *parts[1] && *parts[2] && utf8_is_valid(text, strlen(text)) &&
	       utf8_is_valid(parts[1], strlen(parts[1])) &&
	       utf8_is_valid(parts[2], strlen(parts[2]));
}

static SaslStep
plain_respond(Ctx *ctx, SaslExchange *exchange, const char *response, size_t length)
{
	char *text = g_malloc(length + 1);
	char *parts[3];
	SaslStep step = SASL_STEP_WAIT;

	memcpy(text, response, length);
	text[length] = '\0';
	if (split_plain(text, length, parts)) {
		device_take(ctx->actor.session, parts[0]);
		device_take(ctx->actor.session, parts[1]);
	} else {
		parts[1] = parts[0];
		*parts[1] = '\0';
	}
	if (!*parts[1] || (*parts[0] && !casemap_equal(parts[0], parts[1])))
		step = sasl_end(ctx, SASL_FAILED, 0, FAILED);
	else if (account_check_password(ctx, parts[1], parts[2], password_checked) !=
		 OUTCOME_PENDING)
		step = sasl_end(ctx, SASL_BUSY, 0, "Too many are logging in, try again");
	explicit_bzero(text, length);
	g_free(text);
	return step;
}

const SaslMechanism sasl_plain = {
    .name = "PLAIN", .bit = MECHANISM_PLAIN, .respond = plain_respond};

/* ---- EXTERNAL ---- */

static SaslStep
external_respond(Ctx *ctx, SaslExchange *exchange, const char *response, size_t length)
{
	const char *fingerprint = ctx->actor.session->peer.certificate_fingerprint;
	g_autofree char *authzid = g_strndup(response, length);
	const Account *account = NULL;

	if (fingerprint && *fingerprint)
		account = accounts_find_certificate(ctx->community->accounts, fingerprint);
	if (!account || strlen(authzid) != length)
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	device_take(ctx->actor.session, authzid);
	if (*authzid && !account_owns_nick(account, authzid))
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	return sasl_prove(ctx, account);
}

const SaslMechanism sasl_external = {
    .name = "EXTERNAL", .bit = MECHANISM_EXTERNAL, .needs_tls = true, .respond = external_respond};

/* ---- ANONYMOUS ---- */

static SaslStep
anonymous_respond(Ctx *ctx, SaslExchange *exchange, const char *response, size_t length)
{
	if (!utf8_is_valid(response, length) ||
	    (length > 0 && g_utf8_strlen(response, (gssize)length) > ANONYMOUS_TRACE_MAX))
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	return sasl_end(ctx, SASL_LOGGED_IN, 0, "");
}

const SaslMechanism sasl_anonymous = {
    .name = "ANONYMOUS", .bit = MECHANISM_ANONYMOUS, .respond = anonymous_respond};
