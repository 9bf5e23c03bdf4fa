/* SPDX-License-Identifier: MIT */
/*
 * BearerToken: whose is this token? Signed ones (RFC 7519 with RS256, ES256 or HS256) are verified
 * with the key of [oauth], others are asked about at its introspection endpoint (RFC 7662).
 * Invariant: a token is good only if its signature, its times, issuer and audience are.
 * Thread: any; bearer_token_check() blocks (files, HTTP), so on the pool.
 */
#pragma once

#include "base/work.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define BEARER_TOKEN_MAX 6000u /* bytes */

/* What is needed to check one; copies, for a job. */
typedef struct BearerCheck {
	char *token;
	char *key_file;      /* PEM public key, or the secret of HS256; "": no signed tokens */
	char *introspection; /* URL; "": none */
	char *client;        /* who asks there */
	char *client_secret_file;
	char *issuer;   /* "": any */
	char *audience; /* "": any */
	char *claim;    /* that names the account */
	int64_t now;    /* wall, microseconds */
	int64_t timeout;
	const Job *job; /* given up when it is cancelled; NULL: never */
} BearerCheck;

/* The account's name; NULL with *ret_problem, for the log and tests. Callers free. */
char *bearer_token_check(const BearerCheck *check, char **ret_problem) G_GNUC_WARN_UNUSED_RESULT;
void bearer_check_clear(BearerCheck *check);
