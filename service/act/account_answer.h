/* SPDX-License-Identifier: MIT */
/*
 * AccountAnswer: what was done, told to who asked: "REGISTER SUCCESS account :text" to a client
 * that used the command, a NOTICE where a service was asked, nothing on the control socket, whose
 * methods have results. Thread: state.
 */
#pragma once

#include "act/ctx.h"

void account_answer(
    Ctx *ctx, const char *command, const char *code, const char *account, const char *text);
/* As ctx_fail(), in the name of ACCOUNT, about this account. */
Outcome account_fail(Ctx *ctx, const Account *account, const char *code, const char *text);
/* A change was made: it is stored, recorded as `what`, and `text` is said. OUTCOME_DONE. */
Outcome account_changed(Ctx *ctx, const Account *account, const char *what, const char *text);
/* An account was registered, changed or removed: for the record, nobody's line. `text` says what:
 * "registered", "renamed". */
void account_recorded(Ctx *ctx, const Account *account, const char *text);
