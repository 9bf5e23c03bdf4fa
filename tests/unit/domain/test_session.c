/* SPDX-License-Identifier: MIT */
/* Sessions: stages, names, the flood bucket. */
#include "domain/session.h"

#include "base/clock.h"
#include "domain/user.h"
#include "proto/caps.h"

#define BURST 10
#define RATE 2

static Session *
make_session(int64_t monotonic)
{
	SessionPeer peer = {
	    .address = (char *)"192.0.2.1",
	    .tls = true,
	    .tls_version = (char *)"TLSv1.3",
	    .tls_cipher = (char *)"TLS_AES_256_GCM_SHA384",
	    .certificate_fingerprint = (char *)"00ff",
	};

	return session_new((Handle){1, 1}, &peer, 5, monotonic);
}

static void
test_stages(void)
{
	UserFacts facts = {
	    .nick = "Alice", .username = "~u", .real_name = "r", .host = "h", .address = "a"};
	Session *session = make_session(77);
	User *user;

	g_assert_cmpuint(session->stage, ==, SESSION_REGISTERING);
	g_assert_nonnull(session->registration);
	g_assert_cmpstr(session_name(session), ==, "*");
	session->registration->nick = g_strdup("alice");
	session->registration->password = g_strdup("secret");
	g_assert_cmpstr(session_name(session), ==, "alice");
	user = user_new(&facts, 6);
	session_set_user(session, user);
	g_assert_cmpuint(session->stage, ==, SESSION_REGISTERED);
	g_assert_null(session->registration);
	g_assert_cmpstr(session_name(session), ==, "Alice");
	g_assert_true(user->sessions == session);
	g_assert_cmpint(user->spoke_at, ==, 77);
	g_assert_cmpstr(user_certificate_fingerprint(user), ==, "00ff");
	session_free(session);
	user_free(user);
	session_free(NULL);
}

static void
test_several_of_one_user(void)
{
	UserFacts facts = {
	    .nick = "Alice", .username = "~u", .real_name = "r", .host = "h", .address = "a"};
	User *user = user_new(&facts, 6);
	Session *first = make_session(77);
	Session *second = make_session(99);

	g_assert_null(user_first_session(user));
	g_assert_false(user_has_tls(user));
	g_assert_true(user_is_secure(user));
	g_assert_cmpstr(user_certificate_fingerprint(user), ==, "");
	first->peer.tls = false;
	g_clear_pointer(&first->peer.certificate_fingerprint, g_free);
	session_set_user(first, user);
	session_set_user(second, user);
	g_assert_cmpuint(user_sessions(user), ==, 2);
	/* Only the first one to come says when he was last active. */
	g_assert_cmpint(user->spoke_at, ==, 77);
	g_assert_true(user_first_session(user) == first);
	first->stage = SESSION_CLOSING;
	g_assert_true(user_first_session(user) == second);
	g_assert_false(user_has_tls(user));
	g_assert_false(user_is_secure(user));
	first->peer.tls = true;
	g_assert_true(user_has_tls(user));
	g_assert_true(user_is_secure(user));
	g_assert_cmpstr(user_certificate_fingerprint(user), ==, "00ff");
	session_leave_user(first);
	session_leave_user(first);
	g_assert_null(first->user);
	g_assert_true(user->sessions == second);
	g_assert_true(user_is_secure(user));
	session_leave_user(second);
	g_assert_cmpuint(user_sessions(user), ==, 0);
	session_free(first);
	session_free(second);
	user_free(user);
}

