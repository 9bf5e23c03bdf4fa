/* SPDX-License-Identifier: MIT */
#include "console_state.h"

#include <errno.h>
#include <string.h>

#define SAVE_DELAY_MS 1000
#define SNAPIN_GROUP "State"

/* One key file, and whether it differs from the disk. */
typedef struct StateFile {
	char *path;
	GKeyFile *keys;
	gboolean dirty;
} StateFile;

struct ConsoleState {
	char *folder;
	StateFile *own;
	GHashTable *snapins; /* id -> StateFile */
	guint save_source;
};

static StateFile *
state_file_open(const char *folder, const char *name)
{
	StateFile *file = g_new0(StateFile, 1);
	g_autoptr(GError) error = NULL;

	file->path = g_build_filename(folder, name, NULL);
	file->keys = g_key_file_new();
	if (!g_key_file_load_from_file(file->keys, file->path, G_KEY_FILE_NONE, &error) &&
	    !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		g_message("%s is left alone: %s", file->path, error->message);
	return file;
}

static void
state_file_free(gpointer data)
{
	StateFile *file = data;

	g_key_file_unref(file->keys);
	g_free(file->path);
	g_free(file);
}

static void
state_file_save(StateFile *file)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_path_get_dirname(file->path);

	if (!file->dirty)
		return;
	file->dirty = FALSE;
	if (g_mkdir_with_parents(folder, 0700) < 0)
		g_message("cannot make %s: %s", folder, g_strerror(errno));
	else if (!g_key_file_save_to_file(file->keys, file->path, &error))
		g_message("what is open is not remembered: %s", error->message);
}

ConsoleState *
console_state_new(const char *folder)
{
	ConsoleState *state = g_new0(ConsoleState, 1);

	state->folder = g_strdup(folder);
	state->own = state_file_open(folder, "console.ini");
	state->snapins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, state_file_free);
	return state;
}

void
console_state_save(ConsoleState *state)
{
	GHashTableIter iter;
	gpointer file;

	g_clear_handle_id(&state->save_source, g_source_remove);
	state_file_save(state->own);
	g_hash_table_iter_init(&iter, state->snapins);
	while (g_hash_table_iter_next(&iter, NULL, &file))
		state_file_save(file);
}

void
console_state_free(ConsoleState *state)
{
	if (!state)
		return;
	console_state_save(state);
	state_file_free(state->own);
	g_hash_table_unref(state->snapins);
	g_free(state->folder);
	g_free(state);
}

const char *
console_state_folder(const ConsoleState *state)
{
	return state->folder;
}

static gboolean
on_save_due(gpointer user_data)
{
	ConsoleState *state = user_data;

	state->save_source = 0;
	console_state_save(state);
	return G_SOURCE_REMOVE;
}

static void
touch(ConsoleState *state, StateFile *file)
{
	file->dirty = TRUE;
	if (!state->save_source)
		state->save_source = g_timeout_add(SAVE_DELAY_MS, on_save_due, state);
}

void
console_state_touch(ConsoleState *state)
{
	touch(state, state->own);
}

void
console_state_reset(ConsoleState *state)
{
	g_key_file_unref(state->own->keys);
	state->own->keys = g_key_file_new();
	console_state_touch(state);
}

GKeyFile *
console_state_file(ConsoleState *state)
{
	return state->own->keys;
}

int
console_state_get_int(ConsoleState *state, const char *group, const char *key, int otherwise)
{
	g_autoptr(GError) error = NULL;
	int value = g_key_file_get_integer(state->own->keys, group, key, &error);

	return error ? otherwise : value;
}

void
console_state_set_int(ConsoleState *state, const char *group, const char *key, int value)
{
	if (console_state_get_int(state, group, key, value + 1) == value)
		return;
	g_key_file_set_integer(state->own->keys, group, key, value);
	console_state_touch(state);
}

static StateFile *
snapin_file(ConsoleState *state, const char *id)
{
	StateFile *file = g_hash_table_lookup(state->snapins, id);
	g_autofree char *name = NULL;

	if (file)
		return file;
	name = g_strdup_printf("snapin-%s.ini", id);
	file = state_file_open(state->folder, name);
	g_hash_table_insert(state->snapins, g_strdup(id), file);
	return file;
}

static gboolean
is_key(const char *key)
{
	gsize length = strspn(key, "abcdefghijklmnopqrstuvwxyz.-");

	return length > 0 && length <= 64 && key[length] == '\0';
}

char *
console_state_get_snapin(ConsoleState *state, const char *id, const char *key)
{
	if (!is_key(key))
		return NULL;
	return g_key_file_get_string(snapin_file(state, id)->keys, SNAPIN_GROUP, key, NULL);
}

gboolean
console_state_set_snapin(ConsoleState *state, const char *id, const char *key, const char *value)
{
	StateFile *file;
	g_autofree char *before = console_state_get_snapin(state, id, key);
	g_auto(GStrv) keys = NULL;

	if (!is_key(key) || (value && strlen(value) > CONSOLE_STATE_MAX_VALUE))
		return FALSE;
	if (g_strcmp0(before, value) == 0)
		return TRUE;
	file = snapin_file(state, id);
	keys = g_key_file_get_keys(file->keys, SNAPIN_GROUP, NULL, NULL);
	if (!before && keys && g_strv_length(keys) >= CONSOLE_STATE_MAX_KEYS)
		return FALSE;
	if (value)
		g_key_file_set_string(file->keys, SNAPIN_GROUP, key, value);
	else
		g_key_file_remove_key(file->keys, SNAPIN_GROUP, key, NULL);
	touch(state, file);
	return TRUE;
}
