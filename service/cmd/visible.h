/* SPDX-License-Identifier: MIT */
/*
 * Visible: what of a user another user sees. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "proto/modes.h"

#define USER_FLAGS_SIZE (MODES + 4)
#define HIDDEN_ADDRESS "255.255.255.255" /* shown for one that is not (IRCv3 whox) */

/* Not invisible, in a common channel, the asker himself, or the asker sees what is hidden. */
bool may_see_user(const Ctx *ctx, const User *user);
/* Only the user himself and who sees what is hidden. */
bool may_see_address(const Ctx *ctx, const User *user);
/* "H*@", "G~@+", "HB": here or gone, operator, ranks of `member` (may be NULL), bot. */
void user_flags(
    const Ctx *ctx, const User *user, const Member *member, char text[static USER_FLAGS_SIZE]);
/* "0" for an address that begins with a colon and could not stand as a middle parameter, else "".
 */
const char *address_lead(const char *address);
int64_t idle_seconds(const Ctx *ctx, const User *user);
