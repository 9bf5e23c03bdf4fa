/* SPDX-License-Identifier: MIT */
/*
 * Channel due: what a channel does by itself when its time has come: entries of its lists that end,
 * and modes that flood control set for a while. One timer for each channel that waits for anything.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* After something with an end was added; sets or moves the channel's timer. */
void channel_due_arm(Ctx *ctx, Channel *channel);
/* `ctx` is the service's own. The channel may be gone afterwards. */
void channel_due_run(Ctx *ctx, Channel *channel);
/* For every channel, at the start. */
void channel_due_arm_all(Ctx *ctx);
