/* SPDX-License-Identifier: MIT */
#include "channel_modes.h"

#include <string.h>

static const DescribedMode *
find(const Description *description, const char *letter, const char *kind)
{
	guint count;
	const DescribedMode *modes = description_modes(description, &count);

	for (guint i = 0; i < count; i++) {
		if (strcmp(modes[i].on, "channel") == 0 &&
		    (letter == NULL || strcmp(modes[i].letter, letter) == 0) &&
		    (kind == NULL || strcmp(modes[i].kind, kind) == 0))
			return &modes[i];
	}
	return NULL;
}

const char *
channel_modes_letter(const Description *description, const char *kind)
{
	const DescribedMode *mode = find(description, NULL, kind);

	return mode != NULL ? mode->letter : NULL;
}

const char *
channel_modes_name(const Description *description, const char *letter)
{
	const DescribedMode *mode = find(description, letter, NULL);

	return mode != NULL ? mode->name : NULL;
}

void
channel_modes_parse(ChannelModes *modes, const char *text, const Description *description)
{
	g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", " ", -1);
	GString *flags = g_string_new(NULL);
	guint next = 1;

	*modes = (ChannelModes){0};
	for (const char *at = words[0]; at != NULL && *at != '\0'; at++) {
		const char letter[] = {*at, '\0'};
		const DescribedMode *mode = find(description, letter, NULL);
		const char *kind = mode != NULL ? mode->kind : "";
		char **place = strcmp(kind, "key") == 0     ? &modes->key
			       : strcmp(kind, "limit") == 0 ? &modes->limit
							    : NULL;

		if (place != NULL) {
			g_free(*place);
			/* A key that may not be read is there all the same. */
			*place = g_strdup(words[next] != NULL ? words[next++] : "");
		} else if (strcmp(kind, "flag") == 0) {
			g_string_append_c(flags, *at);
		}
	}
	modes->flags = g_string_free(flags, FALSE);
}

void
channel_modes_clear(ChannelModes *modes)
{
	g_clear_pointer(&modes->flags, g_free);
	g_clear_pointer(&modes->key, g_free);
	g_clear_pointer(&modes->limit, g_free);
}

gboolean
channel_modes_have(const ChannelModes *modes, const char *letter)
{
	return modes->flags != NULL && strstr(modes->flags, letter) != NULL;
}

typedef struct Change {
	GString *added;
	GString *removed;
	GString *added_parameters;
	GString *removed_parameters;
} Change;

static void
change_value(
    Change *change, const char *letter, const char *from, const char *to, gboolean names_old)
{
	if (letter == NULL || g_strcmp0(from, to) == 0)
		return;
	if (to != NULL) {
		g_string_append(change->added, letter);
		g_string_append_printf(change->added_parameters, "%s ", to);
		return;
	}
	g_string_append(change->removed, letter);
	if (names_old)
		g_string_append_printf(
		    change->removed_parameters, "%s ", *from != '\0' ? from : "*");
}

static void
change_flags(Change *change, const ChannelModes *from, const ChannelModes *to,
    const Description *description)
{
	guint count;
	const DescribedMode *modes = description_modes(description, &count);

	for (guint i = 0; i < count; i++) {
		gboolean was = channel_modes_have(from, modes[i].letter);
		gboolean is = channel_modes_have(to, modes[i].letter);

		if (strcmp(modes[i].on, "channel") == 0 && strcmp(modes[i].kind, "flag") == 0 &&
		    was != is)
			g_string_append(is ? change->added : change->removed, modes[i].letter);
	}
}

gboolean
channel_modes_change(const ChannelModes *from, const ChannelModes *to,
    const Description *description, char **ret_modes, char **ret_parameters)
{
	Change change = {
	    g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), g_string_new(NULL)};
	gboolean changes;

	change_flags(&change, from, to, description);
	change_value(&change, channel_modes_letter(description, "key"), from->key, to->key, TRUE);
	change_value(
	    &change, channel_modes_letter(description, "limit"), from->limit, to->limit, FALSE);
	changes = change.added->len > 0 || change.removed->len > 0;
	if (changes) {
		/* What goes, goes first: some modes exclude each other. */
		*ret_modes = g_strdup_printf("%s%s%s%s", change.removed->len > 0 ? "-" : "",
		    change.removed->str, change.added->len > 0 ? "+" : "", change.added->str);
		*ret_parameters = g_strchomp(g_strconcat(
		    change.removed_parameters->str, change.added_parameters->str, NULL));
	}
	g_string_free(change.added, TRUE);
	g_string_free(change.removed, TRUE);
	g_string_free(change.added_parameters, TRUE);
	g_string_free(change.removed_parameters, TRUE);
	return changes;
}
