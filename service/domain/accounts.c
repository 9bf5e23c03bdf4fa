/* SPDX-License-Identifier: MIT */
#include "domain/accounts.h"

#include "domain/lookalikes.h"
#include "proto/casemap.h"

#include <string.h>

#define ACCOUNTS_MAX (1u << 24)

/* Keys of the tables are borrowed from the accounts. */
struct Accounts {
	Slots *slots;
	GHashTable *by_id;
	GHashTable *by_nick;
	GHashTable *by_certificate;
	Lookalikes *lookalikes; /* of all in by_nick; NULL: looks do not matter */
};

Accounts *
accounts_new(void)
{
	Accounts *accounts = g_new0(Accounts, 1);

	accounts->slots = slots_new(ACCOUNTS_MAX);
	accounts->by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
	accounts->by_nick = g_hash_table_new(casemap_hash, casemap_equal);
	accounts->by_certificate = g_hash_table_new(g_str_hash, g_str_equal);
	return accounts;
}

void
accounts_free(Accounts *accounts)
{
	uint32_t cursor = 0;
	Account *account;

	if (!accounts)
		return;
	while ((account = slots_next(accounts->slots, &cursor)))
		account_free(account);
	slots_free(accounts->slots);
	g_hash_table_unref(accounts->by_id);
	g_hash_table_unref(accounts->by_nick);
	g_hash_table_unref(accounts->by_certificate);
	lookalikes_free(accounts->lookalikes);
	g_free(accounts);
}

void
accounts_set_lookalikes(Accounts *accounts, Lookalikes *lookalikes)
{
	g_assert(accounts_count(accounts) == 0);
	accounts->lookalikes = lookalikes;
}

static void
insert_new(GHashTable *table, void *key, Account *account)
{
	bool is_new = g_hash_table_insert(table, key, account);

	g_assert(is_new);
}

static void
hold_nick(Accounts *accounts, char *nick, Account *account)
{
	insert_new(accounts->by_nick, nick, account);
	if (accounts->lookalikes)
		lookalikes_add(accounts->lookalikes, nick);
}

static void
release_nick(Accounts *accounts, const char *nick)
{
	g_hash_table_remove(accounts->by_nick, nick);
	if (accounts->lookalikes)
		lookalikes_remove(accounts->lookalikes, nick);
}

void
accounts_add(Accounts *accounts, Account *account)
{
	account->handle = slots_add(accounts->slots, account);
	insert_new(accounts->by_id, &account->id, account);
	hold_nick(accounts, account->name, account);
	for (guint i = 0; i < account->nicks->len; i++)
		hold_nick(accounts, account->nicks->pdata[i], account);
	for (guint i = 0; i < account->certificates->len; i++) {
		AccountCertificate *certificate = account->certificates->pdata[i];

		insert_new(accounts->by_certificate, certificate->fingerprint, account);
	}
}

bool
accounts_admit(Accounts *accounts, Account *account)
{
	if (accounts_by_id(accounts, account->id) || accounts_find_nick(accounts, account->name))
		return false;
	for (guint i = account->nicks->len; i-- > 0;)
		if (casemap_equal(account->nicks->pdata[i], account->name) ||
		    accounts_find_nick(accounts, account->nicks->pdata[i]))
			g_ptr_array_remove_index(account->nicks, i);
	for (guint i = account->certificates->len; i-- > 0;) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		if (accounts_find_certificate(accounts, certificate->fingerprint))
			g_ptr_array_remove_index(account->certificates, i);
	}
	accounts_add(accounts, account);
	return true;
}

void
accounts_remove(Accounts *accounts, Account *account)
{
	g_hash_table_remove(accounts->by_id, &account->id);
	release_nick(accounts, account->name);
	for (guint i = 0; i < account->nicks->len; i++)
		release_nick(accounts, account->nicks->pdata[i]);
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		g_hash_table_remove(accounts->by_certificate, certificate->fingerprint);
	}
	slots_remove(accounts->slots, account->handle);
	account_free(account);
}

unsigned
accounts_count(const Accounts *accounts)
{
	return slots_count(accounts->slots);
}

Account *
accounts_next(const Accounts *accounts, uint32_t *cursor)
{
	return slots_next(accounts->slots, cursor);
}

Account *
accounts_by_handle(const Accounts *accounts, Handle handle)
{
	return slots_get(accounts->slots, handle);
}

Account *
accounts_by_id(const Accounts *accounts, int64_t id)
{
	return g_hash_table_lookup(accounts->by_id, &id);
}

Account *
accounts_find(const Accounts *accounts, const char *name)
{
	Account *account = accounts_find_nick(accounts, name);

	return account && casemap_equal(account->name, name) ? account : NULL;
}

Account *
accounts_find_nick(const Accounts *accounts, const char *nick)
{
	return g_hash_table_lookup(accounts->by_nick, nick);
}

typedef struct OwnNicks {
	const Accounts *accounts;
	const Account *account;
} OwnNicks;

static bool
is_nobody_elses(const void *data, const char *nick)
{
	const OwnNicks *own = data;
	const Account *owner = accounts_find_nick(own->accounts, nick);

	return owner == own->account || !owner->verified;
}

bool
accounts_nick_misleads(const Accounts *accounts, const char *nick, const Account *own)
{
	return accounts->lookalikes && lookalikes_clash_but(accounts->lookalikes, nick,
					   is_nobody_elses, &(OwnNicks){accounts, own});
}

Account *
accounts_find_certificate(const Accounts *accounts, const char *fingerprint)
{
	return g_hash_table_lookup(accounts->by_certificate, fingerprint);
}

void
accounts_rename(Accounts *accounts, Account *account, const char *name)
{
	char *copy = g_strdup(name);

	accounts_remove_nick(accounts, account, name);
	release_nick(accounts, account->name);
	g_free(account->name);
	account->name = copy;
	hold_nick(accounts, account->name, account);
}

void
accounts_add_nick(Accounts *accounts, Account *account, const char *nick)
{
	char *copy = g_strdup(nick);

	g_ptr_array_add(account->nicks, copy);
	hold_nick(accounts, copy, account);
}

bool
accounts_remove_nick(Accounts *accounts, Account *account, const char *nick)
{
	for (guint i = 0; i < account->nicks->len; i++) {
		if (!casemap_equal(account->nicks->pdata[i], nick))
			continue;
		release_nick(accounts, account->nicks->pdata[i]);
		g_ptr_array_remove_index(account->nicks, i);
		return true;
	}
	return false;
}

void
accounts_add_certificate(Accounts *accounts, Account *account, const char *fingerprint, int64_t now)
{
	AccountCertificate *certificate = g_new0(AccountCertificate, 1);

	certificate->fingerprint = g_strdup(fingerprint);
	certificate->added_at = now;
	g_ptr_array_add(account->certificates, certificate);
	insert_new(accounts->by_certificate, certificate->fingerprint, account);
}

bool
accounts_remove_certificate(Accounts *accounts, Account *account, const char *fingerprint)
{
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		if (strcmp(certificate->fingerprint, fingerprint) != 0)
			continue;
		g_hash_table_remove(accounts->by_certificate, certificate->fingerprint);
		g_ptr_array_remove_index(account->certificates, i);
		return true;
	}
	return false;
}
