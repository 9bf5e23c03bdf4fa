/* SPDX-License-Identifier: MIT */
#include "channel_access.h"

#include "channel_modes.h"
#include "time_text.h"

#include <string.h>

#define MODES_AT_ONCE 10
#define PARAMETERS_MAX 450 /* bytes in one call */

#define RANKS_METHOD "access.set"
#define NO_RANK "none" /* the level that takes an entry away */

struct ChannelAccess {
	char *channel;
	GtkListStore *store;
	GPtrArray *removed; /* Removed */
};

/* A row that the service has and shall have no longer. */
typedef struct Removed {
	char *mode; /* NULL: it gave a rank */
	char *mask;
} Removed;

static void
removed_free(gpointer data)
{
	Removed *removed = data;

	g_free(removed->mode);
	g_free(removed->mask);
	g_free(removed);
}

/* ---- Levels ---- */

GArray *
channel_access_levels(const Description *description)
{
	GArray *levels = g_array_new(FALSE, FALSE, sizeof(AccessLevel));
	const DescribedMethod *method = description_method(description, RANKS_METHOD);
	const DescribedParam *param = method != NULL ? described_param(method, "level") : NULL;
	guint count;
	const DescribedMode *modes = description_modes(description, &count);

	for (guint i = 0; param != NULL && param->values != NULL && param->values[i]; i++) {
		const AccessLevel level = {param->values[i], NULL};

		if (strcmp(level.name, NO_RANK) != 0)
			g_array_append_val(levels, level);
	}
	for (guint i = 0; i < count; i++) {
		const AccessLevel level = {modes[i].name, modes[i].letter};

		if (channel_mode_is(&modes[i], "list"))
			g_array_append_val(levels, level);
	}
	return levels;
}

/* Who gets a rank may be named by his account alone, which no extended ban is. */
char *
channel_access_timed(const AccessLevel *level, const char *mask, guint minutes)
{
	gboolean is_account = level->mode == NULL && strpbrk(mask, "~!@*:") == NULL;

	if (minutes == 0)
		return g_strdup(mask);
	return g_strdup_printf("~t:%u:%s%s", minutes, is_account ? "~a:" : "", mask);
}

/* ---- Rows ---- */

