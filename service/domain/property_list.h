/* SPDX-License-Identifier: MIT */
/*
 * PropertyList: the properties one user or channel has (proto/properties.h), by key; with values
 * "", the keys a session wants to be told of.
 * Invariant: sorted by key, each key once; an empty list is NULL. Thread: state.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Property {
	char *key;
	char *value; /* may be "" */
} Property;

typedef struct PropertyList {
	GArray *properties; /* of Property */
} PropertyList;

void property_list_free(PropertyList *list);
/* `list` may be NULL in all of these. */
unsigned property_list_length(const PropertyList *list);
const Property *property_list_at(const PropertyList *list, unsigned index);
/* NULL if it is not set. */
const char *property_list_get(const PropertyList *list, const char *key);
/* False if it would be one more than `most`. */
bool property_list_set(PropertyList **list, const char *key, const char *value, unsigned most);
/* False if it was not set. */
bool property_list_remove(PropertyList **list, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PropertyList, property_list_free)
