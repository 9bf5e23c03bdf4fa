/* SPDX-License-Identifier: MIT */
/* What lists say of members: remembered, and found out anew after each change that can alter it. */
#include "domain/channel_bans.h"

#include "domain/account.h"
#include "domain/channel.h"
#include "domain/directory.h"
#include "domain/session.h"
#include "domain/user.h"
#include "proto/modes.h"

#define FINGERPRINT "b0b0000000000000000000000000000000000000000000000000000000000000"

typedef struct Room {
	User *user;
	Channel *channel;
	Channel *other;
	Session *session;
	Member *seat;
} Room;

static Session *
make_session(const char *fingerprint, bool tls)
{
	SessionPeer peer = {.address = "192.0.2.1",
	    .host = "192.0.2.1",
	    .tls = tls,
	    .certificate_fingerprint = (char *)fingerprint};

	return session_new(HANDLE_NONE, &peer, 1, 1);
}

static void
set_up(Room *room, gconstpointer data)
{
	room->user = user_new(&(UserFacts){.nick = "anna",
				  .username = "~anna",
				  .real_name = "Anna",
				  .host = "192.0.2.1",
				  .address = "192.0.2.1"},
	    1);
	room->channel = channel_new("#room", 1);
	room->other = channel_new("#other", 1);
	room->session = make_session(NULL, true);
	session_set_user(room->session, room->user);
	room->seat = channel_add_member(room->channel, room->user, 1);
	/* There is something to walk, whatever a case adds. */
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "nobody!*@*", "op", 1);
}

static void
tear_down(Room *room, gconstpointer data)
{
	session_leave_user(room->session);
	session_free(room->session);
	channel_free(room->channel);
	channel_free(room->other);
	user_free(room->user);
}

/* The answer when the lists are walked, beside what the seat remembers. */
static bool
walked(const Room *room)
{
	User *user = room->user;

	user_forget_verdicts(user);
	return channel_bans_from(room->channel, user, EXTBAN_SPEAK);
}

/* A remembered answer is given without a look at the lists: it is made wrong, and given. */
static void
test_remembers(Room *room, gconstpointer data)
{
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	room->seat->banned_from |= EXTBAN_SPEAK;
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_NICK));
	g_assert_false(channel_bans(room->channel, room->user));
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	user_forget_verdicts(room->user);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
}

static void
change_nick(Room *room)
{
	user_set_nick(room->user, "bella");
}

static void
change_username(Room *room)
{
	user_set_host(room->user, "bella", "192.0.2.1");
}

static void
change_host(Room *room)
{
	user_set_host(room->user, "~anna", "bella.example");
}

static void
change_real_name(Room *room)
{
	user_set_real_name(room->user, "Bella");
}

static void
become_operator(Room *room)
{
	user_set_operator(room->user, "bella", 0);
}

static void
lose_tls(Room *room)
{
	SessionPeer peer = {.address = "192.0.2.1", .host = "192.0.2.1"};

	session_speak_for(room->session, &peer);
}

static void
show_certificate(Room *room)
{
	SessionPeer peer = {.address = "192.0.2.1",
	    .host = "192.0.2.1",
	    .tls = true,
	    .certificate_fingerprint = FINGERPRINT};

	session_speak_for(room->session, &peer);
}

static void
join_other(Room *room)
{
	channel_add_member(room->other, room->user, 1);
}

static void
rise_in_other(Room *room)
{
	member_set_ranks(channel_add_member(room->other, room->user, 1), MODE_CHANNEL_VOICE);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	member_set_ranks(user_seat(room->user, room->other), MODE_CHANNEL_OP);
}

static void
add_ban(Room *room)
{
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "anna!*@*", "op", 1);
}

static void
lose_exception(Room *room)
{
	MaskList *excepts = &room->channel->lists[CHANNEL_EXCEPTS];

	mask_list_add(excepts, "anna!*@*", "op", 1);
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "anna!*@*", "op", 1);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	mask_list_remove(excepts, "anna!*@*");
}

static void
lose_all_exceptions(Room *room)
{
	MaskList *excepts = &room->channel->lists[CHANNEL_EXCEPTS];

	mask_list_add(excepts, "anna!*@*", "op", 1);
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "anna!*@*", "op", 1);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	mask_list_clear(excepts);
}

