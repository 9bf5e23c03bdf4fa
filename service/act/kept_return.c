/* SPDX-License-Identifier: MIT */
#include "act/kept_return.h"

#include "act/channel_due.h"
#include "act/kept_channels.h"
#include "act/mode_changes.h"
#include "act/verbs.h"
#include "domain/channel_values.h"
#include "proto/modes.h"

#include <string.h>

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

/* The channel as it is stored, but for its lists and its registration. */
static Channel *
stored_modes(const StoreChannel *row)
{
	Channel *stored = channel_new(row->name, row->created);

	kept_modes_load(stored, row->modes);
	channel_set_key(stored, *row->key ? row->key : NULL);
	channel_set_limit(stored, row->limit);
	stored->modes |= *row->registered_by ? MODE_CHANNEL_REGISTERED : 0;
	return stored;
}

static bool
row_is_kept(const StoreChannel *row)
{
	Channel *stored = stored_modes(row);
	bool is_kept = channel_is_kept(stored);

	channel_free(stored);
	return is_kept;
}

/* Flags by their bit, the others by their value. */
static void
return_mode(ModeChanges *changes, const Channel *stored, unsigned index)
{
	Channel *channel = changes->channel;
	bool set = channel_has(stored, MODE_BIT(index));
	g_autofree char *has = channel_value(channel, index);
	g_autofree char *had = channel_value(stored, index);

	if (channel_has(channel, MODE_BIT(index)) == set && g_strcmp0(has, had) == 0)
		return;
	if (!channel_value_rule(index))
		channel_flip_flag(channel, index);
	else
		channel_set_value(channel, index, had);
	if (index == MODE_CHANNEL_KEY_INDEX && !set)
		mode_changes_add(changes, false, mode_row(index)->letter, "*");
	else
		mode_changes_add(changes, set, mode_row(index)->letter, had);
}

static void
return_modes(ModeChanges *changes, const StoreChannel *row)
{
	Channel *stored = stored_modes(row);

	for (unsigned i = 0; i < MODES; i++)
		if (mode_row(i)->target == MODE_ON_CHANNEL && mode_row(i)->kind != MODE_KIND_RANK &&
		    mode_row(i)->kind != MODE_KIND_LIST)
			return_mode(changes, stored, i);
	channel_free(stored);
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

/* What gives a rank is no mode. */
static void
mode_returned_entry(ModeChanges *changes, const StoreListEntry *entry)
{
	const MaskList *list = channel_list(changes->channel, entry->kind);

	if (list < &changes->channel->lists[CHANNEL_MODE_LISTS])
		mode_changes_add(changes, true, entry->kind, entry->mask);
}

static void
return_lists(ModeChanges *changes, const StoreChannel *row)
{
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		MaskList *list = &changes->channel->lists[kind];

		for (unsigned i = list->n_entries; i-- > 0;) {
			g_autofree char *mask = g_strdup(list->entries[i].mask);

			if (row_has_entry(row, channel_list_letter(kind), mask))
				continue;
			mask_list_remove(list, mask);
			if (kind < CHANNEL_MODE_LISTS)
				mode_changes_add(changes, false, channel_list_letter(kind), mask);
		}
	}
	for (guint i = 0; i < row->entries->len; i++) {
		const StoreListEntry *entry = row->entries->pdata[i];
		MaskList *list = channel_list(changes->channel, entry->kind);

		if (list &&
		    mask_list_restore(list, entry->mask, entry->set_by,
			*entry->reason ? entry->reason : NULL, entry->set_at, entry->expires_at))
			mode_returned_entry(changes, entry);
	}
}

static const char *
stored_property(const StoreChannel *row, const char *key)
{
	for (guint i = 0; i < row->properties->len; i++) {
		const StoreProperty *property = row->properties->pdata[i];

		if (strcmp(property->key, key) == 0)
			return property->value;
	}
	return NULL;
}

static void
return_properties(Ctx *ctx, Channel *channel, const StoreChannel *row)
{
	for (unsigned i = property_list_length(channel->properties); i-- > 0;) {
		g_autofree char *key = g_strdup(property_list_at(channel->properties, i)->key);

		if (!stored_property(row, key))
			act_return_property(ctx, channel, key, NULL);
	}
	for (guint i = 0; i < row->properties->len; i++) {
		const StoreProperty *property = row->properties->pdata[i];
		const char *has = property_list_get(channel->properties, property->key);

		if (g_strcmp0(has, property->value) != 0)
			act_return_property(ctx, channel, property->key, property->value);
	}
}

/* Its registration was not stored; or that somebody holds it, and then the next change of his tries
 * again. */
static void
return_unregistered(Ctx *ctx, Channel *channel)
{
	channel->held = false;
	if (!channel_is_kept(channel))
		return;
	channel->modes &= ~(uint64_t)MODE_CHANNEL_PERMANENT;
	if (channel->registered) {
		channel_set_registered(channel, NULL, 0);
		act_announce_registration(ctx, channel);
	}
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
	if (*row->registered_by) {
		channel_set_registered(channel, row->registered_by, row->registered_at);
		act_announce_registration(ctx, channel);
	}
	return channel;
}

void
kept_channel_return(Ctx *ctx, const char *name, const StoreChannel *row)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);
	ModeChanges changes;

	if (!row) {
		if (channel)
			return_unregistered(ctx, channel);
		return;
	}
	/* Nobody is there who held it: the next start finds that out, too. */
	if (!channel && !row_is_kept(row))
		return;
	channel = return_registered(ctx, row);
	channel_set_founder(channel, *row->founder ? row->founder : NULL);
	channel_settings_load(channel, row->settings);
	return_topic(ctx, channel, row);
	mode_changes_begin(&changes, ctx, channel);
	return_modes(&changes, row);
	return_lists(&changes, row);
	mode_changes_end(&changes);
	channel_due_arm(ctx, channel);
	return_properties(ctx, channel, row);
}
