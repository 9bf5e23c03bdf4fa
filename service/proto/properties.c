/* SPDX-License-Identifier: MIT */
#include "proto/properties.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const PropertyRow rows[] = {
#define PROPERTY(name, key, on, type, whois, help)                                                 \
	{key, PROPERTY_ON_##on, PROPERTY_TYPE_##type, whois, help},
#include "proto/properties.def"
#undef PROPERTY
};

const PropertyRow *
property_row(unsigned index)
{
	g_assert(index < PROPERTIES);
	return &rows[index];
}

static int
compare_key(const void *key, const void *row)
{
	return strcmp(key, ((const PropertyRow *)row)->key);
}

const PropertyRow *
property_find(const char *key)
{
	return bsearch(key, rows, PROPERTIES, sizeof rows[0], compare_key);
}

bool
property_key_is_valid(const char *key)
{
	size_t length = strlen(key);

	return length > 0 && length <= PROPERTY_KEY_MAX &&
	       strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_./-") == length;
}

bool
property_fits(const char *key, PropertyPlace place)
{
	const PropertyRow *row = property_find(key);

	return !row || (row->place & place);
}

static bool
is_any(const char *value)
{
	return true;
}

static bool
is_url(const char *value)
{
	size_t scheme = strspn(value, "abcdefghijklmnopqrstuvwxyz+");

	return scheme > 0 && g_str_has_prefix(value + scheme, "://") && value[scheme + 3] != '\0' &&
	       !strchr(value, ' ');
}

static bool
is_colour(const char *value)
{
	if (*value != '#' || strlen(value) != strlen("#rrggbb"))
		return false;
	for (value++; *value; value++)
		if (!g_ascii_isxdigit(*value))
			return false;
	return true;
}

static const struct {
	const char *name;
	bool (*is_valid)(const char *value);
} types[PROPERTY_TYPES] = {
    [PROPERTY_TYPE_TEXT] = {"text", is_any},
    [PROPERTY_TYPE_URL] = {"url", is_url},
    [PROPERTY_TYPE_COLOUR] = {"colour", is_colour},
};

bool
property_value_is_valid(const char *key, const char *value)
{
	const PropertyRow *row = property_find(key);

	return *value == '\0' || types[row ? row->type : PROPERTY_TYPE_TEXT].is_valid(value);
}

const char *
property_type_name(PropertyType type)
{
	g_assert(type < PROPERTY_TYPES);
	return types[type].name;
}
