/* SPDX-License-Identifier: MIT */
/* NickGuard: who becomes a guest, and who goes because there is no nick for him. */
#include "act/nick_guard.h"

#include "act_fixture.h"

static void
expel(const char *stem, const char *begins, bool stays)
{
	ActFixture fixture;
	Session *session;
	Reply reply;
	Ctx ctx;

	fixture_init(&fixture);
	g_free(fixture.settings->accounts->guest_nick);
	fixture.settings->accounts->guest_nick = g_strdup(stem);
	fixture.settings->limits->nick = 9;
	session = fixture_user(&fixture, "anna");
	fixture_begin(&fixture, session, &ctx, &reply);
	nick_guard_expel(&ctx, session->user);
	g_assert_true((session->user != NULL) == stays);
	g_assert_true(ctx.actor.user == session->user);
	g_assert_cmpint(ctx.actor.kind, ==, ACTOR_USER);
	if (stays)
		g_assert_true(g_str_has_prefix(ctx.actor.name, begins));
	else
		g_assert_cmpstr(ctx.actor.name, ==, fixture.community->server_name);
	g_assert_null(directory_find_user(fixture.community->directory, "anna"));
	fixture_end(&fixture, &ctx);
	fixture_clear(&fixture);
}

static void
test_guest(void)
{
	expel("Anon", "Anon", true);
	/* As much of it as there is room for. */
	expel("Guest", "Gues", true);
}

/* Nothing of him may be touched after that. */
static void
test_no_nick(void)
{
	expel("no nick", "", false);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/nick_guard/guest", test_guest);
	g_test_add_func("/nick_guard/no-nick", test_no_nick);
	return g_test_run();
}
