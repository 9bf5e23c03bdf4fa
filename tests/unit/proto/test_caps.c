/* SPDX-License-Identifier: MIT */
/* Capabilities: bits and names. */
#include "proto/caps.h"

#include <glib.h>
#include <string.h>

static void
test_rows(void)
{
	for (unsigned i = 0; i < CAPS; i++) {
		const CapRow *row = cap_row(i);
		g_assert_cmpuint(cap_find(row->name), ==, UINT64_C(1) << i);
		g_assert_cmpuint(strlen(row->help), >, 10);
		if (i > 0)
			g_assert_cmpstr(cap_row(i - 1)->name, <, row->name);
	}
	g_assert_cmpuint(cap_find("server-time"), ==, CAP_SERVER_TIME);
	g_assert_cmpuint(CAP_SERVER_TIME, ==, 1u << CAP_SERVER_TIME_INDEX);
	g_assert_cmpuint(cap_find("Server-Time"), ==, 0);
	g_assert_cmpuint(cap_find(""), ==, 0);
}

static void
test_ircx_is_not_negotiated(void)
{
	g_assert_cmpuint(cap_find("ircx"), ==, 0);
	for (unsigned i = 0; i < CAPS; i++)
		g_assert_cmpuint(cap_find(cap_row(i)->name) & CAP_IRCX, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/caps/rows", test_rows);
	g_test_add_func("/caps/ircx-is-not-negotiated", test_ircx_is_not_negotiated);
	return g_test_run();
}
