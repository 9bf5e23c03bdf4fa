/* SPDX-License-Identifier: MIT */
#include "act/kept_return.h"

#include "act/kept_channels.h"
#include "act/mode_changes.h"
#include "act/verbs.h"
#include "proto/modes.h"

#include <string.h>

static const char list_letters[CHANNEL_LISTS] = {
    [CHANNEL_BANS] = 'b', [CHANNEL_EXCEPTS] = 'e', [CHANNEL_INVITE_EXCEPTS] = 'I'};

static void
return_topic(Ctx *ctx, Channel *channel, const StoreChannel *row)
{
	Event event;

	if (g_strcmp0(channel->topic ? channel->topic : "", row->topic) == 0)
		return;
	channel_set_topic(channel, row->topic, row->topic_set_by, row->topic_set_at);
	event = ctx_event(ctx, EVENT_TOPIC);
	event.channel = channel;
	event.text = row->topic;
	announce(ctx, &event);
}

static void
return_flags(ModeChanges *changes, const StoreChannel *row)
{
	Channel *channel = changes->channel;
	uint64_t differ =
	    (channel->modes ^ kept_flags(row->modes)) & mode_bits(MODE_ON_CHANNEL, MODE_KIND_FLAG);

	channel->modes ^= differ;
	for (unsigned i = 0; i < MODES; i++)
		if (differ & MODE_BIT(i))
			mode_changes_add(changes, (channel->modes & MODE_BIT(i)) != 0,
			    mode_row(i)->letter, NULL);
}

static char
letter_of(ModeKind kind)
{
	unsigned index = 0;

	while (mode_row(index)->target != MODE_ON_CHANNEL || mode_row(index)->kind != kind)
		index++;
	return mode_row(index)->letter;
}

static void
return_key_and_limit(ModeChanges *changes, const StoreChannel *row)
{
	Channel *channel = changes->channel;
	char key = letter_of(MODE_KIND_KEY);
	char limit = letter_of(MODE_KIND_LIMIT);

	if (g_strcmp0(channel->key ? channel->key : "", row->key) != 0) {
		channel_set_key(channel, *row->key ? row->key : NULL);
		mode_changes_add(changes, channel->key != NULL, key, channel->key ? row->key : "*");
	}
	if (channel->limit != row->limit) {
		g_autofree char *text = g_strdup_printf("%u", row->limit);

		channel_set_limit(channel, row->limit);
		mode_changes_add(changes, row->limit > 0, limit, row->limit > 0 ? text : NULL);
	}
}

static bool
row_has_entry(const StoreChannel *row, char letter, const char *mask)
{
	for (guint i = 0; i < row->entries->len; i++) {
		const StoreListEntry *entry = row->entries->pdata[i];

		if (entry->kind == letter && g_ascii_strcasecmp(entry->mask, mask) == 0)
			return true;
	}
	return false;
}

static void
return_lists(ModeChanges *changes, const StoreChannel *row)
{
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		MaskList *list = &changes->channel->lists[kind];

		for (unsigned i = list->n_entries; i-- > 0;) {
			g_autofree char *mask = g_strdup(list->entries[i].mask);

			if (row_has_entry(row, list_letters[kind], mask))
				continue;
			mask_list_remove(list, mask);
			mode_changes_add(changes, false, list_letters[kind], mask);
		}
	}
	for (guint i = 0; i < row->entries->len; i++) {
		const StoreListEntry *entry = row->entries->pdata[i];
		MaskList *list = channel_list(changes->channel, entry->kind);

		if (list && mask_list_add(list, entry->mask, entry->set_by, entry->set_at))
			mode_changes_add(changes, true, entry->kind, entry->mask);
	}
}

static void
announce_registration(Ctx *ctx, Channel *channel)
{
	Event event = ctx_event(ctx, EVENT_CHANNEL_REGISTERED);

	event.channel = channel;
	event.by = ctx->actor.name;
	announce(ctx, &event);
}

/* Its registration was not stored. */
static void
return_unregistered(Ctx *ctx, Channel *channel)
{
	if (!channel->registered)
		return;
	channel->registered = false;
	channel->registered_at = 0;
	g_clear_pointer(&channel->registered_by, g_free);
	announce_registration(ctx, channel);
	act_drop_if_empty(ctx, channel);
}

/* Its end was not stored; it may have gone from memory since. */
static Channel *
return_registered(Ctx *ctx, const StoreChannel *row)
{
	Channel *channel = directory_find_channel(ctx->community->directory, row->name);
	Event event;

	if (!channel) {
		channel = kept_channel_load(ctx->community, row, ctx->now);
		event = ctx_event(ctx, EVENT_CHANNEL_ADDED);
		event.channel = channel;
		announce(ctx, &event);
	} else if (channel->registered) {
		return channel;
	}
	channel->registered = true;
	g_free(channel->registered_by);
	channel->registered_by = g_strdup(row->registered_by);
	channel->registered_at = row->registered_at;
	announce_registration(ctx, channel);
	return channel;
}

void
kept_channel_return(Ctx *ctx, const char *name, const StoreChannel *row)
{
	Channel *channel;
	ModeChanges changes;

	if (!row) {
		channel = directory_find_channel(ctx->community->directory, name);
		if (channel)
			return_unregistered(ctx, channel);
		return;
	}
	channel = return_registered(ctx, row);
	return_topic(ctx, channel, row);
	mode_changes_begin(&changes, ctx, channel);
	return_flags(&changes, row);
	return_key_and_limit(&changes, row);
	return_lists(&changes, row);
	mode_changes_end(&changes);
}
