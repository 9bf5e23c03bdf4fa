/* SPDX-License-Identifier: MIT */
/* What is let through, in which form and for whom; and how one is told who is not. */
#include "act/speech_gate.h"

#include "act_fixture.h"
#include "domain/silence_list.h"
#include "proto/modes.h"

typedef struct Room {
	ActFixture fixture;
	Session *host, *member, *friend;
	Channel *channel;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;

	fixture_init(fixture);
	room->host = fixture_user(fixture, "host");
	room->member = fixture_user(fixture, "member");
	room->friend = fixture_user(fixture, "friend");
	room->channel = channel_new("#room", fixture->now);
	directory_add_channel(fixture->community->directory, room->channel);
	channel_add_member(room->channel, room->host->user, fixture->now)->ranks = MODE_CHANNEL_OP;
	channel_add_member(room->channel, room->member->user, fixture->now);
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

/* The member asks; *ret_pass is to be cleared. */
static bool
ask(Room *room, const Speech *speech, const FailAs *fail_as, SpeechPass *ret_pass)
{
	bool passed;
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, room->member, &ctx, &reply);
	ctx.fail_as = fail_as;
	passed = speech_may_pass(&ctx, speech, ret_pass);
	fixture_end(&room->fixture, &ctx);
	return passed;
}

static void
test_form(Room *room, gconstpointer data)
{
	static const MultilineLine lines[] = {{"\002a", false}, {"b", false}};
	const Speech plain = {.verb = "PRIVMSG", .target = "@#ROOM", .text = "a"};
	const Speech coloured = {.verb = "PRIVMSG",
	    .target = "#room",
	    .text = "\002a\nb",
	    .lines = lines,
	    .n_lines = G_N_ELEMENTS(lines)};
	SpeechPass pass;

	g_assert_true(ask(room, &plain, NULL, &pass));
	g_assert_true(pass.channel == room->channel);
	g_assert_null(pass.target);
	g_assert_cmpint(pass.prefix, ==, '@');
	g_assert_cmpuint(pass.ranks, ==, mode_rank_bits(mode_find_prefix('@')));
	g_assert_true(pass.text == plain.text);
	speech_pass_clear(&pass);

	room->channel->modes = MODE_CHANNEL_STRIP_COLOURS;
	g_assert_true(ask(room, &coloured, NULL, &pass));
	g_assert_cmpint(pass.prefix, ==, '\0');
	g_assert_cmpuint(pass.ranks, ==, 0);
	g_assert_cmpstr(pass.text, ==, "a\nb");
	g_assert_cmpstr(pass.lines[0].text, ==, "a");
	speech_pass_clear(&pass);

	room->channel->modes = MODE_CHANNEL_OP_MODERATED;
	g_assert_true(ask(room, &coloured, NULL, &pass));
	g_assert_cmpuint(pass.ranks, ==, MODE_CHANNEL_OWNER | MODE_CHANNEL_OP);
	g_assert_true(pass.lines == lines);
	speech_pass_clear(&pass);
}

/* Who is silenced passes, and must not notice. */
static void
test_silenced(Room *room, gconstpointer data)
{
	const Speech message = {.verb = "PRIVMSG", .target = "friend", .text = "a"};
	const Speech notice = {.verb = "NOTICE", .target = "friend", .text = "a", .edits = "m1"};
	User *friend = room->friend->user;
	SpeechPass pass;

	friend->silences = silence_list_new();
	silence_list_put(friend->silences, "member!*@*", SILENCE_PRIVATE);
	g_assert_true(ask(room, &message, NULL, &pass));
	g_assert_true(pass.target == friend);
	g_assert_true(pass.is_withheld);
	g_assert_true(ask(room, &notice, NULL, &pass));
	g_assert_false(pass.is_withheld);
	fixture_expect(&room->fixture, room->member, "");
}

/* In the words of what asked; a NOTICE is refused without a word, a change of one is not. */
static void
test_refusals(Room *room, gconstpointer data)
{
	const FailAs fail_as = {"EDIT", "EDIT_FORBIDDEN", "#room m1"};
	const Speech message = {.verb = "PRIVMSG", .target = "#room", .text = "a"};
	const Speech notice = {.verb = "NOTICE", .target = "#room", .text = "a"};
	const Speech edit = {.verb = "NOTICE", .target = "#room", .text = "a", .edits = "m1"};
	SpeechPass pass;

	room->channel->modes = MODE_CHANNEL_MODERATED;
	g_assert_false(ask(room, &message, NULL, &pass));
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 404 member #room :Cannot send to channel (+m)|");
	g_assert_false(ask(room, &notice, NULL, &pass));
	fixture_expect(&room->fixture, room->member, "");
	g_assert_false(ask(room, &edit, &fail_as, &pass));
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost FAIL EDIT EDIT_FORBIDDEN #room m1 :#room: Cannot send to channel "
	    "(+m)|");
	/* Whoever is called is told as of a new message. */
	room->friend->user->modes = MODE_USER_CALLER_ID;
	g_assert_false(
	    ask(room, &(Speech){.verb = "PRIVMSG", .target = "friend", .text = "a", .edits = "m1"},
		&fail_as, &pass));
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost FAIL EDIT EDIT_FORBIDDEN #room m1 :friend: is in +g mode "
	    "(server-side ignore.)|"
	    ":chatd.localhost 717 member friend :has been informed that you messaged them.|");
	fixture_expect(&room->fixture, room->friend,
	    ":chatd.localhost 718 friend member ~member@192.0.2.1 :is messaging you, and you have "
	    "umode +g.|");
}

static void
test_passed(Room *room, gconstpointer data)
{
	const Speech message = {.verb = "PRIVMSG", .target = "#room", .text = "a"};
	Member *seat = user_seat(room->member->user, room->channel);
	SpeechPass pass;
	Reply reply;
	Ctx ctx;

	room->channel->slow = 10;
	g_assert_true(ask(room, &message, NULL, &pass));
	g_assert_true(ask(room, &message, NULL, &pass));
	fixture_begin(&room->fixture, room->member, &ctx, &reply);
	speech_passed(&ctx, &pass);
	fixture_end(&room->fixture, &ctx);
	g_assert_cmpint(seat->spoke_at, ==, room->fixture.now);
	g_assert_cmpint(room->member->user->spoke_at, ==, room->fixture.now);
	g_assert_false(ask(room, &message, NULL, &pass));
	fixture_expect(&room->fixture, room->member,
	    ":chatd.localhost 404 member #room :Cannot send to channel (+W, wait 10 seconds)|");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/speech-gate/form", Room, NULL, set_up, test_form, tear_down);
	g_test_add("/speech-gate/silenced", Room, NULL, set_up, test_silenced, tear_down);
	g_test_add("/speech-gate/refusals", Room, NULL, set_up, test_refusals, tear_down);
	g_test_add("/speech-gate/passed", Room, NULL, set_up, test_passed, tear_down);
	return g_test_run();
}
