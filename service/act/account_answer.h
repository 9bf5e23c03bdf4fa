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
/* An account was registered, changed or removed: for the record, nobody's line. `text` says what:
 * "registered", "renamed". */
void account_recorded(Ctx *ctx, const Account *account, const char *text);
