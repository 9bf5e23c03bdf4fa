/* SPDX-License-Identifier: MIT */
#include "modcheck/trust.h"

#include "modcheck/file_owner.h"

#include <string.h>
#include <unistd.h>

static void
refuse(ModuleReport *report, const char *path, const char *place, const char *found,
    const char *command)
{
	module_report_take(report,
	    module_finding_new(MODULE_UNSAFE_PERMISSIONS,
		&(ModuleFacts){.path = path, .subject = place, .found = found, .wanted = command}));
}

static void
check_owner(ModuleReport *report, const char *path, const struct stat *status, uid_t euid)
{
	g_autofree char *owner = NULL;
	g_autofree char *found = NULL;
	g_autofree char *command = NULL;

	if (status->st_uid == 0 || status->st_uid == euid)
		return;
	owner = user_name(status->st_uid);
	found = g_strdup_printf("belongs to the user %s, neither to root nor to you", owner);
	command = g_strdup_printf("sudo chown root %s", path);
	refuse(report, path, path, found, command);
}

static void
check_writers(ModuleReport *report, const char *path, const char *place, const struct stat *status,
    uid_t euid)
{
	gboolean is_folder = S_ISDIR(status->st_mode);
	gboolean by_group = (status->st_mode & S_IWGRP) && status->st_gid != 0;
	g_autofree char *owner = mode_and_owner(status);
	g_autofree char *group = group_name(status->st_gid);

	if (is_folder && (status->st_mode & S_ISVTX))
		return;
	if (status->st_mode & S_IWOTH) {
		g_autofree char *found =
		    g_strdup_printf("can be changed by every user (%s)", owner);
		g_autofree char *command = g_strdup_printf("sudo chmod o-w %s", place);

		refuse(report, path, place, found, command);
	} else if (by_group && euid == 0) {
		g_autofree char *found =
		    g_strdup_printf("can be changed by the group %s (%s)", group, owner);
		g_autofree char *command = g_strdup_printf("sudo chmod g-w %s", place);

		refuse(report, path, place, found, command);
	} else if (by_group) {
		module_report_notice(
		    report, "%s can be changed by the group %s (%s)", place, group, owner);
	}
}

/* Every folder above `path`, innermost first; each once. */
static void
check_folders(
    ModuleReport *report, const char *path, const char *start, GHashTable *seen, uid_t euid)
{
	char *folder = g_path_get_dirname(start);

	for (;;) {
		struct stat status;
		char *above;

		if (g_hash_table_contains(seen, folder))
			break;
		if (!stat(folder, &status))
			check_writers(report, path, folder, &status, euid);
		above = g_path_get_dirname(folder);
		g_hash_table_add(seen, folder);
		folder = above;
	}
	g_free(folder);
}

gboolean
trust_check_as(ModuleReport *report, const char *path, const ModuleFile *file, uid_t euid)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	g_autofree char *owner = mode_and_owner(&file->status);

	check_owner(report, path, &file->status, euid);
	check_writers(report, path, path, &file->status, euid);
	check_folders(report, path, file->real_path, seen, euid);
	check_folders(report, path, absolute, seen, euid);
	if (!module_report_is_good(report))
		return FALSE;
	module_report_pass(report, MODULE_STAGE_TRUST, "%s", owner);
	return TRUE;
}

gboolean
trust_check(ModuleReport *report, const char *path, const ModuleFile *file)
{
	return trust_check_as(report, path, file, geteuid());
}
