/* SPDX-License-Identifier: MIT */
#include "act/kept_channels.h"

#include "act/kept_writes.h"
#include "act/mode_parse.h"
#include "act/verbs.h"
#include "domain/channel_values.h"
#include "proto/modes.h"

static uint64_t
kept_bits(void)
{
	return (mode_bits(MODE_ON_CHANNEL, MODE_KIND_FLAG) |
		   mode_bits(MODE_ON_CHANNEL, MODE_KIND_VALUE)) &
	       ~(uint64_t)MODE_CHANNEL_REGISTERED;
}

void
kept_modes_load(Channel *channel, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	ModeParser parser;
	ModeStep step;

	if (!words[0])
		return;
	mode_parser_init(&parser, MODE_ON_CHANNEL, words[0], (const char *const *)words + 1,
	    g_strv_length(words) - 1);
	while (mode_parser_next(&parser, &step)) {
		if (step.index == MODES || !(kept_bits() & MODE_BIT(step.index)))
			continue;
		if (mode_row(step.index)->kind == MODE_KIND_FLAG)
			channel->modes |= MODE_BIT(step.index);
		else if (step.parameter)
			channel_set_value(channel, step.index, step.parameter);
	}
}

static void
load_entries(Channel *channel, const GPtrArray *entries)
{
	for (guint i = 0; entries && i < entries->len; i++) {
		const StoreListEntry *entry = g_ptr_array_index(entries, i);
		MaskList *list = channel_list(channel, entry->kind);

		if (list)
			mask_list_restore(list, entry->mask, entry->set_by,
			    *entry->reason ? entry->reason : NULL, entry->set_at,
			    entry->expires_at);
	}
}

/* What is stored was within the limits of its day: all of it is taken. */
static void
load_properties(Channel *channel, const GPtrArray *properties)
{
	for (guint i = 0; properties && i < properties->len; i++) {
		const StoreProperty *property = g_ptr_array_index(properties, i);

		property_list_set(&channel->properties, property->key, property->value, G_MAXUINT);
	}
}

Channel *
kept_channel_load(Community *community, const StoreChannel *row, int64_t now)
{
	Channel *channel = channel_new(row->name, row->created > 0 ? row->created : now);

	kept_modes_load(channel, row->modes);
	if (*row->topic)
		channel_set_topic(channel, row->topic, row->topic_set_by, row->topic_set_at);
	if (*row->key)
		channel_set_key(channel, row->key);
	if (row->limit > 0)
		channel_set_limit(channel, row->limit);
	if (*row->registered_by)
		channel_set_registered(channel, row->registered_by, row->registered_at);
	channel_set_founder(channel, *row->founder ? row->founder : NULL);
	channel_settings_load(channel, row->settings);
	channel->ownership.used_at = row->used_at;
	load_entries(channel, row->entries);
	load_properties(channel, row->properties);
	/* Of those without a registration and not permanent, somebody who stays was in them. */
	channel->held = !channel_is_kept(channel);
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
	g_autofree char *settings = channel_settings_text(channel);
	g_autofree char *modes = channel_modes_text_of(channel, kept_bits(), true);
	StoreChannel row = {
	    .name = channel->name,
	    .created = channel->created_at,
	    .topic = channel->topic,
	    .topic_set_by = channel->topic_by,
	    .topic_set_at = channel->topic_at,
	    .modes = modes,
	    .key = channel->key,
	    .limit = channel->limit,
	    .registered_by = channel->registered_by,
	    .registered_at = channel->registered_at,
	    .founder = channel->ownership.founder,
	    .settings = settings,
	    .used_at = channel->ownership.used_at,
	};

	if (!channel_is_stored(channel) || !ctx->records)
		return;
	store_put_channel(ctx->records->store, &row, kept_write_done, kept_write(ctx, channel));
}

void
kept_channel_put_all(Ctx *ctx, const Channel *channel)
{
	act_keep_channel(ctx, channel);
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		const MaskList *list = &channel->lists[kind];

		for (unsigned i = 0; i < list->n_entries; i++)
			kept_channel_put_entry(
			    ctx, channel, channel_list_letter(kind), &list->entries[i]);
	}
	for (unsigned i = 0; i < property_list_length(channel->properties); i++) {
		const Property *property = property_list_at(channel->properties, i);

		kept_channel_put_property(ctx, channel, property->key, property->value);
	}
}

void
kept_channel_remove(Ctx *ctx, const Channel *channel)
{
	if (ctx->records)
		store_remove_channel(
		    ctx->records->store, channel->name, kept_write_done, kept_write(ctx, channel));
}

void
kept_channel_put_entry(Ctx *ctx, const Channel *channel, char letter, const MaskEntry *entry)
{
	StoreListEntry row = {
	    .kind = letter,
	    .mask = (char *)entry->mask,
	    .set_by = entry->set_by,
	    .set_at = entry->set_at,
	    .expires_at = entry->expires_at,
	    .reason = entry->reason,
	};

	if (channel_is_stored(channel) && ctx->records)
		store_put_entry(ctx->records->store, channel->name, &row, kept_write_done,
		    kept_write(ctx, channel));
}

void
kept_channel_remove_entry(Ctx *ctx, const Channel *channel, char letter, const char *mask)
{
	if (channel_is_stored(channel) && ctx->records)
		store_remove_entry(ctx->records->store, channel->name, letter, mask,
		    kept_write_done, kept_write(ctx, channel));
}

void
kept_channel_put_property(Ctx *ctx, const Channel *channel, const char *key, const char *value)
{
	StoreProperty row = {.key = (char *)key, .value = (char *)value};

	if (channel_is_stored(channel) && ctx->records)
		store_put_property(ctx->records->store, channel->name, &row, kept_write_done,
		    kept_write(ctx, channel));
}
