/* SPDX-License-Identifier: MIT */
/* Channel speech: each rule, whom it spares, and what +U and +S make of it. */
#include "act/channel_speech.h"
#include "act_fixture.h"
#include "domain/channel_values.h"
#include "proto/modes.h"

typedef struct Room {
	ActFixture fixture;
	Session *host, *voiced, *member;
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

static void
speak(Room *room, Session *session, const char *target, const char *text)
{
	Speech speech = {.verb = "PRIVMSG", .target = target, .text = text};
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, session, &ctx, &reply);
	act_speak(&ctx, &speech);
	fixture_end(&room->fixture, &ctx);
}

static void
test_refusals(Room *room, gconstpointer data)
{
	static const struct {
		uint64_t modes;
		const char *text, *why; /* NULL: let through */
	} cases[] = {
	    {MODE_CHANNEL_MODERATED, "hello", "+m"},
	    {MODE_CHANNEL_ACCOUNTS_SPEAK, "hello", "+M"},
	    {MODE_CHANNEL_NO_CTCP,
		"\x01"
		"VERSION\x01",
		"+C"},
	    {MODE_CHANNEL_NO_CTCP,
		"\x01"
		"ACTIONS\x01",
		"+C"},
	    {MODE_CHANNEL_NO_CTCP,
		"\x01"
		"ACTION waves\x01",
		NULL},
	    {MODE_CHANNEL_NO_CTCP,
		"\x01"
		"ACTION\x01",
		NULL},
	    {MODE_CHANNEL_NO_COLOURS,
		"\x03"
		"4red",
		"+c"},
	    {MODE_CHANNEL_NO_COLOURS, "plain", NULL},
	    {MODE_CHANNEL_STRIP_COLOURS, "\x02\x0F", "+S, nothing is left"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *told = g_strdup_printf(
		    ":chatd.localhost 404 member #room :Cannot send to channel (%s)|",
		    cases[i].why);

		room->channel->modes = cases[i].modes;
		speak(room, room->member, "#room", cases[i].text);
		fixture_expect(&room->fixture, room->member, cases[i].why ? told : "");
		g_free(fixture_read(&room->fixture, room->host));
		g_free(fixture_read(&room->fixture, room->voiced));
		if (cases[i].modes == MODE_CHANNEL_STRIP_COLOURS)
			continue;
		speak(room, room->voiced, "#room", cases[i].text);
		fixture_expect(&room->fixture, room->voiced, "");
		g_free(fixture_read(&room->fixture, room->host));
		g_free(fixture_read(&room->fixture, room->member));
	}
	room->channel->modes = MODE_CHANNEL_ACCOUNTS_SPEAK;
	room->member->user->account = g_strdup("member");
	speak(room, room->member, "#room", "hello");
	fixture_expect(&room->fixture, room->member, "");
}

static void
test_hosts_only(Room *room, gconstpointer data)
{
	room->channel->modes = MODE_CHANNEL_OP_MODERATED | MODE_CHANNEL_MODERATED;
	mask_list_add(channel_list(room->channel, 'b'), "member!*@*", "x", 1);
	speak(room, room->member, "#room", "may I?");
	fixture_expect(&room->fixture, room->member, "");
	fixture_expect(&room->fixture, room->voiced, "");
	fixture_expect(
	    &room->fixture, room->host, ":member!~member@192.0.2.1 PRIVMSG #room :may I?|");
	speak(room, room->voiced, "#room", "yes");
	fixture_expect(
	    &room->fixture, room->member, ":voiced!~voiced@192.0.2.1 PRIVMSG #room :yes|");
}

static void
test_strip(Room *room, gconstpointer data)
{
	room->channel->modes = MODE_CHANNEL_STRIP_COLOURS;
	speak(room, room->host, "#room",
	    "\x03"
	    "4red\x0F and \x02"
	    "bold");
	fixture_expect(
	    &room->fixture, room->member, ":host!~host@192.0.2.1 PRIVMSG #room :red and bold|");
}

/* Each line of a message of several is stripped, too. */
static void
test_strip_lines(Room *room, gconstpointer data)
{
	const MultilineLine lines[] = {{.text = "\x02"
						"one"},
	    {.text = "two\x0F"}};
	const Speech speech = {.verb = "PRIVMSG",
	    .target = "#room",
	    .text = "\x02"
		    "one\ntwo\x0F",
	    .lines = lines,
	    .n_lines = G_N_ELEMENTS(lines)};
	g_auto(SpeechVerdict) verdict = {0};
	const MultilineLine *stripped;
	Reply reply;
	Ctx ctx;

	room->channel->modes = MODE_CHANNEL_STRIP_COLOURS;
	fixture_begin(&room->fixture, room->member, &ctx, &reply);
	channel_speech_judge(&ctx, room->channel, &speech, &verdict);
	fixture_end(&room->fixture, &ctx);
	g_assert_cmpstr(verdict.text, ==, "one\ntwo");
	g_assert_cmpuint(verdict.lines->len, ==, 2);
	stripped = (const MultilineLine *)verdict.lines->data;
	g_assert_cmpstr(stripped[0].text, ==, "one");
	g_assert_cmpstr(stripped[1].text, ==, "two");
}

/* Blank lines alone are nothing to be told. */
static void
test_strip_to_blank_lines(Room *room, gconstpointer data)
{
	const MultilineLine lines[] = {{.text = "\x02"}, {.text = "\x0F"}};
	const Speech speech = {.verb = "PRIVMSG",
	    .target = "#room",
	    .text = "\x02\n\x0F",
	    .lines = lines,
	    .n_lines = G_N_ELEMENTS(lines)};
	Reply reply;
	Ctx ctx;

	room->channel->modes = MODE_CHANNEL_STRIP_COLOURS;
	fixture_begin(&room->fixture, room->member, &ctx, &reply);
	g_assert_cmpint(act_speak(&ctx, &speech), ==, OUTCOME_REFUSED);
	fixture_end(&room->fixture, &ctx);
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 404 member #room :Cannot send to channel (+S, nothing is left)|");
	fixture_expect(&room->fixture, room->host, "");
}

/* +R lets in whom one accepted, or wrote to first. */
static void
test_answers(Room *room, gconstpointer data)
{
	room->host->user->modes = MODE_USER_ACCOUNTS_WRITE;
	speak(room, room->host, "member", "may I ask?");
	g_free(fixture_read(&room->fixture, room->member));
	speak(room, room->member, "host", "yes");
	fixture_expect(&room->fixture, room->member, "");
	fixture_expect(&room->fixture, room->host, ":member!~member@192.0.2.1 PRIVMSG host :yes|");
	speak(room, room->voiced, "host", "and I?");
	fixture_expect(&room->fixture, room->host, "");
}

static void
test_slow(Room *room, gconstpointer data)
{
	channel_set_value(room->channel, MODE_CHANNEL_SLOW_INDEX, "10");
	room->fixture.now = FIXTURE_NOW;
	speak(room, room->member, "#room", "one");
	room->fixture.now += 1;
	speak(room, room->member, "#room", "two");
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 404 member #room :Cannot send to channel (+W, wait 10 seconds)|");
	room->fixture.now += 10 * G_USEC_PER_SEC - 1;
	speak(room, room->member, "#room", "three");
	fixture_expect(&room->fixture, room->member, "");
	fixture_expect(&room->fixture, room->host,
	    ":member!~member@192.0.2.1 PRIVMSG #room :one|"
	    ":member!~member@192.0.2.1 PRIVMSG #room :three|");
}

/* The target's own modes; a deaf member hears nothing of the channel but himself. */
static void
test_users(Room *room, gconstpointer data)
{
	room->host->user->modes = MODE_USER_ACCOUNTS_WRITE;
	speak(room, room->member, "host", "hello");
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 477 member host :You need to be logged in to write to this user "
	    "(+R)|");
	room->host->user->modes = MODE_USER_NO_CTCP;
	speak(room, room->member, "host",
	    "\x01"
	    "PING 1\x01");
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 492 member host :Does not accept CTCP requests|");
	fixture_expect(&room->fixture, room->host, "");
	room->voiced->user->modes = MODE_USER_DEAF;
	speak(room, room->host, "#room", "hello");
	fixture_expect(&room->fixture, room->voiced, "");
	speak(room, room->host, "+#room", "hello");
	fixture_expect(&room->fixture, room->voiced, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/channel-speech/refusals", Room, NULL, set_up, test_refusals, tear_down);
	g_test_add("/channel-speech/hosts-only", Room, NULL, set_up, test_hosts_only, tear_down);
	g_test_add("/channel-speech/strip", Room, NULL, set_up, test_strip, tear_down);
	g_test_add("/channel-speech/strip-lines", Room, NULL, set_up, test_strip_lines, tear_down);
	g_test_add("/channel-speech/strip-to-blank-lines", Room, NULL, set_up,
	    test_strip_to_blank_lines, tear_down);
	g_test_add("/channel-speech/answers", Room, NULL, set_up, test_answers, tear_down);
	g_test_add("/channel-speech/slow", Room, NULL, set_up, test_slow, tear_down);
	g_test_add("/channel-speech/users", Room, NULL, set_up, test_users, tear_down);
	return g_test_run();
}
