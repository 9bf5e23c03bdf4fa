/* SPDX-License-Identifier: MIT */
/* Lists of services: over all there is, in slices, in the service's name to the end. */
#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "cmd/service_list.h"
#include "cmd/walk.h"

#include <string.h>

typedef struct House {
	ActFixture fixture;
	Session *boss;
} House;

static void
set_up(House *house, gconstpointer data)
{
	fixture_init(&house->fixture);
	fixture_add_pool(&house->fixture);
	house->boss = fixture_user(&house->fixture, "boss");
	user_set_operator(house->boss->user, "boss", OPERATOR_ACCOUNTS);
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
}

static void
add_accounts(House *house, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		g_autofree char *name = g_strdup_printf("a%u", i);

		accounts_add(house->fixture.community->accounts,
		    account_new(i + 1, name, house->fixture.now));
	}
}

static Outcome
say(House *house, const char *text)
{
	g_autofree char *line = g_strdup(text);
	MessageStatus status;
	Outcome outcome;
	Message message;
	Reply reply;
	Ctx ctx;

	status = message_parse(line, strlen(line), &message);
	fixture_begin(&house->fixture, house->boss, &ctx, &reply);
	outcome = cmd_dispatch(&ctx, &message, status);
	fixture_end(&house->fixture, &ctx);
	return outcome;
}

static char **
answer(House *house)
{
	g_autofree char *told = NULL;

	fixture_settle(&house->fixture, house->boss);
	told = fixture_read(&house->fixture, house->boss);
	return g_strsplit(told, "|", -1);
}

#define START ":NickServ!NickServ@chatd.localhost NOTICE boss :"

static void
test_slices(House *house, gconstpointer data)
{
	g_auto(GStrv) lines = NULL;

	add_accounts(house, 3 * WALK_SLICE);
	g_assert_cmpint(say(house, "NS LIST"), ==, OUTCOME_PENDING);
	lines = answer(house);
	/* So many lines, the end, and nothing behind the last separator. */
	g_assert_cmpuint(g_strv_length(lines), ==, SERVICE_LIST_MOST + 2);
	for (unsigned i = 0; i <= SERVICE_LIST_MOST; i++)
		g_assert_true(g_str_has_prefix(lines[i], START));
	g_assert_cmpstr(
	    lines[SERVICE_LIST_MOST], ==, START "6000 accounts, the first of them above");
}

/* What matches stands at the end of all: behind the first slices. */
static void
test_mask(House *house, gconstpointer data)
{
	g_auto(GStrv) lines = NULL;

	add_accounts(house, 2 * WALK_SLICE);
	g_assert_cmpint(say(house, "NS LIST a399?"), ==, OUTCOME_PENDING);
	lines = answer(house);
	g_assert_cmpuint(g_strv_length(lines), ==, 12);
	g_assert_cmpstr(lines[0], ==, START "a3990");
	g_assert_cmpstr(lines[10], ==, START "10 accounts");
}

static void
test_few(House *house, gconstpointer data)
{
	g_auto(GStrv) lines = NULL;

	add_accounts(house, 2);
	g_assert_cmpint(say(house, "NS LIST *1"), ==, OUTCOME_DONE);
	lines = answer(house);
	g_assert_cmpuint(g_strv_length(lines), ==, 3);
	g_assert_cmpstr(lines[0], ==, START "a1");
	g_assert_cmpstr(lines[1], ==, START "1 accounts");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/service_list/slices", House, NULL, set_up, test_slices, tear_down);
	g_test_add("/service_list/mask", House, NULL, set_up, test_mask, tear_down);
	g_test_add("/service_list/few", House, NULL, set_up, test_few, tear_down);
	return g_test_run();
}
