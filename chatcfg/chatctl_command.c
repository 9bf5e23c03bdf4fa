/* SPDX-License-Identifier: MIT */
#include "chatctl_command.h"

#include "chatctl_config.h"
#include "command_line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK(chatctl - usage, chatctl_usage)

const ChatctlAlias chatctl_aliases[] = {
    {"status", "service.status", NULL, NULL},
    {"whoami", "service.whoami", NULL, NULL},
    {"log", "log.subscribe", NULL, NULL},
    {"follow", "service.subscribe", NULL, NULL},
    {"stop", "service.stop", NULL, NULL},
    {"reload", "server.rehash", NULL, NULL},
    {"config reset", "config.set", NULL, NULL},
    {"account vhosts", "account.list", "vhost_wanted:?*", "name,vhost,vhost_wanted"},
    {"account suspended", "account.list", "suspended:yes", "name,email,users,used_at"},
    {"account unverified", "account.list", "verified:no", "name,email,registered_at"},
    {"channel purged", "channel.list", "purged:?*", "name,purged"},
    {"channel registered", "channel.list", "registered:yes", "name,founder,num_users,topic"},
    {NULL, NULL, NULL, NULL},
};

static const char *const following[] = {"log.subscribe", "service.subscribe", NULL};

void
chatctl_command_clear(ChatctlCommand *command)
{
	g_free(command->method);
	g_free(command->kind);
	json_decref(command->params);
	*command = (ChatctlCommand){0};
}

/* How many words of the command line `name` ("config set") takes; 0: it is another. */
static guint
match(char *const *words, const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, " ", -1);
	guint count = 0;

	for (; parts[count] != NULL; count++) {
		g_autofree char *word = words[count] != NULL ? g_strdup(words[count]) : NULL;

		if (word == NULL || strcmp(g_strdelimit(word, "_", '-'), parts[count]) != 0)
			return 0;
	}
	return count;
}

/* The alias that those first words are, if they are one. */
static const ChatctlAlias *
find_alias(char *const *words, guint used)
{
	const ChatctlAlias *alias = chatctl_aliases;

	while (alias->words != NULL && match(words, alias->words) != used)
		alias++;
	return alias->words != NULL ? alias : NULL;
}

const DescribedMethod *
chatctl_command_method(const Description *description, char *const *words, guint *ret_used)
{
	const DescribedMethod *methods, *found = NULL;
	guint count;

	*ret_used = 0;
	methods = description_methods(description, &count);
	for (guint i = 0; i < count; i++) {
		g_autofree char *name = command_line_words(methods[i].name);
		guint used = match(words, name);

		if (used > *ret_used) {
			*ret_used = used;
			found = &methods[i];
		}
	}
	for (const ChatctlAlias *alias = chatctl_aliases; alias->words != NULL; alias++) {
		guint used = match(words, alias->words);

		if (used > *ret_used && description_method(description, alias->method) != NULL) {
			*ret_used = used;
			found = description_method(description, alias->method);
		}
	}
	return found;
}

static gboolean
wrong_value(const DescribedParam *param, const char *text, GError **error)
{
	const char *allowed = strcmp(param->type, "integer") == 0   ? "a whole number"
			      : strcmp(param->type, "boolean") == 0 ? "yes or no"
			      : strcmp(param->type, "array") == 0   ? "a JSON array or words"
								    : "a JSON object";

	g_set_error(error, CHATCTL_USAGE, 0, "%s: \"%s\" is not %s", param->name, text, allowed);
	return FALSE;
}

static json_t *
boolean_value(const char *text)
{
	static const char *const yes[] = {"yes", "true", "on", "1", NULL};
	static const char *const no[] = {"no", "false", "off", "0", NULL};

	if (g_strv_contains(yes, text))
		return json_true();
	return g_strv_contains(no, text) ? json_false() : NULL;
}

/* Into an array: JSON, or this word added to those before. */
static json_t *
array_value(json_t *former, const char *text)
{
	json_t *array;

	if (*text == '[') {
		array = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
		return array;
	}
	array = former != NULL ? json_incref(former) : json_array();
	json_array_append_new(array, json_string(text));
	return array;
}

