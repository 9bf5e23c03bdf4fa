/* SPDX-License-Identifier: MIT */
/* The key file keeps what it does not change, and tells every mistake with its line. */
#include "settings/keyfile.h"

#include <string.h>

static const char sample[] = "# top comment\n"
			     "\n"
			     "[limits]\n"
			     "  nick  =  32  \n"
			     "; old style comment\n"
			     "topic=390\n"
			     "\n"
			     "# about the listener\n"
			     "[listener   main]\n"
			     "address = 127.0.0.1\n"
			     "\n"
			     "# about me\n"
			     "[operator me]\n"
			     "masks = a b\\sc\\n\\\\\n";

static KeyFile *
parse_good(const char *text)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	KeyFile *keyfile = keyfile_parse(text, strlen(text), "test.conf", errors);
	g_assert_cmpuint(errors->len, ==, 0);
	return keyfile;
}

static void
assert_text(const KeyFile *keyfile, const char *expected)
{
	size_t length;
	g_autofree char *text = keyfile_text(keyfile, &length);
	g_assert_cmpstr(text, ==, expected);
	g_assert_cmpuint(length, ==, strlen(expected));
}

static void
test_read(void)
{
	g_autoptr(KeyFile) keyfile = parse_good(sample);
	assert_text(keyfile, sample);
	g_assert_cmpstr(keyfile_name(keyfile), ==, "test.conf");
	g_assert_cmpstr(keyfile_get(keyfile, "limits", "nick"), ==, "32");
	g_assert_cmpstr(keyfile_get(keyfile, "limits", "topic"), ==, "390");
	g_assert_cmpstr(keyfile_get(keyfile, "listener main", "address"), ==, "127.0.0.1");
	g_assert_cmpstr(keyfile_get(keyfile, "operator me", "masks"), ==, "a b c\n\\");
	g_assert_null(keyfile_get(keyfile, "limits", "address"));
	g_assert_true(keyfile_has_section(keyfile, "operator me"));
	g_assert_false(keyfile_has_section(keyfile, "operator"));
}

static void
test_walk(void)
{
	static const struct {
		const char *section;
		const char *key;
		unsigned line;
	} expected[] = {{"limits", NULL, 3}, {"limits", "nick", 4}, {"limits", "topic", 6},
	    {"listener main", NULL, 9}, {"listener main", "address", 10}, {"operator me", NULL, 13},
	    {"operator me", "masks", 14}};
	g_autoptr(KeyFile) keyfile = parse_good(sample);
	unsigned cursor = 0;
	KeyFileEntry entry;
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_assert_true(keyfile_next(keyfile, &cursor, &entry));
		g_assert_cmpstr(entry.section, ==, expected[i].section);
		g_assert_cmpstr(entry.key, ==, expected[i].key);
		g_assert_cmpuint(entry.line, ==, expected[i].line);
	}
	g_assert_false(keyfile_next(keyfile, &cursor, &entry));
}

/* What `text` becomes when `was` in it is replaced by `now`. */
static char *
replaced(const char *text, const char *was, const char *now)
{
	const char *at = strstr(text, was);
	g_assert_nonnull(at);
	g_autofree char *before = g_strndup(text, (gsize)(at - text));
	return g_strconcat(before, now, at + strlen(was), NULL);
}

static void
test_set(void)
{
	g_autoptr(KeyFile) keyfile = parse_good(sample);
	g_assert_true(keyfile_set(keyfile, "limits", "nick", "40"));
	g_autofree char *first = replaced(sample, "  nick  =  32  \n", "  nick  =  40\n");
	assert_text(keyfile, first);
	g_assert_true(keyfile_set(keyfile, "limits", "away", " two\nlines\\ "));
	g_autofree char *second =
	    replaced(first, "topic=390\n", "topic=390\naway = \\stwo\\nlines\\\\\\s\n");
	assert_text(keyfile, second);
	g_assert_cmpstr(keyfile_get(keyfile, "limits", "away"), ==, " two\nlines\\ ");
	g_assert_true(keyfile_set(keyfile, "role admins", "groups", "staff"));
	g_autofree char *third = g_strconcat(second, "\n[role admins]\ngroups = staff\n", NULL);
	assert_text(keyfile, third);
	g_autoptr(KeyFile) again = parse_good(third);
	g_assert_cmpstr(keyfile_get(again, "limits", "away"), ==, " two\nlines\\ ");
}

/* What could not be read back is refused, and nothing changes. */
static void
test_set_refused(void)
{
	g_autoptr(KeyFile) keyfile = parse_good(sample);
	g_autofree char *endless = g_strnfill(KEYFILE_LINE_MAX, 'x');
	g_autofree char *newlines = g_strnfill(KEYFILE_LINE_MAX / 2, '\n');
	const char *const bad[] = {"a\rb", "\x01", "\xFF", endless, newlines};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(keyfile_set(keyfile, "limits", "nick", bad[i]));
	assert_text(keyfile, sample);
	g_autofree char *most = g_strnfill(8192, '\n');
	g_assert_true(keyfile_set(keyfile, "community c", "motd", most));
	g_autofree char *text = keyfile_text(keyfile, NULL);
	g_autoptr(KeyFile) again = parse_good(text);
	g_assert_cmpstr(keyfile_get(again, "community c", "motd"), ==, most);
}

