/* SPDX-License-Identifier: MIT */
/*
 * Autoreplay: what a client that cannot ask for the history is sent by itself: what its device
 * (act/device.h) missed, or the newest lines of a channel it joins. Never to a client with
 * draft/chathistory or znc.in/playback, nor to programs (user mode B), nor to an account that does
 * not want it.
 *
 * It comes after the lines of the JOIN and may come after lines that are said meanwhile; the bound
 * between both is the moment at which it was asked for: what was said before it, in the order in
 * which the service saw it, is in the replay; what was said after it was or will be delivered. So
 * nothing is lost and nothing doubled there. At the other end the bound is when the device was last
 * here, to the millisecond, with that millisecond: what it was sent within it is sent again. A
 * device whose connection broke is taken to be gone since it was last heard of, and is sent again
 * what may have arrived after that. Of more than there are settings for, the newest are sent.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* The asking session finds itself in the channel, because it joined it. */
void autoreplay_channel(Ctx *ctx, const Channel *channel);
/* The asking session has become a user's: all his channels and talks. */
void autoreplay_all(Ctx *ctx);
