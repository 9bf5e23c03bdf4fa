/* SPDX-License-Identifier: MIT */
/*
 * ModeChanges: what one MODE command changed in a channel so far, until it is announced: as one
 * event, or more when the line would be too long. Invariant: mode_changes_end() announces the rest.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

typedef struct ModeChanges {
	Ctx *ctx;
	Channel *channel;
	GString *letters;    /* "+o-v" not announced yet */
	GString *parameters; /* " anna bea" */
	size_t overhead;     /* bytes of the line besides those */
	char sign;
	GArray *subjects;    /* of int64_t: accounts of those who are named, each once */
	bool applied;        /* something changed */
	bool refused;        /* something was refused */
	bool told_no_host;   /* 482 was said: once is enough */
	bool kept_row_stale; /* what a registered channel's row holds changed */
} ModeChanges;

void mode_changes_begin(ModeChanges *changes, Ctx *ctx, Channel *channel);
/* `parameter` may be NULL. */
void mode_changes_add(ModeChanges *changes, bool add, char letter, const char *parameter);
/* A rank of his. */
void mode_changes_add_rank(ModeChanges *changes, bool add, char letter, const User *user);
/* Announces what there is so far. */
void mode_changes_flush(ModeChanges *changes);
void mode_changes_end(ModeChanges *changes);
