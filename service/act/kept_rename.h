/* SPDX-License-Identifier: MIT */
/*
 * KeptRename: a stored channel has another name in one write: its row, its lists, its properties.
 * What was said in it goes along once that is on the disk. Invariant: when the disk refuses, the
 * channel has its former name again, in memory, on the disk and in the history, and everybody is
 * told. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* The channel had the name `old` until now; nothing for one that is not stored. */
void kept_channel_rename(Ctx *ctx, const Channel *channel, const char *old);
