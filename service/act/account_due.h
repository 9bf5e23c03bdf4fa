/* SPDX-License-Identifier: MIT */
/*
 * Accounts that nobody uses: erased after [accounts] expire. An account is used while a client is
 * logged in to it; that it was is written down once a day. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "base/clock.h"

#define ACCOUNT_DUE_INTERVAL (3600 * CLOCK_SECOND) /* between two looks at all of them */

/* Looks at some of them from the cursor on, and erases one at most; the first call has it 0. True
 * if there are more. */
bool account_due_slice(Ctx *ctx, uint32_t *cursor);
