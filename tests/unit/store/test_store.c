/* SPDX-License-Identifier: MIT */
#include "store/store.h"

#include "store_fixture.h"

#include <string.h>
#include <sys/stat.h>

static GPtrArray *
read_channels(StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *channels = store_read_channels(fixture->store, &error);

	g_assert_no_error(error);
	return channels;
}

static void
test_new_file_is_private(void)
{
	StoreFixture fixture;
	struct stat status;
	g_autoptr(GPtrArray) channels = NULL;

	fixture_init(&fixture);
	g_assert_cmpint(stat(fixture.path, &status), ==, 0);
	g_assert_cmpint(status.st_mode & 0777, ==, 0600);
	g_assert_cmpstr(store_path(fixture.store), ==, fixture.path);
	g_assert_false(store_is_failing(fixture.store, NULL));
	channels = read_channels(&fixture);
	g_assert_cmpuint(channels->len, ==, 0);
	fixture_clear(&fixture);
}

static void
test_channel_round_trip(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreChannel row = {
	    .name = (char *)"#Caf\xc3\xa9",
	    .created = 1001,
	    .topic = (char *)"it's \"quoted\"; -- and long",
	    .topic_set_by = (char *)"anna!~a@host",
	    .topic_set_at = 1002,
	    .modes = (char *)"nts",
	    .key = (char *)"secret",
	    .limit = 4000000000u,
	    .registered_by = (char *)"uid 0",
	    .registered_at = INT64_MAX,
	};
	g_autoptr(GPtrArray) channels = NULL;
	const StoreChannel *got;

	fixture_init(&fixture);
	store_put_channel(fixture.store, &row, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 1);
	fixture_reopen(&fixture);
	channels = read_channels(&fixture);
	g_assert_cmpuint(channels->len, ==, 1);
	got = channels->pdata[0];
	g_assert_cmpstr(got->name, ==, row.name);
	g_assert_cmpint(got->created, ==, row.created);
	g_assert_cmpstr(got->topic, ==, row.topic);
	g_assert_cmpstr(got->topic_set_by, ==, row.topic_set_by);
	g_assert_cmpint(got->topic_set_at, ==, row.topic_set_at);
	g_assert_cmpstr(got->modes, ==, row.modes);
	g_assert_cmpstr(got->key, ==, row.key);
	g_assert_cmpuint(got->limit, ==, row.limit);
	g_assert_cmpstr(got->registered_by, ==, row.registered_by);
	g_assert_cmpint(got->registered_at, ==, row.registered_at);
	g_assert_cmpuint(got->entries->len, ==, 0);
	fixture_clear(&fixture);
}

static void
test_replacing_keeps_lists_and_folds_names(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreListEntry ban = {
	    .kind = 'b', .mask = (char *)"*!*@Bad", .set_by = (char *)"a", .set_at = 5};
	g_autoptr(GPtrArray) channels = NULL;
	const StoreChannel *channel;
	const StoreListEntry *entry;

	fixture_init(&fixture);
	fixture_put_channel(&fixture, "#zoo");
	fixture_put_channel(&fixture, "#chat");
	store_put_entry(fixture.store, "#CHAT", &ban, tally_answer, &tally);
	ban.mask = (char *)"*!*@bAD";
	ban.set_at = 6;
	store_put_entry(fixture.store, "#chat", &ban, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 2);
	fixture_put_channel(&fixture, "#Chat");
	channels = read_channels(&fixture);
	g_assert_cmpuint(channels->len, ==, 2);
	channel = channels->pdata[0];
	g_assert_cmpstr(channel->name, ==, "#Chat");
	g_assert_cmpuint(channel->entries->len, ==, 1);
	entry = channel->entries->pdata[0];
	g_assert_cmpint(entry->kind, ==, 'b');
	g_assert_cmpstr(entry->mask, ==, "*!*@bAD");
	g_assert_cmpint(entry->set_at, ==, 6);
	channel = channels->pdata[1];
	g_assert_cmpuint(channel->entries->len, ==, 0);
	fixture_clear(&fixture);
}

