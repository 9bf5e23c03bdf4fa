/* SPDX-License-Identifier: MIT */
/*
 * Import: accounts and channels out of another program's database, as rows of the store, and notes
 * about all that is left out or changed. Parsers call the functions below in any order; names that
 * are none here, and what belongs to them, are noted and skipped.
 * Invariants: account names and grouped nicks are nicks and belong to one account each, channel
 * names are channels and there once (without case, proto/casemap.h); a certificate is one
 * account's; no text holds a control character; ids of accounts are 0. Thread: one.
 */
#pragma once

#include "store/store.h"
#include "store/store_accounts.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMPORT_FILE_MAX (512u * 1024 * 1024) /* bytes */
#define IMPORT_ROWS_MAX 2000000u             /* accounts, and channels */
#define IMPORT_NOTES_MAX 10000u              /* past it they are only counted */
#define IMPORT_NICK_MAX 63u                  /* bytes: what [limits] allows at most */
#define IMPORT_CHANNEL_MAX 200u

typedef enum ImportError {
	IMPORT_ERROR_SYNTAX, /* the file is not of that format; the message says where */
	IMPORT_ERROR_LIMIT,
} ImportErrorCode;
#define IMPORT_ERROR (import_error_quark())
GQuark import_error_quark(void);

typedef struct Import {
	GPtrArray *accounts;        /* of StoreAccount */
	GPtrArray *channels;        /* of StoreChannel */
	GPtrArray *notes;           /* of char * */
	uint64_t notes_lost;        /* past IMPORT_NOTES_MAX */
	unsigned hashes;            /* accounts whose password hash is taken over */
	unsigned no_password;       /* accounts that need a new one */
	unsigned line;              /* of the file, for notes; 0: not known */
	GHashTable *by_nick;        /* account name or grouped nick -> StoreAccount */
	GHashTable *by_certificate; /* fingerprint -> StoreAccount */
	GHashTable *by_channel;
} Import;

Import *import_new(void);
void import_free(Import *import);
/* Parses the whole text. NULL and `error` if it is not of that format. `format` as
 * import_formats(). */
Import *import_parse(
    const char *format, const char *text, size_t length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "anope, atheme, ergo". */
const char *import_formats(void);

/* ---- For parsers; names are those of the file ---- */

/* "line 7: …" where the line is known. */
void import_note(Import *import, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A copy with spaces for control characters, cut to `most` bytes. */
char *import_clean(const char *text, size_t most) G_GNUC_WARN_UNUSED_RESULT;
/* The account, made if it is new; NULL if the name cannot be one's. */
StoreAccount *import_account(Import *import, const char *name);
/* NULL if there is none of that name or nick. */
StoreAccount *import_find(const Import *import, const char *name);
/* A hash as the other program has it: kept if its form is one of crypt(3), else noted. */
void import_secret(Import *import, StoreAccount *account, const char *hash);
/* SCRAM-SHA-256 as RFC 5803 writes it; kept if it is that. */
void import_scram(StoreAccount *account, const char *text);
void import_suspend(
    StoreAccount *account, const char *by, const char *reason, int64_t at, int64_t until);
/* A host to be seen under (HostServ); `state` "on", "off" or "wanted". */
void import_vhost(
    Import *import, StoreAccount *account, const char *host, const char *state, int64_t at);
/* What its owner chose (domain/account_settings.def); the first one given wins. */
void import_account_setting(StoreAccount *account, const char *name, const char *word);
void import_email(Import *import, StoreAccount *account, const char *email);
/* Groups the nick; `at` in microseconds. */
void import_nick(Import *import, StoreAccount *account, const char *nick, int64_t at);
void import_certificate(Import *import, StoreAccount *account, const char *fingerprint);
/* The channel, made if it is new; NULL if the name cannot be one's. */
StoreChannel *import_channel(Import *import, const char *name);
/* Letters of flags this service has are added; others are noted. */
void import_modes(Import *import, StoreChannel *channel, const char *letters);
/* Who may not join is sent there; "" for nowhere. */
void import_forward(Import *import, StoreChannel *channel, const char *name);
void import_key(Import *import, StoreChannel *channel, const char *key);
void import_topic(StoreChannel *channel, const char *text, const char *by, int64_t at);
/* Somebody's access, as the file says it: "10", "SOP", "q", "+AOV". Taken over for accounts that
 * were read before, where it is one of owner, operator and voice here; else noted. */
void import_access(Import *import, StoreChannel *channel, const char *whom, const char *access);
/* An entry of the lists b, e, I: a mask or an extended ban; `by` and `reason` may be "". */
void import_entry(Import *import, StoreChannel *channel, char kind, const char *mask,
    const char *by, const char *reason, int64_t at);
/* Nobody of that account or mask may join: a ban, on the account where it is one. */
void import_ban(Import *import, StoreChannel *channel, const char *whom, const char *by,
    const char *reason, int64_t at);
/* What the founder set (domain/channel_settings.def). */
void import_setting(StoreChannel *channel, const char *name, const char *text);
void import_founder(StoreChannel *channel, const char *name);
/* Channels of founders who are no accounts are dropped, and noted; so are accounts that need a new
 * password. */
void import_finish(Import *import);
/* What accounts that were taken out of `accounts` since still have in channels goes: founders with
 * their channels, access. */
void import_drop_orphans(Import *import);
/* Whole seconds as text to microseconds; 0 if it is no number. */
int64_t import_seconds(const char *text);
/* A text with its invalid bytes replaced. Caller frees. */
char *import_utf8(const char *text, size_t length) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Import, import_free)
