/* SPDX-License-Identifier: MIT */
#include "domain/whowas.h"

#include "domain/account.h"
#include "domain/user.h"
#include "proto/casemap.h"

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
whowas_add(Whowas *whowas, const WhowasEntry *entry)
{
	WhowasEntry *copy;

	if (whowas->most == 0)
		return;
	copy = g_new0(WhowasEntry, 1);
	*copy = *entry;
	copy->nick = g_strdup(entry->nick);
	copy->username = g_strdup(entry->username);
	copy->host = g_strdup(entry->host);
	copy->address = g_strdup(entry->address);
	copy->real_name = g_strdup(entry->real_name);
	copy->account = g_strdup(entry->account);
	g_queue_push_head(&whowas->entries, copy);
	if (whowas->entries.length > whowas->most)
		entry_free(g_queue_pop_tail(&whowas->entries));
}

WhowasEntry
whowas_entry_of(const User *user, const char *event, int64_t now)
{
	return (WhowasEntry){
	    .nick = user->nick,
	    .username = user->username,
	    .host = user->host,
	    .address = user->address,
	    .real_name = user->real_name,
	    .account = user->account,
	    .account_id = user->login ? user->login->id : 0,
	    .event = event,
	    .connected_at = user->connected_at,
	    .left_at = now,
	};
}

static bool
is_of(const WhowasEntry *entry, int64_t account_id, const GPtrArray *names)
{
	if (entry->account_id != 0 || !entry->account)
		return entry->account_id == account_id && account_id != 0;
	for (guint i = 0; i < names->len; i++)
		if (casemap_equal(names->pdata[i], entry->account))
			return true;
	return false;
}

void
whowas_forget(Whowas *whowas, int64_t account_id, const GPtrArray *names)
{
	GList *next;

	for (GList *link = whowas->entries.head; link; link = next) {
		next = link->next;
		if (!is_of(link->data, account_id, names))
			continue;
		entry_free(link->data);
		g_queue_delete_link(&whowas->entries, link);
	}
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
