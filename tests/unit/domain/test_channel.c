/* SPDX-License-Identifier: MIT */
/* Channels and seats: the two arrays against a shadow model, visibility, lists, modes as text. */
#include "domain/channel.h"

#include "domain/channel_bans.h"
#include "domain/user.h"
#include "proto/modes.h"

#include <string.h>

#define SHADOW_USERS 24
#define SHADOW_CHANNELS 12
#define SHADOW_STEPS 20000

static User *
make_user(const char *nick)
{
	UserFacts facts = {
	    .nick = nick,
	    .username = "~u",
	    .real_name = "Somebody",
	    .host = "192.0.2.1",
	    .address = "192.0.2.1",
	};

	return user_new(&facts, 1);
}

typedef struct Shadow {
	User *users[SHADOW_USERS];
	Channel *channels[SHADOW_CHANNELS];
	Member *seats[SHADOW_USERS][SHADOW_CHANNELS]; /* NULL: not seated */
} Shadow;

static void
renew_user(Shadow *shadow, unsigned u)
{
	char nick[16];

	user_free(shadow->users[u]);
	g_snprintf(nick, sizeof nick, "user%u", u);
	shadow->users[u] = make_user(nick);
	memset(shadow->seats[u], 0, sizeof shadow->seats[u]);
}

static void
renew_channel(Shadow *shadow, unsigned c)
{
	char name[16];

	channel_free(shadow->channels[c]);
	g_snprintf(name, sizeof name, "#c%u", c);
	shadow->channels[c] = channel_new(name, 1);
	for (unsigned u = 0; u < SHADOW_USERS; u++)
		shadow->seats[u][c] = NULL;
}

static void
check_user(const Shadow *shadow, unsigned u)
{
	const User *user = shadow->users[u];
	unsigned seated = 0;

	for (unsigned c = 0; c < SHADOW_CHANNELS; c++) {
		g_assert_true(user_seat(user, shadow->channels[c]) == shadow->seats[u][c]);
		seated += shadow->seats[u][c] != NULL;
	}
	g_assert_cmpuint(user->n_seats, ==, seated);
	for (uint32_t i = 0; i < user->n_seats; i++) {
		g_assert_true(user->seats[i]->user == user);
		g_assert_cmpuint(user->seats[i]->in_user, ==, i);
	}
}

static void
check_channel(const Shadow *shadow, unsigned c)
{
	const Channel *channel = shadow->channels[c];
	unsigned seated = 0;

	for (unsigned u = 0; u < SHADOW_USERS; u++)
		seated += shadow->seats[u][c] != NULL;
	g_assert_cmpuint(channel->n_members, ==, seated);
	g_assert_cmpuint(channel->n_members, <=, channel->members_capacity);
	for (uint32_t i = 0; i < channel->n_members; i++) {
		g_assert_true(channel->members[i]->channel == channel);
		g_assert_cmpuint(channel->members[i]->in_channel, ==, i);
	}
}

static void
check_sharing(const Shadow *shadow, unsigned a, unsigned b)
{
	bool shares = false;

	for (unsigned c = 0; c < SHADOW_CHANNELS; c++)
		shares = shares || (shadow->seats[a][c] && shadow->seats[b][c]);
	g_assert_cmpint(user_shares_channel(shadow->users[a], shadow->users[b]), ==, shares);
}

static void
shadow_step(Shadow *shadow)
{
	unsigned u = (unsigned)g_test_rand_int_range(0, SHADOW_USERS);
	unsigned c = (unsigned)g_test_rand_int_range(0, SHADOW_CHANNELS);
	int dice = g_test_rand_int_range(0, 100);

	if (dice == 0) {
		renew_user(shadow, u);
	} else if (dice == 1) {
		renew_channel(shadow, c);
	} else if (shadow->seats[u][c]) {
		member_free(shadow->seats[u][c]);
		shadow->seats[u][c] = NULL;
	} else {
		shadow->seats[u][c] = channel_add_member(shadow->channels[c], shadow->users[u], 7);
		g_assert_cmpuint(shadow->seats[u][c]->ranks, ==, 0);
		g_assert_cmpint(shadow->seats[u][c]->joined_at, ==, 7);
	}
	check_user(shadow, u);
	check_channel(shadow, c);
	check_sharing(shadow, u, (unsigned)g_test_rand_int_range(0, SHADOW_USERS));
}

