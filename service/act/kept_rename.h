/* SPDX-License-Identifier: MIT */
/*
 * KeptRename: a channel has another name in the store too, its row, lists and properties in one
 * write, and what was said in it goes along in the history. Two files cannot be committed together:
 * each remembers the rename until it is known that the other has it, and kept_renames_resume()
 * brings them together after a crash in between. Invariant: when one of them refuses, the channel
 * has its former name again, in memory and in both, and everybody is told; until then it is not
 * renamed again. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"
#include "base/log.h"

/* The channel had the name `old` until now, which leads to it until then (wall; 0: it does not). Of
 * one that is not stored only the history is told. */
void kept_channel_rename(Ctx *ctx, const Channel *channel, const char *old, int64_t until);
/* Is its last rename not on the disk yet? */
bool kept_rename_is_open(const Ctx *ctx, const Channel *channel);
/* Ends what a crash left open, and brings back which former names lead to channels. Channels and
 * read markers are there already. Blocks: before the service runs. */
bool kept_renames_resume(
    Records *records, Community *community, int64_t now, Log *log, GError **error);
