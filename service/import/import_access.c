/* SPDX-License-Identifier: MIT */
/* Access to channels: what other services write, as the ranks there are here. */
#include "import/import.h"
#include "proto/casemap.h"
#include "proto/extban.h"

#include <string.h>

#define NOTE_MAX 80        /* bytes of a foreign text in a note */
#define ENTRIES_MAX 10000u /* of a channel: what [limits] list_entries allows at most */
#define SET_BY "import"
#define SET_BY_MAX 200   /* bytes */
#define REASON_MAX 300   /* bytes */
#define SETTING_MAX 300  /* bytes: as domain/channel_ownership.h has it */
#define MODE_LISTS "beI" /* the others give ranks */

/* Words of lists (xOP) and letters of modes at joining: the next rank below where there is none of
 * it here (protected, half-operator). */
static const struct {
	const char *word;
	char rank;
} words[] = {
    {"QOP", 'q'},
    {"SOP", 'o'},
    {"AOP", 'o'},
    {"HOP", 'v'},
    {"VOP", 'v'},
    {"q", 'q'},
    {"a", 'o'},
    {"o", 'o'},
    {"h", 'v'},
    {"v", 'v'},
};

/* Levels as Anope has them when nobody changed them: the number that gives the rank at joining. */
static const struct {
	gint64 least;
	char rank;
} levels[] = {
    {9999, 'q'},
    {5, 'o'},
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
    {'H', 'v'},
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
	for (unsigned i = 0; i < G_N_ELEMENTS(flags); i++)
		if (strchr(access, flags[i].flag))
			return flags[i].rank;
	return '\0';
}

/* Not one that is somewhat less here. */
static bool
has_own_rank(const char *access)
{
	return strcmp(access, "a") != 0 && strcmp(access, "h") != 0 && strcmp(access, "HOP") != 0 &&
	       strcmp(access, "4") != 0;
}

static bool
has_entry(const StoreChannel *channel, char kind, const char *mask)
{
	for (guint i = 0; i < channel->entries->len; i++) {
		const StoreListEntry *entry = channel->entries->pdata[i];
		bool gives_rank = !strchr(MODE_LISTS, entry->kind);

		/* An account has one rank. */
		if ((entry->kind == kind || (gives_rank && !strchr(MODE_LISTS, kind))) &&
		    casemap_equal(entry->mask, mask))
			return true;
	}
	return false;
}

static void
add_entry(StoreChannel *channel, char kind, const char *mask, const char *by, const char *reason,
    int64_t at)
{
	StoreListEntry *entry;

	if (has_entry(channel, kind, mask))
		return;
	entry = g_new0(StoreListEntry, 1);
	entry->kind = kind;
	entry->mask = g_strdup(mask);
	entry->set_by = import_clean(*by ? by : SET_BY, SET_BY_MAX);
	entry->reason = import_clean(reason, REASON_MAX);
	entry->set_at = at;
	g_ptr_array_add(channel->entries, entry);
}

void
import_access(Import *import, StoreChannel *channel, const char *whom, const char *access)
{
	const StoreAccount *account = import_find(import, whom);
	char rank = rank_of(access);
	g_autofree char *mask = NULL;

	if (!account || rank == '\0' || channel->entries->len >= ENTRIES_MAX) {
		import_note(import, "channel %s: access %.*s of %.*s is not taken over",
		    channel->name, NOTE_MAX, access, NOTE_MAX, whom);
		return;
	}
	if (!has_own_rank(access))
		import_note(import, "channel %s: access %.*s of %s becomes %c", channel->name,
		    NOTE_MAX, access, account->name, rank);
	mask = g_strdup_printf("~a:%s", account->name);
	add_entry(channel, rank, mask, SET_BY, "", 0);
}

void
import_entry(Import *import, StoreChannel *channel, char kind, const char *mask, const char *by,
    const char *reason, int64_t at)
{
	const char *problem = NULL;
	g_autoptr(Extban) extban = extban_parse(mask, &problem);

	if (!extban || channel->entries->len >= ENTRIES_MAX) {
		import_note(import, "channel %s: the entry %c %.*s is not taken over",
		    channel->name, kind, NOTE_MAX, mask);
		return;
	}
	add_entry(channel, kind, extban_text(extban), by, reason, at);
}

void
import_ban(Import *import, StoreChannel *channel, const char *whom, const char *by,
    const char *reason, int64_t at)
{
	const StoreAccount *account = import_find(import, whom);
	g_autofree char *mask = account ? g_strdup_printf("~a:%s", account->name) : g_strdup(whom);

	import_entry(import, channel, 'b', mask, by, reason, at);
}

void
import_setting(StoreChannel *channel, const char *name, const char *text)
{
	g_autofree char *clean = import_clean(text, SETTING_MAX);
	char *settings;

	if (!*clean)
		return;
	settings = g_strdup_printf("%s%s=%s\n", channel->settings, name, clean);
	g_free(channel->settings);
	channel->settings = settings;
}
