/* SPDX-License-Identifier: MIT */
/*
 * ChannelAccess: the access list of a channel (whom it gives ranks, its bans and exceptions) as
 * rows of a model: those the service told, and those that are to be added; and what has to be
 * called to add and remove them. Thread: main.
 */
#pragma once

#include "call_chain.h"

#include <gtk/gtk.h>

enum {
	CHANNEL_ACCESS_LEVEL, /* "operator" "ban exception" */
	CHANNEL_ACCESS_MODE,  /* the letter that sets it; NULL: it gives a rank */
	CHANNEL_ACCESS_MASK,
	CHANNEL_ACCESS_SET_BY,
	CHANNEL_ACCESS_SET_AT, /* as text, which sorts by time */
	CHANNEL_ACCESS_UNTIL,
	CHANNEL_ACCESS_REASON,
	CHANNEL_ACCESS_IS_NEW, /* gboolean: the service does not have it yet */
	CHANNEL_ACCESS_COLUMNS
};

typedef struct ChannelAccess ChannelAccess;

/* A level as the service describes it; texts are the Description's. */
typedef struct AccessLevel {
	const char *name;
	const char *mode; /* NULL: it gives a rank */
} AccessLevel;

/* Those that entries can be added to: ranks, then modes. Array of AccessLevel, for the caller to
 * free. */
GArray *channel_access_levels(const Description *description);
/* What the service calls an entry for that mask or account which ends after so many minutes; 0:
 * never. Caller frees. */
char *channel_access_timed(const AccessLevel *level, const char *mask, guint minutes);

ChannelAccess *channel_access_new(const char *channel);
void channel_access_free(ChannelAccess *access);
GtkTreeModel *channel_access_model(const ChannelAccess *access);
/* Does any text of the row contain that, which is g_utf8_casefold()ed? */
gboolean channel_access_contains(GtkTreeModel *model, GtkTreeIter *row, const char *folded);
/* The list of access.list, in place of the one before. What was changed and is not so yet stays to
 * be done, unless `forget`. */
void channel_access_show(ChannelAccess *access, const json_t *list, gboolean forget);
void channel_access_add(
    ChannelAccess *access, const AccessLevel *level, const char *mask, const char *reason);
void channel_access_remove(ChannelAccess *access, GtkTreeIter *row);
/* What has to be called; empty if nothing was changed. */
CallChain *channel_access_changes(const ChannelAccess *access);
