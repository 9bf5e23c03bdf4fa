/* SPDX-License-Identifier: MIT */
/* Codes that operators used: kept over a reopening, one row each, and never moved back. */
#include "store/store_operator_codes.h"

#include "store_fixture.h"

static int64_t
step_of(const GPtrArray *rows, const char *operator)
{
	for (guint i = 0; i < rows->len; i++) {
		const StoreOperatorCode *row = rows->pdata[i];

		if (g_str_equal(row->operator, operator))
			return row->step;
	}
	return 0;
}

static void
test_kept(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	StoreFixture fixture;
	StoreTally tally = {0};

	fixture_init(&fixture);
	store_put_operator_code(fixture.store, "boss", 100, tally_answer, &tally);
	store_put_operator_code(fixture.store, "boss", 102, tally_answer, &tally);
	store_put_operator_code(fixture.store, "boss", 101, tally_answer, &tally);
	store_put_operator_code(fixture.store, "Boss", 7, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 4);
	g_assert_cmpuint(tally.done, ==, 4);
	fixture_reopen(&fixture);
	rows = store_read_operator_codes(fixture.store, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, 2);
	g_assert_cmpint(step_of(rows, "boss"), ==, 102);
	g_assert_cmpint(step_of(rows, "Boss"), ==, 7);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store-operator-codes/kept", test_kept);
	return g_test_run();
}
