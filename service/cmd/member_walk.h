/* SPDX-License-Identifier: MIT */
/*
 * MemberWalk: the members of one channel in slices (cmd/walk.h), as many as the asker may see.
 * Invariant: who was there when it began and still is is met once, whoever comes and goes
 * meanwhile. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "domain/channel.h"

typedef struct MemberWalk MemberWalk;

MemberWalk *member_walk_new(const Channel *channel);
void member_walk_free(MemberWalk *walk);
/* NULL once it is gone. */
const Channel *member_walk_channel(const MemberWalk *walk, const Ctx *ctx);
/* One slice: `tell` is called for each. True if there is more to do, also for want of room.
 * Outsiders are shown who is not invisible, and nobody of a channel that is not shown to them. */
bool member_walk_slice(MemberWalk *walk, Ctx *ctx,
    void (*tell)(Ctx *ctx, const Member *member, void *data), void *data);
