/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "proto/caps.h"
#include "proto/modes.h"

typedef struct Room {
	ActFixture fixture;
	Session *host, *voiced, *member, *outsider;
	Channel *channel;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;

	fixture_init(fixture);
	room->host = fixture_user(fixture, "host");
	room->voiced = fixture_user(fixture, "voiced");
	room->member = fixture_user(fixture, "member");
	room->outsider = fixture_user(fixture, "outsider");
	room->channel = channel_new("#room", fixture->now);
	directory_add_channel(fixture->community->directory, room->channel);
	channel_add_member(room->channel, room->host->user, fixture->now)->ranks = MODE_CHANNEL_OP;
	channel_add_member(room->channel, room->voiced->user, fixture->now)->ranks =
	    MODE_CHANNEL_VOICE;
	channel_add_member(room->channel, room->member->user, fixture->now);
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

static Outcome
speak(Room *room, Session *session, const char *verb, const char *target, const char *text)
{
	Speech speech = {.verb = verb, .target = target, .text = text};
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, session, &ctx, &reply);
	outcome = act_speak(&ctx, &speech);
	fixture_end(&room->fixture, &ctx);
	return outcome;
}

/* Who may speak, by the channel's modes. */
static void
test_rules(Room *room, gconstpointer data)
{
	const struct {
		uint64_t modes;
		Session *speaker;
		bool may;
	} cases[] = {
	    {0, room->outsider, true},
	    {0, room->member, true},
	    {MODE_CHANNEL_NO_EXTERNAL, room->outsider, false},
	    {MODE_CHANNEL_NO_EXTERNAL, room->member, true},
	    {MODE_CHANNEL_MODERATED, room->outsider, false},
	    {MODE_CHANNEL_MODERATED, room->member, false},
	    {MODE_CHANNEL_MODERATED, room->voiced, true},
	    {MODE_CHANNEL_MODERATED, room->host, true},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		room->channel->modes = cases[i].modes;
		g_assert_cmpint(speak(room, cases[i].speaker, "PRIVMSG", "#ROOM", "hello"), ==,
		    cases[i].may ? OUTCOME_DONE : OUTCOME_REFUSED);
	}
	g_free(fixture_read(&room->fixture, room->outsider));
	room->channel->modes = MODE_CHANNEL_NO_EXTERNAL;
	speak(room, room->outsider, "PRIVMSG", "#ROOM", "hello");
	fixture_expect(&room->fixture, room->outsider,
	    ":chatd.localhost 404 outsider #room :Cannot send to channel (+n)|");
}

static void
test_banned(Room *room, gconstpointer data)
{
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "*!*@192.0.2.1", "x", 1);
	g_assert_cmpint(speak(room, room->member, "PRIVMSG", "#room", "x"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(speak(room, room->voiced, "PRIVMSG", "#room", "x"), ==, OUTCOME_DONE);
	mask_list_add(&room->channel->lists[CHANNEL_EXCEPTS], "member!*@*", "x", 1);
	g_assert_cmpint(speak(room, room->member, "PRIVMSG", "#room", "x"), ==, OUTCOME_DONE);
}

static void
test_ranks(Room *room, gconstpointer data)
{
	speak(room, room->member, "PRIVMSG", "@#ROOM", "for operators");
	speak(room, room->member, "NOTICE", "+#room", "for the voiced");
	fixture_expect(&room->fixture, room->host,
	    ":member!~member@192.0.2.1 PRIVMSG @#room :for operators|"
	    ":member!~member@192.0.2.1 NOTICE +#room :for the voiced|");
	fixture_expect(&room->fixture, room->voiced,
	    ":member!~member@192.0.2.1 NOTICE +#room :for the voiced|");
	fixture_expect(&room->fixture, room->member, "");
}

static void
test_notice_is_not_answered(Room *room, gconstpointer data)
{
	room->member->user->away = g_strdup("out");
	g_assert_cmpint(speak(room, room->host, "NOTICE", "nobody", "x"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(speak(room, room->host, "NOTICE", "#nowhere", "x"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(speak(room, room->host, "NOTICE", "member", "x"), ==, OUTCOME_DONE);
	fixture_expect(&room->fixture, room->host, "");
	speak(room, room->host, "PRIVMSG", "NoBody", "x");
	speak(room, room->host, "PRIVMSG", "#Nowhere", "x");
	speak(room, room->host, "PRIVMSG", "member", "x");
	fixture_expect(&room->fixture, room->host,
	    ":chatd.localhost 401 host NoBody :No such nick/channel|"
	    ":chatd.localhost 403 host #Nowhere :No such channel|"
	    ":chatd.localhost 301 host member :out|");
}

static void
test_to_oneself(Room *room, gconstpointer data)
{
	speak(room, room->member, "PRIVMSG", "member", "note");
	fixture_expect(
	    &room->fixture, room->member, ":member!~member@192.0.2.1 PRIVMSG member :note|");
}

static void
test_administrator(Room *room, gconstpointer data)
{
	Speech speech = {.verb = "NOTICE", .target = "#room", .text = "going down"};
	Ctx ctx = fixture_administrator(&room->fixture);

	room->channel->modes = MODE_CHANNEL_MODERATED | MODE_CHANNEL_NO_EXTERNAL;
	g_assert_cmpint(act_speak(&ctx, &speech), ==, OUTCOME_DONE);
	fixture_expect(&room->fixture, room->member, ":chatd.localhost NOTICE #room :going down|");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add("/speak/" #name, Room, NULL, set_up, test_##name, tear_down)
	ADD(rules);
	ADD(banned);
	ADD(ranks);
	ADD(notice_is_not_answered);
	ADD(to_oneself);
	ADD(administrator);
#undef ADD
	return g_test_run();
}
