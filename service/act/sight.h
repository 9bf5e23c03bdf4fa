/* SPDX-License-Identifier: MIT */
/*
 * Sight: a member is shown to those he was concealed from (+D, +x), or concealed again: to them it
 * looks as if he came or went (ircu's delayed join; IRCX's auditorium). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Before something he does or suffers is told: a member that was not shown yet (+D) is. */
void sight_reveal(Ctx *ctx, Member *seat);
/* The same for whoever acts, if he sits there. */
void sight_reveal_actor(Ctx *ctx, const Channel *channel);
/* Around a change of his ranks in an auditorium: before the MODE when he is seen by more, after it
 * when by fewer. `was_concealed`: before the change. */
void sight_rank_rose(Ctx *ctx, Member *seat, bool was_concealed);
void sight_rank_fell(Ctx *ctx, Member *seat, bool was_concealed);
