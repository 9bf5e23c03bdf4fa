/* SPDX-License-Identifier: MIT */
/*
 * BearerIntrospection: asks the authorization server about a token (RFC 7662), through libcurl.
 * Invariant: at most INTROSPECTION_ANSWER_MAX bytes are read, within the timeout.
 * Thread: any; blocks.
 */
#pragma once

#include "act/bearer_token.h"

#include <jansson.h>

#define INTROSPECTION_ANSWER_MAX 65536u

/* As bearer_token_check(). */
char *bearer_introspect(const BearerCheck *check, char **ret_problem) G_GNUC_WARN_UNUSED_RESULT;
/* Whom the claims name, if they are good now and for us. */
char *bearer_claims_account(
    const BearerCheck *check, const json_t *claims, char **ret_problem) G_GNUC_WARN_UNUSED_RESULT;
