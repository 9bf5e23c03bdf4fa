/* SPDX-License-Identifier: MIT */
/*
 * Every row of the protocol's tables stands in a golden transcript: each command and capability is
 * used, each numeric is told, each mode is set, each extended ban is in a list. A row that no
 * transcript can show says why in `exempt`.
 */
#include "proto/casemap.h"
#include "proto/extban.h"
#include "proto/modes.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* Tables by what is looked for. */
typedef enum TableIndex {
	COMMANDS_USED,
	CAPS_USED,
	NUMERICS_TOLD,
	MODES_SET,
	EXTBANS_SET
} TableIndex;

static const char *const table_names[] = {
    "commands.def", "caps.def", "numerics.def", "modes.def", "extbans.def"};

static const struct {
	TableIndex table;
	const char *row;
	const char *why;
} exempt[] = {
    {NUMERICS_TOLD, "RPL_REHASHING", "names a file in a folder that is another one each time"},
    {NUMERICS_TOLD, "RPL_STATSPLINE", "tells of listeners, which the harness does not have"},
    {NUMERICS_TOLD, "RPL_RULES", "tells of a file: tests/e2e/test_operators.py"},
    {NUMERICS_TOLD, "RPL_RULESSTART", "tells of a file: tests/e2e/test_operators.py"},
    {NUMERICS_TOLD, "RPL_ENDOFRULES", "tells of a file: tests/e2e/test_operators.py"},
    {NUMERICS_TOLD, "RPL_OMOTDSTART", "tells of a file: tests/e2e/test_operators.py"},
    {NUMERICS_TOLD, "RPL_OMOTD", "tells of a file: tests/e2e/test_operators.py"},
    {NUMERICS_TOLD, "RPL_ENDOFOMOTD", "tells of a file: tests/e2e/test_operators.py"},
    {NUMERICS_TOLD, "ERR_TOOMANYMATCHES", "wants thousands of members: tests/unit/cmd/test_walk.c"},
    {NUMERICS_TOLD, "RPL_WHOISCOUNTRY", "tells of a file: tests/e2e/test_country.py"},
};

/* What was seen, as "table row" words. */
static GHashTable *seen;

static void
see(TableIndex table, const char *row)
{
	g_hash_table_add(seen, g_strdup_printf("%u %s", table, row));
}

static bool
is_seen(TableIndex table, const char *row)
{
	g_autofree char *key = g_strdup_printf("%u %s", table, row);

	return g_hash_table_contains(seen, key);
}

static const char *
reason_to_exempt(TableIndex table, const char *row)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(exempt); i++)
		if (exempt[i].table == table && g_str_equal(exempt[i].row, row))
			return exempt[i].why;
	return NULL;
}

static void
see_extban(const char *parameter)
{
	size_t length = strspn(parameter + 1, "!") + 1;
	size_t word = strcspn(parameter + length, ":");

	for (unsigned i = 0; extban_row(i); i++) {
		const ExtbanRow *row = extban_row(i);
		g_autofree char *name = g_strndup(parameter + length, word);

		if ((word == 1 && *name == row->letter) || casemap_equal(name, row->name) ||
		    casemap_equal(name, row->other_name)) {
			see(EXTBANS_SET, row->name);
			if (parameter[length + word] == ':' &&
			    strchr(parameter + length + word, '~'))
				see_extban(strchr(parameter + length + word, '~'));
		}
	}
}

/* Letters after MODE and a target; channels and users have alphabets of their own. */
static void
see_modes(char **words)
{
	const char *target = words[0];
	unsigned where = target && *target == '#' ? MODE_ON_CHANNEL : MODE_ON_USER;

	for (const char *letter = target && words[1] ? words[1] : ""; *letter; letter++) {
		unsigned index = mode_find((uint8_t)where, *letter);
		g_autofree char *row = g_strdup_printf("%u %c", where, *letter);

		if (index < MODES)
			see(MODES_SET, row);
	}
	for (unsigned i = 2; target && words[1] && words[i]; i++)
		if (words[i][0] == '~')
			see_extban(words[i]);
}

