/* SPDX-License-Identifier: MIT */
#include "act/channel_verbs.h"
#include "act/kept_channels.h"
#include "act/mode_changes.h"
#include "act/verbs.h"
#include "proto/modes.h"
#include "proto/names.h"

/* The flags new channels have by the community's settings. */
static uint64_t
first_modes(const Settings *settings)
{
	const SettingsCommunity *own = settings_community(settings);
	uint64_t modes = 0;

	for (const char *letter = own->channel_modes; *letter; letter++) {
		unsigned index = mode_find(MODE_ON_CHANNEL, *letter);

		if (index < MODES && mode_row(index)->kind == MODE_KIND_FLAG)
			modes |= MODE_BIT(index);
	}
	return modes;
}

Channel *
act_make_channel(Ctx *ctx, const char *name)
{
	Channel *channel = channel_new(name, ctx->now);
	Event event;

	channel->modes = first_modes(ctx->community->settings);
	directory_add_channel(ctx->community->directory, channel);
	event = ctx_event(ctx, EVENT_CHANNEL_ADDED);
	event.channel = channel;
	announce(ctx, &event);
	return channel;
}

/* Some registered channels keep their topic only while somebody is there. */
static void
forget_topic(Ctx *ctx, Channel *channel)
{
	if (!channel->registered || !channel->topic ||
	    channel_setting_is_on(channel, CHANNEL_SETTING_KEEP_TOPIC))
		return;
	channel_set_topic(channel, NULL, NULL, 0);
	act_keep_channel(ctx, channel);
}

void
act_drop_if_empty(Ctx *ctx, Channel *channel)
{
	Event event;

	if (channel->n_members > 0)
		return;
	if (channel_is_kept(channel)) {
		forget_topic(ctx, channel);
		return;
	}
	if (channel->held)
		kept_channel_remove(ctx, channel);
	event = ctx_event(ctx, EVENT_CHANNEL_REMOVED);
	event.channel = channel;
	announce(ctx, &event);
	directory_remove_channel(ctx->community->directory, channel);
	channel_free(channel);
}

void
act_tell_registration(Ctx *ctx, Channel *channel)
{
	Event event = ctx_event(ctx, EVENT_CHANNEL_REGISTERED);
	const char *closed = channel_setting(channel, CHANNEL_SETTING_PURGED);

	event.channel = channel;
	event.by = ctx->actor.name;
	event.text = *closed ? closed : NULL;
	announce(ctx, &event);
}

void
act_announce_registration(Ctx *ctx, Channel *channel)
{
	Ctx service = ctx_as_service(ctx);
	ModeChanges changes;

	act_tell_registration(ctx, channel);
	mode_changes_begin(&changes, &service, channel);
	mode_changes_add(
	    &changes, channel->registered, mode_row(MODE_CHANNEL_REGISTERED_INDEX)->letter, NULL);
	mode_changes_end(&changes);
}

Outcome
act_register_channel(Ctx *ctx, const char *name)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);

	if (ctx->actor.kind == ACTOR_USER)
		return refuse(ctx, ERR_NOPRIVILEGES);
	if (!name_is_channel(name, ctx->community->settings->limits->channel))
		return refuse(ctx, ERR_NOSUCHCHANNEL, name);
	if (!channel)
		channel = act_make_channel(ctx, name);
	if (channel->registered)
		return OUTCOME_DONE;
	channel_set_registered(channel, ctx->actor.name, ctx->now);
	kept_channel_put_all(ctx, channel);
	act_announce_registration(ctx, channel);
	return OUTCOME_DONE;
}

/* Entries that give a rank end with the registration. */
static void
forget_ranks(Ctx *ctx, const Channel *channel)
{
	for (unsigned kind = CHANNEL_MODE_LISTS; kind < CHANNEL_LISTS; kind++) {
		const MaskList *list = &channel->lists[kind];

		for (unsigned i = 0; i < list->n_entries; i++)
			kept_channel_remove_entry(
			    ctx, channel, channel_list_letter(kind), list->entries[i].mask);
	}
}

void
act_end_registration(Ctx *ctx, Channel *channel)
{
	forget_ranks(ctx, channel);
	channel_set_registered(channel, NULL, 0);
	if (channel_is_stored(channel))
		act_keep_channel(ctx, channel);
	else
		kept_channel_remove(ctx, channel);
	act_announce_registration(ctx, channel);
	act_drop_if_empty(ctx, channel);
}

Outcome
act_unregister_channel(Ctx *ctx, Channel *channel)
{
	if (ctx->actor.kind == ACTOR_USER)
		return refuse(ctx, ERR_NOPRIVILEGES);
	if (channel->registered)
		act_end_registration(ctx, channel);
	return OUTCOME_DONE;
}
