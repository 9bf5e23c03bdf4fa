/* SPDX-License-Identifier: MIT */
#include "modcheck/file_owner.h"

#include <grp.h>
#include <pwd.h>

#define ENTRY_BYTES 16384

char *
user_name(uid_t uid)
{
	g_autofree char *buffer = g_malloc(ENTRY_BYTES);
	struct passwd entry;
	struct passwd *found = NULL;

	if (getpwuid_r(uid, &entry, buffer, ENTRY_BYTES, &found) || !found)
		return g_strdup_printf("uid %u", (unsigned)uid);
	return g_strdup(found->pw_name);
}

char *
group_name(gid_t gid)
{
	g_autofree char *buffer = g_malloc(ENTRY_BYTES);
	struct group entry;
	struct group *found = NULL;

	if (getgrgid_r(gid, &entry, buffer, ENTRY_BYTES, &found) || !found)
		return g_strdup_printf("gid %u", (unsigned)gid);
	return g_strdup(found->gr_name);
}

char *
mode_and_owner(const struct stat *status)
{
	g_autofree char *user = user_name(status->st_uid);
	g_autofree char *group = group_name(status->st_gid);

	return g_strdup_printf(
	    "mode %04o, owner %s:%s", (unsigned)(status->st_mode & 07777), user, group);
}
