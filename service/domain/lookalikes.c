/* SPDX-License-Identifier: MIT */
#include "domain/lookalikes.h"

#include "proto/casemap.h"
#include "proto/confusable.h"
#include "proto/mask.h"

struct Lookalikes {
	Confusable *confusable;
	GHashTable *by_skeleton; /* own text -> GPtrArray of Bearer, never empty */
};

/* One name; as a rule it is the only one of its looks. */
typedef struct Bearer {
	char *name;
	unsigned uses;
} Bearer;

static void
bearer_free(gpointer data)
{
	Bearer *bearer = data;

	g_free(bearer->name);
	g_free(bearer);
}

Lookalikes *
lookalikes_new(GError **error)
{
	Confusable *confusable = confusable_new(error);
	Lookalikes *lookalikes;

	if (!confusable)
		return NULL;
	lookalikes = g_new0(Lookalikes, 1);
	lookalikes->confusable = confusable;
	lookalikes->by_skeleton = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
	return lookalikes;
}

void
lookalikes_free(Lookalikes *lookalikes)
{
	if (!lookalikes)
		return;
	g_hash_table_unref(lookalikes->by_skeleton);
	confusable_free(lookalikes->confusable);
	g_free(lookalikes);
}

static GPtrArray *
bearers_of(const Lookalikes *lookalikes, const char *name, char **ret_skeleton)
{
	*ret_skeleton = confusable_skeleton(lookalikes->confusable, name);
	return g_hash_table_lookup(lookalikes->by_skeleton, *ret_skeleton);
}

void
lookalikes_add(Lookalikes *lookalikes, const char *name)
{
	char *skeleton;
	GPtrArray *bearers = bearers_of(lookalikes, name, &skeleton);
	Bearer *bearer;

	if (!bearers) {
		bearers = g_ptr_array_new_with_free_func(bearer_free);
		g_hash_table_insert(lookalikes->by_skeleton, g_strdup(skeleton), bearers);
	}
	g_free(skeleton);
	for (guint i = 0; i < bearers->len; i++) {
		bearer = bearers->pdata[i];
		if (casemap_equal(bearer->name, name)) {
			bearer->uses++;
			return;
		}
	}
	bearer = g_new0(Bearer, 1);
	bearer->name = g_strdup(name);
	bearer->uses = 1;
	g_ptr_array_add(bearers, bearer);
}

void
lookalikes_remove(Lookalikes *lookalikes, const char *name)
{
	g_autofree char *skeleton = NULL;
	GPtrArray *bearers = bearers_of(lookalikes, name, &skeleton);

	for (guint i = 0; bearers && i < bearers->len; i++) {
		Bearer *bearer = bearers->pdata[i];

		if (!casemap_equal(bearer->name, name))
			continue;
		if (--bearer->uses == 0)
			g_ptr_array_remove_index_fast(bearers, i);
		if (bearers->len == 0)
			g_hash_table_remove(lookalikes->by_skeleton, skeleton);
		return;
	}
}

bool
lookalikes_clash_but(const Lookalikes *lookalikes, const char *name,
    bool (*passes)(const void *data, const char *other), const void *data)
{
	g_autofree char *skeleton = NULL;
	const GPtrArray *bearers = bearers_of(lookalikes, name, &skeleton);
	bool ascii = g_str_is_ascii(name);

	for (guint i = 0; bearers && i < bearers->len; i++) {
		const char *other = ((const Bearer *)bearers->pdata[i])->name;

		if (!(ascii && g_str_is_ascii(other)) && !casemap_equal(other, name) &&
		    !passes(data, other))
			return true;
	}
	return false;
}

typedef struct OwnNames {
	const char *nick;
	const char *account;
} OwnNames;

static bool
is_own(const void *data, const char *other)
{
	const OwnNames *own = data;

	return (own->nick && casemap_equal(other, own->nick)) ||
	       (own->account && casemap_equal(other, own->account));
}

bool
lookalikes_clash(
    const Lookalikes *lookalikes, const char *name, const char *own, const char *account)
{
	return lookalikes_clash_but(lookalikes, name, is_own, &(OwnNames){own, account});
}

bool
lookalikes_mask_reads(const Lookalikes *lookalikes, const char *mask, const char *name)
{
	g_autofree char *looked_for = NULL;
	g_autofree char *skeleton = NULL;

	if (g_str_is_ascii(name))
		return false;
	looked_for = confusable_skeleton(lookalikes->confusable, mask);
	skeleton = confusable_skeleton(lookalikes->confusable, name);
	return mask_match(looked_for, skeleton);
}
