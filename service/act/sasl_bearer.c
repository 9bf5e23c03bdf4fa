/* SPDX-License-Identifier: MIT */
/* OAUTHBEARER (RFC 7628): "n,a=authzid,^Aauth=Bearer token^A^A". */
#include "act/account_verbs.h"
#include "act/bearer_token.h"
#include "act/login_limit.h"
#include "act/sasl.h"
#include "act/session_job.h"
#include "proto/utf8.h"

#include <string.h>

#define FAILED "SASL authentication failed"
#define SEPARATOR "\001"
#define SCHEME "auth=Bearer "
#define JOBS_MAX 64u
/* RFC 7628 3.2.2: an error is a challenge, which the client takes note of with one ^A. */
#define ERROR_JSON "{\"status\":\"invalid_token\"}"

typedef struct BearerJob {
	SessionJob job; /* first */
	BearerCheck check;
	char *authzid;
	char *name; /* answer; NULL: none */
} BearerJob;

/* Set while the client has still to take note of the error. */
typedef struct BearerState {
	bool refused;
} BearerState;

static bool
is_configured(const Ctx *ctx)
{
	const SettingsOauth *settings = ctx->community->settings->oauth;

	return *settings->key_file || *settings->introspection;
}

static void *
bearer_begin(Ctx *ctx)
{
	return g_new0(BearerState, 1);
}

static SaslStep
refuse_token(Ctx *ctx, SaslExchange *exchange)
{
	((BearerState *)exchange->state)->refused = true;
	/* Now: who goes without an answer has tried all the same. */
	login_failed(ctx);
	exchange->counted = true;
	return sasl_challenge(ctx, ERROR_JSON, strlen(ERROR_JSON));
}

static void
job_free(SessionJob *job)
{
	BearerJob *bearer = (BearerJob *)job;

	bearer_check_clear(&bearer->check);
	g_free(bearer->authzid);
	g_free(bearer->name);
	g_free(bearer);
}

static void
job_run(Job *job)
{
	BearerJob *bearer = (BearerJob *)job;
	g_autofree char *problem = NULL;

	bearer->name = bearer_token_check(&bearer->check, &problem);
	bearer->job.is_right = bearer->name != NULL;
}

static void
checked(Ctx *ctx, SessionJob *job)
{
	const BearerJob *bearer = (BearerJob *)job;
	SaslExchange *exchange = sasl_exchange(ctx->actor.session);
	const Account *account =
	    bearer->name ? accounts_find_nick(ctx->community->accounts, bearer->name) : NULL;

	if (!exchange)
		return;
	if (!account || (*bearer->authzid && !account_owns_nick(account, bearer->authzid)))
		refuse_token(ctx, exchange);
	else
		sasl_prove(ctx, account);
}

static char *
resolve(Ctx *ctx, const char *path)
{
	const char *config = ctx->host->status(ctx->host)->config_path;
	g_autofree char *directory = config ? g_path_get_dirname(config) : NULL;

	return directory && *path && !g_path_is_absolute(path)
		   ? g_build_filename(directory, path, NULL)
		   : g_strdup(path);
}

static SaslStep
start_job(Ctx *ctx, const char *token, char *authzid)
{
	const SettingsOauth *settings = ctx->community->settings->oauth;
	BearerJob *bearer = g_new0(BearerJob, 1);

	bearer->job.job.run = job_run;
	bearer->job.then = checked;
	bearer->job.free = job_free;
	bearer->job.is_try = true;
	bearer->authzid = authzid;
	bearer->check = (BearerCheck){
	    .token = g_strdup(token),
	    .key_file = resolve(ctx, settings->key_file),
	    .introspection = g_strdup(settings->introspection),
	    .client = g_strdup(settings->client),
	    .client_secret_file = resolve(ctx, settings->client_secret_file),
	    .issuer = g_strdup(settings->issuer),
	    .audience = g_strdup(settings->audience),
	    .claim = g_strdup(settings->claim),
	    .now = ctx->now,
	    .timeout = settings->timeout,
	    .job = &bearer->job.job,
	};
	if (session_job_start(ctx, &bearer->job, WORK_TOKENS, JOBS_MAX) != OUTCOME_PENDING)
		return sasl_end(ctx, SASL_BUSY, 0, "Too many are logging in, try again");
	return SASL_STEP_WAIT;
}

/* What stands behind the scheme; NULL if there is none. */
static const char *
find_token(char **parts)
{
	for (unsigned i = 1; parts[i]; i++)
		if (g_ascii_strncasecmp(parts[i], SCHEME, strlen(SCHEME)) == 0)
			return parts[i] + strlen(SCHEME);
	return NULL;
}

static SaslStep
bearer_respond(Ctx *ctx, SaslExchange *exchange, const char *response, size_t length)
{
	g_autofree char *text = g_strndup(response, length);
	g_auto(GStrv) parts = NULL;
	g_auto(GStrv) header = NULL;
	const char *token;

	if (((BearerState *)exchange->state)->refused || strlen(text) != length ||
	    !utf8_is_valid(text, length))
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	parts = g_strsplit(text, SEPARATOR, -1);
	header = g_strsplit(parts[0] ? parts[0] : "", ",", -1);
	token = parts[0] ? find_token(parts) : NULL;
	/* gs2-header: no channel binding, an identity or none, and a comma behind it. */
	if (!token || !*token || g_strv_length(header) != 3 ||
	    (strcmp(header[0], "n") != 0 && strcmp(header[0], "y") != 0) ||
	    (*header[1] && !g_str_has_prefix(header[1], "a=")) || *header[2])
		return sasl_end(ctx, SASL_FAILED, 0, FAILED);
	return start_job(ctx, token, g_strdup(*header[1] ? header[1] + 2 : ""));
}

const SaslMechanism sasl_bearer = {.name = "OAUTHBEARER",
    .bit = MECHANISM_OAUTHBEARER,
    .needs_tls = true,
    .usable = is_configured,
    .begin = bearer_begin,
    .free_state = g_free,
    .respond = bearer_respond};
