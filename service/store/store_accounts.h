/* SPDX-License-Identifier: MIT */
/*
 * StoreAccounts: accounts in the store: rows, writes and reads, as store/store.h has them for all
 * others. An account is written whole, with its items. Times are wall microseconds, 0 for none.
 * Invariant: ids are the caller's, names and fingerprints are unique; texts of a row that was read
 * are never NULL. Thread: as store/store.h.
 */
#pragma once

#include "store/store.h"

/* What there can be several of: grouped nicks, certificates, what the owner set. */
typedef struct StoreAccountItem {
	char *kind; /* "nick", "certificate", "setting" */
	char *key;  /* the nick, the fingerprint, the setting's name */
	char *value;
	int64_t at;
} StoreAccountItem;

typedef struct StoreAccount {
	int64_t id;
	char *name;
	char *secret;
	char *email;
	bool verified;
	int64_t registered_at;
	int64_t used_at;
	char *suspended_by; /* "" if it is not */
	char *suspended_reason;
	int64_t suspended_at;
	int64_t suspended_until;
	char *code_kind; /* "" for none */
	char *code_digest;
	char *code_email;
	int64_t code_until;
	char *totp;
	GPtrArray *items; /* of StoreAccountItem, in order */
} StoreAccount;

StoreAccount *store_account_new(void);
void store_account_free(StoreAccount *account);
/* Appends a copy of it. */
void store_account_add_item(
    StoreAccount *account, const char *kind, const char *key, const char *value, int64_t at);

/* Adds it or replaces all of it; takes the row over. */
void store_put_account(Store *store, StoreAccount *account, StoreDone done, void *data);
/* One that is not there is no failure. */
void store_remove_account(Store *store, int64_t id, StoreDone done, void *data);
/* Array of StoreAccount by id; `id` 0: all of them. NULL on error; caller frees. */
GPtrArray *store_read_accounts(Store *store, int64_t id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreAccount, store_account_free)
