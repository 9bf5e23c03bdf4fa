/* SPDX-License-Identifier: MIT */
/*
 * LiveTable: rows of one kind as texts, kept up to date by pages of a list and by pushes.
 * A row has a number of its own that it keeps as long as its key is there, also over a fresh
 * listing, so that selection and scroll position stay.
 * Invariant: keys are unique; live_table_sweep() leaves what came since live_table_begin().
 * Thread: one.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

#define LIVE_TABLE_ROWS_MAX 200000

typedef struct LiveKind {
	const char *topic;  /* of service.subscribe, and what its events begin with: "user" */
	const char *method; /* that lists: "user.list" */
	const char *key;    /* the field that identifies a row: "id" */
	const char *parent; /* member of an event and parameter of the method; NULL: none */
	const char *const *fields;
	guint n_fields;
} LiveKind;

typedef enum LiveChange {
	LIVE_NOTHING, /* not about this table, or the same as before */
	LIVE_CHANGED,
	LIVE_ADDED,
	LIVE_REMOVED,
	LIVE_LOST, /* events were lost: list anew */
} LiveChange;

typedef struct LiveTable LiveTable;

/* `kind` is static. `parent`: the value of kind->parent, NULL if that is. */
LiveTable *live_table_new(const LiveKind *kind, const char *parent);
void live_table_free(LiveTable *table);

/* A fresh listing: begin, rows of every page, sweep; sweep returns whether rows went away. */
void live_table_begin(LiveTable *table);
void live_table_add_page(LiveTable *table, const json_t *list);
gboolean live_table_sweep(LiveTable *table);
/* What a push says; `ret_id` (may be NULL) is the row it was about, unless LIVE_NOTHING or LOST. */
LiveChange live_table_event(LiveTable *table, const json_t *event, guint64 *ret_id);

guint live_table_count(const LiveTable *table);
guint64 live_table_id(const LiveTable *table, guint row);
/* Text of a field: "" for null, digits, "true" or "false", texts as they are. Borrowed until the
 * table is changed. */
const char *live_table_text(const LiveTable *table, guint row, guint field);
/* FALSE if there is no such row (any more). */
gboolean live_table_find(const LiveTable *table, guint64 id, guint *ret_row);
gboolean live_table_find_key(const LiveTable *table, const char *key, guint *ret_row);
/* Index of a field by its name; it must be there. */
guint live_kind_field(const LiveKind *kind, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LiveTable, live_table_free)
