/* SPDX-License-Identifier: MIT */
/*
 * Sight: a member is shown to those he was concealed from (+D, +x), or concealed again: to them it
 * looks as if he came or went (ircu's delayed join; IRCX's auditorium); and whoever sees others now
 * than before, because of his own rank or of +x, is told of them the same way.
 * Each by a line of his own where at most SIGHT_EACH members are concerned; in larger channels who
 * sees more is sent the list of members, who sees less seems to leave and to enter again.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define SIGHT_EACH 100u

/* Before something he does or suffers is told: a member that was not shown yet (+D) is. */
void sight_reveal(Ctx *ctx, Member *seat);
/* The same for whoever acts, if he sits there. */
void sight_reveal_actor(Ctx *ctx, const Channel *channel);
/* Around a change of his ranks in an auditorium: before the MODE when he is seen by more, after it
 * when by fewer. `was_concealed`: before the change. */
void sight_rank_rose(Ctx *ctx, Member *seat, bool was_concealed);
void sight_rank_fell(Ctx *ctx, Member *seat, bool was_concealed);
/* His ranks changed: in an auditorium hosts see all, others do not. After the MODE was told. */
void sight_viewer_changed(Ctx *ctx, Member *viewer, bool was_host);
/* The channel became an auditorium, or is none any more. After the MODE was told. */
void sight_auditorium_changed(Ctx *ctx, Channel *channel);

/* May the asker know that the channel is there? Whatever tells of it asks first, and answers about
 * one he may not know of as about one that is not there. */
bool sight_of_channel(const Ctx *ctx, const Channel *channel);