static void
test_seats_shadow(void)
{
	Shadow shadow = {0};

	for (unsigned u = 0; u < SHADOW_USERS; u++)
		renew_user(&shadow, u);
	for (unsigned c = 0; c < SHADOW_CHANNELS; c++)
		renew_channel(&shadow, c);
	for (unsigned i = 0; i < SHADOW_STEPS; i++)
		shadow_step(&shadow);
	for (unsigned u = 0; u < SHADOW_USERS; u++)
		check_user(&shadow, u);
	for (unsigned c = 0; c < SHADOW_CHANNELS; c++)
		check_channel(&shadow, c);
	/* Half of them go from the users' side, the rest from the channels'. */
	for (unsigned u = 0; u < SHADOW_USERS / 2; u++)
		renew_user(&shadow, u);
	for (unsigned c = 0; c < SHADOW_CHANNELS; c++) {
		check_channel(&shadow, c);
		channel_free(shadow.channels[c]);
	}
	for (unsigned u = 0; u < SHADOW_USERS; u++) {
		g_assert_cmpuint(shadow.users[u]->n_seats, ==, 0);
		user_free(shadow.users[u]);
	}
	channel_free(NULL);
	member_free(NULL);
}

static void
test_levels(void)
{
	static const struct {
		uint64_t ranks;
		unsigned level;
	} cases[] = {{0, 0}, {MODE_CHANNEL_VOICE, 1}, {MODE_CHANNEL_OP, 2},
	    {MODE_CHANNEL_OP | MODE_CHANNEL_VOICE, 2}, {MODE_CHANNEL_OWNER, 3},
	    {MODE_CHANNEL_OWNER | MODE_CHANNEL_VOICE, 3}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Member member = {.ranks = cases[i].ranks};

		g_assert_cmpuint(member_level(&member), ==, cases[i].level);
		g_assert_cmpint(member_is_host(&member), ==, cases[i].level >= 2);
		g_assert_cmpint(member_has_voice(&member), ==, cases[i].level >= 1);
	}
}

static void
test_topic(void)
{
	Channel *channel = channel_new("#chat", 5);

	g_assert_null(channel->topic);
	g_assert_cmpint(channel->created_at, ==, 5);
	channel_set_topic(channel, "Hello", "a!u@h", 9);
	g_assert_cmpstr(channel->topic, ==, "Hello");
	g_assert_cmpstr(channel->topic_by, ==, "a!u@h");
	g_assert_cmpint(channel->topic_at, ==, 9);
	channel_set_topic(channel, "", "b!u@h", 10);
	g_assert_null(channel->topic);
	g_assert_null(channel->topic_by);
	g_assert_cmpint(channel->topic_at, ==, 0);
	channel_set_topic(channel, NULL, NULL, 11);
	g_assert_null(channel->topic);
	channel_free(channel);
}

static void
assert_modes(const Channel *channel, const char *with_key, const char *without)
{
	g_autofree char *shown = channel_modes_text(channel, true);
	g_autofree char *hidden = channel_modes_text(channel, false);

	g_assert_cmpstr(shown, ==, with_key);
	g_assert_cmpstr(hidden, ==, without);
}

