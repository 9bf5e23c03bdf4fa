/* SPDX-License-Identifier: MIT */
/* Numerics: the table is in order and complete enough to be looked up. */
#include "proto/numerics.h"

#include <string.h>

static void
test_rows(void)
{
	unsigned count;
	const NumericRow *rows = numeric_rows(&count);
	g_assert_cmpuint(count, >, 100);
	for (unsigned i = 0; i < count; i++) {
		g_test_message("%s", rows[i].name);
		g_assert_cmpuint(rows[i].number, >=, 1);
		g_assert_cmpuint(rows[i].number, <=, 999);
		if (i > 0)
			g_assert_cmpuint(rows[i - 1].number, <, rows[i].number);
		g_assert_true(g_str_has_prefix(rows[i].name, "RPL_") ||
			      g_str_has_prefix(rows[i].name, "ERR_"));
		/* Errors are 400 to 599 and some beyond; replies never are below 600. */
		if (rows[i].number >= 400 && rows[i].number < 600)
			g_assert_true(g_str_has_prefix(rows[i].name, "ERR_"));
		g_assert_null(strpbrk(rows[i].format, "\r\n"));
	}
	g_assert_cmpstr(numeric_find(332)->name, ==, "RPL_TOPIC");
	g_assert_null(numeric_find(999));
}

static void
test_formats(void)
{
	g_autofree char *topic = g_strdup_printf(FMT_RPL_TOPIC, "#a", "hello there");
	g_assert_cmpstr(topic, ==, "#a :hello there");
	g_autofree char *who = g_strdup_printf(
	    FMT_RPL_WHOREPLY, "#a", "~u", "host", "server", "nick", "H@", 0u, "Real Name");
	g_assert_cmpstr(who, ==, "#a ~u host server nick H@ :0 Real Name");
	g_autofree char *time = g_strdup_printf(FMT_RPL_CREATIONTIME, "#a", INT64_C(1500000000));
	g_assert_cmpstr(time, ==, "#a 1500000000");
	g_assert_cmpint(RPL_TOPIC, ==, 332);
	g_assert_cmpint(ERR_INPUTTOOLONG, ==, 417);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/numerics/rows", test_rows);
	g_test_add_func("/numerics/formats", test_formats);
	return g_test_run();
}
