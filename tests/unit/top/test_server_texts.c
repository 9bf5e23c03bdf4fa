/* SPDX-License-Identifier: MIT */
/* Message of the day, rules and the operators' message: read whole or not at all, then in force. */
#include "server_private.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct Desk {
	Settings *settings;
	SettingsCommunity *own;
	char *folder;
} Desk;

static void
set_up(Desk *desk, gconstpointer data)
{
	desk->settings = settings_defaults();
	desk->own = g_ptr_array_index(desk->settings->communities, 0);
	desk->folder = g_dir_make_tmp("chat-texts-XXXXXX", NULL);
	g_assert_nonnull(desk->folder);
}

static char *
path_of(const Desk *desk, const char *name)
{
	return g_build_filename(desk->folder, name, NULL);
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	static const char *const names[] = {"motd", "rules", "opermotd"};

	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = path_of(desk, names[i]);

		g_unlink(path);
	}
	g_assert_cmpint(g_rmdir(desk->folder), ==, 0);
	g_free(desk->folder);
	settings_free(desk->settings);
}

static void
put(Desk *desk, char **setting, const char *name, const char *text)
{
	g_autofree char *path = path_of(desk, name);

	g_free(*setting);
	*setting = g_strdup(name);
	if (text)
		g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
test_read_and_apply(Desk *desk, gconstpointer data)
{
	Timers *timers = timers_new();
	Community *community = community_new(desk->settings, timers, 0);
	ServerTexts texts = {0};
	g_autoptr(GError) error = NULL;
	const char *key, *file;

	put(desk, &desk->own->motd_file, "motd", "one\ntwo\tmore\n");
	put(desk, &desk->own->rules_file, "rules", "be kind\r\n");
	put(desk, &desk->own->operator_motd_file, "opermotd", "look\n");
	g_assert_true(server_texts_read(&texts, desk->own, desk->folder, &key, &file, &error));
	server_texts_apply(&texts, community, desk->settings);
	g_assert_null(texts.motd);
	g_assert_null(texts.rules);
	g_assert_null(texts.operator_motd);
	g_assert_cmpuint(g_strv_length(community->motd), ==, 2);
	g_assert_cmpstr(community->motd[1], ==, "two more");
	g_assert_cmpuint(g_strv_length(community->rules), ==, 1);
	g_assert_cmpstr(community->rules[0], ==, "be kind");
	g_assert_cmpstr(community->operator_motd[0], ==, "look");
	community_free(community);
	timers_free(timers);
}

static void
test_none(Desk *desk, gconstpointer data)
{
	ServerTexts texts = {0};
	const char *key, *file;

	g_assert_true(server_texts_read(&texts, desk->own, desk->folder, &key, &file, NULL));
	g_assert_cmpuint(g_strv_length(texts.rules), ==, 0);
	g_assert_cmpuint(g_strv_length(texts.operator_motd), ==, 0);
	server_texts_clear(&texts);
	g_assert_null(texts.motd);
}

/* The first that cannot be read is named, and nothing of the others is left. */
static void
test_problems(Desk *desk, gconstpointer data)
{
	const struct {
		char **setting;
		const char *key, *name, *text;
	} cases[] = {
	    {&desk->own->motd_file, "motd_file", "motd", NULL},
	    {&desk->own->rules_file, "rules_file", "rules", "no \xFF text"},
	    {&desk->own->operator_motd_file, "operator_motd_file", "opermotd", NULL},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		ServerTexts texts = {0};
		const char *key = NULL, *file = NULL;

		put(desk, cases[i].setting, cases[i].name, cases[i].text);
		g_assert_false(
		    server_texts_read(&texts, desk->own, desk->folder, &key, &file, &error));
		g_assert_cmpstr(key, ==, cases[i].key);
		g_assert_cmpstr(file, ==, cases[i].name);
		g_assert_nonnull(strstr(error->message, cases[i].name));
		g_assert_null(texts.motd);
		g_assert_null(texts.rules);
		put(desk, cases[i].setting, cases[i].name, "good\n");
	}
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(Desk *, gconstpointer);
	} tests[] = {
	    {"/server-texts/read-and-apply", test_read_and_apply},
	    {"/server-texts/none", test_none},
	    {"/server-texts/problems", test_problems},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Desk, NULL, set_up, tests[i].run, tear_down);
	return g_test_run();
}
