/* SPDX-License-Identifier: MIT */
#include "state_key.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>

#define KEY_MODE 0600

/* True if the file held a key; `error` stays unset if there is no file. */
static bool
read_key(const char *path, unsigned char *key, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize length;

	if (!g_file_test(path, G_FILE_TEST_EXISTS) ||
	    !g_file_get_contents(path, &bytes, &length, error))
		return false;
	if (length == STATE_KEY_SIZE)
		memcpy(key, bytes, STATE_KEY_SIZE);
	else
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "it has %" G_GSIZE_FORMAT " bytes; a key has %d", length, STATE_KEY_SIZE);
	explicit_bzero(bytes, length);
	return length == STATE_KEY_SIZE;
}

void
state_key_load(const char *state_dir, const char *name, Random *random, Log *log,
    unsigned char key[static STATE_KEY_SIZE])
{
	g_autofree char *path = state_dir ? g_build_filename(state_dir, name, NULL) : NULL;
	g_autoptr(GError) error = NULL;

	if (path && read_key(path, key, &error))
		return;
	random->fill(random, key, STATE_KEY_SIZE);
	if (path && !error)
		g_file_set_contents_full(path, (const char *)key, STATE_KEY_SIZE,
		    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, KEY_MODE, &error);
	if (error)
		log_event(log, LOG_LEVEL_ERROR, "main", "STATE_KEY_UNUSABLE", NULL,
		    "%s: %s; a key of this run is used in its place", path, error->message);
}
