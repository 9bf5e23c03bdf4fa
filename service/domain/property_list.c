/* SPDX-License-Identifier: MIT */
#include "domain/property_list.h"

#include <string.h>

static void
property_clear(void *data)
{
	Property *property = data;

	g_free(property->key);
	g_free(property->value);
}

void
property_list_free(PropertyList *list)
{
	if (!list)
		return;
	g_array_unref(list->properties);
	g_free(list);
}

unsigned
property_list_length(const PropertyList *list)
{
	return list ? list->properties->len : 0;
}

const Property *
property_list_at(const PropertyList *list, unsigned index)
{
	g_assert(index < property_list_length(list));
	return &g_array_index(list->properties, Property, index);
}

/* Where the key is, or where it belongs. */
static bool
find(const PropertyList *list, const char *key, unsigned *ret_index)
{
	unsigned low = 0, high = property_list_length(list);

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		int order = strcmp(key, property_list_at(list, middle)->key);

		if (order == 0) {
			*ret_index = middle;
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	*ret_index = low;
	return false;
}

const char *
property_list_get(const PropertyList *list, const char *key)
{
	unsigned index;

	return find(list, key, &index) ? property_list_at(list, index)->value : NULL;
}

bool
property_list_set(PropertyList **list, const char *key, const char *value, unsigned most)
{
	unsigned index;
	Property property;

	if (find(*list, key, &index)) {
		Property *there = &g_array_index((*list)->properties, Property, index);

		g_free(there->value);
		there->value = g_strdup(value);
		return true;
	}
	if (property_list_length(*list) >= most)
		return false;
	if (!*list) {
		*list = g_new0(PropertyList, 1);
		(*list)->properties = g_array_new(FALSE, FALSE, sizeof(Property));
		g_array_set_clear_func((*list)->properties, property_clear);
	}
	property = (Property){.key = g_strdup(key), .value = g_strdup(value)};
	g_array_insert_val((*list)->properties, index, property);
	return true;
}

bool
property_list_remove(PropertyList **list, const char *key)
{
	unsigned index;

	if (!find(*list, key, &index))
		return false;
	g_array_remove_index((*list)->properties, index);
	if ((*list)->properties->len == 0)
		g_clear_pointer(list, property_list_free);
	return true;
}
