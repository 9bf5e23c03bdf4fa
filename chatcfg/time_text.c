/* SPDX-License-Identifier: MIT */
#include "time_text.h"

gint64
time_text_parse(const char *text)
{
	g_autoptr(GDateTime) time =
	    text != NULL && *text != '\0' ? g_date_time_new_from_iso8601(text, NULL) : NULL;

	if (time == NULL)
		return 0;
	return g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
}

static GDateTime *
local(gint64 time)
{
	return g_date_time_new_from_unix_local(time / G_USEC_PER_SEC);
}

char *
time_text_short(gint64 time, gint64 now)
{
	g_autoptr(GDateTime) then = local(time);
	g_autoptr(GDateTime) today = local(now);

	if (time == 0 || then == NULL || today == NULL)
		return g_strdup("");
	if (g_date_time_get_year(then) == g_date_time_get_year(today) &&
	    g_date_time_get_day_of_year(then) == g_date_time_get_day_of_year(today))
		return g_date_time_format(then, "%H:%M");
	return g_date_time_format(then, "%Y-%m-%d %H:%M");
}

char *
time_text_full(gint64 time)
{
	g_autoptr(GDateTime) then = local(time);

	return time != 0 && then != NULL ? g_date_time_format(then, "%Y-%m-%d %H:%M:%S")
					 : g_strdup("");
}

char *
time_text_span(gint64 seconds)
{
	const gint64 minute = 60;
	const gint64 hour = 60 * minute;
	const gint64 day = 24 * hour;

	seconds = MAX(seconds, 0);
	if (seconds < minute)
		return g_strdup_printf("%" G_GINT64_FORMAT " s", seconds);
	if (seconds < hour)
		return g_strdup_printf("%" G_GINT64_FORMAT " min", seconds / minute);
	if (seconds < day)
		return g_strdup_printf("%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min",
		    seconds / hour, seconds % hour / minute);
	return g_strdup_printf(
	    "%" G_GINT64_FORMAT " d %" G_GINT64_FORMAT " h", seconds / day, seconds % day / hour);
}
