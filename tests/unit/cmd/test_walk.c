/* SPDX-License-Identifier: MIT */
#include "cmd/walk.h"

#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "domain/channel.h"
#include "proto/caps.h"
#include "proto/modes.h"

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

/* Reads in pieces what the send queue holds; how many pieces there were. */
static unsigned
read_slowly(ActFixture *fixture, Session *session, GString *all)
{
	unsigned pieces = 0;

	for (;; pieces++) {
		g_autofree char *got = NULL;

		for (unsigned i = 0; session->pending && !fixture->reader; i++) {
			g_assert_cmpuint(i, <, 1000);
			fixture_finish_answers(fixture);
		}
		got = fixture_read(fixture, session);
		g_assert_cmpuint(strlen(got), <, fixture->settings->limits->sendq);
		g_string_append(all, got);
		if (!fixture->reader)
			return pieces;
		fixture_has_read(fixture, session, false);
	}
}

/* What is longer than the send queue is told in parts, as the asker reads them: all of it. */
static void
test_slow_reader(void)
{
	static const char *const labels[] = {"", "one"};

	for (unsigned i = 0; i < G_N_ELEMENTS(labels); i++) {
		ActFixture fixture;
		Session *anna = set_up(&fixture);
		g_autoptr(GString) all = g_string_new(NULL);

		anna->caps |= CAP_LABELED_RESPONSE | CAP_BATCH;
		fixture_wait_for_readers(&fixture);
		fixture.settings->limits->sendq = 16384;
		g_assert_cmpint(say(&fixture, anna, "LIST", labels[i]), ==, OUTCOME_PENDING);
		g_assert_cmpuint(read_slowly(&fixture, anna, all), >, 10);
		g_assert_cmpuint(occurrences(all->str, " 322 anna "), ==, CHANNELS);
		g_assert_cmpuint(occurrences(all->str, " 323 anna "), ==, 1);
		g_assert_cmpuint(occurrences(all->str, "label=one"), ==, i);
		g_assert_cmpuint(occurrences(all->str, "@batch="), ==, i * (CHANNELS + 2));
		g_assert_false(anna->pending);
		fixture_clear(&fixture);
	}
}

/* The members of a channel likewise, by NAMES and WHO; those who left meanwhile are not told of. */
static void
test_slow_reader_of_members(void)
{
	static const struct {
		const char *command, *line, *end;
	} cases[] = {
	    {"WHO #0", " 352 anna ", " 315 anna #0 "}, {"NAMES #0", "@n", " 366 anna #0 "}};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		ActFixture fixture;
		Session *anna = set_up(&fixture);
		Channel *channel = directory_find_channel(fixture.community->directory, "#0");
		g_autoptr(GString) all = g_string_new(NULL);
		Ctx ctx = fixture_administrator(&fixture);

		for (unsigned k = 0; k < 2000; k++) {
			g_autofree char *nick = g_strdup_printf("n%04u", k);

			member_set_ranks(channel_add_member(channel,
					     fixture_user(&fixture, nick)->user, FIXTURE_NOW),
			    MODE_CHANNEL_OP);
		}
		fixture_wait_for_readers(&fixture);
		fixture.settings->limits->sendq = 16384;
		g_assert_cmpint(say(&fixture, anna, cases[i].command, ""), ==, OUTCOME_PENDING);
		g_assert_nonnull(fixture.reader);
		act_quit(&ctx, directory_find_user(fixture.community->directory, "n1999")->sessions,
		    "gone");
		read_slowly(&fixture, anna, all);
		g_assert_cmpuint(occurrences(all->str, cases[i].line), ==, 1999);
		g_assert_null(strstr(all->str, "n1999"));
		g_assert_cmpuint(occurrences(all->str, cases[i].end), ==, 1);
		fixture_clear(&fixture);
	}
}

/* Who enters waits for nobody: he is shown as many as there is room for, and that there are more.
 */
static void
test_entry(void)
{
	ActFixture fixture;
	Session *anna = set_up(&fixture);
	Channel *channel = directory_find_channel(fixture.community->directory, "#0");
	g_autofree char *got = NULL;

	for (unsigned k = 0; k < 2000; k++) {
		g_autofree char *nick = g_strdup_printf("n%04u", k);

		channel_add_member(channel, fixture_user(&fixture, nick)->user, FIXTURE_NOW);
	}
	fixture_wait_for_readers(&fixture);
	fixture.settings->limits->sendq = 16384;
	anna->caps |= CAP_USERHOST_IN_NAMES;
	g_assert_cmpint(say(&fixture, anna, "JOIN #0", ""), ==, OUTCOME_DONE);
	got = fixture_read(&fixture, anna);
	g_assert_cmpuint(strlen(got), <, 16384);
	g_assert_cmpuint(strlen(got), >, 12288);
	g_assert_true(g_str_has_suffix(got, ":chatd.localhost 416 anna NAMES :Too many matches|"
					    ":chatd.localhost 366 anna #0 :End of /NAMES list.|"));
	fixture_clear(&fixture);
}

/* Who asked and never reads: nothing is left behind when he goes. */
static void
test_reader_is_gone(void)
{
	ActFixture fixture;
	Session *anna = set_up(&fixture);

	fixture_wait_for_readers(&fixture);
	fixture.settings->limits->sendq = 16384;
	g_assert_cmpint(say(&fixture, anna, "LIST", ""), ==, OUTCOME_PENDING);
	while (!fixture.reader)
		fixture_finish_answers(&fixture);
	fixture_has_read(&fixture, anna, true);
	g_assert_null(fixture.reader);
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
	g_test_add_func("/walk/slow_reader", test_slow_reader);
	g_test_add_func("/walk/slow_reader_of_members", test_slow_reader_of_members);
	g_test_add_func("/walk/entry", test_entry);
	g_test_add_func("/walk/reader_is_gone", test_reader_is_gone);
	g_test_add_func("/walk/asker_leaves", test_asker_leaves);
	return g_test_run();
}
