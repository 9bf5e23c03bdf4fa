/* SPDX-License-Identifier: MIT */
#include "command_line.h"

#include <string.h>

static const char plain[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.,:/@%+=";

char *
command_line_quote(const char *word)
{
	if (*word != '\0' && word[strspn(word, plain)] == '\0')
		return g_strdup(word);
	return g_shell_quote(word);
}

char *
command_line_words(const char *method)
{
	char *words = g_strdup(method);

	for (char *c = words; *c != '\0'; c++) {
		if (*c == '.')
			*c = ' ';
		else if (*c == '_')
			*c = '-';
	}
	return words;
}

static void
append_word(GString *line, const char *word)
{
	g_autofree char *quoted = command_line_quote(word);

	g_string_append_c(line, ' ');
	g_string_append(line, quoted);
}

/* config.set has a form of its own: section.key=value. */
static void
append_changes(GString *line, const json_t *changes)
{
	const json_t *change;
	size_t index;

	json_array_foreach((json_t *)changes, index, change)
	{
		const char *section = json_string_value(json_object_get(change, "section"));
		const char *key = json_string_value(json_object_get(change, "key"));
		const json_t *value = json_object_get(change, "value");
		g_autofree char *text = described_value_text(value);
		g_autofree char *word = NULL;

		if (key == NULL)
			word = g_strdup_printf("%s!", section);
		else if (json_is_null(value))
			word = g_strdup_printf("%s.%s!", section, key);
		else
			word = g_strdup_printf("%s.%s=%s", section, key, text);
		append_word(line, word);
	}
}

static void
append_option(GString *line, const char *name, const char *text)
{
	g_autofree char *option = g_strdup_printf("--%s", name);

	g_strdelimit(option, "_", '-');
	if (*text == '-') {
		g_autofree char *whole = g_strconcat(option, "=", text, NULL);

		append_word(line, whole);
		return;
	}
	append_word(line, option);
	append_word(line, text);
}

/* Positions stop at the first value that looks like an option: the rest goes by name. */
static void
append_params(GString *line, const DescribedMethod *method, const json_t *params)
{
	gboolean by_name = FALSE;
	const char *name;
	json_t *value;

	for (guint i = 0; i < method->n_params; i++) {
		g_autofree char *text = NULL;

		if (!method->params[i].required)
			continue;
		value = json_object_get(params, method->params[i].name);
		text = described_value_text(value);
		by_name = by_name || value == NULL || *text == '-';
		if (value == NULL)
			continue;
		if (by_name)
			append_option(line, method->params[i].name, text);
		else
			append_word(line, text);
	}
	json_object_foreach((json_t *)params, name, value)
	{
		const DescribedParam *param = described_param(method, name);
		g_autofree char *text = described_value_text(value);

		if (param != NULL && !param->required)
			append_option(line, name, text);
	}
}

char *
command_line_new(
    const Description *description, const char *socket, const char *method, const json_t *params)
{
	const DescribedMethod *row =
	    description != NULL ? description_method(description, method) : NULL;
	GString *line = g_string_new("chatctl");

	if (socket != NULL)
		append_option(line, "socket", socket);
	if (row == NULL) {
		char *text = params != NULL ? json_dumps(params, JSON_COMPACT) : NULL;

		g_string_append(line, " call");
		append_word(line, method);
		if (text != NULL)
			append_word(line, text);
		free(text);
	} else {
		g_autofree char *words = command_line_words(method);

		g_string_append_printf(line, " %s", words);
		if (strcmp(method, "config.set") == 0)
			append_changes(line, json_object_get(params, "changes"));
		else
			append_params(line, row, params);
	}
	return g_string_free(line, FALSE);
}
