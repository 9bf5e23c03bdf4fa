/* SPDX-License-Identifier: MIT */
/* Channels stored because somebody who stays sits in them: when that begins, what follows, when it
 * ends, and what is left of it at the next start. */
#include "act/held_channels.h"

#include "act/kept_channels.h"
#include "act/kept_return.h"
#include "act_fixture.h"

typedef struct Room {
	ActFixture fixture;
	Session *anna, *bea;
	Account *account;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	fixture_init(&room->fixture);
	fixture_add_store(&room->fixture);
	room->anna = fixture_user(&room->fixture, "anna");
	room->bea = fixture_user(&room->fixture, "bea");
	room->account = account_new(1, "anna", 1);
	room->account->verified = true;
	room->account->settings[ACCOUNT_SETTING_ALWAYS_ON] = ACCOUNT_CHOICE_ON;
	accounts_add(room->fixture.community->accounts, room->account);
	user_set_account(room->anna->user, room->account);
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

static void
note(void *data, const char *problem)
{
	Session *waiting = data;

	g_assert_null(problem);
	waiting->pending = false;
}

/* The rows once all that was written is on the disk. */
static GPtrArray *
stored(Room *room)
{
	Session stand_in = {.pending = true};

	if (records_wait(&room->fixture.records, note, &stand_in))
		fixture_settle(&room->fixture, &stand_in);
	records_collect(&room->fixture.records);
	return fixture_stored(&room->fixture);
}

static Channel *
join(Room *room, Session *session, const char *name)
{
	Channel *channel;
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, session, &ctx, &reply);
	g_assert_cmpint(act_join(&ctx, name, NULL, &channel), ==, OUTCOME_DONE);
	fixture_end(&room->fixture, &ctx);
	return channel;
}

static void
part(Room *room, Session *session, Channel *channel)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, session, &ctx, &reply);
	g_assert_cmpint(act_part(&ctx, channel, NULL), ==, OUTCOME_DONE);
	fixture_end(&room->fixture, &ctx);
}

static void
test_begins_with_the_join(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autoptr(GPtrArray) none = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	const StoreChannel *row;
	Channel *channel;

	records_collect(&room->fixture.records);
	channel = join(room, room->bea, "#tea");
	act_topic(&ctx, channel, "before");
	none = stored(room);
	g_assert_cmpuint(none->len, ==, 0);
	join(room, room->anna, "#tea");
	g_assert_true(channel->held);
	act_topic(&ctx, channel, "after");
	act_channel_mode(&ctx, channel, "+b", (const char *const[]){"evil"}, 1);
	rows = stored(room);
	g_assert_cmpuint(rows->len, ==, 1);
	row = rows->pdata[0];
	g_assert_cmpstr(row->topic, ==, "after");
	g_assert_cmpstr(row->registered_by, ==, "");
	g_assert_cmpuint(row->entries->len, ==, 1);
}

static void
test_ends(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GPtrArray) none = NULL;
	Channel *channel;

	records_collect(&room->fixture.records);
	channel = join(room, room->anna, "#tea");
	join(room, room->bea, "#tea");
	join(room, room->anna, "#empty");
	part(room, room->bea, channel);
	held_channel_review(&ctx, channel);
	g_assert_true(channel->held);
	join(room, room->bea, "#tea");
	part(room, room->anna, channel);
	part(room, room->anna, directory_find_channel(ctx.community->directory, "#empty"));
	rows = stored(room);
	/* An empty channel goes at once, the others' is for the keeper to notice. */
	g_assert_cmpuint(rows->len, ==, 1);
	held_channel_review(&ctx, channel);
	g_assert_false(channel->held);
	none = stored(room);
	g_assert_cmpuint(none->len, ==, 0);
}

/* Registered channels are stored anyhow; when that ends, they are held. */
static void
test_registration_within(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GPtrArray) after = NULL;
	const StoreChannel *row;
	Channel *channel;

	records_collect(&room->fixture.records);
	act_register_channel(&ctx, "#tea");
	channel = join(room, room->anna, "#tea");
	mask_list_add(&channel->lists[CHANNEL_OPS], "~a:bob", "root", 1);
	kept_channel_put_entry(
	    &ctx, channel, 'o', mask_list_find(&channel->lists[CHANNEL_OPS], "~a:bob"));
	rows = stored(room);
	g_assert_cmpuint(((const StoreChannel *)rows->pdata[0])->entries->len, ==, 1);
	act_unregister_channel(&ctx, channel);
	after = stored(room);
	g_assert_cmpuint(after->len, ==, 1);
	row = after->pdata[0];
	g_assert_cmpstr(row->registered_by, ==, "");
	g_assert_cmpuint(row->entries->len, ==, 0);
}

static void
test_loads(Room *room, gconstpointer data)
{
	ActFixture later;
	g_autoptr(GPtrArray) rows = NULL;
	Channel *tea, *other;
	Ctx ctx;

	records_collect(&room->fixture.records);
	join(room, room->anna, "#tea");
	join(room, room->anna, "#other");
	ctx = fixture_administrator(&room->fixture);
	act_register_channel(&ctx, "#kept");
	rows = stored(room);
	g_assert_cmpuint(rows->len, ==, 3);
	fixture_init(&later);
	fixture_add_store(&later);
	ctx = fixture_administrator(&later);
	kept_channels_load(later.community, rows, FIXTURE_NOW);
	tea = directory_find_channel(later.community->directory, "#tea");
	other = directory_find_channel(later.community->directory, "#other");
	g_assert_true(tea->held && other->held);
	channel_add_member(tea, fixture_user(&later, "cat")->user, 1);
	held_channels_tidy(&ctx);
	g_assert_nonnull(directory_find_channel(later.community->directory, "#tea"));
	g_assert_null(directory_find_channel(later.community->directory, "#other"));
	g_assert_nonnull(directory_find_channel(later.community->directory, "#kept"));
	fixture_clear(&later);
}

/* What the store says after it refused something. */
static void
test_returns(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	g_autoptr(GPtrArray) rows = NULL;
	Channel *channel;

	records_collect(&room->fixture.records);
	channel = join(room, room->anna, "#tea");
	rows = stored(room);
	kept_channel_return(&ctx, "#tea", NULL);
	/* He is still there, and the next change begins anew. */
	g_assert_false(channel->held);
	held_channels_enter(&ctx, room->anna->user);
	g_assert_true(channel->held);
	part(room, room->anna, channel);
	kept_channel_return(&ctx, "#tea", rows->pdata[0]);
	g_assert_null(directory_find_channel(ctx.community->directory, "#tea"));
	g_ptr_array_unref(stored(room));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add("/held-channels/" #name, Room, NULL, set_up, test_##name, tear_down)
	ADD(begins_with_the_join);
	ADD(ends);
	ADD(registration_within);
	ADD(loads);
	ADD(returns);
#undef ADD
	return g_test_run();
}
