/* SPDX-License-Identifier: MIT */
#include "domain/mask_list.h"

#include "proto/casemap.h"

#include <glib.h>
#include <string.h>

static void
entry_clear(MaskEntry *entry)
{
	g_free(entry->mask);
	g_free(entry->set_by);
}

void
mask_list_clear(MaskList *list)
{
	for (unsigned i = 0; i < list->n_entries; i++)
		entry_clear(&list->entries[i]);
	g_free(list->entries);
	*list = (MaskList){0};
}

const MaskEntry *
mask_list_find(const MaskList *list, const char *mask)
{
	for (unsigned i = 0; i < list->n_entries; i++)
		if (casemap_equal(list->entries[i].mask, mask))
			return &list->entries[i];
	return NULL;
}

bool
mask_list_add(MaskList *list, const char *mask, const char *set_by, int64_t set_at)
{
	if (mask_list_find(list, mask))
		return false;
	if (list->n_entries == list->capacity) {
		list->capacity = MAX(4, list->capacity * 2);
		list->entries = g_renew(MaskEntry, list->entries, list->capacity);
	}
	list->entries[list->n_entries++] =
	    (MaskEntry){.mask = g_strdup(mask), .set_by = g_strdup(set_by), .set_at = set_at};
	return true;
}

bool
mask_list_remove(MaskList *list, const char *mask)
{
	const MaskEntry *found = mask_list_find(list, mask);
	unsigned index;

	if (!found)
		return false;
	index = (unsigned)(found - list->entries);
	entry_clear(&list->entries[index]);
	memmove(&list->entries[index], &list->entries[index + 1],
	    (list->n_entries - index - 1) * sizeof *list->entries);
	list->n_entries--;
	return true;
}

const MaskEntry *
mask_list_match(const MaskList *list, const MaskSubject *subject)
{
	for (unsigned i = 0; i < list->n_entries; i++)
		if (mask_match_subject(list->entries[i].mask, subject))
			return &list->entries[i];
	return NULL;
}
