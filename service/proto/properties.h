/* SPDX-License-Identifier: MIT */
/*
 * Properties: what users and channels may have besides what the protocol gives everybody (rows in
 * properties.def; IRCv3 metadata). A key without a row is free text on both.
 * Invariant: rows are sorted by key. Thread: any; constant data and pure functions.
 */
#pragma once

#include <stdbool.h>

#define PROPERTY_KEY_MAX 40u /* bytes: with the longest value and names a line holds it */

typedef enum PropertyIndex {
#define PROPERTY(name, key, on, type, whois, help) PROPERTY_##name##_INDEX,
#include "proto/properties.def"
#undef PROPERTY
	PROPERTIES
} PropertyIndex;

typedef enum PropertyPlace {
	PROPERTY_ON_USER = 1 << 0,
	PROPERTY_ON_CHANNEL = 1 << 1,
	PROPERTY_ON_ANY = PROPERTY_ON_USER | PROPERTY_ON_CHANNEL,
} PropertyPlace;

typedef enum PropertyType {
	PROPERTY_TYPE_TEXT,
	PROPERTY_TYPE_URL,    /* scheme://..., no spaces */
	PROPERTY_TYPE_COLOUR, /* #rrggbb */
	PROPERTY_TYPES
} PropertyType;

typedef struct PropertyRow {
	const char *key;
	PropertyPlace place;
	PropertyType type;
	bool in_whois;
	const char *help;
} PropertyRow;

/* The row; `index` < PROPERTIES. */
const PropertyRow *property_row(unsigned index);
/* The row of a key; NULL if it has none. Keys are compared exactly. */
const PropertyRow *property_find(const char *key);
/* IRCv3 metadata: a-z 0-9 _ . / -, 1 to PROPERTY_KEY_MAX bytes. */
bool property_key_is_valid(const char *key);
/* May the key stand on a user or channel, and is the value one of its type? "" always is. */
bool property_fits(const char *key, PropertyPlace place);
bool property_value_is_valid(const char *key, const char *value);
/* "text", "url", "colour". */
const char *property_type_name(PropertyType type);
