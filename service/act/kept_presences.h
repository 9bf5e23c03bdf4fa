/* SPDX-License-Identifier: MIT */
/*
 * KeptPresences: users who stay without a client, to and from the store. Which are written, and
 * when, is the keeper's (presence_keeper.h at the top). Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "store/store_presences.h"

/* The user as he is now; he is logged in. Caller frees, or the store takes it over. */
StorePresence *kept_presence_row(const User *user) G_GNUC_WARN_UNUSED_RESULT;
/* Brings back those of rows (StorePresence) whose account still has it so, without a client, into
 * their channels; nobody is told. Accounts and registered channels are there already. */
void kept_presences_return(Ctx *ctx, const GPtrArray *rows);
