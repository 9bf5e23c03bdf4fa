/* SPDX-License-Identifier: MIT */
/* A real store that refuses: memory goes back, everybody is told, and what came through stays. */
#include "act/kept_writes.h"

#include "act/kept_return.h"
#include "proto/caps.h"
#include "proto/modes.h"
#include "store_refusal.h"

#include <poll.h>

typedef struct Room {
	ActFixture fixture;
	Session *bea;
	Channel *channel;
	Returned returned;
} Room;

static const char refuse_all[] = REFUSE("a", "UPDATE ON registered_channel")
    REFUSE("b", "INSERT ON registered_channel") REFUSE("c", "DELETE ON registered_channel")
	REFUSE("d", "INSERT ON channel_list_entry") REFUSE("e", "DELETE ON channel_list_entry")
	    REFUSE("f", "INSERT ON channel_property") REFUSE("g", "DELETE ON channel_property");
static const char accept_all[] = "DROP TRIGGER a; DROP TRIGGER b; DROP TRIGGER c; "
				 "DROP TRIGGER d; DROP TRIGGER e; DROP TRIGGER f; "
				 "DROP TRIGGER g;";

static void
set_up(Room *room, gconstpointer data)
{
	static const char *const parameters[] = {"evil", "key", "5"};
	Reply reply;
	Ctx ctx;

	fixture_init(&room->fixture);
	room->bea = fixture_user(&room->fixture, "bea");
	fixture_add_refusing_store(&room->fixture, &room->returned);
	fixture_begin(&room->fixture, room->bea, &ctx, &reply);
	g_assert_cmpint(act_join(&ctx, "#x", NULL, NULL), ==, OUTCOME_DONE);
	fixture_end(&room->fixture, &ctx);
	ctx = fixture_administrator(&room->fixture);
	g_assert_cmpint(act_register_channel(&ctx, "#x"), ==, OUTCOME_DONE);
	room->channel = directory_find_channel(room->fixture.community->directory, "#x");
	act_topic(&ctx, room->channel, "old");
	act_channel_mode(&ctx, room->channel, "+bkl", parameters, G_N_ELEMENTS(parameters));
	fixture_settle_kept(&room->fixture);
	g_free(fixture_read(&room->fixture, room->bea));
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_end_returns(&room->fixture);
	fixture_clear(&room->fixture);
}

static void
test_refused(Room *room, gconstpointer data)
{
	static const char *const parameters[] = {"evil", "good", "key"};
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autofree char *told = NULL;

	fixture_run_sql(&room->fixture, "chatd.db", refuse_all);
	act_topic(&ctx, room->channel, "new");
	act_channel_mode(&ctx, room->channel, "-b+e-k+i-l", parameters, G_N_ELEMENTS(parameters));
	g_free(fixture_read(&room->fixture, room->bea));
	fixture_settle_kept(&room->fixture);
	g_assert_cmpuint(room->returned.count, ==, 1);
	told = fixture_read(&room->fixture, room->bea);
	g_assert_cmpstr(told, ==,
	    ":chatd.localhost TOPIC #x :old|"
	    ":chatd.localhost MODE #x +kl-ie+b key 5 good!*@* evil!*@*|");
	g_assert_cmpstr(room->channel->topic, ==, "old");
	g_assert_cmpstr(room->channel->key, ==, "key");
	g_assert_cmpuint(room->channel->limit, ==, 5);
	g_assert_nonnull(mask_list_find(&room->channel->lists[CHANNEL_BANS], "evil!*@*"));
	/* The disk takes it again. */
	fixture_run_sql(&room->fixture, "chatd.db", accept_all);
	act_topic(&ctx, room->channel, "newer");
	fixture_settle_kept(&room->fixture);
	g_assert_cmpuint(room->returned.count, ==, 1);
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
	fixture_settle_kept(&room->fixture);
	fixture_run_sql(&room->fixture, "chatd.db", refuse_all);
	g_assert_cmpint(act_set_property(&ctx, &target, "kept", NULL), ==, OUTCOME_DONE);
	g_assert_cmpint(act_set_property(&ctx, &target, "new", "2"), ==, OUTCOME_DONE);
	g_free(fixture_read(&room->fixture, room->bea));
	fixture_settle_kept(&room->fixture);
	g_assert_cmpuint(room->returned.count, ==, 1);
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

	fixture_run_sql(&room->fixture, "chatd.db", refuse_all);
	act_topic(&ctx, room->channel, "new");
	/* Its answer is there and was not taken: the next write is on its way before it is. */
	poll(&(struct pollfd){.fd = mailbox_descriptor(room->fixture.answers), .events = POLLIN}, 1,
	    10000);
	fixture_run_sql(&room->fixture, "chatd.db", accept_all);
	act_channel_mode(&ctx, room->channel, "+m", NULL, 0);
	g_free(fixture_read(&room->fixture, room->bea));
	fixture_settle_kept(&room->fixture);
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

	fixture_run_sql(&room->fixture, "chatd.db", refuse_all);
	g_assert_cmpint(act_register_channel(&ctx, "#y"), ==, OUTCOME_DONE);
	g_assert_nonnull(directory_find_channel(directory, "#y"));
	g_assert_cmpint(act_unregister_channel(&ctx, room->channel), ==, OUTCOME_DONE);
	fixture_settle_kept(&room->fixture);
	g_assert_cmpuint(room->returned.count, ==, 2);
	g_assert_null(directory_find_channel(directory, "#y"));
	g_assert_true(room->channel->registered);
	fixture_run_sql(&room->fixture, "chatd.db", accept_all);
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
	fixture_settle_kept(&room->fixture);
	fixture_run_sql(&room->fixture, "chatd.db", refuse_all);
	act_unregister_channel(&ctx, channel);
	g_assert_null(directory_find_channel(directory, "#empty"));
	fixture_settle_kept(&room->fixture);
	channel = directory_find_channel(directory, "#EMPTY");
	g_assert_nonnull(channel);
	g_assert_true(channel->registered);
	g_assert_cmpstr(channel->topic, ==, "hello");
	fixture_run_sql(&room->fixture, "chatd.db", accept_all);
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
	fixture_run_sql(&room->fixture, "chatd.db", refuse_all);
	g_assert_cmpint(act_rename_channel(&ctx, room->channel, "#y", "better"), ==, OUTCOME_DONE);
	act_topic(&ctx, room->channel, "new");
	g_free(fixture_read(&room->fixture, room->bea));
	while (room->returned.count == 0)
		fixture_finish_answers(&room->fixture);
	fixture_settle_kept(&room->fixture);
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
	fixture_run_sql(&room->fixture, "chatd.db", accept_all);
	g_assert_cmpint(act_rename_channel(&ctx, room->channel, "#y", NULL), ==, OUTCOME_DONE);
	act_topic(&ctx, room->channel, "new");
	fixture_settle_kept(&room->fixture);
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
