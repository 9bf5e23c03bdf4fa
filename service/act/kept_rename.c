/* SPDX-License-Identifier: MIT */
#include "act/kept_rename.h"

#include "act/kept_channels.h"
#include "act/kept_writes.h"
#include "act/verbs.h"
#include "domain/former_names.h"
#include "domain/read_markers.h"
#include "store/history_renames.h"
#include "store/store_renames.h"

#include <string.h>

G_STATIC_ASSERT(STORE_FORMER_NAMES == FORMER_NAMES_PER_CHANNEL);

/* One on its way, or, after a start, what is left of it. */
typedef struct KeptRename {
	Records *records;
	Handle channel;
	char *old;
	char *name;
	void *store_wait; /* of records_writing() */
	void *history_wait;
	unsigned open; /* answers to come */
	bool is_stored;
	bool store_refused;
	bool history_refused;
	int64_t store_id; /* 0: not there */
	int64_t history_id;
	Log *log; /* after a start: who hears that it did not go; else NULL */
} KeptRename;

static KeptRename *
rename_new(Records *records, const char *old, const char *name)
{
	KeptRename *rename = g_new0(KeptRename, 1);

	rename->records = records;
	rename->old = g_strdup(old);
	rename->name = g_strdup(name);
	return rename;
}

static void
rename_free(KeptRename *rename)
{
	g_free(rename->old);
	g_free(rename->name);
	g_free(rename);
}

static int64_t
packed(Handle channel)
{
	return (int64_t)channel.generation << 32 | channel.index;
}

bool
kept_rename_is_open(const Ctx *ctx, const Channel *channel)
{
	const int64_t key = packed(channel->handle);

	return ctx->records && ctx->records->renaming &&
	       g_hash_table_contains(ctx->records->renaming, &key);
}

/* ---- Both have it ---- */

static void
store_ended(void *data, const StoreAnswer *answer)
{
	KeptRename *rename = data;
	History *history = rename->records->history;

	/* What is not known to be over is ended at the next start. */
	if (answer->done && history && rename->history_id != 0) {
		history_end_rename(history, rename->history_id, NULL, NULL);
		history_submit(history);
	}
	rename_free(rename);
}

/* First where it would be done again, then where it would be undone. Takes the rename over. */
static void
end_rename(KeptRename *rename)
{
	if (rename->store_id != 0)
		store_end_rename(rename->records->store, rename->store_id, store_ended, rename);
	else
		store_ended(rename, &(StoreAnswer){.done = true, .text = ""});
}

/* ---- One of them has it not ---- */

static void
remove_row(Ctx *ctx, const char *name)
{
	store_remove_channel(
	    ctx->records->store, name, kept_write_done, kept_write_of_channel(ctx, name));
}

/* What was changed under the new name since was refused as well, or made a row of its own. */
static void
read_again(Ctx *ctx, const KeptRename *rename)
{
	const StoreAnswer refused = {.text = ""};

	if (!directory_find_channel(ctx->community->directory, rename->name))
		remove_row(ctx, rename->name);
	kept_write_done(kept_write_of_channel(ctx, rename->old), &refused);
}

/* The store has the new name: all of it is written anew under the former one. */
static void
store_back(Ctx *ctx, const KeptRename *rename, const Channel *channel)
{
	if (channel)
		kept_channel_put_all(ctx, channel);
	if (!directory_find_channel(ctx->community->directory, rename->name))
		remove_row(ctx, rename->name);
	if (rename->store_id != 0)
		store_end_rename(ctx->records->store, rename->store_id, NULL, NULL);
}

/* Somebody has its former name already: it keeps the one it has, and is stored anew under it. */
static void
keep_new_name(Ctx *ctx, const KeptRename *rename, const Channel *channel, const Channel *other)
{
	History *history = ctx->records->history;

	if (history && rename->history_id != 0)
		history_end_rename(history, rename->history_id, NULL, NULL);
	if (!rename->store_refused)
		return;
	kept_channel_put_all(ctx, channel);
	if (!channel_is_stored(other))
		remove_row(ctx, rename->old);
}

static void
give_back(Ctx *ctx, const char *key, const void *row)
{
	const KeptRename *rename = row;
	History *history = ctx->records->history;
	Channel *channel = directory_channel(ctx->community->directory, rename->channel);
	const Channel *other = directory_find_channel(ctx->community->directory, rename->old);

	if (channel && other && other != channel) {
		keep_new_name(ctx, rename, channel, other);
		return;
	}
	/* In its place among what is said: from here on it is under the former name again. */
	if (history && rename->history_id != 0)
		history_undo_rename(history, rename->history_id, NULL, NULL);
	if (channel)
		act_rename_back(ctx, channel, rename->old);
	if (rename->store_refused)
		read_again(ctx, rename);
	else if (rename->is_stored)
		store_back(ctx, rename, channel);
}

/* Nothing is read: what gives it back knows. */
static const KeptKind rename_kind = {"channel", NULL, NULL, give_back};

/* ---- Answers ---- */

static void
answered(KeptRename *rename, void *wait, const StoreAnswer *answer)
{
	Records *records = rename->records;
	const int64_t key = packed(rename->channel);
	bool is_last = --rename->open == 0;

	if (is_last)
		g_hash_table_remove(records->renaming, &key);
	/* Who made the change hears first that it was not stored. */
	records_written(wait, answer);
	if (!is_last)
		return;
	/* Without a history the store goes on remembering; and at the end of the service the next
	 * start finds out how it stands. */
	if (!rename->store_refused && !rename->history_refused && records->history) {
		end_rename(rename);
		return;
	}
	if ((rename->store_refused || rename->history_refused) && records->returns)
		records->returns(records->returns_data, &rename_kind, rename->old, rename);
	rename_free(rename);
}