static gboolean
set_param(const DescribedParam *param, json_t *params, const char *text, GError **error)
{
	json_t *value = NULL;
	char *end;

	if (param->secret && strcmp(text, "-") == 0) {
		value = json_null();
	} else if (strcmp(param->type, "string") == 0) {
		value = json_string(text);
	} else if (strcmp(param->type, "integer") == 0) {
		errno = 0;
		json_int_t number = g_ascii_strtoll(text, &end, 10);
		if (*text != '\0' && *end == '\0' && errno == 0)
			value = json_integer(number);
	} else if (strcmp(param->type, "boolean") == 0) {
		value = boolean_value(text);
	} else if (strcmp(param->type, "array") == 0) {
		value = array_value(json_object_get(params, param->name), text);
	} else {
		value = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	}
	if (value == NULL)
		return wrong_value(param, text, error);
	json_object_set_new(params, param->name, value);
	return TRUE;
}

static gboolean
usage(const DescribedMethod *method, GError **error, const char *what, const char *word)
{
	g_autofree char *words = command_line_words(method->name);

	g_set_error(
	    error, CHATCTL_USAGE, 0, "%s: %s %s; see: chatctl %s --help", words, what, word, words);
	return FALSE;
}

/* --name VALUE or --name=VALUE; *at is moved on to the last word taken. */
static gboolean
take_option(
    const DescribedMethod *method, json_t *params, char *const *words, guint *at, GError **error)
{
	const char *word = words[*at] + 2;
	const char *equals = strchr(word, '=');
	g_autofree char *name =
	    g_strndup(word, equals != NULL ? (gsize)(equals - word) : strlen(word));
	const DescribedParam *param = described_param(method, g_strdelimit(name, "-", '_'));

	if (param == NULL)
		return usage(method, error, "no such option:", words[*at]);
	if (equals == NULL && words[*at + 1] == NULL)
		return usage(method, error, "a value is missing after", words[*at]);
	return set_param(param, params, equals != NULL ? equals + 1 : words[++*at], error);
}

/* The next parameter that takes a word without a name. */
static const DescribedParam *
next_place(const DescribedMethod *method, const json_t *params)
{
	for (guint i = 0; i < method->n_params; i++) {
		const DescribedParam *param = &method->params[i];

		if (param->required && (json_object_get(params, param->name) == NULL ||
					   strcmp(param->type, "array") == 0))
			return param;
	}
	return NULL;
}

/* A word that stands for itself: a change, a setting's name, or the next required parameter. */
static gboolean
take_word(const Description *description, const DescribedMethod *method, json_t *params,
    const char *word, GError **error)
{
	const DescribedParam *param = next_place(method, params);

	if (strcmp(method->name, "config.set") == 0 && *word != '[') {
		json_t *change = chatctl_config_change(description, word, error);
		json_t *changes = json_object_get(params, "changes");

		if (change == NULL)
			return FALSE;
		if (changes == NULL)
			json_object_set_new(params, "changes", changes = json_array());
		return json_array_append_new(changes, change) == 0;
	}
	if (strcmp(method->name, "config.get") == 0 && json_object_size(params) == 0) {
		g_autofree char *section = NULL;
		g_autofree char *key = NULL;

		if (!chatctl_config_split(description, word, &section, &key, error))
			return FALSE;
		json_object_set_new(params, "section", json_string(section));
		if (key != NULL)
			json_object_set_new(params, "key", json_string(key));
		return TRUE;
	}
	if (param == NULL)
		return usage(method, error, "one word too many:", word);
	return set_param(param, params, word, error);
}

/* The secret that is to be asked for, which is not among `params` then. */
static const DescribedParam *
take_secret(const DescribedMethod *method, json_t *params)
{
	for (guint i = 0; i < method->n_params; i++) {
		const DescribedParam *param = &method->params[i];
		const json_t *value = json_object_get(params, param->name);

		if (!param->secret || (value != NULL && !json_is_null(value)) ||
		    (value == NULL && !param->required))
			continue;
		json_object_del(params, param->name);
		return param;
	}
	return NULL;
}

