/* SPDX-License-Identifier: MIT */
/* WHOWAS over a restart: what is remembered goes into the store and comes back in order. */
#include "act/kept_whowas.h"

#include "act_fixture.h"
#include "store/store_whowas.h"

static void
remember(ActFixture *fixture, const char *nick, const char *event)
{
	Session *session = fixture_user(fixture, nick);
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, session, &ctx, &reply);
	kept_whowas_add(&ctx, session->user, event);
	fixture_end(fixture, &ctx);
}

static void
test_return(void)
{
	g_autoptr(GPtrArray) rows =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_whowas_free);
	const void *cursor = NULL;
	const WhowasEntry *entry;
	ActFixture fixture;

	fixture_init(&fixture);
	fixture_add_store(&fixture);
	remember(&fixture, "anna", "nick-change");
	remember(&fixture, "berta", "quit");
	/* The writer's thread has no duty to be quick. */
	while (rows->len < 2) {
		g_ptr_array_unref(rows);
		rows = store_read_whowas(fixture.records.store, 10, NULL);
		g_assert_nonnull(rows);
		fixture_finish_answers(&fixture);
	}
	whowas_set_most(fixture.community->whowas, 0);
	whowas_set_most(fixture.community->whowas, 10);
	kept_whowas_load(fixture.community, rows);
	entry = whowas_next(fixture.community->whowas, &cursor);
	g_assert_cmpstr(entry->nick, ==, "berta");
	g_assert_cmpstr(entry->event, ==, "quit");
	g_assert_null(entry->account);
	g_assert_cmpint(entry->left_at, ==, FIXTURE_NOW);
	entry = whowas_next(fixture.community->whowas, &cursor);
	g_assert_cmpstr(entry->nick, ==, "anna");
	g_assert_cmpstr(entry->event, ==, "nick-change");
	g_assert_null(whowas_next(fixture.community->whowas, &cursor));
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kept-whowas/return", test_return);
	return g_test_run();
}
