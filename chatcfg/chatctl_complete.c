/* SPDX-License-Identifier: MIT */
#include "chatctl_complete.h"

#include "chatctl_command.h"
#include "command_line.h"

#include <string.h>

#define MOST_NAMES 200

typedef struct Candidates {
	GString *out;
	GHashTable *seen;
	const char *prefix;
} Candidates;

static void
offer(Candidates *candidates, const char *text)
{
	if (g_str_has_prefix(text, candidates->prefix) &&
	    g_hash_table_add(candidates->seen, g_strdup(text)))
		g_string_append_printf(candidates->out, "%s\n", text);
}

/* The word after those typed, of every command that begins with them. */
static void
offer_words(Candidates *candidates, const char *name, char *const *words, guint typed)
{
	g_auto(GStrv) parts = g_strsplit(name, " ", -1);

	if (g_strv_length(parts) <= typed)
		return;
	for (guint i = 0; i < typed; i++)
		if (strcmp(parts[i], words[i]) != 0)
			return;
	offer(candidates, parts[typed]);
}

static void
offer_commands(
    Candidates *candidates, const Description *description, char *const *words, guint typed)
{
	const DescribedMethod *methods;
	guint count;

	methods = description_methods(description, &count);
	for (guint i = 0; i < count; i++) {
		g_autofree char *name = command_line_words(methods[i].name);

		offer_words(candidates, name, words, typed);
	}
	for (const ChatctlAlias *alias = chatctl_aliases; alias->words != NULL; alias++)
		offer_words(candidates, alias->words, words, typed);
	if (typed == 0)
		offer(candidates, "call");
}

static void
offer_settings(Candidates *candidates, const Description *description, const char *end)
{
	const DescribedSetting *settings;
	guint count;

	settings = description_settings(description, &count);
	for (guint i = 0; i < count; i++) {
		g_autofree char *name =
		    g_strdup_printf("%s.%s%s", settings[i].section, settings[i].key, end);

		if (!settings[i].repeated)
			offer(candidates, name);
	}
}

/* Names that the service knows. */
static void
offer_names(Candidates *candidates, ChatctlSession *session, const char *method)
{
	g_autoptr(json_t) params = json_pack("{s:i}", "limit", MOST_NAMES);
	g_autoptr(json_t) page =
	    session != NULL ? chatctl_session_call(session, method, params, NULL) : NULL;
	const json_t *row;
	size_t index;

	json_array_foreach(json_object_get(page, "list"), index, row)
	{
		const char *name = json_string_value(json_object_get(row, "name"));

		if (name != NULL)
			offer(candidates, name);
	}
}

static void
offer_values(Candidates *candidates, ChatctlSession *session, const DescribedParam *param)
{
	static const char *const yes_no[] = {"yes", "no", NULL};
	static const struct {
		const char *param, *method;
	} named[] = {
	    {"nick", "user.list"}, {"channel", "channel.list"}, {"account", "account.list"}};
	const char *const *values = param->values;

	if (strcmp(param->type, "boolean") == 0)
		values = yes_no;
	for (guint i = 0; values != NULL && values[i] != NULL; i++)
		offer(candidates, values[i]);
	for (guint i = 0; i < G_N_ELEMENTS(named); i++)
		if (strcmp(param->name, named[i].param) == 0)
			offer_names(candidates, session, named[i].method);
}

/* The required parameter that the word after `given` words without a name stands for. */
static const DescribedParam *
param_at(const DescribedMethod *method, guint given)
{
	const DescribedParam *last = NULL;

	for (guint i = 0; i < method->n_params; i++) {
		if (!method->params[i].required)
			continue;
		last = &method->params[i];
		if (given-- == 0)
			return last;
	}
	return last != NULL && strcmp(last->type, "array") == 0 ? last : NULL;
}

static void
offer_arguments(Candidates *candidates, const Description *description, ChatctlSession *session,
    const DescribedMethod *method, char *const *words, guint used, guint typed)
{
	const DescribedParam *param = NULL;
	guint given = 0;

	if (typed > used && g_str_has_prefix(words[typed - 1], "--")) {
		g_autofree char *name = g_strdelimit(g_strdup(words[typed - 1] + 2), "-", '_');

		param = described_param(method, name);
	}
	for (guint i = used; param == NULL && i < typed; i++) {
		if (g_str_has_prefix(words[i], "--"))
			i++;
		else
			given++;
	}
	if (param == NULL && strcmp(method->name, "config.get") == 0)
		offer_settings(candidates, description, "");
	else if (param == NULL && strcmp(method->name, "config.set") == 0)
		offer_settings(
		    candidates, description, strcmp(words[used - 1], "reset") == 0 ? "" : "=");
	else if (param != NULL || (param = param_at(method, given)) != NULL)
		offer_values(candidates, session, param);
	for (guint i = 0; i < method->n_params && *candidates->prefix == '-'; i++) {
		g_autofree char *option = g_strconcat("--", method->params[i].name, NULL);

		offer(candidates, g_strdelimit(option, "_", '-'));
	}
}

char *
chatctl_complete(const Description *description, ChatctlSession *session, char *const *words)
{
	static const char *const options[] = {
	    "--socket", "--json", "--no-headers", "--columns", "--timeout", "--help", "--version"};
	guint typed = g_strv_length((char **)words);
	const DescribedMethod *method;
	guint used = 0;
	Candidates candidates = {g_string_new(NULL), NULL, ""};

	candidates.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (typed > 0)
		candidates.prefix = words[--typed];
	method = chatctl_command_method(description, words, &used);
	if (method == NULL || used > typed)
		offer_commands(&candidates, description, words, typed);
	else
		offer_arguments(&candidates, description, session, method, words, used, typed);
	for (gsize i = 0; i < G_N_ELEMENTS(options) && *candidates.prefix == '-'; i++)
		offer(&candidates, options[i]);
	g_hash_table_unref(candidates.seen);
	return g_string_free(candidates.out, FALSE);
}
