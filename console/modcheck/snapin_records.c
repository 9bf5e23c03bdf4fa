/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_records.h"

#include <errno.h>
#include <sys/stat.h>

#define DISABLED_GROUP "Disabled"
#define MOST_BYTES 65536

struct SnapinRecords {
	char *path;
	GKeyFile *keys;
};

static GKeyFile *
read_keys(const char *path)
{
	GKeyFile *keys = g_key_file_new();
	g_autoptr(GError) error = NULL;
	struct stat status;

	if (stat(path, &status) == 0 && status.st_size > MOST_BYTES)
		g_warning("%s is larger than %d bytes and is ignored", path, MOST_BYTES);
	else if (!g_key_file_load_from_file(keys, path, G_KEY_FILE_KEEP_COMMENTS, &error) &&
		 !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		g_warning("%s cannot be read: %s", path, error->message);
	return keys;
}

SnapinRecords *
snapin_records_open(const char *path)
{
	SnapinRecords *records = g_new0(SnapinRecords, 1);

	records->path =
	    path ? g_strdup(path)
		 : g_build_filename(g_get_user_state_dir(), "chat-console", "snapins.ini", NULL);
	records->keys = read_keys(records->path);
	return records;
}

void
snapin_records_free(SnapinRecords *records)
{
	if (!records)
		return;
	g_key_file_unref(records->keys);
	g_free(records->path);
	g_free(records);
}

static void
reload(SnapinRecords *records)
{
	g_key_file_unref(records->keys);
	records->keys = read_keys(records->path);
}

static gboolean
store(SnapinRecords *records, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(records->path);
	g_autofree char *text = NULL;
	gsize size;

	if (g_mkdir_with_parents(folder, 0700)) {
		int code = errno;

		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code),
		    "the folder %s cannot be made: %s", folder, g_strerror(code));
		return FALSE;
	}
	text = g_key_file_to_data(records->keys, &size, NULL);
	return g_file_set_contents_full(records->path, text, (gssize)size,
	    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static char *
quarantine_group(const char *id)
{
	return g_strconcat("Quarantine ", id, NULL);
}

gboolean
snapin_records_is_disabled(const SnapinRecords *records, const char *id)
{
	return g_key_file_get_boolean(records->keys, DISABLED_GROUP, id, NULL);
}

gboolean
snapin_records_set_disabled(
    SnapinRecords *records, const char *id, gboolean disabled, GError **error)
{
	g_autofree char *group = quarantine_group(id);

	reload(records);
	if (disabled) {
		g_key_file_set_boolean(records->keys, DISABLED_GROUP, id, TRUE);
	} else {
		g_key_file_remove_key(records->keys, DISABLED_GROUP, id, NULL);
		g_key_file_remove_group(records->keys, group, NULL);
	}
	return store(records, error);
}

/* Stands for this very content of the file, without reading it. */
static char *
identify(const char *path)
{
	struct stat status;

	if (!path || stat(path, &status))
		return g_strdup("absent");
	return g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
	    (gint64)status.st_size, (gint64)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

gboolean
snapin_records_quarantine(SnapinRecords *records, const char *id, const char *call, gint64 when,
    const char *module_path, GError **error)
{
	g_autofree char *group = quarantine_group(id);
	g_autofree char *identity = identify(module_path);

	reload(records);
	g_key_file_set_string(records->keys, group, "Call", call);
	g_key_file_set_int64(records->keys, group, "When", when);
	g_key_file_set_string(records->keys, group, "File", identity);
	return store(records, error);
}

ModuleFinding *
snapin_records_check(const SnapinRecords *records, const char *id, const char *module_path)
{
	g_autofree char *group = quarantine_group(id);
	g_autofree char *identity = identify(module_path);
	g_autofree char *call = g_key_file_get_string(records->keys, group, "Call", NULL);
	g_autofree char *file = g_key_file_get_string(records->keys, group, "File", NULL);
	gint64 when = g_key_file_get_int64(records->keys, group, "When", NULL);
	g_autoptr(GDateTime) time = NULL;
	g_autofree char *date = NULL;

	if (!call || g_strcmp0(file, identity) != 0)
		return NULL;
	time = g_date_time_new_from_unix_local(when);
	date = time ? g_date_time_format(time, "%Y-%m-%d %H:%M") : g_strdup("an unknown date");
	return module_finding_new(MODULE_QUARANTINED,
	    &(ModuleFacts){.path = module_path, .subject = call, .by = id, .found = date});
}
