/* SPDX-License-Identifier: MIT */
#include "time_text.h"

static void
assert_span(gint64 seconds, const char *wanted)
{
	g_autofree char *text = time_text_span(seconds);

	g_assert_cmpstr(text, ==, wanted);
}

static void
spans(void)
{
	assert_span(-5, "0 s");
	assert_span(59, "59 s");
	assert_span(60, "1 min");
	assert_span(3599, "59 min");
	assert_span(3 * 3600 + 12 * 60, "3 h 12 min");
	assert_span(2 * 86400 + 4 * 3600, "2 d 4 h");
}

static void
times(void)
{
	gint64 time = time_text_parse("2026-05-01T12:34:56.250Z");
	g_autofree char *today = time_text_short(time, time + G_USEC_PER_SEC);
	g_autofree char *later =
	    time_text_short(time, time + G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC);
	g_autofree char *full = time_text_full(time);
	g_autofree char *none = time_text_short(0, time);

	g_assert_cmpint(time, ==, G_GINT64_CONSTANT(1777638896250000));
	g_assert_cmpstr(today, ==, "12:34");
	g_assert_cmpstr(later, ==, "2026-05-01 12:34");
	g_assert_cmpstr(full, ==, "2026-05-01 12:34:56");
	g_assert_cmpstr(none, ==, "");
	g_assert_cmpint(time_text_parse("yesterday"), ==, 0);
	g_assert_cmpint(time_text_parse(NULL), ==, 0);
}

int
main(int argc, char **argv)
{
	g_setenv("TZ", "UTC", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatcfg/time-text/spans", spans);
	g_test_add_func("/chatcfg/time-text/times", times);
	return g_test_run();
}