/* Properties come back sorted by key; one without a value goes; they go with their channel. */
static void
test_properties(void)
{
	static const StoreProperty written[] = {{(char *)"url", (char *)"1"},
	    {(char *)"avatar", (char *)""}, {(char *)"url", (char *)"2"},
	    {(char *)"gone", (char *)"3"}, {(char *)"gone", NULL}, {(char *)"never", NULL}};
	StoreFixture fixture;
	StoreTally tally = {0};
	g_autoptr(GPtrArray) channels = NULL;
	const StoreChannel *channel;
	const StoreProperty *property;

	fixture_init(&fixture);
	fixture_put_channel(&fixture, "#a");
	fixture_put_channel(&fixture, "#b");
	for (unsigned i = 0; i < G_N_ELEMENTS(written); i++)
		store_put_property(fixture.store, "#B", &written[i], tally_answer, &tally);
	fixture_wait(&fixture, &tally, G_N_ELEMENTS(written));
	g_assert_cmpuint(tally.done, ==, G_N_ELEMENTS(written));
	channels = read_channels(&fixture);
	channel = channels->pdata[0];
	g_assert_cmpuint(channel->properties->len, ==, 0);
	channel = channels->pdata[1];
	g_assert_cmpuint(channel->properties->len, ==, 2);
	property = channel->properties->pdata[0];
	g_assert_cmpstr(property->key, ==, "avatar");
	g_assert_cmpstr(property->value, ==, "");
	property = channel->properties->pdata[1];
	g_assert_cmpstr(property->key, ==, "url");
	g_assert_cmpstr(property->value, ==, "2");
	store_remove_channel(fixture.store, "#b", tally_answer, &tally);
	store_put_property(fixture.store, "#b", &written[0], tally_answer, &tally);
	fixture_wait(&fixture, &tally, G_N_ELEMENTS(written) + 2);
	g_assert_cmpstr(tally.text, ==, "#b is not a registered channel");
	tally_clear(&tally);
	fixture_clear(&fixture);
}

