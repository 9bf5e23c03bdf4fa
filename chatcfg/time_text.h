/* SPDX-License-Identifier: MIT */
/*
 * TimeText: times and spans as people read them. Times of the service are RFC 3339 in UTC
 * ("2026-05-01T12:34:56.000Z"). Thread: any; pure functions of their arguments and the time zone.
 */
#pragma once

#include <glib.h>

/* Microseconds since 1970; 0 if it is none. */
gint64 time_text_parse(const char *text);
/* "14:05" on the day of `now`, else "2026-05-01 14:05"; local. "" for 0. Caller frees. */
char *time_text_short(gint64 time, gint64 now);
/* "2026-05-01 14:05:09"; local. "" for 0. Caller frees. */
char *time_text_full(gint64 time);
/* "7 s", "5 min", "3 h 12 min", "2 d 4 h"; less than 0 counts as 0. Caller frees. */
char *time_text_span(gint64 seconds);
