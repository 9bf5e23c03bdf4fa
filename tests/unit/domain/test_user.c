/* SPDX-License-Identifier: MIT */
/* Users: what follows from what, ids as text, invitations. */
#include "domain/user.h"

#include "proto/modes.h"
#include "settings/settings.h"

#include <string.h>

static User *
make_user(const char *host)
{
	UserFacts facts = {
	    .nick = "Alice",
	    .username = "~al",
	    .real_name = "Alice Liddell",
	    .host = host,
	    .address = "192.0.2.1",
	};

	return user_new(&facts, 7);
}

static void
test_prefix(void)
{
	User *shown = make_user("shown.example");
	User *bare = make_user("192.0.2.1");

	g_assert_cmpstr(shown->prefix, ==, "Alice!~al@shown.example");
	g_assert_cmpstr(bare->prefix, ==, "Alice!~al@192.0.2.1");
	g_assert_cmpstr(shown->address, ==, "192.0.2.1");
	user_set_nick(shown, "Bob");
	g_assert_cmpstr(shown->prefix, ==, "Bob!~al@shown.example");
	user_set_nick(shown, shown->nick);
	g_assert_cmpstr(shown->nick, ==, "Bob");
	user_set_real_name(shown, "Bob");
	user_set_real_name(shown, shown->real_name);
	g_assert_cmpstr(shown->real_name, ==, "Bob");
	g_assert_cmpint(shown->connected_at, ==, 7);
	g_assert_cmpstr(user_certificate_fingerprint(shown), ==, "");
	user_free(shown);
	user_free(bare);
	user_free(NULL);
}

static void
test_away(void)
{
	User *user = make_user("h");

	user_set_away(user, "lunch", 10);
	g_assert_cmpstr(user->away, ==, "lunch");
	g_assert_cmpint(user->away_since, ==, 10);
	user_set_away(user, user->away, 10);
	g_assert_cmpstr(user->away, ==, "lunch");
	user_set_away(user, NULL, 11);
	g_assert_null(user->away);
	g_assert_cmpint(user->away_since, ==, 0);
	user_free(user);
}

static void
test_operator(void)
{
	User *user = make_user("h");

	g_assert_false(user_is_operator(user));
	user->modes = MODE_USER_WALLOPS;
	user_set_operator(user, "root", OPERATOR_KILL | OPERATOR_REHASH);
	g_assert_true(user_is_operator(user));
	g_assert_true(user->modes & MODE_USER_OPERATOR);
	g_assert_true(user_has_privilege(user, OPERATOR_KILL));
	g_assert_false(user_has_privilege(user, OPERATOR_WALLOPS));
	user_set_operator(user, NULL, OPERATOR_KILL);
	g_assert_false(user_is_operator(user));
	g_assert_false(user_has_privilege(user, OPERATOR_KILL));
	g_assert_cmpuint(user->modes, ==, MODE_USER_WALLOPS);
	user_free(user);
}

static void
test_id(void)
{
	static const Handle handles[] = {
	    {0, 1}, {10, 1}, {0xFFFFFF, UINT32_MAX}, {0x00ABCD, 0x12345678}};
	static const char *const wrong[] = {"", "0", "0000000000000g", "0000000000000G",
	    "0000000000000a", "000000000000000", "-0000000000001", " 0000000000001",
	    "0x000000000001"};
	User *user = make_user("h");
	char text[USER_ID_SIZE];

	for (size_t i = 0; i < G_N_ELEMENTS(handles); i++) {
		user->handle = handles[i];
		user_id_text(user, text);
		g_assert_cmpuint(strlen(text), ==, 14);
		g_assert_true(handle_equal(user_id_parse(text), handles[i]));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		g_assert_true(handle_is_none(user_id_parse(wrong[i])));
	/* Generation 0 is what no user ever has. */
	g_assert_true(handle_is_none(user_id_parse("00000000000000")));
	user_free(user);
}

static Handle
channel(uint32_t index)
{
	return (Handle){index, 1};
}

static void
test_invitations(void)
{
	User *user = make_user("h");

	g_assert_cmpint(user_invited(user, channel(1)), ==, INVITED_NOT);
	user_forget_invitation(user, channel(1));
	user_invite(user, channel(1), INVITED_BY_HOST, 0);
	g_assert_cmpint(user_invited(user, channel(1)), ==, INVITED_NOT);
	user_invite(user, channel(1), INVITED_BY_HOST, 2);
	user_invite(user, channel(2), INVITED_BY_HOST, 2);
	user_invite(
	    user, channel(1), INVITED_BY_HOST, 2); /* again: now the newest, and still once */
	g_assert_cmpuint(user->invited_to->len, ==, 2);
	user_invite(user, channel(3), INVITED_BY_HOST, 2);
	g_assert_cmpint(user_invited(user, channel(2)), ==, INVITED_NOT);
	g_assert_cmpint(user_invited(user, channel(1)), ==, INVITED_BY_HOST);
	g_assert_cmpint(user_invited(user, channel(3)), ==, INVITED_BY_HOST);
	user_invite(user, channel(4), INVITED_BY_HOST, 1); /* the limit was lowered */
	g_assert_cmpuint(user->invited_to->len, ==, 1);
	user_invite(user, channel(4), INVITED_BY_MEMBER, 2); /* takes nothing away */
	g_assert_cmpint(user_invited(user, channel(4)), ==, INVITED_BY_HOST);
	user_forget_invitation(user, channel(4));
	g_assert_null(user->invited_to);
	user_invite(user, channel(5), INVITED_BY_HOST, 2);
	user_free(user);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/user/prefix", test_prefix);
	g_test_add_func("/user/away", test_away);
	g_test_add_func("/user/operator", test_operator);
	g_test_add_func("/user/id", test_id);
	g_test_add_func("/user/invitations", test_invitations);
	return g_test_run();
}
