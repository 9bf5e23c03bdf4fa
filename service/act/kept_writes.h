/* SPDX-License-Identifier: MIT */
/*
 * KeptWrites: the writes of what is kept (registered channels, accounts) that are on their way to
 * the store, by object. When one was refused, memory goes back to what is stored and everybody is
 * told (KeptKind.give_back), as soon as no other write of that object is on its way: none is taken
 * back that comes to the disk after all. Invariant: every write begun is done exactly once.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"

/* One kind of what is kept; constant. */
typedef struct KeptKind {
	const char *name; /* "channel"; for the log too */
	/* Pool thread. False with `error`; *ret_row NULL: nothing is stored under that key. */
	bool (*read)(Store *store, const char *key, void **ret_row, GError **error);
	GDestroyNotify free_row;
	/* Memory becomes what the row says. */
	void (*give_back)(Ctx *ctx, const char *key, const void *row);
} KeptKind;

/* What goes with kept_write_done() to the store; the key names the object, without case. */
void *kept_write_of(Ctx *ctx, const KeptKind *kind, const char *key);
/* Of a registered channel. */
void *kept_write(Ctx *ctx, const Channel *channel);
void *kept_write_of_channel(Ctx *ctx, const char *name);
/* Is every write of the object answered, and nothing of it to be taken back? */
bool kept_is_settled(const Records *records, const KeptKind *kind, const char *key);
void kept_write_done(void *data, const StoreAnswer *answer);