static gboolean
check_required(const DescribedMethod *method, json_t *params, GError **error)
{
	for (guint i = 0; i < method->n_params; i++) {
		const DescribedParam *param = &method->params[i];

		if (!param->required || param->secret ||
		    json_object_get(params, param->name) != NULL)
			continue;
		if (g_strv_contains(following, method->name)) {
			const char *all = strcmp(method->name, "log.subscribe") == 0 ? "all" : NULL;
			json_t *list = json_array();

			if (all != NULL)
				json_array_append_new(list, json_string(all));
			for (guint v = 0;
			     all == NULL && param->values != NULL && param->values[v] != NULL; v++)
				json_array_append_new(list, json_string(param->values[v]));
			json_object_set_new(params, param->name, list);
			continue;
		}
		return usage(method, error, "missing:", param->name);
	}
	return TRUE;
}

/* `call METHOD [JSON]`: whatever the service knows, described or not. */
static gboolean
parse_call(char *const *words, ChatctlCommand *ret_command, GError **error)
{
	json_error_t problem;
	json_t *params;

	if (words[0] == NULL || (words[1] != NULL && words[2] != NULL)) {
		g_set_error(error, CHATCTL_USAGE, 0,
		    "call: say METHOD and, as one word, its parameters as a JSON object");
		return FALSE;
	}
	params = words[1] != NULL ? json_loads(words[1], JSON_REJECT_DUPLICATES, &problem)
				  : json_object();
	if (!json_is_object(params)) {
		g_set_error(error, CHATCTL_USAGE, 0, "call: \"%s\" is not a JSON object%s%s",
		    words[1], params == NULL ? ": " : "", params == NULL ? problem.text : "");
		json_decref(params);
		return FALSE;
	}
	*ret_command = (ChatctlCommand){
	    .method = g_strdup(words[0]),
	    .params = params,
	    .follow = g_strv_contains(following, words[0]),
	};
	return TRUE;
}

/* `config get listener`: the service knows sections by their whole name only. */
static char *
take_kind(const Description *description, const DescribedMethod *method, json_t *params)
{
	const char *section = json_string_value(json_object_get(params, "section"));
	char *kind;

	if (strcmp(method->name, "config.get") != 0 || section == NULL ||
	    json_object_get(params, "key") != NULL || !chatctl_config_is_kind(description, section))
		return NULL;
	kind = g_strdup(section);
	json_object_del(params, "section");
	return kind;
}

gboolean
chatctl_command_parse(
    const Description *description, char *const *words, ChatctlCommand *ret_command, GError **error)
{
	guint used;
	const DescribedMethod *method = chatctl_command_method(description, words, &used);
	gboolean only_words = FALSE;
	gboolean reset = method != NULL && match(words, "config reset") > 0;
	const ChatctlAlias *alias = used > 0 ? find_alias(words, used) : NULL;
	json_t *params;

	if (strcmp(words[0], "call") == 0)
		return parse_call(words + 1, ret_command, error);
	if (method == NULL) {
		g_set_error(error, CHATCTL_USAGE, 0,
		    "%s%s%s: no such command; chatctl --help lists them", words[0],
		    words[1] != NULL ? " " : "", words[1] != NULL ? words[1] : "");
		return FALSE;
	}
	params = json_object();
	for (guint i = used; words[i] != NULL; i++) {
		g_autofree char *word = reset && *words[i] != '-' && strchr(words[i], '=') == NULL
					    ? g_strconcat(words[i], "!", NULL)
					    : g_strdup(words[i]);
		gboolean taken;

		if (!only_words && strcmp(word, "--") == 0) {
			only_words = TRUE;
			continue;
		}
		taken = !only_words && g_str_has_prefix(word, "--")
			    ? take_option(method, params, words, &i, error)
			    : take_word(description, method, params, word, error);
		if (!taken) {
			json_decref(params);
			return FALSE;
		}
	}
	if (!check_required(method, params, error)) {
		json_decref(params);
		return FALSE;
	}
	if (alias != NULL && alias->filter != NULL && json_object_get(params, "filter") == NULL)
		json_object_set_new(params, "filter", json_string(alias->filter));
	*ret_command = (ChatctlCommand){
	    .method = g_strdup(method->name),
	    .secret = take_secret(method, params),
	    .kind = take_kind(description, method, params),
	    .columns = alias != NULL ? alias->columns : NULL,
	    .params = params,
	    .follow = g_strv_contains(following, method->name),
	    .is_list = described_param(method, "cursor") != NULL &&
		       json_object_get(params, "cursor") == NULL &&
		       json_object_get(params, "limit") == NULL &&
		       json_object_get(params, "object_detail_level") == NULL,
	};
	return TRUE;
}
