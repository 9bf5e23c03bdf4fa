/* SPDX-License-Identifier: MIT */
#include "chatctl_config.h"

#include "chatctl_command.h"

#include <string.h>

/* Whether sections of that kind have names; -1: there is no such kind. */
static int
is_repeated(const Description *description, const char *kind, gsize length)
{
	const DescribedSetting *settings;
	guint count;

	settings = description_settings(description, &count);
	for (guint i = 0; i < count; i++)
		if (strlen(settings[i].section) == length &&
		    strncmp(settings[i].section, kind, length) == 0)
			return settings[i].repeated;
	return -1;
}

gboolean
chatctl_config_is_kind(const Description *description, const char *section)
{
	return is_repeated(description, section, strlen(section)) == TRUE;
}

static gboolean
unknown_section(const Description *description, const char *word, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);
	const DescribedSetting *settings;
	const char *former = "";
	guint count;

	settings = description_settings(description, &count);
	for (guint i = 0; i < count; i++) {
		if (strcmp(former, settings[i].section) != 0)
			g_string_append_printf(
			    names, "%s%s", names->len > 0 ? ", " : "", settings[i].section);
		former = settings[i].section;
	}
	g_set_error(
	    error, CHATCTL_USAGE, 0, "%s: no such section; there are: %s", word, names->str);
	return FALSE;
}

static gboolean
check_key(const Description *description, const char *section, const char *key, GError **error)
{
	g_autoptr(GString) names = g_string_new(NULL);
	gsize length = strcspn(section, " ");
	const DescribedSetting *settings;
	guint count;

	if (description_setting(description, section, key) != NULL)
		return TRUE;
	settings = description_settings(description, &count);
	for (guint i = 0; i < count; i++)
		if (strlen(settings[i].section) == length &&
		    strncmp(settings[i].section, section, length) == 0)
			g_string_append_printf(
			    names, "%s%s", names->len > 0 ? ", " : "", settings[i].key);
	g_set_error(error, CHATCTL_USAGE, 0, "%s.%s: no such setting; in [%s] there are: %s",
	    section, key, section, names->str);
	return FALSE;
}

gboolean
chatctl_config_split(const Description *description, const char *word, char **ret_section,
    char **ret_key, GError **error)
{
	gsize kind = strcspn(word, " .");
	int repeated = is_repeated(description, word, kind);
	const char *rest = word[kind] != '\0' ? word + kind + 1 : NULL;
	const char *dot = rest != NULL ? strrchr(rest, '.') : NULL;
	g_autofree char *section = g_strndup(word, kind);
	g_autofree char *key = NULL;

	if (repeated < 0)
		return unknown_section(description, word, error);
	if (repeated && rest != NULL) {
		gsize length = dot != NULL ? (gsize)(dot - rest) : strlen(rest);
		g_autofree char *name = g_strndup(rest, length);
		char *named = g_strconcat(section, " ", name, NULL);

		g_free(section);
		section = named;
		key = dot != NULL ? g_strdup(dot + 1) : NULL;
	} else {
		key = g_strdup(rest);
	}
	if (key != NULL && !check_key(description, section, key, error))
		return FALSE;
	*ret_section = g_steal_pointer(&section);
	*ret_key = g_steal_pointer(&key);
	return TRUE;
}

json_t *
chatctl_config_change(const Description *description, const char *word, GError **error)
{
	const char *equals = strchr(word, '=');
	gsize length = equals != NULL ? (gsize)(equals - word) : strlen(word);
	g_autofree char *name = g_strndup(word, length);
	g_autofree char *section = NULL;
	g_autofree char *key = NULL;

	if (equals == NULL) {
		if (length == 0 || word[length - 1] != '!') {
			g_set_error(error, CHATCTL_USAGE, 0,
			    "%s: a setting is changed with SECTION.KEY=VALUE, or put back to its "
			    "default with SECTION.KEY!",
			    word);
			return NULL;
		}
		name[length - 1] = '\0';
	}
	if (!chatctl_config_split(description, name, &section, &key, error))
		return NULL;
	if (equals != NULL && key == NULL) {
		g_set_error(error, CHATCTL_USAGE, 0,
		    "%s: names a section, not a setting; say SECTION.KEY=VALUE", word);
		return NULL;
	}
	return json_pack("{s:s, s:s?, s:s?}", "section", section, "key", key, "value",
	    equals != NULL ? equals + 1 : NULL);
}
