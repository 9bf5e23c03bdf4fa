/* SPDX-License-Identifier: MIT */
#include "act/kept_channels.h"

#include "act_fixture.h"
#include "proto/modes.h"

#include <string.h>

static void
note(void *data, const char *problem)
{
	Session *waiting = data;

	g_assert_null(problem);
	waiting->pending = false;
}

/* Until all writes since records_collect() are on the disk; `stand_in` only says that it waits. */
static void
wait_for_disk(ActFixture *fixture)
{
	Session stand_in = {.pending = true};

	g_assert_true(records_wait(&fixture->records, note, &stand_in));
	fixture_settle(fixture, &stand_in);
}

static Channel *
make_channel(ActFixture *fixture)
{
	const char *const parameters[] = {"5", "key", "evil", "good", "friend"};
	Ctx ctx = fixture_administrator(fixture);
	Channel *channel;

	records_collect(&fixture->records);
	g_assert_cmpint(act_register_channel(&ctx, "#Tea"), ==, OUTCOME_DONE);
	channel = directory_find_channel(fixture->community->directory, "#tea");
	act_topic(&ctx, channel, "Green or black?");
	act_channel_mode(&ctx, channel, "+slkbeI", parameters, G_N_ELEMENTS(parameters));
	act_set_property(&ctx, &(PropertyTarget){.channel = channel}, "display-name", "Tea room");
	wait_for_disk(fixture);
	return channel;
}

static void
test_round_trip(void)
{
	ActFixture fixture, later;
	g_autoptr(GPtrArray) rows = NULL;
	const Channel *channel;
	g_autofree char *modes = NULL;

	fixture_init(&fixture);
	fixture_add_store(&fixture);
	make_channel(&fixture);
	rows = fixture_stored(&fixture);
	fixture_clear(&fixture);

	fixture_init(&later);
	kept_channels_load(later.community, rows, FIXTURE_NOW + 1);
	channel = directory_find_channel(later.community->directory, "#TEA");
	g_assert_nonnull(channel);
	g_assert_true(channel->registered);
	g_assert_cmpstr(channel->name, ==, "#Tea");
	g_assert_cmpstr(channel->registered_by, ==, "root (uid 0)");
	g_assert_cmpstr(channel->topic, ==, "Green or black?");
	g_assert_cmpint(channel->created_at, ==, FIXTURE_NOW);
	modes = channel_modes_text(channel, true);
	g_assert_cmpstr(modes, ==, "klnrst key 5");
	g_assert_cmpstr(property_list_get(channel->properties, "display-name"), ==, "Tea room");
	g_assert_nonnull(mask_list_find(&channel->lists[CHANNEL_BANS], "evil!*@*"));
	g_assert_nonnull(mask_list_find(&channel->lists[CHANNEL_EXCEPTS], "good!*@*"));
	g_assert_nonnull(mask_list_find(&channel->lists[CHANNEL_INVITE_EXCEPTS], "friend!*@*"));
	fixture_clear(&later);
}

static void
test_changes_follow(void)
{
	const char *const evil[] = {"evil"};
	ActFixture fixture;
	g_autoptr(GPtrArray) rows = NULL;
	const StoreChannel *row;
	Channel *channel;
	Ctx ctx;

	fixture_init(&fixture);
	fixture_add_store(&fixture);
	channel = make_channel(&fixture);
	ctx = fixture_administrator(&fixture);
	records_collect(&fixture.records);
	act_channel_mode(&ctx, channel, "-b", evil, 1);
	act_channel_mode(&ctx, channel, "-slk", NULL, 0);
	act_topic(&ctx, channel, "");
	wait_for_disk(&fixture);
	rows = fixture_stored(&fixture);
	row = g_ptr_array_index(rows, 0);
	g_assert_cmpuint(row->entries->len, ==, 2);
	g_assert_cmpstr(row->modes, ==, "nt");
	g_assert_cmpstr(row->key, ==, "");
	g_assert_cmpuint(row->limit, ==, 0);
	g_assert_cmpstr(row->topic, ==, "");
	fixture_clear(&fixture);
}

/* A renamed channel is stored under its new name, with its lists, and under that alone. */
static void
test_rename_follows(void)
{
	ActFixture fixture;
	g_autoptr(GPtrArray) rows = NULL;
	const StoreChannel *row;
	Channel *channel;
	Ctx ctx;

	fixture_init(&fixture);
	fixture_add_store(&fixture);
	channel = make_channel(&fixture);
	ctx = fixture_administrator(&fixture);
	records_collect(&fixture.records);
	g_assert_cmpint(act_rename_channel(&ctx, channel, "#Coffee", "better"), ==, OUTCOME_DONE);
	wait_for_disk(&fixture);
	rows = fixture_stored(&fixture);
	g_assert_cmpuint(rows->len, ==, 1);
	row = g_ptr_array_index(rows, 0);
	g_assert_cmpstr(row->name, ==, "#Coffee");
	g_assert_cmpstr(row->topic, ==, "Green or black?");
	g_assert_cmpuint(row->entries->len, ==, 3);
	g_assert_cmpuint(row->properties->len, ==, 1);
	g_clear_pointer(&rows, g_ptr_array_unref);
	/* Another case alone leaves the row where it is. */
	records_collect(&fixture.records);
	g_assert_cmpint(act_rename_channel(&ctx, channel, "#COFFEE", NULL), ==, OUTCOME_DONE);
	wait_for_disk(&fixture);
	rows = fixture_stored(&fixture);
	g_assert_cmpuint(rows->len, ==, 1);
	row = g_ptr_array_index(rows, 0);
	g_assert_cmpstr(row->name, ==, "#COFFEE");
	g_assert_cmpuint(row->entries->len, ==, 3);
	fixture_clear(&fixture);
}

static void
test_unregistered_goes(void)
{
	ActFixture fixture;
	g_autoptr(GPtrArray) rows = NULL;
	Ctx ctx;

	fixture_init(&fixture);
	fixture_add_store(&fixture);
	ctx = fixture_administrator(&fixture);
	make_channel(&fixture);
	records_collect(&fixture.records);
	act_unregister_channel(&ctx, directory_find_channel(fixture.community->directory, "#tea"));
	wait_for_disk(&fixture);
	rows = fixture_stored(&fixture);
	g_assert_cmpuint(rows->len, ==, 0);
	g_assert_cmpuint(directory_channels(fixture.community->directory), ==, 0);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kept_channels/round_trip", test_round_trip);
	g_test_add_func("/kept_channels/changes_follow", test_changes_follow);
	g_test_add_func("/kept_channels/rename_follows", test_rename_follows);
	g_test_add_func("/kept_channels/unregistered_goes", test_unregistered_goes);
	return g_test_run();
}
