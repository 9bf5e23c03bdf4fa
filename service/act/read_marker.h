/* SPDX-License-Identifier: MIT */
/*
 * Read markers as verbs: what the asking user has read (IRCv3 draft/read-marker). Of accounts they
 * are kept in the history. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "store/history.h"

/* What is read up to then; -1: nothing is known. */
int64_t act_read_marker(const Ctx *ctx, const char *target);
/* Moves it and tells all sessions of the user, once it is on the disk where it is kept; the asker
 * is answered in any case: INTERNAL_ERROR if the disk refused. May be PENDING. */
Outcome act_mark_read(Ctx *ctx, const char *target, int64_t time);
/* "MARKREAD target timestamp=…" to the asking session. */
void act_tell_read_marker(Ctx *ctx, const char *target);
/* Who goes for good takes what he has read along, if he has no account. */
void act_forget_read_markers(Ctx *ctx, const User *user);
/* Puts what is stored back, at the start. */
bool act_load_read_markers(Community *community, History *history, GError **error);
