/* SPDX-License-Identifier: MIT */
/* Who owns a registered channel and what he set, and the access list of a channel. */
#include "control/rows.h"

#include "act/channel_access.h"
#include "act/channel_verbs.h"
#include "base/clock.h"
#include "domain/channel.h"
#include "proto/modes.h"

static Channel *
channel_of_call(ControlCall *call)
{
	const char *name = call_string(call, "channel");
	Channel *channel = directory_find_channel(call->control->setup.community->directory, name);

	if (!channel)
		call_not_found(call, name, "Channel not found");
	return channel;
}

static json_t *
entry_object(const MaskEntry *entry, const char *level, const char *mode)
{
	json_t *object = json_object();

	json_object_set_new(object, "level", json_string(level));
	json_object_set_new(object, "mode", json_text(mode));
	json_object_set_new(object, "mask", json_text(entry->mask));
	json_object_set_new(object, "set_by", json_text(entry->set_by));
	json_object_set_new(object, "set_at", json_time(entry->set_at));
	json_object_set_new(object, "expires_at",
	    entry->expires_at > 0 ? json_time(entry->expires_at) : json_null());
	json_object_set_new(
	    object, "reason", entry->reason ? json_text(entry->reason) : json_null());
	return object;
}

/* `mode`: the letter that sets such an entry; NULL if it gives a rank. */
static void
append_entries(json_t *list, const MaskList *entries, const char *level, const char *mode)
{
	for (unsigned i = 0; i < entries->n_entries; i++)
		json_array_append_new(list, entry_object(&entries->entries[i], level, mode));
}

json_t *
method_access_list(ControlCall *call)
{
	const Channel *channel = channel_of_call(call);
	json_t *list;

	if (!channel)
		return NULL;
	list = json_array();
	for (AccessLevel level = ACCESS_OWNER; level > ACCESS_NONE; level--) {
		const AccessLevelRow *row = access_level_row(level);

		append_entries(list, &channel->lists[row->list], row->name, NULL);
	}
	for (unsigned kind = 0; kind < CHANNEL_MODE_LISTS; kind++) {
		const char letter[] = {channel_list_letter(kind), '\0'};
		const ModeRow *row = mode_row(mode_find(MODE_ON_CHANNEL, *letter));

		append_entries(list, &channel->lists[kind], row->name, letter);
	}
	return json_pack("{s:o}", "list", list);
}

json_t *
method_access_set(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	AccessLevel level = access_level_find(call_string(call, "level"));
	Ctx ctx;

	if (!channel)
		return NULL;
	call_note(call, channel->name, NULL,
	    json_pack("{s:O,s:O,s:O?}", "whom", call_value(call, "whom"), "level",
		call_value(call, "level"), "reason", call_value(call, "reason")));
	call_ctx(call, &ctx);
	return call_outcome(call, act_set_access(&ctx, channel, call_string(call, "whom"), level,
				      call_string(call, "reason")));
}

json_t *
method_channel_set_reason(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	Ctx ctx;

	if (!channel)
		return NULL;
	call_note(call, channel->name, NULL,
	    json_pack("{s:O,s:O}", "mask", call_value(call, "mask"), "reason",
		call_value(call, "reason")));
	call_ctx(call, &ctx);
	return call_outcome(call, act_set_entry_reason(&ctx, channel, call_string(call, "mask"),
				      call_string(call, "reason")));
}

json_t *
method_channel_transfer(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	Ctx ctx;

	if (!channel)
		return NULL;
	call_note(call, channel->name,
	    json_pack("{s:o}", "founder", json_text(channel->ownership.founder)),
	    json_pack("{s:O}", "founder", call_value(call, "account")));
	call_ctx(call, &ctx);
	return call_outcome(
	    call, act_transfer_channel(&ctx, channel, call_string(call, "account")));
}

json_t *
method_channel_get_settings(ControlCall *call)
{
	const Channel *channel = channel_of_call(call);
	json_t *settings;

	if (!channel)
		return NULL;
	if (!channel->registered)
		return call_not_found(call, channel->name, "%s is not registered", channel->name);
	settings = json_object();
	for (ChannelSetting setting = 0; setting < CHANNEL_SETTINGS; setting++)
		json_object_set_new(settings, channel_setting_row(setting)->name,
		    json_text(channel_setting(channel, setting)));
	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "channel", json_text(channel->name),
	    "founder", json_text(channel->ownership.founder), "registered_by",
	    json_text(channel->registered_by), "registered_at", json_time(channel->registered_at),
	    "used_at", json_time(channel->ownership.used_at), "settings", settings);
}

json_t *
method_channel_set_setting(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	ChannelSetting setting = channel_setting_find(call_string(call, "setting"));
	Ctx ctx;

	if (!channel)
		return NULL;
	if (setting == CHANNEL_SETTINGS)
		return call_not_found(call, call_string(call, "setting"), "No such setting");
	call_note(call, channel->name,
	    json_pack(
		"{s:s}", channel_setting_row(setting)->name, channel_setting(channel, setting)),
	    json_pack("{s:O}", channel_setting_row(setting)->name, call_value(call, "value")));
	call_ctx(call, &ctx);
	return call_outcome(
	    call, act_set_channel_setting(&ctx, channel, setting, call_string(call, "value")));
}

json_t *
method_channel_purge(ControlCall *call)
{
	const char *name = call_string(call, "channel");
	Ctx ctx;

	call_note(call, name, NULL, json_pack("{s:O?}", "reason", call_value(call, "reason")));
	call_ctx(call, &ctx);
	return call_outcome(call, act_purge_channel(&ctx, name, call_string(call, "reason")));
}

json_t *
method_channel_allow(ControlCall *call)
{
	const char *name = call_string(call, "channel");
	Ctx ctx;

	call_note(call, name, NULL, json_pack("{s:b}", "purged", 0));
	call_ctx(call, &ctx);
	return call_outcome(call, act_allow_channel(&ctx, name));
}
