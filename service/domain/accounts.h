/* SPDX-License-Identifier: MIT */
/*
 * Accounts: the registry: every account by id, by name and grouped nick (without case,
 * proto/casemap.h), and by certificate fingerprint.
 * Invariant: a nick belongs to one account at most, as its name or grouped; so does a fingerprint.
 * Ownership: the accounts are the registry's. Thread: state.
 */
#pragma once

#include "domain/account.h"

typedef struct Accounts Accounts;

Accounts *accounts_new(void);
/* With all accounts; nobody is logged in any more. */
void accounts_free(Accounts *accounts);
/* From here on nicks are compared by their looks too; before there is any account. Takes it over.
 */
void accounts_set_lookalikes(Accounts *accounts, Lookalikes *lookalikes);
/* Takes the account over; its id, name, nicks and fingerprints are free. */
void accounts_add(Accounts *accounts, Account *account);
/* The same of one whose names may be others': nicks and fingerprints that are not free it loses.
 * False: its id or its name is another's, and it stays the caller's. */
bool accounts_admit(Accounts *accounts, Account *account);
/* Forgets and frees it. */
void accounts_remove(Accounts *accounts, Account *account);
unsigned accounts_count(const Accounts *accounts);
/* Start with 0; NULL at the end. Safe against changes between two calls. */
Account *accounts_next(const Accounts *accounts, uint32_t *cursor);

Account *accounts_by_handle(const Accounts *accounts, Handle handle);
Account *accounts_by_id(const Accounts *accounts, int64_t id);
/* Of that name; grouped nicks do not count. */
Account *accounts_find(const Accounts *accounts, const char *name);
/* To whom the nick belongs, as name or grouped. */
Account *accounts_find_nick(const Accounts *accounts, const char *nick);
/* Would the nick be read as one of an account that is verified and not `own` (may be NULL)? */
bool accounts_nick_misleads(const Accounts *accounts, const char *nick, const Account *own);
Account *accounts_find_certificate(const Accounts *accounts, const char *fingerprint);

/* The new name is free or one of its own nicks, which it is no longer. */
void accounts_rename(Accounts *accounts, Account *account, const char *name);
/* The nick is free. */
void accounts_add_nick(Accounts *accounts, Account *account, const char *nick);
/* False if it is not grouped with it; its name never is. */
bool accounts_remove_nick(Accounts *accounts, Account *account, const char *nick);
/* The fingerprint is free. */
void accounts_add_certificate(
    Accounts *accounts, Account *account, const char *fingerprint, int64_t now);
/* False if it has none such. */
bool accounts_remove_certificate(Accounts *accounts, Account *account, const char *fingerprint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Accounts, accounts_free)
