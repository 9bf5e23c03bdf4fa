/* SPDX-License-Identifier: MIT */
#include "control/peer_role.h"

#include <grp.h>
#include <string.h>

static Settings *
parse(const char *text)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new();
	KeyFile *keyfile = keyfile_parse(text, strlen(text), "test.conf", errors);
	Settings *settings;

	g_ptr_array_add(keyfiles, keyfile);
	settings = settings_parse(keyfiles, errors);
	g_assert_cmpuint(errors->len, ==, 0);
	keyfile_free(keyfile);
	return settings;
}

/* -1: no role. */
static int
role_of(const ControlPeer *peer, const Settings *settings)
{
	unsigned role;

	return peer_role(peer, settings->roles, 4000, &role) ? (int)role : -1;
}

static void
test_by_nature(void)
{
	g_autoptr(Settings) settings = parse("");
	ControlPeer root = {.uid = 0};
	ControlPeer own = {.uid = 4000};
	ControlPeer other = {.uid = 4001, .n_groups = 1, .groups = {4001}};

	g_assert_cmpint(role_of(&root, settings), ==, ROLE_ADMINISTRATOR);
	g_assert_cmpint(role_of(&own, settings), ==, ROLE_ADMINISTRATOR);
	g_assert_cmpint(role_of(&other, settings), ==, -1);
}

/* The highest role that matches counts, by user or by any of the groups. */
static void
test_by_settings(void)
{
	g_autoptr(Settings) settings = parse("[role a]\nrights = viewer\ngroups = 5001 5002\n"
					     "[role b]\nrights = operator\nusers = 4002\n"
					     "[role c]\nrights = administrator\ngroups = 5003\n");
	ControlPeer watcher = {.uid = 4001, .n_groups = 3, .groups = {1, 2, 5002}};
	ControlPeer worker = {.uid = 4002, .n_groups = 1, .groups = {5001}};
	ControlPeer admin = {.uid = 4002, .n_groups = 2, .groups = {5001, 5003}};
	ControlPeer nobody = {.uid = 5001, .n_groups = 1, .groups = {4002}};

	g_assert_cmpint(role_of(&watcher, settings), ==, ROLE_VIEWER);
	g_assert_cmpint(role_of(&worker, settings), ==, ROLE_OPERATOR);
	g_assert_cmpint(role_of(&admin, settings), ==, ROLE_ADMINISTRATOR);
	/* A user's number is not a group's. */
	g_assert_cmpint(role_of(&nobody, settings), ==, -1);
}

/* Names are looked up: every Debian has these. */
static void
test_by_name(void)
{
	g_autoptr(Settings) settings = parse("[role a]\nrights = viewer\ngroups = daemon\n"
					     "[role b]\nrights = operator\nusers = nobody\n");
	const struct group *daemon = getgrnam("daemon");
	ControlPeer in_group = {.uid = 4001, .n_groups = 1};
	ControlPeer nobody = {.uid = 65534};
	g_autofree char *text = peer_text(&nobody);

	g_assert_nonnull(daemon);
	in_group.groups[0] = daemon->gr_gid;
	g_assert_cmpint(role_of(&in_group, settings), ==, ROLE_VIEWER);
	g_assert_cmpint(role_of(&nobody, settings), ==, ROLE_OPERATOR);
	g_assert_cmpstr(text, ==, "nobody (uid 65534)");
}

static void
test_unknown_names_match_nobody(void)
{
	g_autoptr(Settings) settings = parse("[role a]\nrights = administrator\n"
					     "groups = no-such-group 12x 4294967295\n"
					     "users = no-such-user 4001x\n");
	ControlPeer peer = {.uid = 4001, .n_groups = 2, .groups = {12, 4001}};

	g_assert_cmpint(role_of(&peer, settings), ==, -1);
}

static void
test_refusal_names_what_is_missing(void)
{
	g_autoptr(Settings) settings = parse("[role a]\nrights = operator\ngroups = helpdesk\n");
	ControlPeer peer = {.uid = 4001};
	g_autofree char *text = peer_refusal(&peer, settings->roles);

	g_assert_nonnull(strstr(text, "4001"));
	g_assert_nonnull(strstr(text, "chatadmin"));
	g_assert_nonnull(strstr(text, "helpdesk (operator)"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/peer-role/by-nature", test_by_nature);
	g_test_add_func("/peer-role/by-settings", test_by_settings);
	g_test_add_func("/peer-role/by-name", test_by_name);
	g_test_add_func("/peer-role/unknown-names", test_unknown_names_match_nobody);
	g_test_add_func("/peer-role/refusal", test_refusal_names_what_is_missing);
	return g_test_run();
}
