/* SPDX-License-Identifier: MIT */
/*
 * KeptWrites: the writes of registered channels that are on their way to the store, by channel.
 * When one was refused, memory goes back to what is stored and everybody is told (kept_return.h),
 * as soon as no other write of that channel is on its way: none is taken back that comes to the
 * disk after all. Invariant: every write begun is done exactly once. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"

/* What goes with kept_write_done() to the store. */
void *kept_write(Ctx *ctx, const Channel *channel);
void kept_write_done(void *data, const StoreAnswer *answer);
