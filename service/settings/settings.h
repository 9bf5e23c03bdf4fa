/* SPDX-License-Identifier: MIT */
/*
 * Settings: one immutable, typed, valid snapshot of the configuration; the structs are generated
 * from the rows of settings.def. Invariant: whoever holds a Settings holds a valid one; every
 * section of SECTION_ONE is there, every SECTION_MANY is an array (never NULL).
 * Thread: any may read one that does not go away; one owner frees it.
 */
#pragma once

#include "settings/keyfile.h"
#include "settings/setting_rows.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What kind of C value a row's type has. */
typedef bool SettingValueBOOL;
typedef unsigned SettingValueUINT;
typedef unsigned SettingValueOCTAL;
typedef unsigned SettingValueENUM;    /* position in the row's allowed words */
typedef unsigned SettingValueFLAGS;   /* bits by that position */
typedef int64_t SettingValueDURATION; /* microseconds */
typedef size_t SettingValueSIZE;      /* bytes */
typedef char *SettingValueSTRING;     /* never NULL; "" is none */
typedef char *SettingValueTEXT;
typedef char *SettingValueHOST;
typedef char *SettingValuePATH;
typedef char *SettingValueADDRESS;
typedef char *SettingValueSECRET;
typedef char *SettingValueMODES;
typedef char **SettingValueWORDS; /* NULL-terminated, never NULL */
typedef char **SettingValueMASKS;

/* Where a section came from. */
typedef struct SettingsOrigin {
	char *name; /* NAME of [section NAME]; NULL for sections that exist once */
	char *file; /* of its first line; NULL: built in */
	unsigned line;
} SettingsOrigin;

#define SECTION_ONE(Type, field, section, label, help)                                             \
	typedef struct Settings##Type {                                                            \
		SettingsOrigin origin;
#define SECTION_MANY(Type, field, section, label, most, help)                                      \
	SECTION_ONE(Type, field, section, label, help)
#define SETTING(Type, key, TYPE, text, least, most, allowed, unit, apply, label, help)             \
	SettingValue##TYPE key;
#define SECTION_END(Type)                                                                          \
	}                                                                                          \
	Settings##Type;
/* clang-format off */
#include "settings/settings.def"
/* clang-format on */
#undef SECTION_ONE
#undef SECTION_MANY
#undef SETTING
#undef SECTION_END

/* settings->limits->nick; g_ptr_array_index(settings->listeners, 0) is a SettingsListener *. */
typedef struct Settings {
#define SECTION_ONE(Type, field, section, label, help) Settings##Type *field;
#define SECTION_MANY(Type, field, section, label, most, help) GPtrArray *field;
#define SETTING(...)
#define SECTION_END(Type)
#include "settings/settings.def"
#undef SECTION_ONE
#undef SECTION_MANY
#undef SETTING
#undef SECTION_END
} Settings;

/* Values of ENUM and FLAGS rows; a unit test holds them against the rows. */
enum { LISTENER_CLIENT, LISTENER_CONTROL };
enum { COMPARE_ASCII, COMPARE_PRECIS };
enum { CONFUSABLES_REFUSE, CONFUSABLES_ALLOW };
enum { TLS_MINIMUM_1_2, TLS_MINIMUM_1_3 };
enum { PLAINTEXT_ALLOW, PLAINTEXT_WARN, PLAINTEXT_REFUSE };
enum { CREATOR_OPERATOR, CREATOR_OWNER };
/* Multiclient has no mandatory. */
enum { CHOICE_DISABLED, CHOICE_OPT_IN, CHOICE_OPT_OUT, CHOICE_MANDATORY };
enum { MAIL_TLS_REQUIRED, MAIL_TLS_IF_OFFERED, MAIL_TLS_NONE };
enum { ENFORCEMENT_NONE, ENFORCEMENT_GRACE, ENFORCEMENT_STRICT };
enum {
	GATEWAY_WEBIRC = 1u << 0,
	GATEWAY_PROXY = 1u << 1,
	GATEWAY_FORWARDED = 1u << 2,
};
enum { GATEWAY_X_FORWARDED_FOR, GATEWAY_RFC_7239 };
enum { HISTORY_VISIBLE_ALL, HISTORY_VISIBLE_SINCE_JOIN };
enum { ROLE_VIEWER, ROLE_OPERATOR, ROLE_ADMINISTRATOR };
enum {
	MECHANISM_PLAIN = 1u << 0,
	MECHANISM_EXTERNAL = 1u << 1,
	MECHANISM_SCRAM_SHA_256 = 1u << 2,
	MECHANISM_SCRAM_SHA_256_PLUS = 1u << 3,
	MECHANISM_ANONYMOUS = 1u << 4,
	MECHANISM_OAUTHBEARER = 1u << 5,
};
enum {
	OPERATOR_KILL = 1u << 0,
	OPERATOR_REHASH = 1u << 1,
	OPERATOR_WALLOPS = 1u << 2,
	OPERATOR_SEE_HIDDEN = 1u << 3,
	OPERATOR_CHANNELS = 1u << 4,
	OPERATOR_ACCOUNTS = 1u << 5,
	OPERATOR_NOTICES = 1u << 6,
	OPERATOR_STATS = 1u << 7,
	OPERATOR_OVERRIDE = 1u << 8,
	OPERATOR_ANNOUNCE = 1u << 9,
};

/*
 * Understands key files (GPtrArray of KeyFile, in order; may be empty: defaults). Sections of
 * several files merge; the same key twice is an error. Where no client listener is configured there
 * are those on 127.0.0.1 and ::1 (6667, TLS 6697, WebSocket 8097), where no control listener is
 * there is "control.sock". Appends a SettingsError for every mistake; NULL if there was one.
 */
Settings *settings_parse(const GPtrArray *keyfiles, GPtrArray *ret_errors);
/* The defaults alone. */
Settings *settings_defaults(void);
void settings_free(Settings *settings);
/* The one section of that name ("limits", "listener main"); NULL if there is none. */
const void *settings_section(const Settings *settings, const char *section);
/* The community that is served. There always is one: "main" where no file has any. */
const SettingsCommunity *settings_community(const Settings *settings);
/* A value as it would stand in the file, secrets as "(secret)"; NULL if there is no such section or
 * key. Caller frees. */
char *settings_get(const Settings *settings, const char *section, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)