static void
test_modes_text(void)
{
	Channel *channel = channel_new("#chat", 5);

	assert_modes(channel, "", "");
	channel->modes = MODE_CHANNEL_TOPIC_LOCKED | MODE_CHANNEL_NO_EXTERNAL;
	assert_modes(channel, "nt", "nt");
	channel_set_limit(channel, 5);
	channel_set_key(channel, "first");
	channel_set_key(channel, "sesame");
	assert_modes(channel, "klnt sesame 5", "klnt * 5");
	g_assert_true(channel_has(channel, MODE_CHANNEL_KEY | MODE_CHANNEL_SECRET));
	channel_set_key(channel, channel->key); /* its own string: must not be freed first */
	assert_modes(channel, "klnt sesame 5", "klnt * 5");
	channel_set_key(channel, NULL);
	assert_modes(channel, "lnt 5", "lnt 5");
	channel_set_limit(channel, 0);
	assert_modes(channel, "nt", "nt");
	g_assert_false(channel_has(channel, MODE_CHANNEL_KEY | MODE_CHANNEL_LIMIT));
	channel_free(channel);
}

static void
test_lists(void)
{
	Channel *channel = channel_new("#chat", 5);
	User *user = make_user("Alice");

	g_assert_true(channel_list(channel, 'b') == &channel->lists[CHANNEL_BANS]);
	g_assert_true(channel_list(channel, 'e') == &channel->lists[CHANNEL_EXCEPTS]);
	g_assert_true(channel_list(channel, 'I') == &channel->lists[CHANNEL_INVITE_EXCEPTS]);
	g_assert_null(channel_list(channel, 'k'));
	g_assert_null(channel_list(channel, 'z'));
	g_assert_false(channel_bans(channel, user));
	mask_list_add(channel_list(channel, 'e'), "alice!*@*", "op", 1);
	g_assert_false(channel_bans(channel, user));
	mask_list_add(channel_list(channel, 'b'), "*!*@192.0.2.0/24", "op", 1);
	g_assert_false(channel_bans(channel, user));
	mask_list_remove(channel_list(channel, 'e'), "ALICE!*@*");
	g_assert_true(channel_bans(channel, user));
	g_assert_false(channel_welcomes(channel, user));
	channel->handle = (Handle){3, 1};
	user_invite(user, channel->handle, INVITED_BY_HOST, 5);
	g_assert_true(channel_welcomes(channel, user));
	user_forget_invitation(user, channel->handle);
	g_assert_false(channel_welcomes(channel, user));
	mask_list_add(channel_list(channel, 'I'), "*!~u@*", "op", 1);
	g_assert_true(channel_welcomes(channel, user));
	g_assert_cmpuint(channel_list_entries(channel), ==, 2);
	channel_free(channel);
	user_free(user);
}

static void
test_visibility(void)
{
	static const struct {
		uint64_t mode;
		bool visible;
		bool members;
	} cases[] = {{0, true, true}, {MODE_CHANNEL_PRIVATE, true, false},
	    {MODE_CHANNEL_SECRET, false, false}};
	Channel *channel = channel_new("#chat", 5);
	User *member = make_user("Alice");
	User *outsider = make_user("Bob");

	channel_add_member(channel, member, 6);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		channel->modes = cases[i].mode | MODE_CHANNEL_NO_EXTERNAL;
		g_assert_true(channel_is_visible(channel, member));
		g_assert_true(channel_shows_members(channel, member));
		g_assert_cmpint(channel_is_visible(channel, outsider), ==, cases[i].visible);
		g_assert_cmpint(channel_is_visible(channel, NULL), ==, cases[i].visible);
		g_assert_cmpint(channel_shows_members(channel, outsider), ==, cases[i].members);
		g_assert_cmpint(channel_shows_members(channel, NULL), ==, cases[i].members);
	}
	channel_free(channel);
	user_free(member);
	user_free(outsider);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/channel/seats-shadow", test_seats_shadow);
	g_test_add_func("/channel/levels", test_levels);
	g_test_add_func("/channel/topic", test_topic);
	g_test_add_func("/channel/modes-text", test_modes_text);
	g_test_add_func("/channel/lists", test_lists);
	g_test_add_func("/channel/visibility", test_visibility);
	return g_test_run();
}
