/* SPDX-License-Identifier: MIT */
#include "domain/whowas.h"

#include "domain/user.h"

struct Whowas {
	GQueue entries; /* of WhowasEntry, newest first */
	unsigned most;
};

static void
entry_free(WhowasEntry *entry)
{
	g_free(entry->nick);
	g_free(entry->username);
	g_free(entry->host);
	g_free(entry->address);
	g_free(entry->real_name);
	g_free(entry->account);
	g_free(entry);
}

Whowas *
whowas_new(unsigned most)
{
	Whowas *whowas = g_new0(Whowas, 1);

	g_queue_init(&whowas->entries);
	whowas->most = most;
	return whowas;
}

void
whowas_set_most(Whowas *whowas, unsigned most)
{
	whowas->most = most;
	while (whowas->entries.length > most)
		entry_free(g_queue_pop_tail(&whowas->entries));
}

void
whowas_free(Whowas *whowas)
{
	if (!whowas)
		return;
	whowas_set_most(whowas, 0);
	g_free(whowas);
}

void
whowas_add(Whowas *whowas, const User *user, const char *event, int64_t now)
{
	WhowasEntry *entry;

	if (whowas->most == 0)
		return;
	entry = g_new0(WhowasEntry, 1);
	entry->nick = g_strdup(user->nick);
	entry->username = g_strdup(user->username);
	entry->host = g_strdup(user->host);
	entry->address = g_strdup(user->address);
	entry->real_name = g_strdup(user->real_name);
	entry->account = g_strdup(user->account);
	entry->event = event;
	entry->connected_at = user->connected_at;
	entry->left_at = now;
	g_queue_push_head(&whowas->entries, entry);
	if (whowas->entries.length > whowas->most)
		entry_free(g_queue_pop_tail(&whowas->entries));
}

const WhowasEntry *
whowas_next(const Whowas *whowas, const void **cursor)
{
	const GList *link = *cursor ? ((const GList *)*cursor)->next : whowas->entries.head;

	if (!link)
		return NULL;
	*cursor = link;
	return link->data;
}
