/* SPDX-License-Identifier: MIT */
/*
 * What the service answered, as text for people: lists as tables, objects as names and values.
 * Thread: one; no state.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef struct ChatctlStyle {
	gboolean json; /* the answer as it came, on one line */
	gboolean no_headers;
	guint width;         /* of the terminal; 0: cut nothing */
	const char *columns; /* "name,ip", "all"; NULL: those that matter most */
} ChatctlStyle;

/* Caller frees. */
char *chatctl_show_result(const char *method, const json_t *result, const ChatctlStyle *style);
/* Are the columns asked for there? Where there are no rows nobody knows. Else CHATCTL_USAGE. */
gboolean chatctl_show_has_columns(const json_t *result, const ChatctlStyle *style, GError **error);
/* One line of what was pushed. Caller frees. */
char *chatctl_show_push(const char *method, const json_t *result, const ChatctlStyle *style);
/* A value in a cell: yes/no, local time, lists joined. Caller frees. */
char *chatctl_show_value(const json_t *value);
