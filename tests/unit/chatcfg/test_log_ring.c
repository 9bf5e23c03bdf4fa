/* SPDX-License-Identifier: MIT */
#include "control_client.h"
#include "log_ring.h"

static json_t *
entry(guint number, const char *level, const char *subsystem, const char *text)
{
	g_autofree char *time = g_strdup_printf("2026-01-01T00:%02u:%02u.%03uZ",
	    number / 60000 % 60, number / 1000 % 60, number % 1000);

	return json_pack("{s:s,s:s,s:s,s:s,s:s}", "timestamp", time, "level", level, "subsystem",
	    subsystem, "event_id", "SOMETHING", "msg", text);
}

static void
add(LogRing *ring, guint number, const char *level, const char *subsystem, const char *text)
{
	g_autoptr(json_t) made = entry(number, level, subsystem, text);

	log_ring_add(ring, made);
}

static void
assert_texts(const LogRing *ring, const char *expected)
{
	g_autoptr(GString) texts = g_string_new(NULL);

	for (guint i = 0; i < log_ring_count(ring); i++)
		g_string_append_printf(texts, "%s ", log_row_text(log_ring_row(ring, i), "msg"));
	g_assert_cmpstr(texts->str, ==, expected);
}

static LogRing *
filled(void)
{
	LogRing *ring = log_ring_new();

	add(ring, 1, "info", "net", "anna");
	add(ring, 2, "warn", "net", "bert");
	add(ring, 3, "error", "store", "carl");
	add(ring, 4, "info", "config", "Dora");
	return ring;
}

static void
level_subsystem_and_text_filter(void)
{
	g_autoptr(LogRing) ring = filled();

	assert_texts(ring, "anna bert carl Dora ");
	log_ring_set_level(ring, LOG_LEVEL_WARN);
	assert_texts(ring, "bert carl ");
	add(ring, 5, "info", "net", "emil");
	add(ring, 6, "fatal", "net", "fritz");
	assert_texts(ring, "bert carl fritz ");
	log_ring_set_subsystem(ring, "net");
	assert_texts(ring, "bert fritz ");
	log_ring_set_level(ring, LOG_LEVEL_DEBUG);
	assert_texts(ring, "anna bert emil fritz ");
	log_ring_set_subsystem(ring, NULL);
	log_ring_set_text(ring, "  DORA conf");
	assert_texts(ring, "Dora ");
	log_ring_set_text(ring, " ");
	assert_texts(ring, "anna bert carl Dora emil fritz ");
	g_assert_cmpuint(log_ring_total(ring), ==, 6);
}

static void
subsystems_are_those_seen(void)
{
	g_autoptr(LogRing) ring = filled();
	g_auto(GStrv) names = log_ring_subsystems(ring);
	const char *const expected[] = {"config", "net", "store", NULL};

	g_assert_cmpstrv(names, expected);
}

static void
levels_are_words(void)
{
	for (LogLevel level = LOG_LEVEL_DEBUG; level <= LOG_LEVEL_FATAL; level++)
		g_assert_cmpint(log_level_of(log_level_word(level)), ==, level);
	g_assert_cmpint(log_level_of("of a newer service"), ==, LOG_LEVEL_INFO);
	g_assert_cmpint(log_level_of(NULL), ==, LOG_LEVEL_INFO);
}

static void
the_oldest_leave(void)
{
	g_autoptr(LogRing) ring = log_ring_new();
	guint count = 3 * LOG_RING_ROWS + 7, shown = 0;

	log_ring_set_level(ring, LOG_LEVEL_WARN);
	for (guint i = 1; i <= count; i++)
		add(ring, i, i % 3 == 0 ? "warn" : "info", "net", "x");
	g_assert_cmpuint(log_ring_total(ring), ==, LOG_RING_ROWS);
	g_assert_null(log_ring_find(ring, count - LOG_RING_ROWS));
	g_assert_cmpuint(log_ring_find(ring, count)->id, ==, count);
	g_assert_null(log_ring_find(ring, count + 1));
	for (guint id = count - LOG_RING_ROWS + 1; id <= count; id++) {
		if (id % 3 != 0)
			continue;
		g_assert_cmpuint(log_ring_row(ring, shown)->id, ==, id);
		shown++;
	}
	g_assert_cmpuint(log_ring_count(ring), ==, shown);
	log_ring_set_level(ring, LOG_LEVEL_DEBUG);
	g_assert_cmpuint(log_ring_count(ring), ==, LOG_RING_ROWS);
}

static void
nothing_moves_while_held(void)
{
	g_autoptr(LogRing) ring = filled();

	log_ring_hold(ring, TRUE);
	add(ring, 5, "info", "net", "emil");
	add(ring, 6, "info", "net", "fritz");
	assert_texts(ring, "anna bert carl Dora ");
	g_assert_cmpuint(log_ring_n_waiting(ring), ==, 2);
	log_ring_hold(ring, FALSE);
	assert_texts(ring, "anna bert carl Dora emil fritz ");
	g_assert_cmpuint(log_ring_n_waiting(ring), ==, 0);
	log_ring_hold(ring, TRUE);
	for (guint i = 0; i < LOG_RING_ROWS + 5; i++)
		add(ring, 7 + i, "info", "net", "x");
	g_assert_cmpuint(log_ring_n_waiting(ring), ==, LOG_RING_ROWS);
}

static void
what_is_known_is_not_added_twice(void)
{
	g_autoptr(LogRing) ring = filled();
	g_autoptr(json_t) old = entry(2, "warn", "net", "bert");
	g_autoptr(json_t) newest = entry(4, "info", "config", "Dora");
	g_autoptr(json_t) as_old = entry(4, "info", "config", "Emil");
	g_autoptr(json_t) fresh = entry(5, "info", "net", "fritz");

	log_ring_add_new(ring, old);
	log_ring_add_new(ring, newest);
	log_ring_add_new(ring, as_old);
	log_ring_add_new(ring, fresh);
	log_ring_add_new(ring, fresh);
	assert_texts(ring, "anna bert carl Dora Emil fritz ");
	log_ring_clear(ring);
	assert_texts(ring, "");
	log_ring_add_new(ring, old);
	assert_texts(ring, "bert ");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log_ring/filter", level_subsystem_and_text_filter);
	g_test_add_func("/log_ring/subsystems", subsystems_are_those_seen);
	g_test_add_func("/log_ring/levels", levels_are_words);
	g_test_add_func("/log_ring/full", the_oldest_leave);
	g_test_add_func("/log_ring/held", nothing_moves_while_held);
	g_test_add_func("/log_ring/known", what_is_known_is_not_added_twice);
	return g_test_run();
}
