/* SPDX-License-Identifier: MIT */
/* Slices: one a turn, all at once without a pool, and the data freed once in each case. */
#include "act/slices.h"
#include "act_fixture.h"

typedef struct Work {
	unsigned left;
	unsigned done;
	unsigned freed;
} Work;

static bool
step(Host *host, void *data)
{
	Work *work = data;

	work->done++;
	return --work->left > 0;
}

static void
count_free(gpointer data)
{
	((Work *)data)->freed++;
}

static void
test_without_pool(void)
{
	ActFixture fixture;
	Work work = {.left = 3};

	fixture_init(&fixture);
	slices_start(&fixture.host, step, &work, count_free);
	g_assert_cmpuint(work.done, ==, 3);
	g_assert_cmpuint(work.freed, ==, 1);
	fixture_clear(&fixture);
}

static void
test_turns(void)
{
	ActFixture fixture;
	Work work = {.left = 3};
	int64_t until = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	fixture_init(&fixture);
	fixture_add_pool(&fixture);
	slices_start(&fixture.host, step, &work, count_free);
	g_assert_cmpuint(work.done, ==, 1);
	g_assert_cmpuint(work.freed, ==, 0);
	while (work.freed == 0 && g_get_monotonic_time() < until)
		fixture_finish_answers(&fixture);
	g_assert_cmpuint(work.done, ==, 3);
	g_assert_cmpuint(work.freed, ==, 1);
	fixture_clear(&fixture);
}

/* The service ends in between. */
static void
test_end(void)
{
	ActFixture fixture;
	Work work = {.left = 1000};

	fixture_init(&fixture);
	fixture_add_pool(&fixture);
	slices_start(&fixture.host, step, &work, count_free);
	fixture_clear(&fixture);
	g_assert_cmpuint(work.freed, ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/slices/without-pool", test_without_pool);
	g_test_add_func("/slices/turns", test_turns);
	g_test_add_func("/slices/end", test_end);
	return g_test_run();
}
