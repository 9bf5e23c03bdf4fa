/* SPDX-License-Identifier: MIT */
#include "control/config_edit.h"

#include "control/config_values.h"
#include "control/json_text.h"

#include <string.h>

typedef struct Edit {
	const GPtrArray *keyfiles;
	GPtrArray *done;
	KeyFile *changed;
	char *problem;
} Edit;

StoreChangeItem *
config_item_new(const char *section, const char *key, const char *from, const char *to)
{
	StoreChangeItem *item = g_new0(StoreChangeItem, 1);

	item->section = g_strdup(section);
	item->key = g_strdup(key);
	item->from = g_strdup(from);
	item->to = g_strdup(to);
	item->secret = config_is_secret(section, key);
	return item;
}

GPtrArray *
config_items_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)store_change_item_free);
}

static json_t *
item_text(const StoreChangeItem *item, const char *text)
{
	return text && item->secret ? json_string("(secret)") : json_text(text);
}

json_t *
config_item_json(const StoreChangeItem *item, bool live)
{
	json_t *object = json_pack("{s:o,s:o,s:o,s:o}", "section", json_text(item->section), "key",
	    json_text(item->key), "from", item_text(item, item->from), "to",
	    item_text(item, item->to));

	if (live)
		json_object_set_new(object, "live", json_true());
	return object;
}

/* The file that has the key; without a key the last that has the section. */
static KeyFile *
find_file(const GPtrArray *keyfiles, const char *section, const char *key)
{
	for (unsigned i = keyfiles->len; i-- > 0;) {
		KeyFile *keyfile = keyfiles->pdata[i];

		if (key ? keyfile_get(keyfile, section, key) != NULL
			: keyfile_has_section(keyfile, section))
			return keyfile;
	}
	return NULL;
}

/* One file alone can be replaced at once. */
static bool
claim(Edit *edit, KeyFile *keyfile)
{
	if (!edit->changed)
		edit->changed = keyfile;
	if (edit->changed == keyfile)
		return true;
	edit->problem = g_strdup_printf("this would change two files, %s and %s: change them apart",
	    keyfile_name(edit->changed), keyfile_name(keyfile));
	return false;
}

static bool
add_section(Edit *edit, KeyFile *keyfile, const char *section)
{
	if (keyfile_has_section(keyfile, section))
		return true;
	if (!claim(edit, keyfile))
		return false;
	keyfile_add_section(keyfile, section);
	g_ptr_array_add(edit->done, config_item_new(section, NULL, NULL, ""));
	return true;
}

static bool
set_key(Edit *edit, const StoreChangeItem *item)
{
	KeyFile *keyfile = find_file(edit->keyfiles, item->section, item->key);
	const char *from = keyfile ? keyfile_get(keyfile, item->section, item->key) : NULL;

	if (!keyfile)
		keyfile = find_file(edit->keyfiles, item->section, NULL);
	if (!keyfile)
		keyfile = edit->keyfiles->pdata[0];
	if (from && strcmp(from, item->to) == 0)
		return true;
	if (!claim(edit, keyfile) || !add_section(edit, keyfile, item->section))
		return false;
	g_ptr_array_add(edit->done, config_item_new(item->section, item->key, from, item->to));
	if (keyfile_set(keyfile, item->section, item->key, item->to))
		return true;
	edit->problem = g_strdup_printf(
	    "[%s] %s: the value cannot stand in %s: allowed is UTF-8 text without control "
	    "characters besides newline and tab, less than %d bytes",
	    item->section, item->key, keyfile_name(keyfile), KEYFILE_LINE_MAX / 2);
	return false;
}

static bool
remove_key(Edit *edit, const StoreChangeItem *item)
{
	KeyFile *keyfile = find_file(edit->keyfiles, item->section, item->key);

	if (!keyfile)
		return true;
	if (!claim(edit, keyfile))
		return false;
	g_ptr_array_add(edit->done, config_item_new(item->section, item->key,
					keyfile_get(keyfile, item->section, item->key), NULL));
	keyfile_remove(keyfile, item->section, item->key);
	return true;
}

static bool
remove_section(Edit *edit, const char *section)
{
	KeyFile *keyfile;

	while ((keyfile = find_file(edit->keyfiles, section, NULL))) {
		KeyFileEntry entry;
		unsigned cursor = 0;

		if (!claim(edit, keyfile))
			return false;
		while (keyfile_next(keyfile, &cursor, &entry))
			if (entry.key && strcmp(entry.section, section) == 0)
				g_ptr_array_add(edit->done,
				    config_item_new(section, entry.key, entry.value, NULL));
		keyfile_remove_section(keyfile, section);
		g_ptr_array_add(edit->done, config_item_new(section, NULL, "", NULL));
	}
	return true;
}

static bool
apply_item(Edit *edit, const StoreChangeItem *item)
{
	KeyFile *keyfile;

	if (item->key)
		return item->to ? set_key(edit, item) : remove_key(edit, item);
	if (!item->to)
		return remove_section(edit, item->section);
	keyfile = find_file(edit->keyfiles, item->section, NULL);
	return keyfile || add_section(edit, edit->keyfiles->pdata[0], item->section);
}

bool
config_edit_apply(const GPtrArray *keyfiles, const GPtrArray *items, GPtrArray **ret_done,
    KeyFile **ret_changed, char **ret_problem)
{
	Edit edit = {.keyfiles = keyfiles, .done = config_items_new()};

	g_assert(keyfiles->len > 0);
	for (unsigned i = 0; i < items->len; i++) {
		if (apply_item(&edit, items->pdata[i]))
			continue;
		g_ptr_array_unref(edit.done);
		*ret_problem = edit.problem;
		return false;
	}
	*ret_done = edit.done;
	*ret_changed = edit.changed;
	return true;
}

GPtrArray *
config_edit_inverse(const GPtrArray *items)
{
	GPtrArray *inverse = config_items_new();

	/* Backwards: a section is there before its keys come, and goes after they went. */
	for (unsigned i = items->len; i-- > 0;) {
		const StoreChangeItem *item = items->pdata[i];

		g_ptr_array_add(
		    inverse, config_item_new(item->section, item->key, item->to, item->from));
	}
	return inverse;
}

bool
config_edit_is_applied(const GPtrArray *keyfiles, const GPtrArray *items)
{
	for (unsigned i = 0; i < items->len; i++) {
		const StoreChangeItem *item = items->pdata[i];
		const KeyFile *keyfile = find_file(keyfiles, item->section, item->key);
		const char *value = !keyfile    ? NULL
				    : item->key ? keyfile_get(keyfile, item->section, item->key)
						: "";

		if (g_strcmp0(value, item->to) != 0)
			return false;
	}
	return true;
}
