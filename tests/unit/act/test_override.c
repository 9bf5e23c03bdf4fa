/* SPDX-License-Identifier: MIT */
/* What operators do past the rules: who may, that it is told as his, and what of it is not told. */
#include "act/override.h"

#include "act_fixture.h"
#include "proto/modes.h"

#include <string.h>

typedef struct House {
	ActFixture fixture;
	Session *boss, *anna;
	Channel *channel; /* anna's */
	GPtrArray *told;  /* of char *, texts of EVENT_OVERRIDE */
} House;

static void
note_event(void *data, const Event *event)
{
	House *house = data;

	if (event->kind == EVENT_OVERRIDE)
		g_ptr_array_add(house->told,
		    g_strdup_printf("%s: %s", event->user ? event->user->nick : "?", event->text));
}

static void
set_up(House *house, gconstpointer data)
{
	ActFixture *fixture = &house->fixture;
	Ctx ctx;

	fixture_init(fixture);
	house->told = g_ptr_array_new_with_free_func(g_free);
	bus_subscribe(fixture->out.bus, note_event, house);
	house->boss = fixture_user(fixture, "boss");
	house->anna = fixture_user(fixture, "anna");
	user_set_operator(house->boss->user, "boss", OPERATOR_OVERRIDE);
	ctx = fixture_administrator(fixture);
	house->channel = act_make_channel(&ctx, "#a");
	channel_add_member(house->channel, house->anna->user, fixture->now);
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
	g_ptr_array_unref(house->told);
}

static void
assert_told(const House *house, const char *text)
{
	g_assert_cmpuint(house->told->len, >, 0);
	g_assert_cmpstr(house->told->pdata[house->told->len - 1], ==, text);
}

static Outcome
set_mode(House *house, Session *session, const char *letters, const char *parameter)
{
	const char *const parameters[] = {parameter};
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&house->fixture, session, &ctx, &reply);
	outcome = act_override_mode(&ctx, house->channel, letters, parameters, parameter ? 1 : 0);
	fixture_end(&house->fixture, &ctx);
	return outcome;
}

static void
test_mode(House *house, gconstpointer data)
{
	g_assert_cmpint(set_mode(house, house->boss, "+o", "anna"), ==, OUTCOME_DONE);
	g_assert_true(user_seat(house->anna->user, house->channel)->ranks & MODE_CHANNEL_OP);
	assert_told(house, "boss: SAMODE #a +o anna");
	/* The members see the service do it. */
	fixture_expect(&house->fixture, house->anna, ":chatd.localhost MODE #a +o anna|");
	/* A key is nobody's to read. */
	g_assert_cmpint(set_mode(house, house->boss, "+k", "secret"), ==, OUTCOME_DONE);
	assert_told(house, "boss: SAMODE #a +k");
}

/* Without the privilege nothing happens, whoever he is. */
static void
test_refused(House *house, gconstpointer data)
{
	g_assert_cmpint(set_mode(house, house->anna, "+m", NULL), ==, OUTCOME_REFUSED);
	user_set_operator(house->boss->user, "boss", OPERATOR_KILL);
	g_assert_cmpint(set_mode(house, house->boss, "+m", NULL), ==, OUTCOME_REFUSED);
	g_assert_false(channel_has(house->channel, MODE_CHANNEL_MODERATED));
	g_assert_cmpuint(house->told->len, ==, 0);
}

/* What the verb refuses is his to read, and not told to others. */
static void
test_refused_by_verb(House *house, gconstpointer data)
{
	g_autofree char *told = NULL;
	Reply reply;
	Ctx ctx;

	fixture_begin(&house->fixture, house->boss, &ctx, &reply);
	g_assert_cmpint(act_override_nick(&ctx, house->anna->user, "boss"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(
	    act_override_part(&ctx, house->boss->user, house->channel, NULL), ==, OUTCOME_REFUSED);
	fixture_end(&house->fixture, &ctx);
	told = fixture_read(&house->fixture, house->boss);
	g_assert_nonnull(strstr(told, " 433 boss boss :"));
	g_assert_nonnull(strstr(told, " 441 boss boss #a :"));
	g_assert_cmpuint(house->told->len, ==, 0);
}

/* Of oneself: the name one acts under changes in the middle. */
static void
test_own_nick(House *house, gconstpointer data)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(&house->fixture, house->boss, &ctx, &reply);
	g_assert_cmpint(act_override_nick(&ctx, house->boss->user, "chief"), ==, OUTCOME_DONE);
	g_assert_cmpstr(ctx.actor.name, ==, "chief");
	fixture_end(&house->fixture, &ctx);
	assert_told(house, "chief: SANICK boss chief");
}

static void
test_join_and_part(House *house, gconstpointer data)
{
	Directory *directory = house->fixture.community->directory;
	Reply reply;
	Ctx ctx;

	house->channel->modes |= MODE_CHANNEL_INVITE_ONLY;
	fixture_begin(&house->fixture, house->boss, &ctx, &reply);
	g_assert_cmpint(act_override_join(&ctx, house->boss->user, "#a"), ==, OUTCOME_DONE);
	assert_told(house, "boss: SAJOIN boss #a");
	g_assert_nonnull(user_seat(house->boss->user, house->channel));
	g_assert_cmpint(
	    act_override_part(&ctx, house->boss->user, house->channel, "bye"), ==, OUTCOME_DONE);
	/* The last member's part ends the channel; its name is told all the same. */
	g_assert_cmpint(
	    act_override_part(&ctx, house->anna->user, house->channel, "bye"), ==, OUTCOME_DONE);
	fixture_end(&house->fixture, &ctx);
	assert_told(house, "boss: SAPART anna #a");
	g_assert_null(directory_find_channel(directory, "#a"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add("/override/" name, House, NULL, set_up, function, tear_down)
	TEST("mode", test_mode);
	TEST("refused", test_refused);
	TEST("refused-by-verb", test_refused_by_verb);
	TEST("own-nick", test_own_nick);
	TEST("join-and-part", test_join_and_part);
	return g_test_run();
}
