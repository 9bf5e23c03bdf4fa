/* SPDX-License-Identifier: MIT */
#include "act/kept_channels.h"

#include "act/kept_writes.h"
#include "act/verbs.h"
#include "proto/casemap.h"
#include "proto/modes.h"

uint64_t
kept_flags(const char *letters)
{
	uint64_t modes = 0;

	for (; *letters; letters++) {
		unsigned index = mode_find(MODE_ON_CHANNEL, *letters);

		if (index < MODES && mode_row(index)->kind == MODE_KIND_FLAG)
			modes |= MODE_BIT(index);
	}
	return modes;
}

static void
load_entries(Channel *channel, const GPtrArray *entries)
{
	for (guint i = 0; entries && i < entries->len; i++) {
		const StoreListEntry *entry = g_ptr_array_index(entries, i);
		MaskList *list = channel_list(channel, entry->kind);

		if (list)
			mask_list_add(list, entry->mask, entry->set_by, entry->set_at);
	}
}

Channel *
kept_channel_load(Community *community, const StoreChannel *row, int64_t now)
{
	Channel *channel = channel_new(row->name, row->created > 0 ? row->created : now);

	channel->modes = kept_flags(row->modes);
	if (*row->topic)
		channel_set_topic(channel, row->topic, row->topic_set_by, row->topic_set_at);
	if (*row->key)
		channel_set_key(channel, row->key);
	if (row->limit > 0)
		channel_set_limit(channel, row->limit);
	channel->registered = true;
	channel->registered_by = g_strdup(row->registered_by);
	channel->registered_at = row->registered_at;
	load_entries(channel, row->entries);
	directory_add_channel(community->directory, channel);
	return channel;
}

void
kept_channels_load(Community *community, const GPtrArray *rows, int64_t now)
{
	for (guint i = 0; i < rows->len; i++) {
		const StoreChannel *row = g_ptr_array_index(rows, i);

		if (!directory_find_channel(community->directory, row->name))
			kept_channel_load(community, row, now);
	}
}

void
act_keep_channel(Ctx *ctx, const Channel *channel)
{
	char flags[MODES + 1];
	StoreChannel row = {
	    .name = channel->name,
	    .created = channel->created_at,
	    .topic = channel->topic,
	    .topic_set_by = channel->topic_by,
	    .topic_set_at = channel->topic_at,
	    .modes = flags,
	    .key = channel->key,
	    .limit = channel->limit,
	    .registered_by = channel->registered_by,
	    .registered_at = channel->registered_at,
	};

	if (!channel->registered || !ctx->records)
		return;
	mode_letters(
	    MODE_ON_CHANNEL, channel->modes & mode_bits(MODE_ON_CHANNEL, MODE_KIND_FLAG), flags);
	store_put_channel(ctx->records->store, &row, kept_write_done, kept_write(ctx, channel));
}

void
kept_channel_put_all(Ctx *ctx, const Channel *channel)
{
	static const char letters[CHANNEL_LISTS] = {
	    [CHANNEL_BANS] = 'b', [CHANNEL_EXCEPTS] = 'e', [CHANNEL_INVITE_EXCEPTS] = 'I'};

	act_keep_channel(ctx, channel);
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		const MaskList *list = &channel->lists[kind];

		for (unsigned i = 0; i < list->n_entries; i++)
			kept_channel_put_entry(ctx, channel, letters[kind], &list->entries[i]);
	}
}

void
kept_channel_remove(Ctx *ctx, const Channel *channel)
{
	if (ctx->records)
		store_remove_channel(
		    ctx->records->store, channel->name, kept_write_done, kept_write(ctx, channel));
}

/* First the new rows, then away with the old: a power cut between them loses nothing. */
void
kept_channel_rename(Ctx *ctx, const Channel *channel, const char *old)
{
	if (!channel->registered || !ctx->records)
		return;
	/* Where only the case is another, it is the same row. */
	kept_channel_put_all(ctx, channel);
	if (!casemap_equal(old, channel->name))
		store_remove_channel(
		    ctx->records->store, old, kept_write_done, kept_write(ctx, channel));
}

void
kept_channel_put_entry(Ctx *ctx, const Channel *channel, char letter, const MaskEntry *entry)
{
	StoreListEntry row = {
	    .kind = letter,
	    .mask = entry->mask,
	    .set_by = entry->set_by,
	    .set_at = entry->set_at,
	};

	if (channel->registered && ctx->records)
		store_put_entry(ctx->records->store, channel->name, &row, kept_write_done,
		    kept_write(ctx, channel));
}

void
kept_channel_remove_entry(Ctx *ctx, const Channel *channel, char letter, const char *mask)
{
	if (channel->registered && ctx->records)
		store_remove_entry(ctx->records->store, channel->name, letter, mask,
		    kept_write_done, kept_write(ctx, channel));
}
