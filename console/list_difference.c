/* SPDX-License-Identifier: MIT */
#include "list_difference.h"

static guint64
id_in(const GArray *entries, guint position)
{
	return g_array_index(entries, ListEntry, position).id;
}

ListDifference
list_difference_of(const GArray *old, const GArray *new)
{
	ListDifference part = {0, old->len, new->len};

	while (part.start < MIN(old->len, new->len) &&
	       id_in(old, part.start) == id_in(new, part.start))
		part.start++;
	while (part.old_end > part.start && part.new_end > part.start &&
	       id_in(old, part.old_end - 1) == id_in(new, part.new_end - 1)) {
		part.old_end--;
		part.new_end--;
	}
	return part;
}

GHashTable *
list_entries_table(const GArray *entries, guint start, guint end)
{
	GHashTable *table = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = start; i < end; i++)
		g_hash_table_insert(
		    table, &g_array_index(entries, ListEntry, i).id, GUINT_TO_POINTER(i + 1));
	return table;
}

gboolean
list_difference_is_small(const GArray *old, const GArray *new, const ListDifference *part,
    GHashTable *in_old, GHashTable *in_new)
{
	guint changes = 0, i = part->start, j = part->start;

	while (i < part->old_end || j < part->new_end) {
		const ListEntry *left =
		    i < part->old_end ? &g_array_index(old, ListEntry, i) : NULL;
		const ListEntry *right =
		    j < part->new_end ? &g_array_index(new, ListEntry, j) : NULL;

		if (left && right && left->id == right->id) {
			i++;
			j++;
		} else if (left && !g_hash_table_contains(in_new, &left->id)) {
			i++;
			changes++;
		} else if (right && !g_hash_table_contains(in_old, &right->id)) {
			j++;
			changes++;
		} else {
			return FALSE;
		}
		if (changes > LIST_DIFFERENCE_MAX)
			return FALSE;
	}
	return TRUE;
}
