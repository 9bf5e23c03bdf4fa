/* SPDX-License-Identifier: MIT */
/*
 * Account: who somebody is, whatever his nick: name, password hash, e-mail, grouped nicks,
 * certificates, and what he set for himself.
 * Invariants: the id is never given twice; `name` is a nick's form; what others find it by (name,
 * nicks, fingerprints) changes through domain/accounts.h only; `users` are those logged in to it.
 * Times: wall, microseconds, 0 for none. Thread: state. Only act/ changes accounts.
 */
#pragma once

#include "base/slots.h"
#include "domain/property_list.h"
#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define ACCOUNT_NICKS_MAX 32u        /* grouped, besides the name */
#define ACCOUNT_CERTIFICATES_MAX 16u /* fingerprints */
#define ACCOUNT_DEVICES_MAX 32u      /* the one seen longest ago is forgotten */
#define ACCOUNT_DEVICE_NAME_MAX 32u  /* bytes; longer ones are cut */
#define ACCOUNT_ID_MAX (INT64_C(1) << 53)

typedef enum AccountSetting {
#define ACCOUNT_SETTING(NAME, name, words, help) ACCOUNT_SETTING_##NAME,
#include "domain/account_settings.def"
#undef ACCOUNT_SETTING
	ACCOUNT_SETTINGS
} AccountSetting;

/* Positions among the words of the row. */
enum {
	ACCOUNT_ENFORCE_DEFAULT,
	ACCOUNT_ENFORCE_NONE,
	ACCOUNT_ENFORCE_GRACE,
	ACCOUNT_ENFORCE_STRICT,
};
/* The same for MULTICLIENT and ALWAYS_ON. */
enum { ACCOUNT_CHOICE_DEFAULT, ACCOUNT_CHOICE_ON, ACCOUNT_CHOICE_OFF };

typedef struct AccountSettingRow {
	const char *name;
	const char *words; /* separated by spaces; the first is the default */
	const char *help;
} AccountSettingRow;

/* What a code that was mailed out is good for. */
typedef enum AccountCodeKind {
	ACCOUNT_CODE_NONE,
	ACCOUNT_CODE_VERIFY, /* completes the registration */
	ACCOUNT_CODE_EMAIL,  /* confirms another e-mail address */
	ACCOUNT_CODE_RESET,  /* sets a new password */
	ACCOUNT_CODE_KINDS
} AccountCodeKind;

typedef struct AccountCode {
	AccountCodeKind kind;
	char *digest; /* of the code (settings/secret.h), never the code itself */
	char *email;  /* where it was sent */
	int64_t until;
} AccountCode;

typedef struct AccountSuspension {
	char *by; /* NULL: not suspended */
	char *reason;
	int64_t since;
	int64_t until; /* 0: until it is taken back */
} AccountSuspension;

typedef struct AccountCertificate {
	char *fingerprint; /* as in SessionPeer */
	int64_t added_at;
} AccountCertificate;

/* A client by the name it gave: where autoreplay goes on. */
typedef struct AccountDevice {
	char *name;
	int64_t seen_at; /* when it was last here */
} AccountDevice;

/* A host to be seen under. */
typedef struct AccountVhost {
	char *host; /* "": none */
	bool worn;
	char *wanted; /* waits for an operator; "": nothing */
	int64_t wanted_at;
} AccountVhost;

struct Account {
	Handle handle; /* in the registry */
	int64_t id;    /* 1 to ACCOUNT_ID_MAX */
	char *name;
	char *secret; /* RFC 5803 string or imported hash (settings/secret.h); "": no password */
	char *email;  /* "": none */
	bool verified;
	int64_t registered_at;
	int64_t used_at; /* of the newest login */
	AccountSuspension suspension;
	AccountCode code;
	char *totp;              /* second factor (settings/totp.h), base32; "": none */
	char *totp_offered;      /* to be switched on with a code of it; NULL: none. Not kept */
	int64_t totp_step;       /* of the newest code that was used; 0: none */
	GPtrArray *nicks;        /* of char *, grouped, oldest first */
	GPtrArray *certificates; /* of AccountCertificate, oldest first */
	GPtrArray *devices;      /* of AccountDevice, the one seen longest ago first */
	uint8_t settings[ACCOUNT_SETTINGS];
	AccountVhost vhost;
	PropertyList *properties; /* his users have them when they log in; NULL: none */
	SilenceList *silences;    /* likewise; NULL: none */
	NameList *accepts;        /* likewise; NULL: none */
	GPtrArray *users;         /* of User, borrowed: logged in to it */
};

Account *account_new(int64_t id, const char *name, int64_t now);
/* Its users were logged out and the registry forgot it before. */
void account_free(Account *account);
void account_set_secret(Account *account, const char *secret);
void account_set_email(Account *account, const char *email);
void account_set_totp(Account *account, const char *totp);
/* `by` NULL: ends the suspension. */
void account_suspend(
    Account *account, const char *by, const char *reason, int64_t now, int64_t until);
bool account_is_suspended(const Account *account, int64_t now);
/* `kind` ACCOUNT_CODE_NONE forgets the one that was given out. */
void account_set_code(
    Account *account, AccountCodeKind kind, const char *digest, const char *email, int64_t until);
/* "verify", "email", "reset", "" for none; and back: ACCOUNT_CODE_NONE for any other text. */
const char *account_code_name(AccountCodeKind kind);
AccountCodeKind account_code_find(const char *name);
bool account_owns_nick(const Account *account, const char *nick);
bool account_has_certificate(const Account *account, const char *fingerprint);
void account_set_vhost(Account *account, const char *host, bool worn);
void account_want_vhost(Account *account, const char *host, int64_t now);
/* When the device was last here; 0: never, or forgotten. */
int64_t account_device_seen(const Account *account, const char *name);
void account_see_device(Account *account, const char *name, int64_t now);

/* The row; `setting` < ACCOUNT_SETTINGS. */
const AccountSettingRow *account_setting_row(AccountSetting setting);
/* ACCOUNT_SETTINGS if there is none of that name; case does not matter. */
AccountSetting account_setting_find(const char *name);
/* The chosen word. Caller frees. */
char *account_setting_text(
    const Account *account, AccountSetting setting) G_GNUC_WARN_UNUSED_RESULT;
/* False if the word is none of the row's; "true" and "yes" are as good as "on", and so on. */
bool account_setting_set(Account *account, AccountSetting setting, const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Account, account_free)