/* What several sessions say of their user, together. */
static void
test_away_together(void)
{
	UserFacts facts = {
	    .nick = "Alice", .username = "~u", .real_name = "r", .host = "h", .address = "a"};
	User *user = user_new(&facts, 6);
	Session *desk = make_session(0);
	Session *phone = make_session(0);

	/* Alone he is what he was, and never simply here. */
	g_assert_cmpstr(user_away_of_sessions(user), ==, "*");
	user_set_away(user, "asleep", 1);
	g_assert_cmpstr(user_away_of_sessions(user), ==, "asleep");
	session_set_user(desk, user);
	session_set_user(phone, user);
	g_assert_null(user_away_of_sessions(user));
	session_set_away(desk, "lunch", 2);
	g_assert_null(user_away_of_sessions(user));
	session_set_away(phone, "*", 3);
	g_assert_cmpstr(user_away_of_sessions(user), ==, "lunch");
	session_set_away(phone, "tea", 4);
	g_assert_cmpstr(user_away_of_sessions(user), ==, "tea");
	session_set_away(desk, "dinner", 5);
	g_assert_cmpstr(user_away_of_sessions(user), ==, "dinner");
	session_set_away(phone, "*", 6);
	session_set_away(desk, "*", 7);
	g_assert_cmpstr(user_away_of_sessions(user), ==, "*");
	/* One that is closing has nothing to say. */
	session_set_away(phone, NULL, 8);
	g_assert_null(user_away_of_sessions(user));
	phone->stage = SESSION_CLOSING;
	g_assert_cmpstr(user_away_of_sessions(user), ==, "*");
	session_leave_user(desk);
	session_leave_user(phone);
	session_free(desk);
	session_free(phone);
	user_free(user);
}

static void
test_free_while_registering(void)
{
	Session *session = make_session(0);

	session->registration->nick = g_strdup("alice");
	session->registration->username = g_strdup("a");
	session->registration->real_name = g_strdup("b");
	session->registration->password = g_strdup("secret");
	session_free(session);
}

static void
test_caps_and_reason(void)
{
	Session *session = make_session(0);

	session->caps = CAP_BATCH | CAP_SERVER_TIME;
	g_assert_true(session_has(session, 0));
	g_assert_true(session_has(session, CAP_BATCH));
	g_assert_true(session_has(session, CAP_BATCH | CAP_SERVER_TIME));
	g_assert_false(session_has(session, CAP_BATCH | CAP_SETNAME));
	session_set_quit_reason(session, "first");
	session_set_quit_reason(session, "second");
	g_assert_cmpstr(session->quit_reason, ==, "first");
	session_free(session);
}

/* A gateway's connection becomes somebody else's, and keeps nothing of the gateway's. */
static void
test_speak_for(void)
{
	Session *session = make_session(0);
	SessionPeer client = {.address = (char *)"203.0.113.1",
	    .host = (char *)"user.example",
	    .gateway = (char *)"web"};

	session_speak_for(session, &client);
	g_assert_cmpstr(session->peer.address, ==, "203.0.113.1");
	g_assert_cmpstr(session->peer.host, ==, "user.example");
	g_assert_cmpstr(session->peer.gateway, ==, "web");
	g_assert_false(session->peer.tls);
	g_assert_false(session_is_safe(session));
	client.private_link = true;
	session_speak_for(session, &client);
	g_assert_false(session_is_safe(session));
	client.gateway = NULL;
	session_speak_for(session, &client);
	g_assert_true(session_is_safe(session));
	client = (SessionPeer){.address = (char *)"203.0.113.1",
	    .host = (char *)"user.example",
	    .gateway = (char *)"web",
	    .tls = true};
	session_speak_for(session, &client);
	g_assert_true(session_is_safe(session));
	client.tls = false;
	session_speak_for(session, &client);
	g_assert_null(session->peer.tls_cipher);
	g_assert_null(session->peer.certificate_fingerprint);
	session_free(session);
}

static void
test_ready(void)
{
	Session *session = make_session(0);

	g_assert_false(session_is_ready(session));
	session->registration->nick = g_strdup("alice");
	g_assert_false(session_is_ready(session));
	session->registration->username = g_strdup("a");
	g_assert_true(session_is_ready(session));
	session->registration->negotiating = true;
	g_assert_false(session_is_ready(session));
	session_free(session);
}

static bool
take(Session *session, unsigned cost, int64_t now, int64_t *ret_when)
{
	return session_take_tokens(session, cost, BURST, RATE, now, ret_when);
}

