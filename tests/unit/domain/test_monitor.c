/* SPDX-License-Identifier: MIT */
/* MONITOR's registry: once each without case, order of adding, and what is left when sessions go.
 */
#include "domain/monitor.h"

#include "domain/session.h"

static Session *
make_session(void)
{
	SessionPeer peer = {.address = (char *)"192.0.2.1"};

	return session_new((Handle){1, 1}, &peer, 0, 0);
}

static void
assert_list(const Session *session, const char *expected)
{
	g_autoptr(GString) nicks = g_string_new(NULL);
	const MonitorWatch *watch = NULL;

	while ((watch = monitor_next(session, watch)))
		g_string_append_printf(nicks, "%s ", watch->nick);
	g_assert_cmpstr(nicks->str, ==, expected);
}

static void
test_once(void)
{
	g_autoptr(Monitor) monitor = monitor_new();
	Session *session = make_session();

	assert_list(session, "");
	g_assert_true(monitor_add(monitor, session, "Ann"));
	g_assert_false(monitor_add(monitor, session, "aNN"));
	g_assert_true(monitor_add(monitor, session, "bob"));
	g_assert_true(monitor_add(monitor, session, "cat"));
	g_assert_cmpuint(monitor_count(session), ==, 3);
	assert_list(session, "Ann bob cat ");
	g_assert_false(monitor_remove(monitor, session, "dan"));
	g_assert_true(monitor_remove(monitor, session, "BOB"));
	g_assert_null(monitor_find(monitor, "bob"));
	assert_list(session, "Ann cat ");
	monitor_clear(monitor, session);
	monitor_clear(monitor, session);
	g_assert_cmpuint(monitor_count(session), ==, 0);
	g_assert_null(session->monitored);
	g_assert_null(monitor_find(monitor, "ann"));
	session_free(session);
}

/* Every order of leaving keeps the indices of those who stay right. */
static void
test_many(void)
{
	g_autoptr(Monitor) monitor = monitor_new();
	Session *sessions[100];
	unsigned left = G_N_ELEMENTS(sessions);

	for (unsigned i = 0; i < G_N_ELEMENTS(sessions); i++) {
		sessions[i] = make_session();
		g_assert_true(monitor_add(monitor, sessions[i], "ann"));
		g_assert_true(monitor_add(monitor, sessions[i], i % 2 ? "bob" : "cat"));
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(sessions); i++) {
		Session *session = sessions[i * 37 % G_N_ELEMENTS(sessions)];
		const MonitorTarget *target = monitor_find(monitor, "ANN");

		g_assert_cmpuint(target->watches->len, ==, left--);
		for (guint j = 0; j < target->watches->len; j++)
			g_assert_cmpuint(((MonitorWatch *)target->watches->pdata[j])->index, ==, j);
		if (i % 3 == 0)
			g_assert_true(monitor_remove(monitor, session, "ann"));
		monitor_clear(monitor, session);
	}
	g_assert_null(monitor_find(monitor, "ann"));
	g_assert_null(monitor_find(monitor, "bob"));
	for (unsigned i = 0; i < G_N_ELEMENTS(sessions); i++)
		session_free(sessions[i]);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/monitor/once", test_once);
	g_test_add_func("/monitor/many", test_many);
	return g_test_run();
}
