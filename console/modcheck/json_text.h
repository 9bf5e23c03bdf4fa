/* SPDX-License-Identifier: MIT */
/*
 * Writes JSON text: objects and lists, one call per value, commas and escapes by itself.
 * Invariant: what comes out is valid JSON in valid UTF-8 once every begin has had its end; nesting
 * at most 16; the text stops growing at 8 MiB (then it is marked as cut off and not valid).
 * Thread: any; one writer each.
 */
#pragma once

#include <glib.h>

#define JSON_TEXT_MOST_DEPTH 16u

typedef struct JsonText {
	GString *text;
	guint depth;
	gboolean needs_comma[JSON_TEXT_MOST_DEPTH];
	gboolean is_cut_off;
} JsonText;

void json_text_init(JsonText *json);
void json_text_clear(JsonText *json);
/* The text with a newline at its end; leaves the writer empty. Free with g_free(). */
char *json_text_steal(JsonText *json);

/* `key` is NULL inside a list. Values: NULL strings become null. */
void json_text_begin_object(JsonText *json, const char *key);
void json_text_end_object(JsonText *json);
void json_text_begin_list(JsonText *json, const char *key);
void json_text_end_list(JsonText *json);
void json_text_string(JsonText *json, const char *key, const char *value);
void json_text_number(JsonText *json, const char *key, gint64 value);
void json_text_boolean(JsonText *json, const char *key, gboolean value);
/* A list of strings from an array of char *. */
void json_text_strings(JsonText *json, const char *key, const GPtrArray *values);
