/* SPDX-License-Identifier: MIT */
/*
 * AccountRights: who may change an account. Invariant: administrators may all; operators with the
 * privilege accounts too; users what is their own. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* OUTCOME_DONE, or a refusal. */
Outcome account_must_own(Ctx *ctx, const Account *account);
/* Not for owners. */
Outcome account_must_manage(Ctx *ctx, const Account *account);