static void
test_bucket(void)
{
	Session *session = make_session(CLOCK_SECOND);
	int64_t now = CLOCK_SECOND;
	int64_t when = -1;

	for (unsigned i = 0; i < BURST; i++)
		g_assert_true(take(session, 1, now, &when));
	g_assert_cmpint(when, ==, -1);
	g_assert_false(take(session, 1, now, &when));
	g_assert_cmpint(when, >, now + CLOCK_SECOND / RATE - 10);
	g_assert_cmpint(when, <=, now + CLOCK_SECOND / RATE + 10);
	g_assert_false(take(session, 1, when - 10, &when));
	g_assert_true(take(session, 1, when, &when));
	/* Asking costs nothing; a long pause fills it to the burst and no further. */
	now = when + 3600 * CLOCK_SECOND;
	for (unsigned i = 0; i < BURST; i++)
		g_assert_true(take(session, 1, now, &when));
	g_assert_false(take(session, 1, now, &when));
	session_free(session);
}

/* What costs more than the bucket holds needs a full one, and is not refused for ever. */
static void
test_bucket_dear(void)
{
	Session *session = make_session(0);
	int64_t when = -1;

	g_assert_true(take(session, 10 * BURST, 0, &when));
	g_assert_false(take(session, 10 * BURST, 0, &when));
	g_assert_cmpint(when, >=, BURST / RATE * CLOCK_SECOND);
	g_assert_cmpint(when, <=, BURST / RATE * CLOCK_SECOND + 10);
	g_assert_true(take(session, 10 * BURST, when, &when));
	g_assert_true(take(session, 0, when, &when));
	session_free(session);
}

/* Over any stretch of time nobody gets more than burst + rate * seconds. */
static void
test_bucket_random(void)
{
	Session *session = make_session(0);
	int64_t now = 0;
	int64_t when = 0;
	uint64_t taken = 0;

	for (unsigned i = 0; i < 20000; i++) {
		unsigned cost = (unsigned)g_test_rand_int_range(0, 5);

		if (take(session, cost, now, &when)) {
			taken += cost;
		} else {
			int64_t asked = now;

			g_assert_cmpint(when, >, now);
			now = when;
			/* What was promised is kept, up to a microsecond of rounding. */
			g_assert_true(take(session, cost, now + 1, &when));
			taken += cost;
			g_assert_cmpint(now - asked, <=, 5 * CLOCK_SECOND / RATE);
			now++;
		}
		now += g_test_rand_int_range(0, 200000);
		g_assert_cmpfloat(
		    (double)taken, <=, BURST + (double)now * RATE / (double)CLOCK_SECOND + 0.01);
	}
	session_free(session);
}

/* A live change of the settings: a smaller burst takes effect at once. */
static void
test_bucket_settings_change(void)
{
	Session *session = make_session(0);
	int64_t when = 0;

	g_assert_true(session_take_tokens(session, 1, 100, 1, 0, &when));
	for (unsigned i = 0; i < 5; i++)
		g_assert_true(session_take_tokens(session, 1, 5, 1, 0, &when));
	g_assert_false(session_take_tokens(session, 1, 5, 1, 0, &when));
	session_free(session);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/session/stages", test_stages);
	g_test_add_func("/session/several-of-one-user", test_several_of_one_user);
	g_test_add_func("/session/away-together", test_away_together);
	g_test_add_func("/session/free-while-registering", test_free_while_registering);
	g_test_add_func("/session/caps-and-reason", test_caps_and_reason);
	g_test_add_func("/session/speak-for", test_speak_for);
	g_test_add_func("/session/ready", test_ready);
	g_test_add_func("/session/bucket", test_bucket);
	g_test_add_func("/session/bucket-dear", test_bucket_dear);
	g_test_add_func("/session/bucket-random", test_bucket_random);
	g_test_add_func("/session/bucket-settings-change", test_bucket_settings_change);
	return g_test_run();
}
