/* SPDX-License-Identifier: MIT */
#include "modcheck/json_text.h"

#define MOST_BYTES (8u * 1024u * 1024u)

void
json_text_init(JsonText *json)
{
	*json = (JsonText){.text = g_string_new(NULL)};
}

void
json_text_clear(JsonText *json)
{
	if (json->text)
		g_string_free(json->text, TRUE);
	*json = (JsonText){0};
}

char *
json_text_steal(JsonText *json)
{
	char *text;

	g_assert(json->depth == 0);
	g_string_append_c(json->text, '\n');
	text = g_string_free(json->text, FALSE);
	*json = (JsonText){0};
	return text;
}

static void
append(JsonText *json, const char *text)
{
	if (json->text->len >= MOST_BYTES)
		json->is_cut_off = TRUE;
	else
		g_string_append(json->text, text);
}

static void
append_escaped(JsonText *json, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	append(json, "\"");
	for (const char *c = valid; *c && !json->is_cut_off; c++) {
		char escape[8] = {*c};

		if (*c == '"' || *c == '\\')
			g_snprintf(escape, sizeof escape, "\\%c", *c);
		else if (*c == '\n')
			g_snprintf(escape, sizeof escape, "\\n");
		else if ((guchar)*c < 0x20 || *c == 0x7f)
			g_snprintf(escape, sizeof escape, "\\u%04x", (guchar)*c);
		append(json, escape);
	}
	append(json, "\"");
}

/* Comma, line, indentation and key. */
static void
start_value(JsonText *json, const char *key)
{
	if (json->needs_comma[json->depth])
		append(json, ",");
	json->needs_comma[json->depth] = TRUE;
	if (json->depth > 0)
		append(json, "\n");
	for (guint i = 0; i < json->depth; i++)
		append(json, "  ");
	if (key) {
		append_escaped(json, key);
		append(json, ": ");
	}
}

static void
begin(JsonText *json, const char *key, const char *bracket)
{
	g_assert(json->depth + 1 < JSON_TEXT_MOST_DEPTH);
	start_value(json, key);
	append(json, bracket);
	json->needs_comma[++json->depth] = FALSE;
}

static void
end(JsonText *json, const char *bracket)
{
	gboolean has_values = json->needs_comma[json->depth];

	g_assert(json->depth > 0);
	json->depth--;
	if (has_values) {
		append(json, "\n");
		for (guint i = 0; i < json->depth; i++)
			append(json, "  ");
	}
	append(json, bracket);
}

void
json_text_begin_object(JsonText *json, const char *key)
{
	begin(json, key, "{");
}

void
json_text_end_object(JsonText *json)
{
	end(json, "}");
}

void
json_text_begin_list(JsonText *json, const char *key)
{
	begin(json, key, "[");
}

void
json_text_end_list(JsonText *json)
{
	end(json, "]");
}

void
json_text_string(JsonText *json, const char *key, const char *value)
{
	start_value(json, key);
	if (value)
		append_escaped(json, value);
	else
		append(json, "null");
}

void
json_text_number(JsonText *json, const char *key, gint64 value)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

	start_value(json, key);
	append(json, text);
}

void
json_text_boolean(JsonText *json, const char *key, gboolean value)
{
	start_value(json, key);
	append(json, value ? "true" : "false");
}

void
json_text_strings(JsonText *json, const char *key, const GPtrArray *values)
{
	json_text_begin_list(json, key);
	for (guint i = 0; i < values->len; i++)
		json_text_string(json, NULL, values->pdata[i]);
	json_text_end_list(json);
}
