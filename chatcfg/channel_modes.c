/* SPDX-License-Identifier: MIT */
#include "channel_modes.h"

#include <string.h>

/* Kinds of modes that have one value. */
static const struct {
	const char *kind;
	gboolean names_old; /* who takes it away says what it was */
} valued[] = {{"key", TRUE}, {"limit", FALSE}, {"value", FALSE}};

static const DescribedMode *
find(const Description *description, const char *letter)
{
	guint count;
	const DescribedMode *modes = description_modes(description, &count);

	for (guint i = 0; i < count; i++)
		if (strcmp(modes[i].on, "channel") == 0 && strcmp(modes[i].letter, letter) == 0)
			return &modes[i];
	return NULL;
}

gboolean
channel_mode_is(const DescribedMode *mode, const char *kind)
{
	return strcmp(mode->on, "channel") == 0 && strcmp(mode->kind, kind) == 0;
}

gboolean
channel_mode_has_value(const DescribedMode *mode)
{
	for (guint i = 0; i < G_N_ELEMENTS(valued); i++)
		if (channel_mode_is(mode, valued[i].kind))
			return TRUE;
	return FALSE;
}

const char *
channel_modes_name(const Description *description, const char *letter)
{
	const DescribedMode *mode = find(description, letter);

	return mode != NULL ? mode->name : NULL;
}

void
channel_modes_init(ChannelModes *modes)
{
	*modes = (ChannelModes){
	    .flags = g_strdup(""),
	    .values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
	};
}

void
channel_modes_parse(ChannelModes *modes, const char *text, const Description *description)
{
	g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", " ", -1);
	guint next = 1;

	channel_modes_init(modes);
	for (const char *at = words[0]; at != NULL && *at != '\0'; at++) {
		const char letter[] = {*at, '\0'};
		const DescribedMode *mode = find(description, letter);

		if (mode == NULL)
			continue;
		if (channel_mode_is(mode, "flag"))
			channel_modes_add_flag(modes, letter);
		else if (channel_mode_has_value(mode))
			/* A value that may not be read is there all the same. */
			channel_modes_set_value(
			    modes, letter, words[next] != NULL ? words[next++] : "");
	}
}

void
channel_modes_clear(ChannelModes *modes)
{
	g_clear_pointer(&modes->flags, g_free);
	g_clear_pointer(&modes->values, g_hash_table_unref);
}

gboolean
channel_modes_have(const ChannelModes *modes, const char *letter)
{
	return modes->flags != NULL && strstr(modes->flags, letter) != NULL;
}

void
channel_modes_add_flag(ChannelModes *modes, const char *letter)
{
	char *flags = g_strconcat(modes->flags, letter, NULL);

	g_free(modes->flags);
	modes->flags = flags;
}

const char *
channel_modes_value(const ChannelModes *modes, const char *letter)
{
	return modes->values != NULL ? g_hash_table_lookup(modes->values, letter) : NULL;
}

void
channel_modes_set_value(ChannelModes *modes, const char *letter, const char *value)
{
	if (value != NULL)
		g_hash_table_replace(modes->values, g_strdup(letter), g_strdup(value));
	else
		g_hash_table_remove(modes->values, letter);
}

/* ---- From one to the other ---- */

typedef struct Change {
	GString *added;
	GString *removed;
	GString *added_parameters;
	GString *removed_parameters;
} Change;

static gboolean
names_old(const DescribedMode *mode)
{
	for (guint i = 0; i < G_N_ELEMENTS(valued); i++)
		if (channel_mode_is(mode, valued[i].kind))
			return valued[i].names_old;
	return FALSE;
}

static void
change_value(Change *change, const DescribedMode *mode, const char *from, const char *to)
{
	if (g_strcmp0(from, to) == 0)
		return;
	if (to != NULL) {
		g_string_append(change->added, mode->letter);
		g_string_append_printf(change->added_parameters, "%s ", to);
		return;
	}
	g_string_append(change->removed, mode->letter);
	if (names_old(mode))
		g_string_append_printf(
		    change->removed_parameters, "%s ", *from != '\0' ? from : "*");
}

static void
change_mode(
    Change *change, const DescribedMode *mode, const ChannelModes *from, const ChannelModes *to)
{
	gboolean was, is;

	if (channel_mode_has_value(mode)) {
		change_value(change, mode, channel_modes_value(from, mode->letter),
		    channel_modes_value(to, mode->letter));
		return;
	}
	if (!channel_mode_is(mode, "flag"))
		return;
	was = channel_modes_have(from, mode->letter);
	is = channel_modes_have(to, mode->letter);
	if (was != is)
		g_string_append(is ? change->added : change->removed, mode->letter);
}

gboolean
channel_modes_change(const ChannelModes *from, const ChannelModes *to,
    const Description *description, char **ret_modes, char **ret_parameters)
{
	Change change = {
	    g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), g_string_new(NULL)};
	guint count;
	const DescribedMode *modes = description_modes(description, &count);
	gboolean changes;

	for (guint i = 0; i < count; i++)
		change_mode(&change, &modes[i], from, to);
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
