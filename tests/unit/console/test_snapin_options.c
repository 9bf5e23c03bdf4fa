/* SPDX-License-Identifier: MIT */
#include "snapin_cli.h"

typedef struct Line {
	int argc;
	char **argv; /* owned array of borrowed words */
	SnapinOptions options;
	gboolean good;
	char *message;
} Line;

static Line
take(const char *words)
{
	Line line = {0};
	g_auto(GStrv) split = g_strsplit(words, " ", -1);
	g_autoptr(GError) error = NULL;

	line.argc = (int)g_strv_length(split);
	line.argv = g_new0(char *, (gsize)line.argc + 1);
	for (int i = 0; i < line.argc; i++)
		line.argv[i] = (char *)g_intern_string(split[i]);
	line.good = snapin_options_take(&line.options, &line.argc, &line.argv, &error);
	line.message = g_strdup(error ? error->message : NULL);
	return line;
}

static void
line_clear(Line *line)
{
	snapin_options_clear(&line->options);
	g_free(line->argv);
	g_free(line->message);
}

static void
test_ours_are_taken_others_stay(void)
{
	Line line = take("chat-console --snapin-dir /a --open chatd+unix:x --safe-mode "
			 "--snapin-dir=/b --display :9");

	g_assert_true(line.good);
	g_assert_true(line.options.safe_mode);
	g_assert_false(line.options.allow_unsafe);
	g_assert_cmpuint(g_strv_length(line.options.folders), ==, 2);
	g_assert_cmpstr(line.options.folders[1], ==, "/b");
	g_assert_cmpint(line.argc, ==, 5);
	g_assert_cmpstr(line.argv[1], ==, "--open");
	g_assert_cmpstr(line.argv[4], ==, ":9");
	line_clear(&line);
}

static void
test_an_error_is_told(void)
{
	Line line = take("chat-console --snapin-dir");

	g_assert_false(line.good);
	g_assert_cmpstr(line.message, ==, "Missing argument for --snapin-dir");
	line_clear(&line);
}

static void
test_how_to_check(void)
{
	Line line = take("chat-console --allow-unsafe");
	ModuleCheckOptions check = snapin_options_check(&line.options);

	g_assert_true(check.allow_unsafe);
	g_assert_cmpstr(check.contract->host_name, ==, "chat-console");
	g_assert_cmpstr(check.probe[1], ==, "--probe-snapin");
	line_clear(&line);
}

/* What is no snap-in command is left to the console, also after "--" and as a value. */
static void
test_what_is_not_ours(void)
{
	char *plain[] = {(char *)"chat-console", (char *)"--open", (char *)"x", NULL};
	char *behind[] = {(char *)"chat-console", (char *)"--", (char *)"--list-snapins", NULL};
	char *longer[] = {(char *)"chat-console", (char *)"--list-snapins-not", NULL};
	int status = -1;

	g_assert_false(snapin_cli_handles(3, plain, &status));
	g_assert_false(snapin_cli_handles(3, behind, &status));
	g_assert_false(snapin_cli_handles(2, longer, &status));
	g_assert_cmpint(status, ==, -1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/snapin_options/taken", test_ours_are_taken_others_stay);
	g_test_add_func("/snapin_options/error", test_an_error_is_told);
	g_test_add_func("/snapin_options/check", test_how_to_check);
	g_test_add_func("/snapin_options/not-ours", test_what_is_not_ours);
	return g_test_run();
}
