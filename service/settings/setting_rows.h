/* SPDX-License-Identifier: MIT */
/*
 * SettingRow: what may stand in the configuration; the rows of settings.def as data, for the
 * parser, `describe`, the sample file and the console. Invariant: rows of a section are adjacent.
 * Thread: any; constant data.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum SettingType {
	SETTING_BOOL,     /* yes/no, true/false, on/off, 1/0 */
	SETTING_UINT,     /* decimal */
	SETTING_OCTAL,    /* permissions */
	SETTING_SIZE,     /* bytes; k, m, g are powers of 1024 */
	SETTING_DURATION, /* seconds; s, m, h, d */
	SETTING_STRING,   /* one line of UTF-8 without control characters */
	SETTING_TEXT,     /* the same with newlines */
	SETTING_HOST,     /* host name */
	SETTING_ADDRESS,  /* IPv4 or IPv6 */
	SETTING_PATH,     /* file name */
	SETTING_SECRET,   /* RFC 5803 SCRAM-SHA-256 string; never shown */
	SETTING_MODES,    /* letters of channel flags */
	SETTING_ENUM,     /* one of the allowed words */
	SETTING_FLAGS,    /* any of the allowed words, separated by spaces or commas */
	SETTING_WORDS,    /* list, separated by spaces or commas */
	SETTING_MASKS,    /* list of nick!user@host masks */
	SETTING_TYPES
} SettingType;

typedef struct SettingRow {
	const char *section; /* "limits", "listener" */
	const char *key;
	SettingType type;
	const char *default_text; /* as it would stand in the file */
	uint64_t least;           /* number, bytes or entries; in `unit` */
	uint64_t most;            /* 0: no range */
	const char *allowed;      /* words separated by spaces; NULL if free */
	const char *unit;         /* NULL if none */
	bool live;                /* applied without a restart */
	bool secret;
	const char *label;
	const char *help;
	size_t offset; /* of the value in its section's struct */
} SettingRow;

typedef struct SettingSection {
	const char *name;  /* "limits" */
	const char *label; /* "Limits", for people */
	bool named;        /* [name NAME], up to `most` times */
	unsigned most;
	const char *help;
	size_t size;   /* of its struct */
	size_t offset; /* of its pointer or array in Settings */
	const SettingRow *rows;
	unsigned n_rows;
} SettingSection;

const SettingSection *setting_sections(unsigned *ret_count);
/* The section of that kind ("listener"); NULL if there is none. */
const SettingSection *setting_section_find(const char *name);
const SettingRow *setting_row_find(const SettingSection *section, const char *key);
/* "string", "duration", ... as describe and the console know it. */
const char *setting_type_name(SettingType type);
/* What is allowed, for people: "1 to 63 bytes", "one of: client, control". Caller frees. */
char *setting_allowed_text(const SettingRow *row);
/* A commented configuration file with every section and key at its default. Caller frees. */
char *settings_sample(void);