static void
test_removing(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreListEntry ban = {.kind = 'b', .mask = (char *)"a!*@*"};
	StoreListEntry except = {.kind = 'e', .mask = (char *)"a!*@*"};
	g_autoptr(GPtrArray) channels = NULL;
	g_autoptr(GPtrArray) after = NULL;

	fixture_init(&fixture);
	fixture_put_channel(&fixture, "#a");
	store_put_entry(fixture.store, "#a", &ban, tally_answer, &tally);
	store_put_entry(fixture.store, "#a", &except, tally_answer, &tally);
	store_remove_entry(fixture.store, "#A", 'b', "A!*@*", tally_answer, &tally);
	store_remove_entry(fixture.store, "#a", 'I', "A!*@*", tally_answer, &tally);
	fixture_wait(&fixture, &tally, 4);
	g_assert_cmpuint(tally.done, ==, 4);
	channels = read_channels(&fixture);
	g_assert_cmpuint(((StoreChannel *)channels->pdata[0])->entries->len, ==, 1);
	store_remove_channel(fixture.store, "#A", tally_answer, &tally);
	store_remove_channel(fixture.store, "#nothing", tally_answer, &tally);
	fixture_wait(&fixture, &tally, 6);
	/* Its lists went with it: the same entry cannot be added any more, and says why. */
	store_put_entry(fixture.store, "#a", &ban, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 7);
	g_assert_cmpuint(tally.failed, ==, 1);
	g_assert_cmpstr(tally.text, ==, "#a is not a registered channel");
	after = read_channels(&fixture);
	g_assert_cmpuint(after->len, ==, 0);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

/* One write that fails is rolled back alone; its neighbours in the batch are stored. */
static void
test_a_failed_write_fails_alone(void)
{
	StoreFixture fixture;
	StoreTally good = {0};
	StoreTally bad = {0};
	StoreListEntry ban = {.kind = 'b', .mask = (char *)"x!*@*"};
	StoreAudit audit = {.time = 1, .method = (char *)"test"};
	uint64_t total = 0;
	g_autoptr(GPtrArray) rows = NULL;

	fixture_init(&fixture);
	for (unsigned i = 0; i < 500; i++) {
		store_add_audit(fixture.store, &audit, tally_answer, &good);
		if (i % 10 == 0)
			store_put_entry(fixture.store, "#no", &ban, tally_answer, &bad);
	}
	fixture_wait(&fixture, &good, 500);
	fixture_wait(&fixture, &bad, 50);
	g_assert_cmpuint(good.done, ==, 500);
	g_assert_cmpuint(bad.failed, ==, 50);
	g_assert_false(store_is_failing(fixture.store, NULL));
	rows = store_read_audit(fixture.store, 0, STORE_PAGE_MAX, &total, NULL);
	g_assert_cmpuint(rows->len, ==, 500);
	g_assert_cmpuint(total, ==, 500);
	tally_clear(&bad);
	fixture_clear(&fixture);
}

/* The newest stay. */
static void
test_audit_is_pruned(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreAudit audit = {.method = (char *)"test"};
	g_autoptr(GPtrArray) rows = NULL;
	uint64_t total = 0;

	fixture_init(&fixture);
	for (unsigned i = 1; i <= 60; i++) {
		audit.time = i;
		audit.keep = i <= 50 ? 0 : 20;
		store_add_audit(fixture.store, &audit, tally_answer, &tally);
	}
	fixture_wait(&fixture, &tally, 60);
	rows = store_read_audit(fixture.store, 0, STORE_PAGE_MAX, &total, NULL);
	g_assert_cmpuint(total, ==, 20);
	g_assert_cmpuint(rows->len, ==, 20);
	g_assert_cmpint(((const StoreAudit *)rows->pdata[0])->time, ==, 60);
	g_assert_cmpint(((const StoreAudit *)rows->pdata[19])->time, ==, 41);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

static void
test_audit_pages(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	int64_t before = 0;
	int64_t expected = 25;
	uint64_t total;

	fixture_init(&fixture);
	for (int i = 1; i <= 25; i++) {
		g_autofree char *object = g_strdup_printf("#%d", i);
		StoreAudit audit = {.time = i,
		    .who = (char *)"uid 7",
		    .role = (char *)"operator",
		    .method = (char *)"user.kill",
		    .object = object,
		    .outcome = (char *)"done",
		    .before = i % 2 ? (char *)"{}" : NULL};

		store_add_audit(fixture.store, &audit, tally_answer, &tally);
	}
	fixture_wait(&fixture, &tally, 25);
	g_assert_cmpint(tally.id, ==, 25);
	for (;;) {
		g_autoptr(GPtrArray) page =
		    store_read_audit(fixture.store, before, 10, &total, NULL);

		g_assert_cmpuint(total, ==, 25);
		for (unsigned i = 0; i < page->len; i++, expected--) {
			const StoreAudit *audit = page->pdata[i];
			g_autofree char *object = g_strdup_printf("#%d", (int)expected);

			g_assert_cmpint(audit->id, ==, expected);
			g_assert_cmpstr(audit->object, ==, object);
			g_assert_cmpstr(audit->before, ==, expected % 2 ? "{}" : NULL);
			g_assert_null(audit->after);
			before = audit->id;
		}
		if (page->len < 10)
			break;
	}
	g_assert_cmpint(expected, ==, 0);
	fixture_clear(&fixture);
}

/* Adds a change of one key (NULL: of the section) and gives its id. */
static int64_t
add_change(StoreFixture *fixture, const char *section, const char *key, const char *to,
    StoreChangeState state)
{
	StoreChangeItem item = {
	    .section = (char *)section, .key = (char *)key, .from = (char *)"1", .to = (char *)to};
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	StoreConfigChange change = {.time = 9,
	    .who = (char *)"uid 0 (root)",
	    .comment = (char *)"why",
	    .state = STORE_CHANGE_PENDING,
	    .items = items};
	StoreTally tally = {0};

	g_ptr_array_add(items, &item);
	store_add_config_change(fixture->store, &change, tally_answer, &tally);
	fixture_wait(fixture, &tally, 1);
	store_set_config_change_state(fixture->store, tally.id, state, tally_answer, &tally);
	fixture_wait(fixture, &tally, 2);
	g_assert_cmpuint(tally.done, ==, 2);
	return tally.id;
}

static int64_t
later_change(StoreFixture *fixture, int64_t id)
{
	StoreConfigChange *change = NULL;
	int64_t later = -1;

	g_assert_true(store_read_config_change(fixture->store, id, &change, &later, NULL));
	g_assert_nonnull(change);
	g_assert_cmpint(change->id, ==, id);
	store_config_change_free(change);
	return later;
}

static void
test_config_changes(void)
{
	StoreFixture fixture;
	int64_t first, other, again, failed, pending;
	uint64_t total;
	g_autoptr(GPtrArray) changes = NULL;
	g_autoptr(GPtrArray) waiting = NULL;
	const StoreConfigChange *newest;
	StoreConfigChange *none = (StoreConfigChange *)&fixture;
	int64_t later;

	fixture_init(&fixture);
	first = add_change(&fixture, "limits", "nick", "20", STORE_CHANGE_DONE);
	other = add_change(&fixture, "limits", "topic", "200", STORE_CHANGE_DONE);
	failed = add_change(&fixture, "limits", "nick", "21", STORE_CHANGE_FAILED);
	g_assert_cmpint(later_change(&fixture, first), ==, 0);
	again = add_change(&fixture, "limits", "nick", "22", STORE_CHANGE_DONE);
	g_assert_cmpint(later_change(&fixture, first), ==, again);
	g_assert_cmpint(later_change(&fixture, other), ==, 0);
	pending = add_change(&fixture, "log", "level", NULL, STORE_CHANGE_PENDING);
	changes = store_read_config_changes(fixture.store, 0, 100, &total, NULL);
	g_assert_cmpuint(total, ==, 5);
	g_assert_cmpuint(changes->len, ==, 5);
	newest = changes->pdata[0];
	g_assert_cmpint(newest->id, ==, pending);
	g_assert_cmpint(newest->state, ==, STORE_CHANGE_PENDING);
	g_assert_cmpstr(newest->who, ==, "uid 0 (root)");
	g_assert_cmpstr(((StoreChangeItem *)newest->items->pdata[0])->key, ==, "level");
	g_assert_null(((StoreChangeItem *)newest->items->pdata[0])->to);
	g_assert_cmpint(((StoreConfigChange *)changes->pdata[2])->id, ==, failed);
	waiting = store_read_pending_changes(fixture.store, NULL);
	g_assert_cmpuint(waiting->len, ==, 1);
	g_assert_true(store_read_config_change(fixture.store, 999, &none, &later, NULL));
	g_assert_null(none);
	fixture_clear(&fixture);
}

/* What becomes of a section as a whole stands in the way of undoing what was in it. */
static void
test_a_section_that_went_is_later(void)
{
	StoreFixture fixture;
	int64_t made, key, gone;

	fixture_init(&fixture);
	made = add_change(&fixture, "listener x", NULL, "", STORE_CHANGE_DONE);
	g_assert_cmpint(later_change(&fixture, made), ==, 0);
	key = add_change(&fixture, "listener x", "port", "7000", STORE_CHANGE_DONE);
	g_assert_cmpint(later_change(&fixture, made), ==, key);
	gone = add_change(&fixture, "listener x", NULL, NULL, STORE_CHANGE_DONE);
	g_assert_cmpint(later_change(&fixture, key), ==, gone);
	fixture_clear(&fixture);
}

static void
test_closing_commits_what_waits(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreAudit audit = {.time = 1};
	uint64_t total = 0;
	g_autoptr(GPtrArray) rows = NULL;

	fixture_init(&fixture);
	for (int i = 0; i < 1000; i++)
		store_add_audit(fixture.store, &audit, tally_answer, &tally);
	fixture_reopen(&fixture);
	g_assert_cmpuint(tally.done, ==, 1000);
	rows = store_read_audit(fixture.store, 0, 1, &total, NULL);
	g_assert_cmpuint(total, ==, 1000);
	fixture_clear(&fixture);
}

/* More than the queue takes are refused, told so, and what was taken is stored. */
static void
test_the_queue_has_an_end(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreAudit audit = {.time = 1};
	uint64_t total = 0;
	unsigned sent = 3 * STORE_QUEUE_MAX;
	g_autoptr(GPtrArray) rows = NULL;

	fixture_init(&fixture);
	for (unsigned i = 0; i < sent; i++)
		store_add_audit(fixture.store, &audit, tally_answer, &tally);
	fixture_reopen(&fixture);
	g_assert_cmpuint(tally.done + tally.failed, ==, sent);
	if (tally.failed > 0)
		g_assert_nonnull(strstr(tally.text, "writes wait"));
	rows = store_read_audit(fixture.store, 0, 1, &total, NULL);
	g_assert_cmpuint(total, ==, tally.done);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/new-file-is-private", test_new_file_is_private);
	g_test_add_func("/store/channel-round-trip", test_channel_round_trip);
	g_test_add_func("/store/replacing", test_replacing_keeps_lists_and_folds_names);
	g_test_add_func("/store/properties", test_properties);
	g_test_add_func("/store/removing", test_removing);
	g_test_add_func("/store/a-failed-write-fails-alone", test_a_failed_write_fails_alone);
	g_test_add_func("/store/audit-pages", test_audit_pages);
	g_test_add_func("/store/config-changes", test_config_changes);
	g_test_add_func("/store/section-that-went", test_a_section_that_went_is_later);
	g_test_add_func("/store/closing-commits", test_closing_commits_what_waits);
	g_test_add_func("/store/queue-has-an-end", test_the_queue_has_an_end);
	g_test_add_func("/store/audit-is-pruned", test_audit_is_pruned);
	return g_test_run();
}
