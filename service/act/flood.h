/* SPDX-License-Identifier: MIT */
/*
 * Flood: what is counted in a channel under +F, and what is done when it is too much. The windows
 * are fixed: a count begins anew when its seconds are over. Members with voice and above and the
 * service are not counted. Thread: state.
 */
#pragma once

#include "act/mode_changes.h"
#include "act/verbs.h"

/* A message that is about to be let through. False: it is too much, and he was told or is gone. */
bool flood_allows_speech(Ctx *ctx, Channel *channel, const Speech *speech);
/* Somebody joined, or changed his nick in it. */
void flood_count(Ctx *ctx, Channel *channel, FloodKind kind);
/* When the first mode that was set for a while ends (wall); 0 if none does. */
int64_t flood_next_end(const Channel *channel);
/* Takes back the modes whose time is over. */
void flood_end_modes(ModeChanges *changes);
