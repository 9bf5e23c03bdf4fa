/* SPDX-License-Identifier: MIT */
/* A stored channel is renamed with all it has; its former names lead to it; what is to follow in
 * the history is remembered. */
#include "store/store_renames.h"

#include "store_fixture.h"

#define NOW 1000

typedef struct Room {
	StoreFixture fixture;
	StoreTally tally;
	unsigned asked;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	*room = (Room){0};
	fixture_init(&room->fixture);
}

static void
tear_down(Room *room, gconstpointer data)
{
	tally_clear(&room->tally);
	fixture_clear(&room->fixture);
}

static void
rename_channel(Room *room, const char *former, const char *name, int64_t until)
{
	const StoreRename rename = {.former = (char *)former,
	    .name = (char *)name,
	    .time = NOW + room->asked,
	    .until = until};

	store_rename_channel(room->fixture.store, &rename, tally_answer, &room->tally);
	fixture_wait(&room->fixture, &room->tally, ++room->asked);
}

static GPtrArray *
read_channels(Room *room)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rows = store_read_channels(room->fixture.store, &error);

	g_assert_no_error(error);
	return rows;
}

/* Over a row that was in the way; another case of its name, too: the file's way to compare is not
 * the service's. */
static void
test_renaming(Room *room, gconstpointer data)
{
	static const char *const names[] = {"#b", "#B", "#\xc3\x84x", "#\xc3\xa4x"};
	StoreListEntry ban = {.kind = 'b', .mask = (char *)"a!*@*"};
	StoreProperty property = {.key = (char *)"url", .value = (char *)"1"};

	fixture_put_channel(&room->fixture, "#a");
	fixture_put_channel(&room->fixture, "#b");
	store_put_entry(room->fixture.store, "#a", &ban, tally_answer, &room->tally);
	store_put_property(room->fixture.store, "#a", &property, tally_answer, &room->tally);
	room->asked += 2;
	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GPtrArray) channels = NULL;
		const StoreChannel *row;

		rename_channel(room, i ? names[i - 1] : "#A", names[i], 0);
		channels = read_channels(room);
		g_assert_cmpuint(channels->len, ==, 1);
		row = channels->pdata[0];
		g_assert_cmpstr(row->name, ==, names[i]);
		g_assert_cmpuint(row->entries->len, ==, 1);
		g_assert_cmpuint(row->properties->len, ==, 1);
	}
	g_assert_cmpuint(room->tally.failed, ==, 0);
	rename_channel(room, "#a", "#c", 0);
	g_assert_cmpstr(room->tally.text, ==, "#a is not a registered channel");
}

/* "name>channel " in the order in which they end. Caller frees. */
static char *
former_names(Room *room)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = store_read_former_names(room->fixture.store, &error);
	GString *text = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < rows->len; i++) {
		const StoreFormerName *row = rows->pdata[i];

		g_string_append_printf(text, "%s>%s ", row->name, row->channel);
	}
	return g_string_free(text, FALSE);
}

#define expect_former_names(room, expected)                                                        \
	do {                                                                                       \
		g_autofree char *got = former_names(room);                                         \
		g_assert_cmpstr(got, ==, (expected));                                              \
	} while (0)

static void
test_former_names(Room *room, gconstpointer data)
{
	fixture_put_channel(&room->fixture, "#a");
	rename_channel(room, "#A", "#b", 5000);
	expect_former_names(room, "#A>#b ");
	/* They go along with the channel; the name it has is none. */
	rename_channel(room, "#b", "#C", 6000);
	expect_former_names(room, "#A>#C #b>#C ");
	rename_channel(room, "#c", "#a", 7000);
	expect_former_names(room, "#b>#a #c>#a ");
	/* Another case of the same name leaves none; nor does one that leads nowhere. */
	rename_channel(room, "#a", "#A", 8000);
	rename_channel(room, "#a", "#d", 0);
	expect_former_names(room, "#b>#d #c>#d ");
	/* At most so many, and those that have ended go. */
	rename_channel(room, "#d", "#e", 8001);
	rename_channel(room, "#e", "#f", 8002);
	rename_channel(room, "#f", "#g", 8003);
	expect_former_names(room, "#c>#g #d>#g #e>#g #f>#g ");
	g_assert_cmpuint(room->tally.failed, ==, 0);
	/* They end with it. */
	store_remove_channel(room->fixture.store, "#g", tally_answer, &room->tally);
	fixture_wait(&room->fixture, &room->tally, ++room->asked);
	expect_former_names(room, "");
}

static void
test_ended(Room *room, gconstpointer data)
{
	fixture_put_channel(&room->fixture, "#a");
	rename_channel(room, "#a", "#b", NOW + 1);
	expect_former_names(room, "#a>#b ");
	rename_channel(room, "#b", "#c", 0);
	expect_former_names(room, "");
}

/* Refused, nothing of it happened. */
static void
test_remembered(Room *room, gconstpointer data)
{
	g_autoptr(GPtrArray) before = NULL;
	g_autoptr(GPtrArray) after = NULL;
	const StoreRename *one;

	fixture_put_channel(&room->fixture, "#a");
	rename_channel(room, "#a", "#b", 0);
	rename_channel(room, "#a", "#c", 9000);
	rename_channel(room, "#b", "#c", 0);
	g_assert_cmpuint(room->tally.failed, ==, 1);
	expect_former_names(room, "");
	before = store_read_renames(room->fixture.store, NULL);
	g_assert_cmpuint(before->len, ==, 2);
	one = before->pdata[0];
	g_assert_cmpstr(one->former, ==, "#a");
	g_assert_cmpstr(one->name, ==, "#b");
	g_assert_cmpint(one->time, ==, NOW);
	store_end_rename(room->fixture.store, one->id, tally_answer, &room->tally);
	fixture_wait(&room->fixture, &room->tally, ++room->asked);
	after = store_read_renames(room->fixture.store, NULL);
	g_assert_cmpuint(after->len, ==, 1);
	g_assert_cmpint(((const StoreRename *)after->pdata[0])->id, ==, room->tally.id);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/store-renames/renaming", Room, NULL, set_up, test_renaming, tear_down);
	g_test_add("/store-renames/former-names", Room, NULL, set_up, test_former_names, tear_down);
	g_test_add("/store-renames/ended", Room, NULL, set_up, test_ended, tear_down);
	g_test_add("/store-renames/remembered", Room, NULL, set_up, test_remembered, tear_down);
	return g_test_run();
}
