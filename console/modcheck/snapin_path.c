/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_path.h"

#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#define MOST_FOLDERS 32u

SnapinRights
snapin_rights_now(void)
{
	if (getauxval(AT_SECURE) || geteuid() != getuid() || getegid() != getgid())
		return SNAPIN_RIGHTS_RAISED;
	return geteuid() == 0 ? SNAPIN_RIGHTS_ROOT : SNAPIN_RIGHTS_ORDINARY;
}

const char *
snapin_path_built_in(void)
{
	return CHAT_SNAPIN_DIR;
}

char **
snapin_path_suggested(void)
{
	return g_strsplit(CHAT_SUGGESTED_SNAPINS, ",", 16);
}

static void
add_folder(SnapinPath *path, const char *folder, guint most)
{
	g_autofree char *absolute = NULL;

	if (!*folder || path->folders->len >= most)
		return;
	absolute = g_canonicalize_filename(folder, NULL);
	for (guint i = 0; i < path->folders->len; i++)
		if (!strcmp(path->folders->pdata[i], absolute))
			return;
	g_ptr_array_add(path->folders, g_steal_pointer(&absolute));
}

SnapinPath *
snapin_path_new(const char *const *given, const char *variable, SnapinRights rights)
{
	SnapinPath *path = g_new0(SnapinPath, 1);
	gboolean has_given = given && *given;
	gboolean has_variable = variable && *variable;

	path->folders = g_ptr_array_new_with_free_func(g_free);
	path->notices = g_ptr_array_new_with_free_func(g_free);
	if (has_given && rights == SNAPIN_RIGHTS_RAISED)
		g_ptr_array_add(path->notices, g_strdup("--snapin-dir is ignored: this program "
							"runs with more rights than its user"));
	else if (has_given)
		for (const char *const *folder = given; *folder; folder++)
			add_folder(path, *folder, MOST_FOLDERS);
	if (has_variable && rights != SNAPIN_RIGHTS_ORDINARY) {
		g_ptr_array_add(
		    path->notices, g_strdup_printf("%s is ignored: %s", SNAPIN_PATH_VARIABLE,
				       rights == SNAPIN_RIGHTS_ROOT
					   ? "this program runs as root (use --snapin-dir)"
					   : "this program runs with more rights than its user"));
	} else if (has_variable) {
		g_auto(GStrv) folders = g_strsplit(variable, ":", -1);

		for (char **folder = folders; *folder; folder++)
			add_folder(path, *folder, MOST_FOLDERS);
	}
	add_folder(path, snapin_path_built_in(), MOST_FOLDERS + 1);
	return path;
}

void
snapin_path_free(SnapinPath *path)
{
	if (!path)
		return;
	g_ptr_array_unref(path->folders);
	g_ptr_array_unref(path->notices);
	g_free(path);
}
