/* SPDX-License-Identifier: MIT */
#include "base/close_reason.h"

#include <glib.h>
#include <string.h>

static void
test_rows(void)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

	for (int i = 0; i < CLOSE_REASONS; i++) {
		const CloseReasonRow *row = close_reason((CloseReason)i);

		g_assert_cmpuint(strlen(row->name), >, 0);
		g_assert_cmpuint(
		    strspn(row->name, "abcdefghijklmnopqrstuvwxyz_"), ==, strlen(row->name));
		g_assert_cmpuint(strlen(row->text), >, 0);
		g_assert_true(g_hash_table_add(names, (char *)row->name));
	}
	g_assert_cmpstr(close_reason(CLOSE_PING_TIMEOUT)->name, ==, "ping_timeout");
	g_assert_cmpstr(close_reason(CLOSE_SENDQ)->text, ==, "SendQ exceeded");
	g_assert_true(close_reason(CLOSE_SENDQ)->is_error);
	g_assert_false(close_reason(CLOSE_QUIT)->is_error);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/close-reason/rows", test_rows);
	return g_test_run();
}
