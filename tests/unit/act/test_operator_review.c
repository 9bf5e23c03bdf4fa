/* SPDX-License-Identifier: MIT */
/* Other settings while somebody is an operator. */
#include "act/operator_review.h"

#include "act_fixture.h"
#include "proto/modes.h"

#include <string.h>

typedef struct Desk {
	ActFixture fixture;
	Settings *before;
	Session *boss, *anna;
} Desk;

static SettingsOperator *
add_row(Settings *settings)
{
	SettingsOperator *row = g_new0(SettingsOperator, 1);

	row->origin.name = g_strdup("night");
	row->password = g_strdup("one");
	row->password_file = g_strdup("");
	row->totp_file = g_strdup("");
	row->account = g_strdup("");
	row->certificates = g_new0(char *, 1);
	row->masks = g_strsplit("*@*", " ", -1);
	row->privileges = OPERATOR_KILL | OPERATOR_NOTICES;
	g_ptr_array_add(settings->operators, row);
	return row;
}

static void
set_up(Desk *desk, gconstpointer data)
{
	fixture_init(&desk->fixture);
	desk->before = settings_defaults();
	add_row(desk->before);
	desk->boss = fixture_user(&desk->fixture, "boss");
	desk->anna = fixture_user(&desk->fixture, "anna");
	user_set_operator(desk->boss->user, "night", OPERATOR_KILL | OPERATOR_NOTICES);
	desk->fixture.community->operators = 1;
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	fixture_clear(&desk->fixture);
	settings_free(desk->before);
}

static void
review(Desk *desk)
{
	Ctx ctx = fixture_administrator(&desk->fixture);

	ctx.actor = (Actor){.kind = ACTOR_SERVICE, .name = desk->fixture.community->server_name};
	act_review_operators(&ctx, desk->before);
	fixture_expect(&desk->fixture, desk->anna, "");
}

static void
expect_taken_away(Desk *desk, const char *reason)
{
	g_autofree char *lines =
	    g_strdup_printf(":chatd.localhost MODE boss :-o|"
			    ":chatd.localhost NOTICE boss :*** You are operator night no more: %s|",
		reason);

	review(desk);
	fixture_expect(&desk->fixture, desk->boss, lines);
	g_assert_false(user_is_operator(desk->boss->user));
	g_assert_cmpuint(desk->boss->user->privileges, ==, 0);
	g_assert_cmpuint(desk->fixture.community->operators, ==, 0);
}

static void
test_nothing_changed(Desk *desk, gconstpointer data)
{
	add_row(desk->fixture.settings);
	review(desk);
	fixture_expect(&desk->fixture, desk->boss, "");
	g_assert_true(user_is_operator(desk->boss->user));
}

static void
test_removed(Desk *desk, gconstpointer data)
{
	expect_taken_away(desk, "it is not in the configuration any more");
}

static void
test_secrets(Desk *desk, gconstpointer data)
{
	SettingsOperator *row = add_row(desk->fixture.settings);
	char **const secrets[] = {&row->password, &row->password_file, &row->totp_file};

	for (unsigned i = 0; i < G_N_ELEMENTS(secrets); i++) {
		g_autofree char *kept = g_steal_pointer(secrets[i]);

		*secrets[i] = g_strdup("two");
		expect_taken_away(desk, "it has another password or second factor; use OPER again");
		g_free(*secrets[i]);
		*secrets[i] = g_steal_pointer(&kept);
		user_set_operator(desk->boss->user, "night", OPERATOR_KILL);
		desk->fixture.community->operators = 1;
	}
}

static void
test_place(Desk *desk, gconstpointer data)
{
	SettingsOperator *row = add_row(desk->fixture.settings);

	g_strfreev(row->masks);
	row->masks = g_strsplit("*@10.0.0.0/8", " ", -1);
	expect_taken_away(desk, "it is not for where you come from, or for your account, any more");
}

/* One of his clients is enough. */
static void
test_certificate(Desk *desk, gconstpointer data)
{
	SettingsOperator *row = add_row(desk->fixture.settings);
	Session *second = fixture_connect(&desk->fixture);

	g_strfreev(row->certificates);
	row->certificates = g_strsplit("00ff", " ", -1);
	g_free(second->peer.certificate_fingerprint);
	second->peer.certificate_fingerprint = g_strdup("00ff");
	desk->fixture.community->registering--;
	session_set_user(second, desk->boss->user);
	review(desk);
	g_assert_true(user_is_operator(desk->boss->user));
	session_leave_user(second);
	expect_taken_away(desk, "it is not for your certificate any more");
}

static void
test_privileges(Desk *desk, gconstpointer data)
{
	add_row(desk->fixture.settings)->privileges = OPERATOR_WALLOPS;
	review(desk);
	fixture_expect(&desk->fixture, desk->boss,
	    ":chatd.localhost NOTICE boss :*** Operator night has other privileges now|");
	g_assert_cmpuint(desk->boss->user->privileges, ==, OPERATOR_WALLOPS);
	g_assert_true(desk->boss->user->modes & MODE_USER_OPERATOR);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(Desk *, gconstpointer);
	} tests[] = {
	    {"/operator-review/nothing-changed", test_nothing_changed},
	    {"/operator-review/removed", test_removed},
	    {"/operator-review/secrets", test_secrets},
	    {"/operator-review/place", test_place},
	    {"/operator-review/certificate", test_certificate},
	    {"/operator-review/privileges", test_privileges},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Desk, NULL, set_up, tests[i].run, tear_down);
	return g_test_run();
}
