/* SPDX-License-Identifier: MIT */
#include "settings/settings_error.h"

#include "proto/utf8.h"

#include <string.h>

void
settings_error_free(SettingsError *error)
{
	if (!error)
		return;
	g_free(error->file);
	g_free(error->section);
	g_free(error->key);
	g_free(error->value);
	g_free(error->problem);
	g_free(error);
}

static void
free_error(gpointer error)
{
	settings_error_free(error);
}

GPtrArray *
settings_errors_new(void)
{
	return g_ptr_array_new_with_free_func(free_error);
}

void
settings_errors_add(GPtrArray *errors, const char *file, unsigned line, const char *section,
    const char *key, const char *value, const char *format, ...)
{
	SettingsError *error = g_new0(SettingsError, 1);
	va_list arguments;
	va_start(arguments, format);
	error->problem = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	error->file = g_strdup(file);
	error->line = line;
	error->section = g_strdup(section);
	error->key = g_strdup(key);
	error->value = g_strdup(value);
	g_ptr_array_add(errors, error);
}

/* A value in a message: one line, whatever it holds, and not endless. */
static void
append_value(GString *text, const char *value)
{
	const size_t most = 200;
	size_t length = strlen(value);
	size_t shown = utf8_cut(value, length, most);
	g_string_append(text, *value ? " = " : " = (empty)");
	for (size_t i = 0; i < shown; i++) {
		if (g_ascii_iscntrl(value[i]))
			g_string_append_printf(text, "\\x%02x", (guchar)value[i]);
		else
			g_string_append_c(text, value[i]);
	}
	if (shown < length)
		g_string_append(text, "...");
}

char *
settings_error_text(const SettingsError *error)
{
	GString *text = g_string_new(error->file);
	if (error->file && error->line > 0)
		g_string_append_printf(text, ":%u", error->line);
	if (text->len > 0)
		g_string_append(text, ": ");
	if (error->section)
		g_string_append_printf(text, "[%s]%s", error->section, error->key ? " " : ": ");
	if (error->key) {
		g_string_append(text, error->key);
		if (error->value)
			append_value(text, error->value);
		g_string_append(text, ": ");
	}
	g_string_append(text, error->problem);
	return g_string_free(text, FALSE);
}
