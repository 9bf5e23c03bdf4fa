/* SPDX-License-Identifier: MIT */
/*
 * Kept return: a registered channel whose change the store refused goes back to what is stored, in
 * the service's name: topic, modes, key, limit, lists, and whether it is registered at all. Ranks
 * and members are not stored and stay. Invariant: afterwards memory says what the row says.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "store/store_rows.h"

/* `row` NULL: nothing is stored under that name. */
void kept_channel_return(Ctx *ctx, const char *name, const StoreChannel *row);
