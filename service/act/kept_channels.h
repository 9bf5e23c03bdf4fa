/* SPDX-License-Identifier: MIT */
/*
 * Kept channels: registered and permanent channels, and those held by users who stay
 * (act/held_channels.h), as they stand in the store: topic, modes, key, limit and lists; and back
 * into the community at the start. Invariant: what is in memory is ahead of the
 * store by what is still in its queue only (what the store refuses is taken back, kept_writes.h);
 * without records nothing is kept. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "store/store_rows.h"

/* Makes the channels of rows (StoreChannel with entries, store_read_channels()) anew; those that
 * are there already are left as they are. */
void kept_channels_load(Community *community, const GPtrArray *rows, int64_t now);
/* One that is not there. */
Channel *kept_channel_load(Community *community, const StoreChannel *row, int64_t now);
/* Sets the flags and values of a row ("LNnt #over") in a channel that has none. */
void kept_modes_load(Channel *channel, const char *text);
/* A channel that is to be stored from now on, with its lists. */
void kept_channel_put_all(Ctx *ctx, const Channel *channel);
void kept_channel_remove(Ctx *ctx, const Channel *channel);
/* A property; `value` NULL: it was removed. Nothing for channels that are not stored. */
void kept_channel_put_property(
    Ctx *ctx, const Channel *channel, const char *key, const char *value);
/* Entries of the lists of a stored channel; nothing for others. */
void kept_channel_put_entry(Ctx *ctx, const Channel *channel, char letter, const MaskEntry *entry);
void kept_channel_remove_entry(Ctx *ctx, const Channel *channel, char letter, const char *mask);
