/* SPDX-License-Identifier: MIT */
#include "act/kept_rename.h"

#include "act/kept_channels.h"
#include "act/kept_writes.h"
#include "act/verbs.h"

typedef struct KeptRename {
	Records *records;
	void *wait; /* of records_writing() */
	Handle channel;
	char *old;
	char *name;
} KeptRename;

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

static void
give_back(Ctx *ctx, const char *key, const void *row)
{
	const KeptRename *rename = row;
	Channel *channel = directory_channel(ctx->community->directory, rename->channel);
	const Channel *other = directory_find_channel(ctx->community->directory, rename->old);

	if (channel && other && other != channel) {
		/* Somebody has its old name already: it is stored anew under the one it has. */
		kept_channel_put_all(ctx, channel);
		if (!channel_is_stored(other))
			remove_row(ctx, rename->old);
		return;
	}
	if (channel) {
		/* Under the name it has now: it may have been renamed again. */
		if (ctx->records->history)
			history_rename(
			    ctx->records->history, channel->name, rename->old, NULL, NULL);
		act_rename_back(ctx, channel, rename->old);
	}
	read_again(ctx, rename);
}

/* Nothing is read: what gives it back knows. */
static const KeptKind rename_kind = {"channel", NULL, NULL, give_back};

static void
rename_done(void *data, const StoreAnswer *answer)
{
	KeptRename *rename = data;
	Records *records = rename->records;

	if (answer->done && records->history)
		history_rename(records->history, rename->old, rename->name, NULL, NULL);
	/* Who made the change hears first that it was not stored. */
	records_written(rename->wait, answer);
	if (!answer->done && records->returns)
		records->returns(records->returns_data, &rename_kind, rename->old, rename);
	g_free(rename->old);
	g_free(rename->name);
	g_free(rename);
}

void
kept_channel_rename(Ctx *ctx, const Channel *channel, const char *old)
{
	KeptRename *rename;

	if (!channel_is_stored(channel) || !ctx->records)
		return;
	rename = g_new(KeptRename, 1);
	*rename = (KeptRename){ctx->records, records_writing(ctx->records), channel->handle,
	    g_strdup(old), g_strdup(channel->name)};
	store_rename_channel(ctx->records->store, old, channel->name, rename_done, rename);
}
