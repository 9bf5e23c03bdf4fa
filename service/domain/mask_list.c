/* SPDX-License-Identifier: MIT */
#include "domain/mask_list.h"

#include "proto/casemap.h"

#include <glib.h>
#include <string.h>

#define MINUTE (INT64_C(60) * G_USEC_PER_SEC)

static void
entry_clear(MaskEntry *entry)
{
	extban_free(entry->extban);
	g_free(entry->set_by);
	g_free(entry->reason);
}

void
mask_list_clear(MaskList *list)
{
	for (unsigned i = 0; i < list->n_entries; i++)
		entry_clear(&list->entries[i]);
	g_free(list->entries);
	*list = (MaskList){.changes = list->changes + 1};
}

static const MaskEntry *
find_exact(const MaskList *list, const char *mask)
{
	for (unsigned i = 0; i < list->n_entries; i++)
		if (casemap_equal(list->entries[i].mask, mask))
			return &list->entries[i];
	return NULL;
}

const MaskEntry *
mask_list_find(const MaskList *list, const char *mask)
{
	const MaskEntry *found = find_exact(list, mask);

	for (unsigned i = 0; !found && list->expires > 0 && i < list->n_entries; i++)
		if (casemap_equal(extban_lasting_text(list->entries[i].extban), mask))
			found = &list->entries[i];
	return found;
}

bool
mask_list_restore(MaskList *list, const char *mask, const char *set_by, const char *reason,
    int64_t set_at, int64_t expires_at)
{
	Extban *extban = extban_parse(mask, NULL);

	if (!extban || find_exact(list, extban_text(extban))) {
		extban_free(extban);
		return false;
	}
	if (list->n_entries == list->capacity) {
		list->capacity = MAX(4, list->capacity * 2);
		list->entries = g_renew(MaskEntry, list->entries, list->capacity);
	}
	list->entries[list->n_entries++] = (MaskEntry){.extban = extban,
	    .mask = extban_text(extban),
	    .set_by = g_strdup(set_by),
	    .reason = g_strdup(reason),
	    .set_at = set_at,
	    .expires_at = expires_at};
	list->expires += expires_at > 0 ? 1 : 0;
	list->changes++;
	return true;
}

bool
mask_list_add(MaskList *list, const char *mask, const char *set_by, int64_t set_at)
{
	g_autoptr(Extban) extban = extban_parse(mask, NULL);
	int64_t lasts = extban ? extban_minutes(extban) * MINUTE : 0;

	return extban &&
	       mask_list_restore(list, mask, set_by, NULL, set_at, lasts > 0 ? set_at + lasts : 0);
}

bool
mask_list_remove(MaskList *list, const char *mask)
{
	const MaskEntry *found = mask_list_find(list, mask);
	unsigned index;

	if (!found)
		return false;
	index = (unsigned)(found - list->entries);
	list->expires -= found->expires_at > 0 ? 1 : 0;
	list->changes++;
	entry_clear(&list->entries[index]);
	memmove(&list->entries[index], &list->entries[index + 1],
	    (list->n_entries - index - 1) * sizeof *list->entries);
	list->n_entries--;
	return true;
}

bool
mask_list_set_reason(MaskList *list, const char *mask, const char *reason)
{
	const MaskEntry *found = mask_list_find(list, mask);
	MaskEntry *entry;

	if (!found)
		return false;
	entry = &list->entries[found - list->entries];
	g_free(entry->reason);
	entry->reason = reason && *reason ? g_strdup(reason) : NULL;
	return true;
}

const MaskEntry *
mask_list_match(const MaskList *list, const MaskSubject *subject)
{
	return mask_list_match_scope(list, subject, EXTBAN_ALL);
}

const MaskEntry *
mask_list_match_scope(const MaskList *list, const MaskSubject *subject, unsigned scopes)
{
	for (unsigned i = 0; i < list->n_entries; i++) {
		const Extban *extban = list->entries[i].extban;

		if ((extban_scopes(extban) & scopes) && extban_matches(extban, subject))
			return &list->entries[i];
	}
	return NULL;
}

int64_t
mask_list_next_end(const MaskList *list)
{
	int64_t next = 0;

	for (unsigned i = 0; list->expires > 0 && i < list->n_entries; i++) {
		int64_t ends = list->entries[i].expires_at;

		if (ends > 0 && (next == 0 || ends < next))
			next = ends;
	}
	return next;
}

const MaskEntry *
mask_list_ended(const MaskList *list, int64_t now)
{
	for (unsigned i = 0; list->expires > 0 && i < list->n_entries; i++)
		if (list->entries[i].expires_at > 0 && list->entries[i].expires_at <= now)
			return &list->entries[i];
	return NULL;
}

void
mask_list_set_setter(MaskList *list, unsigned index, const char *set_by)
{
	g_assert(index < list->n_entries);
	g_free(list->entries[index].set_by);
	list->entries[index].set_by = g_strdup(set_by);
}
