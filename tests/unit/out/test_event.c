/* SPDX-License-Identifier: MIT */
/* The table of events: every row is whole, and what it names is a capability. */
#include "out/event.h"

#include "proto/caps.h"

#include <glib.h>

static void
test_rows(void)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	const uint64_t all = (UINT64_C(1) << CAPS) - 1;

	for (unsigned kind = 0; kind < EVENTS; kind++) {
		const EventRow *row = event_row(kind);

		g_assert_nonnull(row->name);
		g_assert_true(g_hash_table_add(names, (char *)row->name));
		g_assert_cmpint(row->help[0], !=, '\0');
		g_assert_cmpuint(row->needs & ~all, ==, 0);
		g_assert_cmpuint(row->varies & ~all, ==, 0);
		g_assert_cmpuint(row->audience, <=, AUDIENCE_NOTICE_READERS);
		if (row->audience == AUDIENCE_NOBODY)
			g_assert_cmpuint(row->needs | row->varies, ==, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/event/rows", test_rows);
	return g_test_run();
}
