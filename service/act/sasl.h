/* SPDX-License-Identifier: MIT */
/*
 * Sasl: one SASL exchange of a session (RFC 4422): which mechanisms there are, bytes in, bytes out,
 * and how it ended. How bytes are written on the wire is its framing's: AUTHENTICATE of IRCv3 has
 * base64 in chunks (cmd/cmd_authenticate.c), other dialects have others; the mechanisms are the
 * same. Invariant: a session has at most one; it is gone once it ended. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define SASL_RESPONSE_MAX 6144u /* bytes of one response, decoded */

typedef enum SaslResult {
	SASL_LOGGED_IN,
	SASL_FAILED,  /* wrong credentials, or what came made no sense */
	SASL_BUSY,    /* not even tried: too many are; counts as nothing */
	SASL_LOCKED,  /* the account may not be used now */
	SASL_ABORTED, /* by the client, or because registration was completed */
} SaslResult;

/* How one dialect writes it; constant. */
typedef struct SaslFraming {
	void (*challenge)(Ctx *ctx, const unsigned char *bytes, size_t length);
	/* `text` is why, a sentence; "" for success and abortion. */
	void (*ended)(Ctx *ctx, SaslResult result, const char *text);
} SaslFraming;

/* What a mechanism makes of a response. */
typedef enum SaslStep {
	SASL_STEP_MORE, /* the challenge was sent */
	SASL_STEP_DONE, /* sasl_end() was called */
	SASL_STEP_WAIT, /* a job goes on with it */
} SaslStep;

typedef struct SaslExchange SaslExchange;

typedef struct SaslMechanism {
	const char *name;
	unsigned bit; /* MECHANISM_* of settings.h */
	bool needs_tls;
	bool (*usable)(const Ctx *ctx); /* NULL: whenever it is allowed */
	/* NULL: nothing is to be had for this session. */
	void *(*begin)(Ctx *ctx);
	void (*free_state)(void *state);
	SaslStep (*respond)(Ctx *ctx, SaslExchange *exchange, const char *response, size_t length);
} SaslMechanism;

struct SaslExchange {
	const SaslMechanism *mechanism;
	const SaslFraming *framing;
	void *state;  /* the mechanism's */
	bool counted; /* as a failed login, before the client takes note of it */
	/* All is right, but the client has still to take note of the last challenge. */
	bool proved;
	int64_t account; /* then: whom it proved to be */
};

/* The mechanisms a connection with or without TLS may use now, separated by commas; "" for none.
 * Caller frees. */
char *sasl_mechanisms(const Ctx *ctx, bool tls) G_GNUC_WARN_UNUSED_RESULT;
/* False if the session may not use it or there is none of that name. */
bool sasl_begin(Ctx *ctx, const SaslFraming *framing, const char *mechanism);
bool sasl_is_open(const Session *session);
/* The client's response, any bytes. */
void sasl_respond(Ctx *ctx, const char *response, size_t length);
/* Ends the exchange, if there is one, as its framing tells it. */
void sasl_abort(Ctx *ctx);
void sasl_drop(Session *session);

/* ---- For mechanisms ---- */

SaslExchange *sasl_exchange(const Session *session);
SaslStep sasl_challenge(Ctx *ctx, const char *bytes, size_t length);
/* Ends it. With SASL_LOGGED_IN `account` is whom it proved to be (0: nobody, ANONYMOUS). */
SaslStep sasl_end(Ctx *ctx, SaslResult result, int64_t account, const char *text);
/* The rest of what `account` may prevent: suspended, not verified. */
SaslStep sasl_prove(Ctx *ctx, const Account *account);

extern const SaslMechanism sasl_plain;
extern const SaslMechanism sasl_external;
extern const SaslMechanism sasl_scram_sha_256;
extern const SaslMechanism sasl_scram_sha_256_plus;
extern const SaslMechanism sasl_anonymous;
extern const SaslMechanism sasl_bearer;
