/* SPDX-License-Identifier: MIT */
#include "domain/name_list.h"

#include "proto/casemap.h"

struct NameList {
	GPtrArray *names;
};

NameList *
name_list_new(void)
{
	NameList *list = g_new0(NameList, 1);

	list->names = g_ptr_array_new_with_free_func(g_free);
	return list;
}

void
name_list_free(NameList *list)
{
	if (!list)
		return;
	g_ptr_array_unref(list->names);
	g_free(list);
}

unsigned
name_list_count(const NameList *list)
{
	return list ? list->names->len : 0;
}

const char *
name_list_name(const NameList *list, unsigned index)
{
	return list->names->pdata[index];
}

static bool
find(const NameList *list, const char *name, guint *ret_index)
{
	for (guint i = 0; name && i < name_list_count(list); i++) {
		*ret_index = i;
		if (casemap_equal(name_list_name(list, i), name))
			return true;
	}
	return false;
}

bool
name_list_has(const NameList *list, const char *name)
{
	guint index;

	return find(list, name, &index);
}

bool
name_list_add(NameList *list, const char *name)
{
	if (name_list_has(list, name))
		return false;
	g_ptr_array_add(list->names, g_strdup(name));
	return true;
}

bool
name_list_remove(NameList *list, const char *name)
{
	guint index;

	if (!find(list, name, &index))
		return false;
	g_ptr_array_remove_index(list->names, index);
	return true;
}
