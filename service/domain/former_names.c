/* SPDX-License-Identifier: MIT */
#include "domain/former_names.h"

#include "proto/casemap.h"

typedef struct FormerName {
	Handle channel;
	int64_t until;
} FormerName;

struct FormerNames {
	GHashTable *by_name; /* own copy of the name -> FormerName */
};

FormerNames *
former_names_new(void)
{
	FormerNames *names = g_new0(FormerNames, 1);

	names->by_name = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, g_free);
	return names;
}

void
former_names_free(FormerNames *names)
{
	if (!names)
		return;
	g_hash_table_unref(names->by_name);
	g_free(names);
}

/* Of a channel, or of all with HANDLE_NONE: takes the one away that ends first. */
static void
drop_first_to_end(FormerNames *names, Handle channel)
{
	GHashTableIter iter;
	gpointer name, value;
	const char *first_name = NULL;
	const FormerName *first = NULL;

	g_hash_table_iter_init(&iter, names->by_name);
	while (g_hash_table_iter_next(&iter, &name, &value)) {
		const FormerName *former = value;

		if ((handle_is_none(channel) || handle_equal(former->channel, channel)) &&
		    (!first || former->until < first->until)) {
			first = former;
			first_name = name;
		}
	}
	if (first_name)
		g_hash_table_remove(names->by_name, first_name);
}

static unsigned
count_of(const FormerNames *names, Handle channel)
{
	GHashTableIter iter;
	gpointer value;
	unsigned count = 0;

	g_hash_table_iter_init(&iter, names->by_name);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		count += handle_equal(((const FormerName *)value)->channel, channel) ? 1 : 0;
	return count;
}

void
former_names_add(FormerNames *names, const char *name, Handle channel, int64_t until)
{
	FormerName *former = g_new(FormerName, 1);

	g_hash_table_remove(names->by_name, name);
	if (count_of(names, channel) >= FORMER_NAMES_PER_CHANNEL)
		drop_first_to_end(names, channel);
	if (g_hash_table_size(names->by_name) >= FORMER_NAMES_MAX)
		drop_first_to_end(names, HANDLE_NONE);
	*former = (FormerName){channel, until};
	g_hash_table_insert(names->by_name, g_strdup(name), former);
}

void
former_names_remove(FormerNames *names, const char *name)
{
	g_hash_table_remove(names->by_name, name);
}

Handle
former_names_find(FormerNames *names, const char *name, int64_t now)
{
	const FormerName *former = g_hash_table_lookup(names->by_name, name);

	if (!former)
		return HANDLE_NONE;
	if (former->until > now)
		return former->channel;
	g_hash_table_remove(names->by_name, name);
	return HANDLE_NONE;
}

unsigned
former_names_count(const FormerNames *names)
{
	return g_hash_table_size(names->by_name);
}
