/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "proto/caps.h"
#include "proto/modes.h"

#include <string.h>

typedef struct Room {
	ActFixture fixture;
	Session *owner, *host, *member;
	Channel *channel;
} Room;

static void
join(Room *room, Session *session)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, session, &ctx, &reply);
	g_assert_cmpint(act_join(&ctx, "#room", NULL, NULL), ==, OUTCOME_DONE);
	fixture_end(&room->fixture, &ctx);
}

/* `words`: letters and parameters. */
static Outcome
mode(Room *room, Session *session, const char *words)
{
	g_auto(GStrv) split = g_strsplit(words, " ", -1);
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, session, &ctx, &reply);
	outcome = act_channel_mode(&ctx, room->channel, split[0], (const char *const *)split + 1,
	    g_strv_length(split) - 1);
	fixture_end(&room->fixture, &ctx);
	return outcome;
}

static void
drain(Room *room)
{
	g_free(fixture_read(&room->fixture, room->owner));
	g_free(fixture_read(&room->fixture, room->host));
	g_free(fixture_read(&room->fixture, room->member));
}

static void
set_up(Room *room, gconstpointer data)
{
	fixture_init(&room->fixture);
	room->owner = fixture_user(&room->fixture, "owner");
	room->host = fixture_user(&room->fixture, "host");
	room->member = fixture_user(&room->fixture, "member");
	join(room, room->owner);
	join(room, room->host);
	join(room, room->member);
	room->channel = directory_find_channel(room->fixture.community->directory, "#ROOM");
	g_assert_nonnull(room->channel);
	user_seat(room->owner->user, room->channel)->ranks = MODE_CHANNEL_OWNER;
	g_assert_cmpint(mode(room, room->owner, "+o host"), ==, OUTCOME_DONE);
	drain(room);
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

static void
test_one_line(Room *room, gconstpointer data)
{
	g_assert_cmpint(mode(room, room->host, "+im-t+kv key MEMBER"), ==, OUTCOME_DONE);
	fixture_expect(
	    &room->fixture, room->member, ":host!~host@192.0.2.1 MODE #room +im-t+kv key member|");
	fixture_expect(
	    &room->fixture, room->host, ":host!~host@192.0.2.1 MODE #room +im-t+kv key member|");
	/* Nothing changes: nothing is told. */
	g_assert_cmpint(mode(room, room->host, "+im-t+kv key member"), ==, OUTCOME_DONE);
	fixture_expect(&room->fixture, room->member, "");
}

static void
test_private_excludes_secret(Room *room, gconstpointer data)
{
	mode(room, room->owner, "+p");
	mode(room, room->owner, "+s");
	fixture_expect(&room->fixture, room->member,
	    ":owner!~owner@192.0.2.1 MODE #room +p|:owner!~owner@192.0.2.1 MODE #room -p+s|");
	g_assert_false(channel_has(room->channel, MODE_CHANNEL_PRIVATE));
}

static void
test_ranks(Room *room, gconstpointer data)
{
	g_assert_cmpint(mode(room, room->member, "+v member"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(mode(room, room->host, "-q owner"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(mode(room, room->host, "+v owner"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(mode(room, room->host, "+q host"), ==, OUTCOME_REFUSED);
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 482 member #room :You're not channel operator|");
	fixture_expect(&room->fixture, room->host,
	    ":chatd.localhost 485 host #room :You're not channel owner|"
	    ":chatd.localhost 485 host #room :You're not channel owner|"
	    ":chatd.localhost 485 host #room :You're not channel owner|");
	/* A rank may be given back. */
	g_assert_cmpint(mode(room, room->host, "-o host"), ==, OUTCOME_DONE);
	g_assert_cmpint(mode(room, room->owner, "-q owner"), ==, OUTCOME_DONE);
	g_assert_cmpuint(user_seat(room->owner->user, room->channel)->ranks, ==, 0);
}

static void
test_refusals(Room *room, gconstpointer data)
{
	static const struct {
		const char *words, *answer;
	} cases[] = {
	    {"+o nobody", "401 owner nobody :No such nick/channel|"},
	    {"+o chanserv", "441 owner ChanServ #room :They aren't on that channel|"},
	    {"+o", "696 owner #room o * :A nick is missing|"},
	    {"+YYJY", "472 owner Y :is unknown mode char to me|:chatd.localhost 472 owner J :is "
		      "unknown mode char to me|"},
	    {"+l", "696 owner #room l * :A limit is a number from 1 to 1000000000|"},
	    {"+l -5", "696 owner #room l -5 :A limit is a number from 1 to 1000000000|"},
	    {"+l 5x", "696 owner #room l 5x :A limit is a number from 1 to 1000000000|"},
	    {"+l 0", "696 owner #room l 0 :A limit is a number from 1 to 1000000000|"},
	    {"+k", "696 owner #room k * :A key is missing|"},
	    {"+k a,b", "525 owner #room :Key is not well-formed|"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *answer = g_strconcat(":chatd.localhost ", cases[i].answer, NULL);

		g_assert_cmpint(mode(room, room->owner, cases[i].words), ==, OUTCOME_REFUSED);
		fixture_expect(&room->fixture, room->owner, answer);
	}
	fixture_expect(&room->fixture, room->member, "");
}

static void
test_lists(Room *room, gconstpointer data)
{
	room->fixture.settings->limits->list_entries = 2;
	g_assert_cmpint(mode(room, room->owner, "+be evil evil"), ==, OUTCOME_DONE);
	g_assert_cmpint(mode(room, room->owner, "+b third"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(mode(room, room->owner, "+b evil!*@*"), ==, OUTCOME_DONE);
	g_assert_cmpint(mode(room, room->owner, "bb"), ==, OUTCOME_DONE);
	g_assert_cmpint(mode(room, room->member, "e"), ==, OUTCOME_REFUSED);
	fixture_expect(&room->fixture, room->owner,
	    ":owner!~owner@192.0.2.1 MODE #room +be evil!*@* evil!*@*|"
	    ":chatd.localhost 478 owner #room b :Channel list is full|"
	    ":chatd.localhost 367 owner #room evil!*@* owner!~owner@192.0.2.1 1500000000|"
	    ":chatd.localhost 368 owner #room :End of channel ban list|");
	fixture_expect(&room->fixture, room->member,
	    ":owner!~owner@192.0.2.1 MODE #room +be evil!*@* evil!*@*|"
	    ":chatd.localhost 482 member #room :You're not channel operator|");
}

/* No line passes 512 bytes; together they tell every change. */
static void
test_long_lines(Room *room, gconstpointer data)
{
	g_autoptr(GString) words = g_string_new("+bbbbbb");
	g_autofree char *got = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned told = 0;

	for (unsigned i = 0; i < 6; i++) {
		g_string_append_printf(words, " %u!*@", i);
		for (unsigned j = 0; j < 200; j++)
			g_string_append_c(words, 'x');
	}
	mode(room, room->owner, words->str);
	got = fixture_read(&room->fixture, room->member);
	lines = g_strsplit(got, "|", -1);
	for (char **line = lines; *line; line++) {
		g_assert_cmpuint(strlen(*line), <=, 510);
		for (const char *at = *line; (at = strstr(at, "!*@")); at++)
			told++;
	}
	g_assert_cmpuint(told, ==, 6);
	g_assert_cmpuint(channel_list_entries(room->channel), ==, 6);
}

static void
test_most_changes(Room *room, gconstpointer data)
{
	room->fixture.settings->limits->modes = 2;
	g_assert_cmpint(mode(room, room->owner, "+bb-bo+m a b c host"), ==, OUTCOME_DONE);
	g_assert_cmpuint(channel_list_entries(room->channel), ==, 2);
	/* What comes behind is left out as well, and all of it is named. */
	fixture_expect(&room->fixture, room->owner,
	    ":owner!~owner@192.0.2.1 MODE #room +bb a!*@* b!*@*|"
	    ":chatd.localhost NOTICE owner :*** WARN MODE: #room: at most 2 changes with a "
	    "parameter at once, left out: -bo+m c host|");
	fixture_expect(
	    &room->fixture, room->member, ":owner!~owner@192.0.2.1 MODE #room +bb a!*@* b!*@*|");
	g_assert_false(channel_has(room->channel, MODE_CHANNEL_MODERATED));
	room->owner->caps |= CAP_STANDARD_REPLIES;
	mode(room, room->owner, "-bbb a b c");
	fixture_expect(&room->fixture, room->owner,
	    ":owner!~owner@192.0.2.1 MODE #room -bb a!*@* b!*@*|"
	    ":chatd.localhost WARN MODE TOO_MANY_CHANGES :#room: at most 2 changes with a "
	    "parameter at once, left out: -b c|");
}

/* Who acts for the service is not left half done. */
static void
test_no_most_for_administrators(Room *room, gconstpointer data)
{
	const char *const masks[] = {"a", "b", "c"};
	Ctx ctx = fixture_administrator(&room->fixture);

	room->fixture.settings->limits->modes = 2;
	g_assert_cmpint(act_channel_mode(&ctx, room->channel, "+bbb", masks, 3), ==, OUTCOME_DONE);
	g_assert_cmpuint(channel_list_entries(room->channel), ==, 3);
}

static void
test_administrator(Room *room, gconstpointer data)
{
	const char *const nobody[] = {"nobody"};
	const char *const owner[] = {"owner"};
	Ctx ctx = fixture_administrator(&room->fixture);

	g_assert_cmpint(act_channel_mode(&ctx, room->channel, "+m-q", owner, 1), ==, OUTCOME_DONE);
	fixture_expect(&room->fixture, room->member, ":chatd.localhost MODE #room +m-q owner|");
	g_assert_cmpint(
	    act_channel_mode(&ctx, room->channel, "+o", nobody, 1), ==, OUTCOME_REFUSED);
	g_assert_cmpstr(room->fixture.refusal, ==, "ERR_NOSUCHNICK nobody :No such nick/channel");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add("/set_mode/" #name, Room, NULL, set_up, test_##name, tear_down)
	ADD(one_line);
	ADD(private_excludes_secret);
	ADD(ranks);
	ADD(refusals);
	ADD(lists);
	ADD(long_lines);
	ADD(most_changes);
	ADD(no_most_for_administrators);
	ADD(administrator);
#undef ADD
	return g_test_run();
}
