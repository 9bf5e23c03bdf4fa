/* SPDX-License-Identifier: MIT */
/* Who hears what of a host that changes. */
#include "act_fixture.h"
#include "proto/caps.h"
#include "proto/modes.h"

typedef struct House {
	ActFixture fixture;
	Session *anna; /* her host changes; op and voice in #a, plain in #b */
	Session *bea;  /* in both */
	Session *cat;  /* in #a */
} House;

static void
set_up(House *house, gconstpointer data)
{
	ActFixture *fixture = &house->fixture;
	Channel *a, *b;
	Ctx ctx;

	fixture_init(fixture);
	house->anna = fixture_user(fixture, "anna");
	house->bea = fixture_user(fixture, "bea");
	house->cat = fixture_user(fixture, "cat");
	ctx = fixture_administrator(fixture);
	a = act_make_channel(&ctx, "#a");
	b = act_make_channel(&ctx, "#b");
	channel_add_member(a, house->anna->user, fixture->now)->ranks =
	    MODE_CHANNEL_OP | MODE_CHANNEL_VOICE;
	channel_add_member(b, house->anna->user, fixture->now);
	channel_add_member(a, house->bea->user, fixture->now);
	channel_add_member(b, house->bea->user, fixture->now);
	channel_add_member(a, house->cat->user, fixture->now);
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
}

static void
change(House *house, const char *username, const char *host)
{
	Ctx ctx = fixture_administrator(&house->fixture);

	act_set_host(&ctx, house->anna->user, username, host);
}

static void
test_with_the_capability(House *house, gconstpointer data)
{
	house->anna->caps = CAP_CHGHOST;
	house->bea->caps = CAP_CHGHOST;
	change(house, NULL, "shown.example");
	g_assert_cmpstr(house->anna->user->prefix, ==, "anna!~anna@shown.example");
	fixture_expect(
	    &house->fixture, house->bea, ":anna!~anna@192.0.2.1 CHGHOST ~anna shown.example|");
	fixture_expect(&house->fixture, house->anna,
	    ":anna!~anna@192.0.2.1 CHGHOST ~anna shown.example|"
	    ":chatd.localhost 396 anna shown.example :is now your displayed host|");
	change(house, "ann", NULL);
	fixture_expect(
	    &house->fixture, house->bea, ":anna!~anna@shown.example CHGHOST ann shown.example|");
	change(house, "ann", "shown.example");
	fixture_expect(&house->fixture, house->bea, "");
	/* Back to the address. */
	change(house, NULL, "192.0.2.1");
	fixture_expect(
	    &house->fixture, house->bea, ":anna!ann@shown.example CHGHOST ann 192.0.2.1|");
}

/* The others see a quit once, then a join of each channel they share, and the ranks there. */
static void
test_without(House *house, gconstpointer data)
{
	house->cat->caps = CAP_EXTENDED_JOIN;
	change(house, NULL, "shown.example");
	fixture_expect(&house->fixture, house->anna,
	    ":chatd.localhost 396 anna shown.example :is now your displayed host|");
	fixture_expect(&house->fixture, house->bea,
	    ":anna!~anna@192.0.2.1 QUIT :Changing host|"
	    ":anna!~anna@shown.example JOIN #a|"
	    ":chatd.localhost MODE #a +ov anna anna|"
	    ":anna!~anna@shown.example JOIN #b|");
	fixture_expect(&house->fixture, house->cat,
	    ":anna!~anna@192.0.2.1 QUIT :Changing host|"
	    ":anna!~anna@shown.example JOIN #a * :anna|"
	    ":chatd.localhost MODE #a +ov anna anna|");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/chghost/with-the-capability", House, NULL, set_up, test_with_the_capability,
	    tear_down);
	g_test_add("/chghost/without", House, NULL, set_up, test_without, tear_down);
	return g_test_run();
}
