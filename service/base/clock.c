/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <glib.h>
#include <stdio.h>
#include <time.h>

#define SECONDS_PER_DAY 86400
#define DAYS_PER_400_YEARS 146097
#define DAYS_BEFORE_1970 719468 /* from 0000-03-01, where a leap day ends its year */
#define FRACTION_DIGITS_MAX 6

static int64_t
read_clock(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * CLOCK_SECOND + now.tv_nsec / 1000;
}

static int64_t
system_wall(const Clock *clock)
{
	return read_clock(CLOCK_REALTIME);
}

static int64_t
system_monotonic(const Clock *clock)
{
	return read_clock(CLOCK_MONOTONIC);
}

static int64_t
frozen_wall(const Clock *clock)
{
	return clock->frozen_wall;
}

static int64_t
frozen_monotonic(const Clock *clock)
{
	return clock->frozen_monotonic;
}

Clock
clock_system(void)
{
	return (Clock){.wall = system_wall, .monotonic = system_monotonic};
}

Clock
clock_frozen(int64_t wall)
{
	return (Clock){.wall = frozen_wall,
	    .monotonic = frozen_monotonic,
	    .frozen_wall = wall,
	    .frozen_monotonic = CLOCK_SECOND};
}

void
clock_advance(Clock *clock, int64_t microseconds)
{
	g_assert(clock->wall == frozen_wall && microseconds >= 0);
	clock->frozen_wall += microseconds;
	clock->frozen_monotonic += microseconds;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
static int64_t
days_from_date(int year, int month, int day)
{
	int shifted_year = month <= 2 ? year - 1 : year;
	int era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
	int year_of_era = shifted_year - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return (int64_t)era * DAYS_PER_400_YEARS + day_of_era - DAYS_BEFORE_1970;
}

static void
date_from_days(int64_t days, int *ret_year, int *ret_month, int *ret_day)
{
	int64_t shifted = days + DAYS_BEFORE_1970;
	int64_t era =
	    (shifted >= 0 ? shifted : shifted - (DAYS_PER_400_YEARS - 1)) / DAYS_PER_400_YEARS;
	int day_of_era = (int)(shifted - era * DAYS_PER_400_YEARS);
	int year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;

	*ret_day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*ret_month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	*ret_year = (int)(year_of_era + era * 400) + (*ret_month <= 2 ? 1 : 0);
}

static char *
put_number(char *to, int number, int digits)
{
	for (int i = digits; i-- > 0; number /= 10)
		to[i] = (char)('0' + number % 10);
	return to + digits;
}

void
clock_format(int64_t wall, char text[static CLOCK_TEXT_SIZE])
{
	int64_t earliest = days_from_date(0, 1, 1) * SECONDS_PER_DAY * CLOCK_SECOND;
	int64_t latest = days_from_date(10000, 1, 1) * SECONDS_PER_DAY * CLOCK_SECOND - 1;
	int64_t shown =
	    CLAMP(wall, earliest, latest) - earliest; /* never negative: / rounds down */
	int64_t seconds = shown / CLOCK_SECOND;
	int milliseconds = (int)(shown % CLOCK_SECOND / CLOCK_MILLISECOND);
	int of_day = (int)(seconds % SECONDS_PER_DAY);
	int year, month, day;

	date_from_days(seconds / SECONDS_PER_DAY + days_from_date(0, 1, 1), &year, &month, &day);
	text = put_number(text, year, 4);
	*text++ = '-';
	text = put_number(text, month, 2);
	*text++ = '-';
	text = put_number(text, day, 2);
	*text++ = 'T';
	text = put_number(text, of_day / 3600, 2);
	*text++ = ':';
	text = put_number(text, of_day / 60 % 60, 2);
	*text++ = ':';
	text = put_number(text, of_day % 60, 2);
	*text++ = '.';
	text = put_number(text, milliseconds, 3);
	*text++ = 'Z';
	*text = '\0';
}

/* Reads exactly `digits` digits and moves on; -1 if one is missing. */
static int
read_number(const char **text, int digits)
{
	int number = 0;

	for (int i = 0; i < digits; i++, (*text)++) {
		if (!g_ascii_isdigit(**text))
			return -1;
		number = number * 10 + (**text - '0');
	}
	return number;
}

static int
days_in_month(int year, int month)
{
	return (int)(month == 12
			 ? 31
			 : days_from_date(year, month + 1, 1) - days_from_date(year, month, 1));
}

/* ".123456" or nothing, as microseconds; -1 if it is something else. */
static int
read_fraction(const char **text)
{
	int microseconds = 0;
	int digits = 0;

	if (**text != '.')
		return 0;
	for ((*text)++; g_ascii_isdigit(**text); (*text)++) {
		if (++digits > FRACTION_DIGITS_MAX)
			return -1;
		microseconds = microseconds * 10 + (**text - '0');
	}
	if (digits == 0)
		return -1;
	for (; digits < FRACTION_DIGITS_MAX; digits++)
		microseconds *= 10;
	return microseconds;
}

int64_t
clock_parse(const char *text)
{
	static const char separators[] = "--T::";
	static const int widths[] = {4, 2, 2, 2, 2, 2};
	int field[G_N_ELEMENTS(widths)];
	int64_t seconds;
	int fraction;

	for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
		field[i] = read_number(&text, widths[i]);
		if (field[i] < 0)
			return -1;
		if (i + 1 < G_N_ELEMENTS(widths) && *text++ != separators[i])
			return -1;
	}
	fraction = read_fraction(&text);
	if (fraction < 0 || text[0] != 'Z' || text[1] != '\0')
		return -1;
	if (field[1] < 1 || field[1] > 12 || field[2] < 1 ||
	    field[2] > days_in_month(field[0], field[1]) || field[3] > 23 || field[4] > 59 ||
	    field[5] > 60)
		return -1;
	seconds = days_from_date(field[0], field[1], field[2]) * SECONDS_PER_DAY + field[3] * 3600 +
		  field[4] * 60 + field[5];
	return seconds * CLOCK_SECOND + fraction;
}