/* As the timer of a channel does with what has ended. */
static void
end_exception(Room *room)
{
	MaskList *excepts = &room->channel->lists[CHANNEL_EXCEPTS];

	mask_list_add(excepts, "~t:1:anna!*@*", "op", 1);
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "anna!*@*", "op", 1);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	mask_list_remove(excepts, mask_list_ended(excepts, 1 + 60 * G_USEC_PER_SEC)->mask);
}

static const struct {
	const char *name, *ban;
	void (*change)(Room *room);
} cases[] = {
    {"nick", "bella!*@*", change_nick},
    {"user name", "*!bella@*", change_username},
    {"host", "*!*@*.example", change_host},
    {"real name", "~r:Bella", change_real_name},
    {"operator", "~O:bella", become_operator},
    {"tls", "~!z", lose_tls},
    {"certificate", "~S:" FINGERPRINT, show_certificate},
    {"channel", "~c:#other", join_other},
    {"rank in a channel", "~c:@#other", rise_in_other},
    {"ban", "nobody2!*@*", add_ban},
    {"exception", "nobody2!*@*", lose_exception},
    {"all exceptions", "nobody2!*@*", lose_all_exceptions},
    {"timed exception", "nobody2!*@*", end_exception},
};

static void
test_changes(Room *room, gconstpointer data)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		mask_list_add(&room->channel->lists[CHANNEL_BANS], cases[i].ban, "op", 1);
		g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
		cases[i].change(room);
		g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
		g_assert_true(walked(room));
		tear_down(room, NULL);
		set_up(room, NULL);
	}
}

/* And back: what kept him is gone. */
static void
test_unban(Room *room, gconstpointer data)
{
	MaskList *bans = &room->channel->lists[CHANNEL_BANS];

	mask_list_add(bans, "~c:#other", "op", 1);
	mask_list_add(bans, "~t:1:anna!*@*", "op", 1);
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	mask_list_remove(bans, "anna!*@*");
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	join_other(room);
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	member_free(user_seat(room->user, room->other));
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
}

static void
test_second_session(Room *room, gconstpointer data)
{
	Session *plain = make_session(NULL, false);

	mask_list_add(&room->channel->lists[CHANNEL_BANS], "~!z", "op", 1);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	session_set_user(plain, room->user);
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	session_leave_user(plain);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	session_free(plain);
}

static void
test_account(Room *room, gconstpointer data)
{
	Account *account = account_new(1, "bella", 1);

	mask_list_add(&room->channel->lists[CHANNEL_BANS], "~a:bella", "op", 1);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	user_set_account(room->user, account);
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	user_set_account(room->user, NULL);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	account_free(account);
}

static void
test_renamed_channel(Room *room, gconstpointer data)
{
	Directory *directory = directory_new();

	directory_add_channel(directory, room->other);
	join_other(room);
	mask_list_add(&room->channel->lists[CHANNEL_BANS], "~c:#elsewhere", "op", 1);
	g_assert_false(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	directory_rename_channel(directory, room->other, "#elsewhere");
	g_assert_true(channel_bans_from(room->channel, room->user, EXTBAN_SPEAK));
	directory_remove_channel(directory, room->other);
	directory_free(directory);
}

/* Of who is not in the channel nothing is remembered. */
static void
test_outsider(Room *room, gconstpointer data)
{
	mask_list_add(&room->other->lists[CHANNEL_BANS], "anna!*@*", "op", 1);
	g_assert_true(channel_bans(room->other, room->user));
	user_set_nick(room->user, "bella");
	g_assert_false(channel_bans(room->other, room->user));
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Room *room, gconstpointer data);
	} tests[] = {
	    {"/channel_bans/remembers", test_remembers},
	    {"/channel_bans/changes", test_changes},
	    {"/channel_bans/unban", test_unban},
	    {"/channel_bans/second-session", test_second_session},
	    {"/channel_bans/account", test_account},
	    {"/channel_bans/renamed-channel", test_renamed_channel},
	    {"/channel_bans/outsider", test_outsider},
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Room, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
