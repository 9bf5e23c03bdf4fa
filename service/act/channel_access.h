/* SPDX-License-Identifier: MIT */
/*
 * Channel access: ranks that a channel gives by itself: to its founder, and to whom its access list
 * names (accounts, and whatever else an extended ban can say). Given at the JOIN, at a login, and
 * as soon as an entry is made; taken back with the entry. Thread: state.
 */
#pragma once

#include "act/ctx.h"

typedef enum AccessLevel {
	ACCESS_NONE,
	ACCESS_VOICE,
	ACCESS_OP,
	ACCESS_OWNER,
	ACCESS_LEVELS
} AccessLevel;

typedef struct AccessLevelRow {
	const char *name;  /* "owner" */
	const char *other; /* as IRCX and others say it: "host" */
	unsigned list;     /* CHANNEL_* of the access list */
	uint64_t rank;
} AccessLevelRow;

const AccessLevelRow *access_level_row(AccessLevel level);
/* ACCESS_NONE if it is none. Names, letters of the ranks ("q", "+o"). */
AccessLevel access_level_find(const char *name);
/* The first level that names him, highest first. */
AccessLevel access_level_of(const Channel *channel, const User *user);
/* After he joined, or logged in: gives what is his and tells. */
void access_apply(Ctx *ctx, Channel *channel, User *user);
void access_apply_everywhere(Ctx *ctx, User *user);

/* Takes an entry out of every level; the rank it gave, 0 if it was in none. */
uint64_t access_remove_entry(Ctx *ctx, Channel *channel, const char *text);
/* Entries of an account that has another name now. */
void access_rename_entry(Ctx *ctx, Channel *channel, const char *from, const char *to);

/* Verbs of who may: the founder and owners by access; others of MAY_KEEP_CHANNELS; administrators.
 * `whom`: an account's name, or a mask or extended ban. ACCESS_NONE removes it. `reason`
 * may be NULL. */
Outcome act_set_access(
    Ctx *ctx, Channel *channel, const char *whom, AccessLevel level, const char *reason);
Outcome act_clear_access(Ctx *ctx, Channel *channel);
/* Does the list of that level name them by just this? */
bool access_has_entry(const Ctx *ctx, const Channel *channel, const char *whom, AccessLevel level);
/* Why an entry of any list of the channel is there (b e I and access); "": no longer said. Hosts
 * for b e I; who may change access for the rest. */
Outcome act_set_entry_reason(Ctx *ctx, Channel *channel, const char *mask, const char *reason);
/* May the actor change who has access, and settings? Tells why not. */
bool access_may_manage(Ctx *ctx, const Channel *channel);
bool access_must_be_founder(Ctx *ctx, const Channel *channel);
