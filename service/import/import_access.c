/* SPDX-License-Identifier: MIT */
/* Access to channels: what other services write, as the ranks there are here. */
#include "import/import.h"
#include "proto/casemap.h"

#include <string.h>

#define NOTE_MAX 80        /* bytes of a foreign text in a note */
#define ENTRIES_MAX 10000u /* of a channel: what [limits] list_entries allows at most */
#define SET_BY "import"

/* Words of lists (xOP) and letters of modes at joining. What is not here has no counterpart. */
static const struct {
	const char *word;
	char rank;
} words[] = {
    {"QOP", 'q'},
    {"SOP", 'o'},
    {"AOP", 'o'},
    {"VOP", 'v'},
    {"q", 'q'},
    {"o", 'o'},
    {"v", 'v'},
};

/* Levels as Anope has them when nobody changed them: the number that gives the rank at joining. */
static const struct {
	gint64 least;
	char rank; /* '\0': none here (half-operator) */
} levels[] = {
    {9999, 'q'},
    {5, 'o'},
    {4, '\0'},
    {3, 'v'},
};

/* Letters among flags that give the rank at joining, highest first. */
static const struct {
	char flag;
	char rank;
} flags[] = {
    {'F', 'q'},
    {'Q', 'q'},
    {'O', 'o'},
    {'V', 'v'},
};

static char
rank_of_level(gint64 level)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(levels); i++)
		if (level >= levels[i].least)
			return levels[i].rank;
	return '\0';
}

/* '\0' if it has no counterpart. */
static char
rank_of(const char *access)
{
	gint64 level;

	if (g_ascii_string_to_signed(access, 10, G_MININT32, G_MAXINT32, &level, NULL))
		return rank_of_level(level);
	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].word, access) == 0)
			return words[i].rank;
	/* A half-operator's list looks like flags. */
	if (strcmp(access, "HOP") == 0)
		return '\0';
	for (unsigned i = 0; i < G_N_ELEMENTS(flags); i++)
		if (strchr(access, flags[i].flag))
			return flags[i].rank;
	return '\0';
}

static bool
has_entry(const StoreChannel *channel, const char *mask)
{
	for (guint i = 0; i < channel->entries->len; i++) {
		const StoreListEntry *entry = channel->entries->pdata[i];

		if (casemap_equal(entry->mask, mask))
			return true;
	}
	return false;
}

void
import_access(Import *import, StoreChannel *channel, const char *whom, const char *access)
{
	const StoreAccount *account = import_find(import, whom);
	char rank = rank_of(access);
	StoreListEntry *entry;
	char *mask;

	if (!account || rank == '\0' || channel->entries->len >= ENTRIES_MAX) {
		import_note(import, "channel %s: access %.*s of %.*s is not taken over",
		    channel->name, NOTE_MAX, access, NOTE_MAX, whom);
		return;
	}
	mask = g_strdup_printf("~a:%s", account->name);
	if (has_entry(channel, mask)) {
		g_free(mask);
		return;
	}
	entry = g_new0(StoreListEntry, 1);
	entry->kind = rank;
	entry->mask = mask;
	entry->set_by = g_strdup(SET_BY);
	entry->reason = g_strdup("");
	g_ptr_array_add(channel->entries, entry);
}