static void
test_remove(void)
{
	g_autoptr(KeyFile) keyfile = parse_good(sample);
	g_assert_true(keyfile_remove(keyfile, "limits", "topic"));
	g_assert_false(keyfile_remove(keyfile, "limits", "topic"));
	g_autofree char *first = replaced(sample, "topic=390\n", "");
	assert_text(keyfile, first);
	g_assert_true(keyfile_remove_section(keyfile, "listener main"));
	g_assert_false(keyfile_remove_section(keyfile, "listener main"));
	g_autofree char *second = replaced(first, "[listener   main]\naddress = 127.0.0.1\n\n", "");
	assert_text(keyfile, second);
	g_assert_true(keyfile_remove_section(keyfile, "operator me"));
	g_assert_false(keyfile_has_section(keyfile, "operator me"));
	g_assert_true(keyfile_has_section(keyfile, "limits"));
}

static void
test_line_ends(void)
{
	g_autoptr(KeyFile) dos = parse_good("[limits]\r\nnick = 32\r\n");
	g_assert_true(keyfile_set(dos, "limits", "nick", "33"));
	g_assert_true(keyfile_set(dos, "limits", "topic", "390"));
	assert_text(dos, "[limits]\r\nnick = 33\r\ntopic = 390\r\n");
	g_autoptr(KeyFile) unended = parse_good("[limits]\nnick = 32");
	g_assert_true(keyfile_set(unended, "limits", "nick", "33"));
	assert_text(unended, "[limits]\nnick = 33");
	g_assert_true(keyfile_set(unended, "limits", "topic", "390"));
	assert_text(unended, "[limits]\nnick = 33\ntopic = 390\n");
	g_autoptr(KeyFile) empty = parse_good("");
	g_assert_true(keyfile_set(empty, "limits", "nick", ""));
	assert_text(empty, "[limits]\nnick = \n");
	g_assert_true(keyfile_set(empty, "limits", "nick", "1"));
	assert_text(empty, "[limits]\nnick = 1\n");
}

static void
assert_error(const char *text, size_t length, const char *expected)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(KeyFile) keyfile = keyfile_parse(text, length, "t", errors);
	g_assert_nonnull(keyfile);
	g_assert_cmpuint(errors->len, ==, 1);
	g_autofree char *error = settings_error_text(g_ptr_array_index(errors, 0));
	g_assert_cmpstr(error, ==, expected);
}

static void
test_whole_file_limits(void)
{
	g_autofree char *large = g_strnfill(KEYFILE_SIZE_MAX + 1, '\n');
	assert_error(large, KEYFILE_SIZE_MAX + 1,
	    "t: the file has 1048577 bytes; at most 1048576 are allowed");
	assert_error(
	    large, KEYFILE_LINES_MAX + 1, "t:20001: too many lines; at most 20000 are allowed");
	g_autofree char *line = g_strnfill(KEYFILE_LINE_MAX + 1, '#');
	assert_error(
	    line, KEYFILE_LINE_MAX + 1, "t:1: the line has 32769 bytes; at most 32768 are allowed");
	assert_error("a\n\0", 3, "t:2: a NUL byte; allowed is UTF-8 text");
	assert_error("\xEF\xBB\xBF[limits]\n", 12,
	    "t:1: the file begins with a byte order mark; allowed is UTF-8 without one");
}

/* Every beginning of a file parses, and what was parsed prints the same. */
static void
test_every_prefix(void)
{
	for (size_t length = 0; length < sizeof sample; length++) {
		g_autofree char *text = g_memdup2(sample, length);
		g_autoptr(GPtrArray) errors = settings_errors_new();
		g_autoptr(KeyFile) keyfile =
		    keyfile_parse(length > 0 ? text : "", length, "t", errors);
		g_autofree char *whole = keyfile_text(keyfile, NULL);
		bool has_nul = length == sizeof sample;
		g_assert_false(has_nul);
		g_assert_cmpmem(whole, strlen(whole), sample, length);
		g_assert_cmpuint(errors->len, <=, 1);
	}
}

static void
test_names(void)
{
	g_assert_true(keyfile_section_is_valid("limits"));
	g_assert_true(keyfile_section_is_valid("listener a-B.9_"));
	static const char *const bad[] = {
	    "", " a", "a b c", "Limits", "a ", "listener a/b", "a  b", "a]", "li-mits"};
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(keyfile_section_is_valid(bad[i]));
	g_assert_true(keyfile_key_is_valid("ping_timeout"));
	g_assert_false(keyfile_key_is_valid("Ping"));
	g_assert_false(keyfile_key_is_valid(""));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keyfile/read", test_read);
	g_test_add_func("/keyfile/walk", test_walk);
	g_test_add_func("/keyfile/set", test_set);
	g_test_add_func("/keyfile/set-refused", test_set_refused);
	g_test_add_func("/keyfile/remove", test_remove);
	g_test_add_func("/keyfile/line-ends", test_line_ends);
	g_test_add_func("/keyfile/whole-file-limits", test_whole_file_limits);
	g_test_add_func("/keyfile/every-prefix", test_every_prefix);
	g_test_add_func("/keyfile/names", test_names);
	return g_test_run();
}
