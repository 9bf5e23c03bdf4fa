/* SPDX-License-Identifier: MIT */
/*
 * AccountNames: what an account, its e-mail and its password may be.
 * Invariant: told is the code of draft/account-registration; whoever asks. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* All of these: OUTCOME_DONE, or refused with a FAIL of `command` about `name`. */
Outcome account_check_name(Ctx *ctx, const char *command, const char *name);
/* May somebody take the nick for his account `own` (NULL: a new one): does no account hold it, nor
 * another user, and looks it like no other account's? */
Outcome account_check_free(Ctx *ctx, const char *command, const Account *own, const char *name);
Outcome account_check_password_form(
    Ctx *ctx, const char *command, const char *name, const char *password);
/* "" is none. */
Outcome account_check_email(Ctx *ctx, const char *command, const char *name, const char *email);
