/* SPDX-License-Identifier: MIT */
#include "cmd/walk.h"

#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "proto/caps.h"

#include <string.h>

#define CHANNELS (2 * WALK_SLICE + 7)

static Outcome
say(ActFixture *fixture, Session *session, const char *text, const char *label)
{
	g_autofree char *line = g_strdup(text);
	MessageStatus status;
	Outcome outcome;
	Message message;
	Reply reply;
	Ctx ctx;

	status = message_parse(line, strlen(line), &message);
	fixture_begin(fixture, session, &ctx, &reply);
	g_strlcpy(reply.label, label, sizeof reply.label);
	outcome = cmd_dispatch(&ctx, &message, status);
	if (outcome == OUTCOME_PENDING)
		reply_abandon(&reply);
	else
		fixture_end(fixture, &ctx);
	return outcome;
}

static Session *
set_up(ActFixture *fixture)
{
	Session *anna;
	Ctx ctx;

	fixture_init(fixture);
	fixture_add_pool(fixture);
	anna = fixture_user(fixture, "anna");
	ctx = fixture_administrator(fixture);
	for (unsigned i = 0; i < CHANNELS; i++) {
		g_autofree char *name = g_strdup_printf("#%u", i);

		act_make_channel(&ctx, name);
	}
	return anna;
}

static unsigned
occurrences(const char *text, const char *what)
{
	unsigned count = 0;

	for (; (text = strstr(text, what)); text++)
		count++;
	return count;
}

static void
test_slices(void)
{
	ActFixture fixture;
	Session *anna = set_up(&fixture);
	g_autofree char *got = NULL;

	g_assert_cmpint(say(&fixture, anna, "LIST", ""), ==, OUTCOME_PENDING);
	fixture_settle(&fixture, anna);
	got = fixture_read(&fixture, anna);
	g_assert_cmpuint(occurrences(got, " 321 anna "), ==, 1);
	g_assert_cmpuint(occurrences(got, " 322 anna "), ==, CHANNELS);
	g_assert_true(g_str_has_suffix(got, ":chatd.localhost 323 anna :End of /LIST|"));
	g_assert_cmpuint(occurrences(got, " 323 anna "), ==, 1);
	fixture_clear(&fixture);
}

/* All under one label: one batch, nothing outside of it. */
static void
test_label(void)
{
	ActFixture fixture;
	Session *anna = set_up(&fixture);
	g_autofree char *got = NULL;

	anna->caps |= CAP_LABELED_RESPONSE | CAP_BATCH;
	g_assert_cmpint(say(&fixture, anna, "LIST", "one"), ==, OUTCOME_PENDING);
	fixture_settle(&fixture, anna);
	got = fixture_read(&fixture, anna);
	g_assert_true(g_str_has_prefix(got, "@label=one :chatd.localhost BATCH +"));
	g_assert_cmpuint(occurrences(got, "@batch="), ==, CHANNELS + 2);
	g_assert_cmpuint(occurrences(got, "|"), ==, CHANNELS + 4);
	fixture_clear(&fixture);
}

/* What would overflow the send queue ends with 416. */
static void
test_bounded(void)
{
	ActFixture fixture;
	Session *anna = set_up(&fixture);
	g_autofree char *got = NULL;

	fixture.settings->limits->sendq = 100000;
	say(&fixture, anna, "LIST", "");
	fixture_settle(&fixture, anna);
	got = fixture_read(&fixture, anna);
	g_assert_cmpuint(strlen(got), <, 100000);
	g_assert_true(g_str_has_suffix(got, ":chatd.localhost 416 anna LIST :Too many matches|"
					    ":chatd.localhost 323 anna :End of /LIST|"));
	fixture_clear(&fixture);
}

static void
test_asker_leaves(void)
{
	ActFixture fixture;
	Session *anna = set_up(&fixture);
	Ctx ctx = fixture_administrator(&fixture);
	g_autofree char *got = NULL;

	g_assert_cmpint(say(&fixture, anna, "LIST", ""), ==, OUTCOME_PENDING);
	act_quit(&ctx, anna, "gone");
	got = fixture_read(&fixture, anna);
	g_assert_cmpuint(occurrences(got, " 323 anna "), ==, 0);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/walk/slices", test_slices);
	g_test_add_func("/walk/label", test_label);
	g_test_add_func("/walk/bounded", test_bounded);
	g_test_add_func("/walk/asker_leaves", test_asker_leaves);
	return g_test_run();
}
