/* SPDX-License-Identifier: MIT */
/* The batch of a session: one at a time, its deadline goes with it. */
#include "domain/client_batch.h"

#include "domain/session.h"

static void
never(Timer *timer, void *data)
{
	g_assert_not_reached();
}

static void
test_references(void)
{
	g_autofree char *longest = g_strnfill(CLIENT_BATCH_REFERENCE_MAX, 'x');
	g_autofree char *longer = g_strnfill(CLIENT_BATCH_REFERENCE_MAX + 1, 'x');

	g_assert_true(client_batch_reference_is_valid("aZ-09"));
	g_assert_true(client_batch_reference_is_valid(longest));
	g_assert_false(client_batch_reference_is_valid(longer));
	g_assert_false(client_batch_reference_is_valid(""));
	g_assert_false(client_batch_reference_is_valid("a_b"));
	g_assert_false(client_batch_reference_is_valid("\xc3\xa4"));
}

static void
test_life(void)
{
	g_autoptr(Timers) timers = timers_new();
	SessionPeer peer = {.address = "192.0.2.1"};
	Session *session = session_new((Handle){0}, &peer, 0, 0);
	ClientBatch *batch = client_batch_open(session, "1", multiline_new("a", 9, 9), timers);

	timers_set(timers, &batch->deadline, 10, never, NULL);
	batch->label = g_strdup("l");
	g_assert_true(session->batch == batch);
	client_batch_refuse(batch);
	g_assert_null(batch->multiline);
	g_assert_null(batch->label);
	g_assert_cmpuint(timers_run(timers, 20), ==, 0);
	/* Another one takes its place, and goes with the session. */
	batch = client_batch_open(session, "2", multiline_new("a", 9, 9), timers);
	g_assert_cmpstr(session->batch->reference, ==, "2");
	timers_set(timers, &batch->deadline, 30, never, NULL);
	client_batch_close(session);
	g_assert_null(session->batch);
	batch = client_batch_open(session, "3", multiline_new("a", 9, 9), timers);
	timers_set(timers, &batch->deadline, 30, never, NULL);
	session_free(session);
	g_assert_cmpuint(timers_run(timers, 40), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/client-batch/references", test_references);
	g_test_add_func("/client-batch/life", test_life);
	return g_test_run();
}
