/* SPDX-License-Identifier: MIT */
/*
 * What is different between two orders of a list's rows (arrays of ListEntry), by identity.
 * Thread: main.
 */
#pragma once

#include "list_index.h"

/* More changes than this are no small difference. */
#define LIST_DIFFERENCE_MAX 200

/* The part that differs: what stands before `start` and behind the ends is the same in both. */
typedef struct ListDifference {
	guint start;
	guint old_end;
	guint new_end;
} ListDifference;

ListDifference list_difference_of(const GArray *old, const GArray *new);
/* Identity -> position + 1; the keys lie in the entries. */
GHashTable *list_entries_table(const GArray *entries, guint start, guint end);
/* TRUE if old becomes new by taking out and putting in few rows, the others keeping their order.
 * The tables are those of the differing parts. */
gboolean list_difference_is_small(const GArray *old, const GArray *new, const ListDifference *part,
    GHashTable *in_old, GHashTable *in_new);
