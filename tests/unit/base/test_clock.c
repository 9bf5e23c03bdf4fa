/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <glib.h>
#include <time.h>

static void
assert_both_ways(int64_t wall, const char *text)
{
	char shown[CLOCK_TEXT_SIZE];

	clock_format(wall, shown);
	g_assert_cmpstr(shown, ==, text);
	g_assert_cmpint(clock_parse(text), ==, wall);
}

static void
test_format_and_parse(void)
{
	char shown[CLOCK_TEXT_SIZE];

	assert_both_ways(0, "1970-01-01T00:00:00.000Z");
	assert_both_ways(INT64_C(1500000000) * CLOCK_SECOND, "2017-07-14T02:40:00.000Z");
	assert_both_ways(INT64_C(951827696) * CLOCK_SECOND + 789000, "2000-02-29T12:34:56.789Z");
	assert_both_ways(INT64_C(253402300799) * CLOCK_SECOND + 999000, "9999-12-31T23:59:59.999Z");
	clock_format(-1, shown);
	g_assert_cmpstr(shown, ==, "1969-12-31T23:59:59.999Z");
	clock_format(INT64_MAX, shown);
	g_assert_cmpstr(shown, ==, "9999-12-31T23:59:59.999Z");
	clock_format(INT64_MIN, shown);
	g_assert_cmpstr(shown, ==, "0000-01-01T00:00:00.000Z");
}

/* The same as the C library for every day of four centuries. */
static void
test_every_day(void)
{
	for (int64_t day = -25567; day < 146097; day++) {
		time_t seconds = (time_t)(day * 86400 + 86399);
		struct tm broken;
		char expected[CLOCK_TEXT_SIZE];
		char shown[CLOCK_TEXT_SIZE];

		gmtime_r(&seconds, &broken);
		strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%S.000Z", &broken);
		clock_format((int64_t)seconds * CLOCK_SECOND, shown);
		g_assert_cmpstr(shown, ==, expected);
	}
}

static void
test_parse_fraction(void)
{
	g_assert_cmpint(clock_parse("1970-01-01T00:00:01Z"), ==, CLOCK_SECOND);
	g_assert_cmpint(clock_parse("1970-01-01T00:00:00.5Z"), ==, 500000);
	g_assert_cmpint(clock_parse("1970-01-01T00:00:00.123456Z"), ==, 123456);
}

static void
test_parse_refuses(void)
{
	static const char *const malformed[] = {"", "1970", "1970-01-01", "1970-01-01T00:00:00",
	    "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1234567Z", "1970-01-01T00:00:00.000Zx",
	    "1970-01-01 00:00:00Z", "1970-13-01T00:00:00Z", "1970-00-01T00:00:00Z",
	    "1970-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "1970-01-32T00:00:00Z",
	    "1970-01-00T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
	    "1970-01-01T00:00:61Z", "+970-01-01T00:00:00Z", "1970-1-01T00:00:00Z",
	    "1970-01-01T00:00:00+00:00"};

	for (size_t i = 0; i < G_N_ELEMENTS(malformed); i++)
		g_assert_cmpint(clock_parse(malformed[i]), ==, -1);
	g_assert_cmpint(clock_parse("2000-02-29T00:00:00Z"), >, 0);
}

static void
test_frozen(void)
{
	Clock clock = clock_frozen(5 * CLOCK_SECOND);
	int64_t monotonic = clock_monotonic(&clock);

	g_assert_cmpint(clock_wall(&clock), ==, 5 * CLOCK_SECOND);
	clock_advance(&clock, 7);
	g_assert_cmpint(clock_wall(&clock), ==, 5 * CLOCK_SECOND + 7);
	g_assert_cmpint(clock_monotonic(&clock), ==, monotonic + 7);
}

static void
test_system(void)
{
	Clock clock = clock_system();
	int64_t before = clock_monotonic(&clock);

	g_assert_cmpint(clock_monotonic(&clock), >=, before);
	g_assert_cmpint(ABS(clock_wall(&clock) - g_get_real_time()), <, CLOCK_SECOND);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/clock/format-and-parse", test_format_and_parse);
	g_test_add_func("/clock/every-day", test_every_day);
	g_test_add_func("/clock/parse-fraction", test_parse_fraction);
	g_test_add_func("/clock/parse-refuses", test_parse_refuses);
	g_test_add_func("/clock/frozen", test_frozen);
	g_test_add_func("/clock/system", test_system);
	return g_test_run();
}
