/* SPDX-License-Identifier: MIT */
/* Commands: sorted, so that the binary search holds, and each with its help. */
#include "proto/commands.h"

#include <glib.h>
#include <string.h>

static void
test_rows(void)
{
	for (unsigned i = 0; i < COMMANDS; i++) {
		const CommandRow *row = command_row(i);
		g_assert_cmpuint(command_find(row->verb), ==, i);
		g_assert_true(g_str_has_prefix(row->syntax, row->verb));
		g_assert_cmpuint(strlen(row->help), >, 10);
		g_assert_cmpuint(row->cost, <=, 5); /* least of limits.flood_burst */
		g_assert_nonnull(command_stage_name(row->stage));
		if (i > 0)
			g_assert_cmpstr(command_row(i - 1)->verb, <, row->verb);
	}
}

static void
test_find(void)
{
	g_assert_cmpuint(command_find("topic"), ==, COMMAND_TOPIC_INDEX);
	g_assert_cmpuint(command_find("PrivMsg"), ==, COMMAND_PRIVMSG_INDEX);
	g_assert_cmpuint(command_find("TOPI"), ==, COMMANDS);
	g_assert_cmpuint(command_find("TOPICS"), ==, COMMANDS);
	g_assert_cmpuint(command_find(""), ==, COMMANDS);
	g_assert_cmpuint(command_find("AAA"), ==, COMMANDS);
	g_assert_cmpuint(command_find("ZZZ"), ==, COMMANDS);
	g_assert_cmpstr(command_stage_name(COMMAND_OPERATOR), ==, "operator");
	g_assert_cmpint(command_row(COMMAND_KILL_INDEX)->stage, ==, COMMAND_OPERATOR);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/commands/rows", test_rows);
	g_test_add_func("/commands/find", test_find);
	return g_test_run();
}