static void
store_done(void *data, const StoreAnswer *answer)
{
	KeptRename *rename = data;

	rename->store_refused = !answer->done;
	rename->store_id = answer->id;
	answered(rename, rename->store_wait, answer);
}

static void
history_done(void *data, const StoreAnswer *answer)
{
	KeptRename *rename = data;

	rename->history_refused = !answer->done;
	rename->history_id = answer->id;
	answered(rename, rename->history_wait, answer);
}

void
kept_channel_rename(Ctx *ctx, const Channel *channel, const char *old, int64_t until)
{
	Records *records = ctx->records;
	const int64_t key = packed(channel->handle);
	bool is_stored = channel_is_stored(channel);
	KeptRename *rename;

	if (!records || (!is_stored && !records->history))
		return;
	if (!records->renaming)
		records->renaming =
		    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_hash_table_add(records->renaming, g_memdup2(&key, sizeof key));
	rename = rename_new(records, old, channel->name);
	rename->channel = channel->handle;
	rename->is_stored = is_stored;
	rename->open = (is_stored ? 1u : 0u) + (records->history ? 1u : 0u);
	if (is_stored) {
		const StoreRename row = {0, rename->old, rename->name, ctx->now, until};

		rename->store_wait = records_writing(records);
		store_rename_channel(records->store, &row, store_done, rename);
	}
	if (records->history) {
		rename->history_wait = records_writing(records);
		history_rename(
		    records->history, rename->old, rename->name, ctx->now, history_done, rename);
	}
}

/* ---- After a start ---- */

static void
followed(void *data, const StoreAnswer *answer)
{
	KeptRename *rename = data;
	const LogField fields[] = {
	    {"channel", rename->name}, {"problem", answer->text}, {NULL, NULL}};

	if (answer->done) {
		rename->history_id = answer->id;
		end_rename(rename);
		return;
	}
	log_event(rename->log, LOG_LEVEL_ERROR, "store", "RENAME_NOT_FOLLOWED", fields,
	    "What was said in %s is still stored as said in %s, the next start tries again: %s",
	    rename->name, rename->old, answer->text);
	rename_free(rename);
}

static bool
is_there(const Community *community, const char *name)
{
	const Channel *channel = directory_find_channel(community->directory, name);

	return channel && channel_is_stored(channel);
}

/* The same one in the store, which is taken out of the list; 0: there is none. */
static int64_t
take_counterpart(GPtrArray *renames, const HistoryRename *one)
{
	for (guint i = 0; i < renames->len; i++) {
		const StoreRename *other = renames->pdata[i];
		int64_t id = other->id;

		if (other->time != one->time || strcmp(other->former, one->former) != 0 ||
		    strcmp(other->name, one->name) != 0)
			continue;
		g_ptr_array_remove_index(renames, i);
		return id;
	}
	return 0;
}

/* The history has it: so has the store, or it is undone. */
static void
resume_one(Records *records, Community *community, const HistoryRename *one, GPtrArray *renames)
{
	KeptRename *rename;

	if (!is_there(community, one->name) && is_there(community, one->former)) {
		history_undo_rename(records->history, one->id, NULL, NULL);
		read_markers_rename(community->read_markers, one->name, one->former);
		return;
	}
	rename = rename_new(records, one->former, one->name);
	rename->history_id = one->id;
	rename->store_id = take_counterpart(renames, one);
	end_rename(rename);
}

static bool
resume_renames(Records *records, Community *community, Log *log, GError **error)
{
	g_autoptr(GPtrArray) renames = store_read_renames(records->store, error);
	g_autoptr(GPtrArray) followers =
	    renames ? history_read_renames(records->history, error) : NULL;

	if (!followers)
		return false;
	for (guint i = 0; i < followers->len; i++)
		resume_one(records, community, followers->pdata[i], renames);
	for (guint i = 0; i < renames->len; i++) {
		const StoreRename *one = renames->pdata[i];
		KeptRename *rename = rename_new(records, one->former, one->name);

		rename->store_id = one->id;
		rename->log = log;
		history_rename(
		    records->history, one->former, one->name, one->time, followed, rename);
		read_markers_rename(community->read_markers, one->former, one->name);
	}
	history_submit(records->history);
	return true;
}

static bool
load_former_names(Records *records, Community *community, int64_t now, GError **error)
{
	g_autoptr(GPtrArray) rows = store_read_former_names(records->store, error);

	if (!rows)
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const StoreFormerName *row = rows->pdata[i];
		const Channel *channel = directory_find_channel(community->directory, row->channel);

		if (channel && row->until > now &&
		    !directory_find_channel(community->directory, row->name))
			former_names_add(
			    community->former_names, row->name, channel->handle, row->until);
	}
	return true;
}

bool
kept_renames_resume(Records *records, Community *community, int64_t now, Log *log, GError **error)
{
	/* Without a history the store remembers what is to follow. */
	if (records->history && !resume_renames(records, community, log, error))
		return false;
	return community->settings->channels->rename_redirect == 0 ||
	       load_former_names(records, community, now, error);
}
