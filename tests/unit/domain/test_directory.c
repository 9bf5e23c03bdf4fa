/* SPDX-License-Identifier: MIT */
/* The directory: names without case, handles, reservations, renames; against a shadow model. */
#include "domain/directory.h"

#include "domain/channel.h"
#include "domain/session.h"
#include "domain/user.h"

#include <string.h>

#define NICKS 30
#define USERS 20

static User *
make_user(const char *nick)
{
	UserFacts facts = {
	    .nick = nick, .username = "~u", .real_name = "r", .host = "h", .address = "192.0.2.1"};

	return user_new(&facts, 1);
}

static void
test_users(void)
{
	g_autoptr(Directory) directory = directory_new();
	User *alice = make_user("Alice");
	User *bob = make_user("bob");
	Handle gone;

	directory_add_user(directory, alice);
	directory_add_user(directory, bob);
	g_assert_true(directory_find_user(directory, "aLICE") == alice);
	g_assert_true(directory_user(directory, bob->handle) == bob);
	g_assert_null(directory_find_user(directory, "carol"));
	/* CASEMAPPING=ascii: braces are not brackets. */
	directory_rename_user(directory, bob, "b[b");
	g_assert_true(directory_find_user(directory, "B[B") == bob);
	g_assert_null(directory_find_user(directory, "b{b"));
	g_assert_null(directory_find_user(directory, "bob"));
	g_assert_cmpstr(bob->prefix, ==, "b[b!~u@h");
	directory_rename_user(directory, alice, "ALICE");
	g_assert_true(directory_find_user(directory, "alice") == alice);
	g_assert_cmpstr(alice->nick, ==, "ALICE");
	gone = alice->handle;
	directory_remove_user(directory, alice);
	g_assert_null(directory_user(directory, gone));
	g_assert_null(directory_user(directory, HANDLE_NONE));
	g_assert_null(directory_find_user(directory, "alice"));
	g_assert_cmpuint(directory_users(directory), ==, 1);
	directory_add_user(directory, alice); /* the same slot, another generation */
	g_assert_null(directory_user(directory, gone));
	g_assert_true(directory_user(directory, alice->handle) == alice);
	user_free(alice);
	user_free(bob);
}

static void
test_reservations(void)
{
	g_autoptr(Directory) directory = directory_new();
	Session one = {0};
	Session two = {0};
	User *alice = make_user("alice");

	g_assert_true(directory_reserve_nick(directory, "Alice", &one));
	g_assert_true(directory_reserve_nick(directory, "ALICE", &one));
	g_assert_false(directory_reserve_nick(directory, "alice", &two));
	g_assert_false(directory_nick_is_free(directory, "alice", &two));
	g_assert_false(directory_nick_is_free(directory, "alice", NULL));
	g_assert_true(directory_nick_is_free(directory, "alice", &one));
	/* Reserving is not being there, and only its holder can give it back. */
	g_assert_null(directory_find_user(directory, "alice"));
	directory_release_nick(directory, "alice", &two);
	g_assert_false(directory_reserve_nick(directory, "alice", &two));
	directory_release_nick(directory, "alice", &one);
	g_assert_true(directory_nick_is_free(directory, "alice", &two));
	directory_release_nick(directory, "alice", &one);
	directory_add_user(directory, alice);
	g_assert_false(directory_reserve_nick(directory, "ALICE", &one));
	g_assert_false(directory_nick_is_free(directory, "alice", NULL));
	directory_remove_user(directory, alice);
	g_assert_true(directory_reserve_nick(directory, "ALICE", &one));
	user_free(alice);
}

static void
test_channels(void)
{
	g_autoptr(Directory) directory = directory_new();
	Channel *chat = channel_new("#Chat", 1);
	Channel *local = channel_new("&Chat", 1);
	Handle gone;

	directory_add_channel(directory, chat);
	directory_add_channel(directory, local);
	g_assert_true(directory_find_channel(directory, "#chaT") == chat);
	g_assert_true(directory_find_channel(directory, "&chat") == local);
	g_assert_true(directory_channel(directory, chat->handle) == chat);
	g_assert_cmpuint(directory_channels(directory), ==, 2);
	/* Renamed it is the same channel, also where only the case is another. */
	directory_rename_channel(directory, chat, "#CHAT");
	g_assert_cmpstr(chat->name, ==, "#CHAT");
	g_assert_true(directory_find_channel(directory, "#chat") == chat);
	directory_rename_channel(directory, chat, "#talk");
	g_assert_null(directory_find_channel(directory, "#chat"));
	g_assert_true(directory_find_channel(directory, "#Talk") == chat);
	g_assert_true(directory_channel(directory, chat->handle) == chat);
	directory_rename_channel(directory, chat, "#chat");
	gone = chat->handle;
	directory_remove_channel(directory, chat);
	channel_free(chat);
	g_assert_null(directory_find_channel(directory, "#chat"));
	g_assert_null(directory_channel(directory, gone));
	g_assert_cmpuint(directory_channels(directory), ==, 1);
	directory_remove_channel(directory, local);
	channel_free(local);
}