ChannelAccess *
channel_access_new(const char *channel)
{
	ChannelAccess *access = g_new0(ChannelAccess, 1);

	access->channel = g_strdup(channel);
	access->store =
	    gtk_list_store_new(CHANNEL_ACCESS_COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
		G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
	access->removed = g_ptr_array_new_with_free_func(removed_free);
	return access;
}

void
channel_access_free(ChannelAccess *access)
{
	g_object_unref(access->store);
	g_ptr_array_unref(access->removed);
	g_free(access->channel);
	g_free(access);
}

GtkTreeModel *
channel_access_model(const ChannelAccess *access)
{
	return GTK_TREE_MODEL(access->store);
}

gboolean
channel_access_contains(GtkTreeModel *model, GtkTreeIter *row, const char *folded)
{
	for (int column = 0; column < CHANNEL_ACCESS_IS_NEW; column++) {
		g_autofree char *text = NULL;
		g_autofree char *text_folded = NULL;

		gtk_tree_model_get(model, row, column, &text, -1);
		text_folded = g_utf8_casefold(text != NULL ? text : "", -1);
		if (strstr(text_folded, folded) != NULL)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_in(const json_t *list, const char *mode, const char *mask)
{
	const json_t *entry;
	size_t index;

	json_array_foreach((json_t *)list, index, entry)
	{
		if (g_strcmp0(json_string_value(json_object_get(entry, "mode")), mode) == 0 &&
		    g_strcmp0(json_string_value(json_object_get(entry, "mask")), mask) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_removed(const ChannelAccess *access, const char *mode, const char *mask)
{
	for (guint i = 0; i < access->removed->len; i++) {
		const Removed *removed = access->removed->pdata[i];

		if (g_strcmp0(removed->mode, mode) == 0 && g_strcmp0(removed->mask, mask) == 0)
			return TRUE;
	}
	return FALSE;
}

/* Leaves the new rows that the service still does not have. */
static void
clear_rows(ChannelAccess *access, const json_t *list, gboolean forget)
{
	GtkTreeModel *model = GTK_TREE_MODEL(access->store);
	GtkTreeIter row;
	gboolean more = gtk_tree_model_get_iter_first(model, &row);

	while (more) {
		g_autofree char *mode = NULL;
		g_autofree char *mask = NULL;
		gboolean is_new;

		gtk_tree_model_get(model, &row, CHANNEL_ACCESS_MODE, &mode, CHANNEL_ACCESS_MASK,
		    &mask, CHANNEL_ACCESS_IS_NEW, &is_new, -1);
		if (forget || !is_new || is_in(list, mode, mask))
			more = gtk_list_store_remove(access->store, &row);
		else
			more = gtk_tree_model_iter_next(model, &row);
	}
	for (guint i = access->removed->len; i > 0; i--) {
		const Removed *removed = access->removed->pdata[i - 1];

		if (forget || !is_in(list, removed->mode, removed->mask))
			g_ptr_array_remove_index(access->removed, i - 1);
	}
}

static char *
time_of(const json_t *entry, const char *key)
{
	return time_text_full(time_text_parse(json_string_value(json_object_get(entry, key))));
}

void
channel_access_show(ChannelAccess *access, const json_t *list, gboolean forget)
{
	const json_t *entry;
	size_t index;

	clear_rows(access, list, forget);
	json_array_foreach((json_t *)list, index, entry)
	{
		const char *mode = json_string_value(json_object_get(entry, "mode"));
		const char *mask = json_string_value(json_object_get(entry, "mask"));
		g_autofree char *set_at = time_of(entry, "set_at");
		g_autofree char *until = time_of(entry, "expires_at");

		if (is_removed(access, mode, mask))
			continue;
		gtk_list_store_insert_with_values(access->store, NULL, -1, CHANNEL_ACCESS_LEVEL,
		    json_string_value(json_object_get(entry, "level")), CHANNEL_ACCESS_MODE, mode,
		    CHANNEL_ACCESS_MASK, mask, CHANNEL_ACCESS_SET_BY,
		    json_string_value(json_object_get(entry, "set_by")), CHANNEL_ACCESS_SET_AT,
		    set_at, CHANNEL_ACCESS_UNTIL, until, CHANNEL_ACCESS_REASON,
		    json_string_value(json_object_get(entry, "reason")), CHANNEL_ACCESS_IS_NEW,
		    FALSE, -1);
	}
}

void
channel_access_add(
    ChannelAccess *access, const AccessLevel *level, const char *mask, const char *reason)
{
	gtk_list_store_insert_with_values(access->store, NULL, -1, CHANNEL_ACCESS_LEVEL,
	    level->name, CHANNEL_ACCESS_MODE, level->mode, CHANNEL_ACCESS_MASK, mask,
	    CHANNEL_ACCESS_SET_AT, "not yet applied", CHANNEL_ACCESS_REASON, reason,
	    CHANNEL_ACCESS_IS_NEW, TRUE, -1);
}

void
channel_access_remove(ChannelAccess *access, GtkTreeIter *row)
{
	Removed *removed = g_new0(Removed, 1);
	gboolean is_new;

	gtk_tree_model_get(GTK_TREE_MODEL(access->store), row, CHANNEL_ACCESS_MODE, &removed->mode,
	    CHANNEL_ACCESS_MASK, &removed->mask, CHANNEL_ACCESS_IS_NEW, &is_new, -1);
	if (is_new)
		removed_free(removed);
	else
		g_ptr_array_add(access->removed, removed);
	gtk_list_store_remove(access->store, row);
}

/* ---- As calls ---- */

typedef struct Batch {
	CallChain *chain;
	const char *channel;
	GString *modes;
	GString *parameters;
	guint count;
} Batch;

static void
flush(Batch *batch)
{
	if (batch->count > 0)
		call_chain_add(batch->chain, "channel.set_mode",
		    json_pack("{s:s, s:s, s:s}", "channel", batch->channel, "modes",
			batch->modes->str, "parameters", batch->parameters->str));
	g_string_truncate(batch->modes, 0);
	g_string_truncate(batch->parameters, 0);
	batch->count = 0;
}

static void
put_mode(Batch *batch, char sign, const char *letter, const char *mask)
{
	if (batch->count == MODES_AT_ONCE ||
	    batch->parameters->len + strlen(mask) + 1 > PARAMETERS_MAX)
		flush(batch);
	g_string_append_printf(batch->modes, "%c%s", sign, letter);
	g_string_append_printf(
	    batch->parameters, "%s%s", batch->parameters->len > 0 ? " " : "", mask);
	batch->count++;
}

static void
put_rank(const Batch *batch, const char *whom, const char *level, const char *reason)
{
	json_t *params =
	    json_pack("{s:s, s:s, s:s}", "channel", batch->channel, "whom", whom, "level", level);

	if (reason != NULL && *reason != '\0')
		json_object_set_new(params, "reason", json_string(reason));
	call_chain_add(batch->chain, RANKS_METHOD, params);
}

/* A mode says nothing of why: that comes behind it. */
static gboolean
put_new(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *row, gpointer data)
{
	Batch *batch = data;
	g_autofree char *level = NULL;
	g_autofree char *mode = NULL;
	g_autofree char *mask = NULL;
	g_autofree char *reason = NULL;
	gboolean is_new;

	gtk_tree_model_get(model, row, CHANNEL_ACCESS_LEVEL, &level, CHANNEL_ACCESS_MODE, &mode,
	    CHANNEL_ACCESS_MASK, &mask, CHANNEL_ACCESS_REASON, &reason, CHANNEL_ACCESS_IS_NEW,
	    &is_new, -1);
	if (!is_new)
		return FALSE;
	if (mode == NULL) {
		put_rank(batch, mask, level, reason);
		return FALSE;
	}
	put_mode(batch, '+', mode, mask);
	if (reason == NULL || *reason == '\0')
		return FALSE;
	flush(batch);
	call_chain_add(batch->chain, "channel.set_reason",
	    json_pack(
		"{s:s, s:s, s:s}", "channel", batch->channel, "mask", mask, "reason", reason));
	return FALSE;
}

CallChain *
channel_access_changes(const ChannelAccess *access)
{
	Batch batch = {
	    call_chain_new(), access->channel, g_string_new(NULL), g_string_new(NULL), 0};

	for (guint i = 0; i < access->removed->len; i++) {
		const Removed *removed = access->removed->pdata[i];

		if (removed->mode != NULL)
			put_mode(&batch, '-', removed->mode, removed->mask);
		else
			put_rank(&batch, removed->mask, NO_RANK, NULL);
	}
	gtk_tree_model_foreach(GTK_TREE_MODEL(access->store), put_new, &batch);
	flush(&batch);
	g_string_free(batch.modes, TRUE);
	g_string_free(batch.parameters, TRUE);
	return batch.chain;
}
