/* SPDX-License-Identifier: MIT */
/* A real store that refuses: memory goes back, everybody is told, and what came through stays. */
#include "act/kept_writes.h"

#include "act/kept_return.h"
#include "act_fixture.h"
#include "proto/caps.h"
#include "proto/modes.h"

#include <poll.h>
#include <sqlite3.h>

typedef struct Room {
	ActFixture fixture;
	Session *bea;
	Channel *channel;
	unsigned returned;
} Room;

static void
returns(void *data, const KeptKind *kind, const char *key, const void *row)
{
	Room *room = data;
	Ctx ctx = fixture_administrator(&room->fixture);

	ctx.actor = (Actor){.kind = ACTOR_SERVICE, .name = ctx.community->server_name};
	room->returned++;
	kind->give_back(&ctx, key, row);
}

/* What another program does to the file; the store's own connection meets it. */
static void
run_sql(Room *room, const char *sql)
{
	g_autofree char *path = g_build_filename(room->fixture.folder, "chatd.db", NULL);
	sqlite3 *database;

	g_assert_cmpint(sqlite3_open(path, &database), ==, SQLITE_OK);
	sqlite3_busy_timeout(database, 5000);
	g_assert_cmpint(sqlite3_exec(database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(database);
}

#define REFUSE(name, when)                                                                         \
	"CREATE TRIGGER " name " BEFORE " when " BEGIN SELECT RAISE(ABORT, 'no room'); END;"
static const char refuse_all[] = REFUSE("a", "UPDATE ON registered_channel")
    REFUSE("b", "INSERT ON registered_channel") REFUSE("c", "DELETE ON registered_channel")
	REFUSE("d", "INSERT ON channel_list_entry") REFUSE("e", "DELETE ON channel_list_entry")
	    REFUSE("f", "INSERT ON channel_property") REFUSE("g", "DELETE ON channel_property");
static const char accept_all[] = "DROP TRIGGER a; DROP TRIGGER b; DROP TRIGGER c; "
				 "DROP TRIGGER d; DROP TRIGGER e; DROP TRIGGER f; "
				 "DROP TRIGGER g;";

static bool
is_quiet(const Room *room)
{
	const GHashTable *kept = room->fixture.records.kept;

	return !kept || g_hash_table_size((GHashTable *)kept) == 0;
}

/* Until no write and no read is on its way. */
static void
settle(Room *room)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (!is_quiet(room)) {
		struct pollfd wait = {
		    .fd = mailbox_descriptor(room->fixture.answers), .events = POLLIN};

		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		poll(&wait, 1, 100);
		fixture_finish_answers(&room->fixture);
	}
}

static void
set_up(Room *room, gconstpointer data)
{
	static const char *const parameters[] = {"evil", "key", "5"};
	Reply reply;
	Ctx ctx;

	fixture_init(&room->fixture);
	room->bea = fixture_user(&room->fixture, "bea");
	fixture_add_pool(&room->fixture);
	fixture_add_store(&room->fixture);
	room->fixture.records.pool = room->fixture.host.pool;
	room->fixture.records.returns = returns;
	room->fixture.records.returns_data = room;
	room->returned = 0;
	fixture_begin(&room->fixture, room->bea, &ctx, &reply);
	g_assert_cmpint(act_join(&ctx, "#x", NULL, NULL), ==, OUTCOME_DONE);
	fixture_end(&room->fixture, &ctx);
	ctx = fixture_administrator(&room->fixture);
	g_assert_cmpint(act_register_channel(&ctx, "#x"), ==, OUTCOME_DONE);
	room->channel = directory_find_channel(room->fixture.community->directory, "#x");
	act_topic(&ctx, room->channel, "old");
	act_channel_mode(&ctx, room->channel, "+bkl", parameters, G_N_ELEMENTS(parameters));
	settle(room);
	g_free(fixture_read(&room->fixture, room->bea));
}

static void
tear_down(Room *room, gconstpointer data)
{
	room->fixture.records.returns = NULL;
	fixture_clear(&room->fixture);
}

static void
test_refused(Room *room, gconstpointer data)
{
	static const char *const parameters[] = {"evil", "good", "key"};
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autofree char *told = NULL;

	run_sql(room, refuse_all);
	act_topic(&ctx, room->channel, "new");
	act_channel_mode(&ctx, room->channel, "-b+e-k+i-l", parameters, G_N_ELEMENTS(parameters));
	g_free(fixture_read(&room->fixture, room->bea));
	settle(room);
	g_assert_cmpuint(room->returned, ==, 1);
	told = fixture_read(&room->fixture, room->bea);
	g_assert_cmpstr(told, ==,
	    ":chatd.localhost TOPIC #x :old|"
	    ":chatd.localhost MODE #x +kl-ie+b key 5 good!*@* evil!*@*|");
	g_assert_cmpstr(room->channel->topic, ==, "old");
	g_assert_cmpstr(room->channel->key, ==, "key");
	g_assert_cmpuint(room->channel->limit, ==, 5);
	g_assert_nonnull(mask_list_find(&room->channel->lists[CHANNEL_BANS], "evil!*@*"));
	/* The disk takes it again. */
	run_sql(room, accept_all);
	act_topic(&ctx, room->channel, "newer");
	settle(room);
	g_assert_cmpuint(room->returned, ==, 1);
	fixture_expect(&room->fixture, room->bea, ":chatd.localhost TOPIC #x :newer|");
}

static void
test_properties_refused(Room *room, gconstpointer data)
{
	const PropertyTarget target = {.channel = room->channel};
	Ctx ctx = fixture_administrator(&room->fixture);

	room->bea->caps |= CAP_METADATA_2;
	property_list_set(&room->bea->subscriptions, "kept", "", 9);
	property_list_set(&room->bea->subscriptions, "new", "", 9);
	g_assert_cmpint(act_set_property(&ctx, &target, "kept", "1"), ==, OUTCOME_DONE);
	settle(room);
	run_sql(room, refuse_all);
	g_assert_cmpint(act_set_property(&ctx, &target, "kept", NULL), ==, OUTCOME_DONE);
	g_assert_cmpint(act_set_property(&ctx, &target, "new", "2"), ==, OUTCOME_DONE);
	g_free(fixture_read(&room->fixture, room->bea));
	settle(room);
	g_assert_cmpuint(room->returned, ==, 1);
	fixture_expect(&room->fixture, room->bea,
	    ":chatd.localhost METADATA #x new *|:chatd.localhost METADATA #x kept * :1|");
	g_assert_cmpstr(property_list_get(room->channel->properties, "kept"), ==, "1");
	g_assert_null(property_list_get(room->channel->properties, "new"));
}

/* What was written after the refusal holds what was refused before: nothing is to be taken back. */
static void
test_refused_and_then_taken(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autoptr(GPtrArray) rows = NULL;

	run_sql(room, refuse_all);
	act_topic(&ctx, room->channel, "new");
	/* Its answer is there and was not taken: the next write is on its way before it is. */
	poll(&(struct pollfd){.fd = mailbox_descriptor(room->fixture.answers), .events = POLLIN}, 1,
	    10000);
	run_sql(room, accept_all);
	act_channel_mode(&ctx, room->channel, "+m", NULL, 0);
	g_free(fixture_read(&room->fixture, room->bea));
	settle(room);
	fixture_expect(&room->fixture, room->bea, "");
	g_assert_cmpstr(room->channel->topic, ==, "new");
	rows = fixture_stored(&room->fixture);
	g_assert_cmpstr(((const StoreChannel *)rows->pdata[0])->topic, ==, "new");
}

static void
test_registration_refused(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	Directory *directory = room->fixture.community->directory;

	run_sql(room, refuse_all);
	g_assert_cmpint(act_register_channel(&ctx, "#y"), ==, OUTCOME_DONE);
	g_assert_nonnull(directory_find_channel(directory, "#y"));
	g_assert_cmpint(act_unregister_channel(&ctx, room->channel), ==, OUTCOME_DONE);
	settle(room);
	g_assert_cmpuint(room->returned, ==, 2);
	g_assert_null(directory_find_channel(directory, "#y"));
	g_assert_true(room->channel->registered);
	run_sql(room, accept_all);
}

/* It was empty, so that it went at once: it comes back with all it had. */
static void
test_end_refused(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	Directory *directory = room->fixture.community->directory;
	Channel *channel;

	act_register_channel(&ctx, "#empty");
	channel = directory_find_channel(directory, "#empty");
	act_topic(&ctx, channel, "hello");
	settle(room);
	run_sql(room, refuse_all);
	act_unregister_channel(&ctx, channel);
	g_assert_null(directory_find_channel(directory, "#empty"));
	settle(room);
	channel = directory_find_channel(directory, "#EMPTY");
	g_assert_nonnull(channel);
	g_assert_true(channel->registered);
	g_assert_cmpstr(channel->topic, ==, "hello");
	run_sql(room, accept_all);
}

/* The new name did not come to the disk: the old one is there again, here and there, with what came
 * through and what did not. */
static void
test_rename_refused(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	Directory *directory = room->fixture.community->directory;
	g_autoptr(GPtrArray) rows = NULL;

	room->bea->caps |= CAP_CHANNEL_RENAME;
	run_sql(room, refuse_all);
	g_assert_cmpint(act_rename_channel(&ctx, room->channel, "#y", "better"), ==, OUTCOME_DONE);
	act_topic(&ctx, room->channel, "new");
	g_free(fixture_read(&room->fixture, room->bea));
	while (room->returned == 0)
		fixture_finish_answers(&room->fixture);
	settle(room);
	fixture_expect(&room->fixture, room->bea,
	    ":chatd.localhost RENAME #y #x :The new name could not be stored|"
	    ":chatd.localhost TOPIC #x :old|");
	g_assert_true(directory_find_channel(directory, "#x") == room->channel);
	g_assert_null(directory_find_channel(directory, "#y"));
	g_assert_true(room->channel->registered);
	g_assert_cmpstr(room->channel->topic, ==, "old");
	rows = fixture_stored(&room->fixture);
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_cmpstr(((const StoreChannel *)rows->pdata[0])->name, ==, "#x");
	/* And it can be tried again. */
	run_sql(room, accept_all);
	g_assert_cmpint(act_rename_channel(&ctx, room->channel, "#y", NULL), ==, OUTCOME_DONE);
	act_topic(&ctx, room->channel, "new");
	settle(room);
	g_clear_pointer(&rows, g_ptr_array_unref);
	rows = fixture_stored(&room->fixture);
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_cmpstr(((const StoreChannel *)rows->pdata[0])->name, ==, "#y");
	g_assert_cmpstr(((const StoreChannel *)rows->pdata[0])->topic, ==, "new");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/kept-writes/refused", Room, NULL, set_up, test_refused, tear_down);
	g_test_add("/kept-writes/refused-and-then-taken", Room, NULL, set_up,
	    test_refused_and_then_taken, tear_down);
	g_test_add("/kept-writes/properties-refused", Room, NULL, set_up, test_properties_refused,
	    tear_down);
	g_test_add("/kept-writes/registration-refused", Room, NULL, set_up,
	    test_registration_refused, tear_down);
	g_test_add(
	    "/kept-writes/rename-refused", Room, NULL, set_up, test_rename_refused, tear_down);
	g_test_add("/kept-writes/end-refused", Room, NULL, set_up, test_end_refused, tear_down);
	return g_test_run();
}