/* One line of the protocol, sent or received. */
static void
see_line(const char *line, bool sent)
{
	g_auto(GStrv) words = NULL;
	char **word;

	words = g_strsplit_set(line, " ", -1);
	word = words;
	if (*word && **word == '@')
		word++;
	if (*word && **word == ':')
		word++;
	if (!*word)
		return;
	if (sent) {
		g_autofree char *command = g_ascii_strup(*word, -1);

		see(COMMANDS_USED, command);
		if (g_str_equal(command, "CAP"))
			for (char **cap = word + 1; *cap; cap++)
				see(CAPS_USED, *cap + strspn(*cap, ":"));
	} else if (strlen(*word) == 3 && strspn(*word, "0123456789") == 3) {
		see(NUMERICS_TOLD, *word);
	}
	if (casemap_equal(*word, "MODE"))
		see_modes(word + 1);
}

/* "client x: … caps a b" and "x > …", "x < …". */
static void
see_script_line(const char *line)
{
	const char *mark = strchr(line, ' ');

	if (g_str_has_prefix(line, "client ")) {
		g_auto(GStrv) words = g_strsplit(line, " ", -1);

		for (char **word = words; *word; word++)
			see(CAPS_USED, *word);
	} else if (mark && (g_str_has_prefix(mark, " > ") || g_str_has_prefix(mark, " < "))) {
		see_line(mark + 3, mark[1] == '>');
	} else if (mark && g_str_has_prefix(mark, " >> ")) {
		see_line(mark + 4, true);
	}
}

static void
read_transcripts(void)
{
	g_autofree char *folder =
	    g_build_filename(g_getenv("CHAT_SOURCE_ROOT"), "tests", "transcripts", NULL);
	g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
	const char *name;

	g_assert_nonnull(files);
	while ((name = g_dir_read_name(files))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *text = NULL;
		g_auto(GStrv) lines = NULL;

		if (!g_str_has_suffix(name, ".txt"))
			continue;
		g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
		lines = g_strsplit(text, "\n", -1);
		for (char **line = lines; *line; line++)
			see_script_line(*line);
	}
}

/* `row` as it is looked for, `shown` as the table names it. */
static unsigned
check(TableIndex table, const char *row, const char *shown)
{
	const char *why = reason_to_exempt(table, shown);

	if (why && is_seen(table, row)) {
		g_test_message(
		    "%s: %s is in a transcript: not exempt any more", table_names[table], shown);
		return 1;
	}
	if (why || is_seen(table, row))
		return 0;
	g_test_message("%s: no transcript uses %s", table_names[table], shown);
	return 1;
}

/* Not an assertion: all tables are told of in one run. */
static void
report(unsigned missing)
{
	if (missing > 0)
		g_test_fail();
}

static void
test_commands(void)
{
	unsigned missing = 0;

#define COMMAND(name, ...) missing += check(COMMANDS_USED, #name, #name);
#include "proto/commands.def"
#undef COMMAND
	report(missing);
}

static void
test_caps(void)
{
	unsigned missing = 0;

#define CAP(id, name, ...) missing += check(CAPS_USED, name, name);
#include "proto/caps.def"
#undef CAP
	report(missing);
}

static void
test_numerics(void)
{
	unsigned missing = 0;

#define NUMERIC(name, number, ...)                                                                 \
	{                                                                                          \
		g_autofree char *digits = g_strdup_printf("%03d", number);                         \
		missing += check(NUMERICS_TOLD, digits, #name);                                    \
	}
#include "proto/numerics.def"
#undef NUMERIC
	report(missing);
}

static void
test_modes(void)
{
	unsigned missing = 0;

	for (unsigned i = 0; i < MODES; i++) {
		g_autofree char *row =
		    g_strdup_printf("%u %c", mode_row(i)->target, mode_row(i)->letter);
		g_autofree char *shown = g_strdup_printf("%c (%s)", mode_row(i)->letter,
		    mode_row(i)->target == MODE_ON_CHANNEL ? "channel" : "user");

		missing += check(MODES_SET, row, shown);
	}
	report(missing);
}

static void
test_extbans(void)
{
	unsigned missing = 0;

	for (unsigned i = 0; extban_row(i); i++)
		missing += check(EXTBANS_SET, extban_row(i)->name, extban_row(i)->name);
	report(missing);
}

int
main(int argc, char **argv)
{
	int failed;

	g_test_init(&argc, &argv, NULL);
	seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	read_transcripts();
	g_test_add_func("/tables/commands", test_commands);
	g_test_add_func("/tables/caps", test_caps);
	g_test_add_func("/tables/numerics", test_numerics);
	g_test_add_func("/tables/modes", test_modes);
	g_test_add_func("/tables/extbans", test_extbans);
	failed = g_test_run();
	g_hash_table_unref(seen);
	return failed;
}
