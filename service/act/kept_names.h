/* SPDX-License-Identifier: MIT */
/*
 * KeptNames: nicks and certificates that an account has given up, while that is not on the disk.
 * The disk may refuse, and the account gets them back (kept_accounts.h): until it is known, nobody
 * else gets them. Invariant: without records nothing is refused, and no name leaves slowly.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* `name` is a nick or a fingerprint; the account's write is asked for in the same verb. */
void kept_name_leaves(Ctx *ctx, int64_t account, const char *name);
/* Is another account than this (0: a new one) still giving it up? */
bool kept_name_is_leaving(const Ctx *ctx, const char *name, int64_t account);
