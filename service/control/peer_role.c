/* SPDX-License-Identifier: MIT */
#include "control/peer_role.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#define LOOKUP_SIZE 16384

char *
peer_user_name(uid_t uid)
{
	char buffer[LOOKUP_SIZE];
	struct passwd entry;
	struct passwd *found = NULL;

	if (getpwuid_r(uid, &entry, buffer, sizeof buffer, &found) == 0 && found)
		return g_utf8_make_valid(found->pw_name, -1);
	return g_strdup_printf("%lu", (unsigned long)uid);
}

char *
peer_group_name(gid_t gid)
{
	char buffer[LOOKUP_SIZE];
	struct group entry;
	struct group *found = NULL;

	/* ERANGE: a group of thousands of members; its name is not worth more memory. */
	if (getgrgid_r(gid, &entry, buffer, sizeof buffer, &found) == 0 && found)
		return g_utf8_make_valid(found->gr_name, -1);
	return g_strdup_printf("%lu", (unsigned long)gid);
}

char *
peer_text(const ControlPeer *peer)
{
	g_autofree char *name = peer_user_name(peer->uid);

	return g_strdup_printf("%s (uid %lu)", name, (unsigned long)peer->uid);
}

/* A name in the settings may be a number too. */
static bool
names_number(const char *name, unsigned long number)
{
	char *end;

	if (!g_ascii_isdigit(name[0]))
		return false;
	errno = 0;
	return strtoul(name, &end, 10) == number && *end == '\0' && errno == 0;
}

static bool
is_user(const ControlPeer *peer, const char *name)
{
	g_autofree char *own = NULL;

	if (names_number(name, peer->uid))
		return true;
	own = peer_user_name(peer->uid);
	return strcmp(own, name) == 0;
}

/* The group is looked up by its name: the peer's own numbers may have no name here. */
static bool
is_in_group(const ControlPeer *peer, const char *name)
{
	g_autofree char *buffer = NULL;
	struct group entry;
	struct group *found = NULL;
	size_t size = LOOKUP_SIZE;
	int code;

	for (unsigned i = 0; i < peer->n_groups; i++)
		if (names_number(name, peer->groups[i]))
			return true;
	do {
		g_free(buffer);
		buffer = g_malloc(size);
		code = getgrnam_r(name, &entry, buffer, size, &found);
		size *= 4;
	} while (code == ERANGE && size <= 64 * 1024 * 1024);
	if (code != 0 || !found)
		return false;
	for (unsigned i = 0; i < peer->n_groups; i++)
		if (peer->groups[i] == found->gr_gid)
			return true;
	return false;
}

static bool
matches(const ControlPeer *peer, const SettingsRole *role)
{
	for (char **name = role->users; *name; name++)
		if (is_user(peer, *name))
			return true;
	for (char **name = role->groups; *name; name++)
		if (is_in_group(peer, *name))
			return true;
	return false;
}

bool
peer_role(const ControlPeer *peer, const GPtrArray *roles, uid_t own_uid, unsigned *ret_role)
{
	bool found = false;
	unsigned best = ROLE_VIEWER;

	if (peer->uid == 0 || peer->uid == own_uid ||
	    is_in_group(peer, PEER_ADMINISTRATORS_GROUP)) {
		*ret_role = ROLE_ADMINISTRATOR;
		return true;
	}
	for (unsigned i = 0; i < roles->len; i++) {
		const SettingsRole *role = roles->pdata[i];

		if (!matches(peer, role))
			continue;
		found = true;
		best = MAX(best, role->rights);
	}
	if (found)
		*ret_role = best;
	return found;
}

char *
peer_refusal(const ControlPeer *peer, const GPtrArray *roles)
{
	g_autofree char *who = peer_text(peer);
	GString *text = g_string_new(NULL);

	g_string_printf(
	    text, "%s has no role here: join the group %s", who, PEER_ADMINISTRATORS_GROUP);
	for (unsigned i = 0; i < roles->len; i++) {
		const SettingsRole *role = roles->pdata[i];
		static const char *const rights[] = {"viewer", "operator", "administrator"};

		for (char **name = role->groups; *name; name++)
			g_string_append_printf(text, " or %s (%s)", *name, rights[role->rights]);
	}
	g_string_append(
	    text, ", or have an administrator add a [role NAME] section with your group");
	return g_string_free(text, FALSE);
}
