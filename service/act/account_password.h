/* SPDX-License-Identifier: MIT */
/*
 * AccountPassword: is this the password of that account? Asked by SASL PLAIN and NickServ alike.
 * An account with a second factor wants a code behind the password: "password:123456".
 * Invariant: it takes as long whether the account is there or not; a hash of a foreign form that
 * turns out right is replaced by our own. Thread: state; the work is done on the pool.
 */
#pragma once

#include "act/ctx.h"

/* The problem of a wrong password, and of no account. */
#define ACCOUNT_WRONG "SASL authentication failed"

/* `account` is set exactly when `problem` (a sentence) is NULL. */
typedef void (*PasswordChecked)(Ctx *ctx, Account *account, const char *problem);

/* `name` may be any nick of the account. OUTCOME_PENDING, or OUTCOME_REFUSED with nothing told when
 * too many wait. */
Outcome account_check_password(
    Ctx *ctx, const char *name, const char *password, PasswordChecked checked);
