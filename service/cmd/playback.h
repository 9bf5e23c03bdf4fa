/* SPDX-License-Identifier: MIT */
/*
 * Playback: what is written to *playback (znc.in/playback): "PLAY <target or *> [<from> [<to>]]",
 * in seconds since 1970. For clients that know ZNC and not CHATHISTORY. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define PLAYBACK_NAME "*playback"

/* True if PRIVMSG to that target is for it. */
bool playback_is_target(const Ctx *ctx, const char *target);
Outcome playback_command(Ctx *ctx, const char *text);
