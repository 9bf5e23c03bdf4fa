/* SPDX-License-Identifier: MIT */
#include "domain/silence_list.h"

#include "proto/casemap.h"

struct SilenceList {
	GPtrArray *entries; /* of SilenceEntry */
	unsigned flags;     /* of any of them */
};

static const struct {
	char letter;
	unsigned flag;
} letters_of_flags[] = {
    {'p', SILENCE_PRIVATE},
    {'n', SILENCE_NOTICES},
    {'i', SILENCE_INVITES},
    {'c', SILENCE_CHANNELS},
    {'t', SILENCE_CHANNEL_NOTICES},
    {'x', SILENCE_EXCEPTION},
};

static void
entry_free(gpointer data)
{
	SilenceEntry *entry = data;

	g_free(entry->mask);
	g_free(entry);
}

SilenceList *
silence_list_new(void)
{
	SilenceList *list = g_new0(SilenceList, 1);

	list->entries = g_ptr_array_new_with_free_func(entry_free);
	return list;
}

void
silence_list_free(SilenceList *list)
{
	if (!list)
		return;
	g_ptr_array_unref(list->entries);
	g_free(list);
}

unsigned
silence_list_count(const SilenceList *list)
{
	return list ? list->entries->len : 0;
}

const SilenceEntry *
silence_list_entry(const SilenceList *list, unsigned index)
{
	return list->entries->pdata[index];
}

static bool
find(const SilenceList *list, const char *mask, guint *ret_index)
{
	for (guint i = 0; i < silence_list_count(list); i++) {
		*ret_index = i;
		if (casemap_equal(silence_list_entry(list, i)->mask, mask))
			return true;
	}
	return false;
}

static void
collect_flags(SilenceList *list)
{
	list->flags = 0;
	for (guint i = 0; i < list->entries->len; i++)
		list->flags |= silence_list_entry(list, i)->flags;
}

bool
silence_list_put(SilenceList *list, const char *mask, unsigned flags)
{
	SilenceEntry *entry;
	guint index;

	if (find(list, mask, &index)) {
		entry = list->entries->pdata[index];
		if (entry->flags == flags)
			return false;
		entry->flags = flags;
		collect_flags(list);
		return true;
	}
	entry = g_new0(SilenceEntry, 1);
	entry->mask = g_strdup(mask);
	entry->flags = flags;
	g_ptr_array_add(list->entries, entry);
	collect_flags(list);
	return true;
}

bool
silence_list_remove(SilenceList *list, const char *mask)
{
	guint index;

	if (!find(list, mask, &index))
		return false;
	g_ptr_array_remove_index(list->entries, index);
	collect_flags(list);
	return true;
}

bool
silence_list_has(const SilenceList *list, const char *mask)
{
	guint index;

	return find(list, mask, &index);
}

bool
silence_list_mentions(const SilenceList *list, unsigned flag)
{
	return list && (list->flags & flag) != 0;
}

bool
silence_list_covers(const SilenceList *list, unsigned flag, const MaskSubject *subject)
{
	bool covered = false;

	if (!silence_list_mentions(list, flag))
		return false;
	for (guint i = 0; i < silence_list_count(list); i++) {
		const SilenceEntry *entry = silence_list_entry(list, i);
		bool exception = (entry->flags & SILENCE_EXCEPTION) != 0;

		if (!(entry->flags & flag) || (covered && !exception) ||
		    !mask_match_subject(entry->mask, subject))
			continue;
		if (exception)
			return false;
		covered = true;
	}
	return covered;
}

bool
silence_flags_parse(const char *letters, unsigned *ret_flags)
{
	*ret_flags = 0;
	for (; *letters; letters++) {
		unsigned flag = 0;

		for (unsigned i = 0; i < G_N_ELEMENTS(letters_of_flags); i++)
			if (letters_of_flags[i].letter == *letters)
				flag = letters_of_flags[i].flag;
		if (flag == 0)
			return false;
		*ret_flags |= flag;
	}
	if (!(*ret_flags & ~(unsigned)SILENCE_EXCEPTION))
		*ret_flags |= SILENCE_EVERYTHING;
	return true;
}

void
silence_flags_text(unsigned flags, char text[static SILENCE_FLAGS_SIZE])
{
	size_t length = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(letters_of_flags); i++)
		if (flags & letters_of_flags[i].flag)
			text[length++] = letters_of_flags[i].letter;
	text[length] = '\0';
}