/* Who holds each nick in the shadow: a user, a reserving session, or nobody. */
typedef struct Shadow {
	Directory *directory;
	User *users[USERS]; /* NULL: not there */
	int held_nick[USERS];
	Session sessions[USERS];
	int reserved_nick[USERS]; /* -1: none */
} Shadow;

static int
shadow_holder(const Shadow *shadow, int nick)
{
	for (int i = 0; i < USERS; i++)
		if (shadow->users[i] && shadow->held_nick[i] == nick)
			return i;
	return -1;
}

static int
shadow_reserver(const Shadow *shadow, int nick)
{
	for (int i = 0; i < USERS; i++)
		if (shadow->reserved_nick[i] == nick)
			return i;
	return -1;
}

static char *
nick_text(int nick)
{
	return g_test_rand_bit() ? g_strdup_printf("Nick%d", nick)
				 : g_strdup_printf("nICK%d", nick);
}

static void
step_user(Shadow *shadow, int i, int nick)
{
	g_autofree char *text = nick_text(nick);
	int holder = shadow_holder(shadow, nick);
	bool is_free = holder < 0 && shadow_reserver(shadow, nick) < 0;

	if (!shadow->users[i]) {
		if (!is_free)
			return;
		shadow->users[i] = make_user(text);
		shadow->held_nick[i] = nick;
		directory_add_user(shadow->directory, shadow->users[i]);
	} else if (g_test_rand_bit()) {
		directory_remove_user(shadow->directory, shadow->users[i]);
		g_clear_pointer(&shadow->users[i], user_free);
	} else if (is_free || holder == i) {
		directory_rename_user(shadow->directory, shadow->users[i], text);
		shadow->held_nick[i] = nick;
	}
}

static void
step_session(Shadow *shadow, int i, int nick)
{
	g_autofree char *text = nick_text(nick);
	int reserver = shadow_reserver(shadow, nick);
	bool expected = shadow_holder(shadow, nick) < 0 && (reserver < 0 || reserver == i);

	if (shadow->reserved_nick[i] >= 0 && shadow->reserved_nick[i] != nick) {
		g_autofree char *old = nick_text(shadow->reserved_nick[i]);

		directory_release_nick(shadow->directory, old, &shadow->sessions[i]);
		shadow->reserved_nick[i] = -1;
	}
	g_assert_cmpint(
	    directory_reserve_nick(shadow->directory, text, &shadow->sessions[i]), ==, expected);
	if (expected)
		shadow->reserved_nick[i] = nick;
}

static void
check_shadow(const Shadow *shadow)
{
	uint32_t cursor = 0;
	unsigned count = 0;

	for (int nick = 0; nick < NICKS; nick++) {
		g_autofree char *text = nick_text(nick);
		int holder = shadow_holder(shadow, nick);
		const User *expected = holder < 0 ? NULL : shadow->users[holder];

		g_assert_true(directory_find_user(shadow->directory, text) == expected);
		g_assert_cmpint(directory_nick_is_free(shadow->directory, text, NULL), ==,
		    holder < 0 && shadow_reserver(shadow, nick) < 0);
	}
	for (int i = 0; i < USERS; i++) {
		if (!shadow->users[i])
			continue;
		count++;
		g_assert_true(directory_user(shadow->directory, shadow->users[i]->handle) ==
			      shadow->users[i]);
	}
	g_assert_cmpuint(directory_users(shadow->directory), ==, count);
	while (directory_next_user(shadow->directory, &cursor))
		count--;
	g_assert_cmpuint(count, ==, 0);
}

static void
test_shadow(void)
{
	Shadow shadow = {.directory = directory_new()};

	for (int i = 0; i < USERS; i++)
		shadow.reserved_nick[i] = -1;
	for (unsigned step = 0; step < 3000; step++) {
		int i = g_test_rand_int_range(0, USERS);
		int nick = g_test_rand_int_range(0, NICKS);

		if (g_test_rand_bit())
			step_user(&shadow, i, nick);
		else
			step_session(&shadow, i, nick);
		check_shadow(&shadow);
	}
	for (int i = 0; i < USERS; i++)
		user_free(shadow.users[i]);
	directory_free(shadow.directory);
	directory_free(NULL);
}

/* The promise of directory_next_user(): users may go and come between two calls. */
static void
test_walk_while_changing(void)
{
	g_autoptr(Directory) directory = directory_new();
	uint32_t cursor = 0;
	unsigned met = 0;
	User *user;

	for (unsigned i = 0; i < 100; i++) {
		g_autofree char *nick = g_strdup_printf("n%u", i);

		directory_add_user(directory, make_user(nick));
	}
	while ((user = directory_next_user(directory, &cursor))) {
		met++;
		directory_remove_user(directory, user);
		user_free(user);
	}
	g_assert_cmpuint(met, ==, 100);
	g_assert_cmpuint(directory_users(directory), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/directory/users", test_users);
	g_test_add_func("/directory/reservations", test_reservations);
	g_test_add_func("/directory/channels", test_channels);
	g_test_add_func("/directory/shadow", test_shadow);
	g_test_add_func("/directory/walk-while-changing", test_walk_while_changing);
	return g_test_run();
}
