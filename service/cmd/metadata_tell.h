/* SPDX-License-Identifier: MIT */
/*
 * MetadataTell: properties of users and channels as a session of IRCv3 draft/metadata-2 or -3 reads
 * them outside of the answers to GET and SET. Nothing is told to sessions without either.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/verbs.h"

/* The asking user's own, in a batch, which may be empty: part of the welcome. */
void metadata_tell_own(Ctx *ctx);
/* What the asking session subscribed to, of a channel it entered and its members: in a batch, not
 * at all if there is nothing, or 774 if it is much. */
void metadata_tell_entry(Ctx *ctx, const Channel *channel);
/* The answer to SYNC: a batch, which may be empty; 774 after it if not all fitted. */
void metadata_tell_sync(Ctx *ctx, const PropertyTarget *target);
/* What the asking session subscribed to, of a user it begins to watch (MONITOR). */
void metadata_tell_watched(Ctx *ctx, const User *user);
/* 760 for those that WHOIS shows. */
void metadata_tell_whois(Ctx *ctx, const User *user);
