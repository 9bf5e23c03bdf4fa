/* SPDX-License-Identifier: MIT */
/* ChanServ: registered channels as a service one writes to. Rules are the verbs'
 * (act/channel_verbs.h, act/channel_access.h). */
#include "cmd/chanserv.h"
#include "act/channel_access.h"
#include "act/channel_verbs.h"
#include "act/sight.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "cmd/service_command.h"
#include "cmd/service_list.h"
#include "proto/casemap.h"

#include <string.h>

/* Those of chanserv_members.c are seen everywhere, the others too: one form for all rows. */
#define CHANSERV(name, handler, least, most, right, syntax, help)                                  \
	Outcome chanserv_##handler(Ctx *ctx, const ServiceCall *call);
#include "cmd/chanserv.def"
#undef CHANSERV

const ServiceCommand chanserv_commands[] = {
#define CHANSERV(name, handler, least, most, right, syntax, help)                                  \
	{name, least, most, SERVICE_##right, syntax, help, chanserv_##handler},
#include "cmd/chanserv.def"
#undef CHANSERV
};
const unsigned chanserv_n_commands = G_N_ELEMENTS(chanserv_commands);

Channel *
chanserv_channel(Ctx *ctx, const char *name)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);

	/* Who has access to a secret channel knows of it without being in it. */
	if (channel && (sight_of_channel(ctx, channel) || actor_may(ctx, MAY_KEEP_CHANNELS, NULL) ||
			   access_level_of(channel, ctx->actor.user) != ACCESS_NONE))
		return channel;
	ctx_say(ctx, "There is no channel %s", name);
	return NULL;
}

Outcome
chanserv_register(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);

	return channel ? service_done(ctx, act_register_own_channel(ctx, channel),
			     "The channel is registered")
		       : OUTCOME_REFUSED;
}

Outcome
chanserv_drop(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);

	if (!channel || !access_must_be_founder(ctx, channel))
		return OUTCOME_REFUSED;
	if (!casemap_equal(service_word(call, 1), channel->name)) {
		ctx_say(ctx,
		    "All that is kept of %s would be forgotten: its access list, settings and "
		    "topic. To end its registration write DROP %s %s",
		    channel->name, channel->name, channel->name);
		return OUTCOME_REFUSED;
	}
	return service_done(
	    ctx, act_drop_channel(ctx, channel), "The channel is no longer registered");
}

Outcome
chanserv_reason(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);

	return channel
		   ? service_done(ctx,
			 act_set_entry_reason(ctx, channel, call->words[1], service_word(call, 2)),
			 "The reason is changed")
		   : OUTCOME_REFUSED;
}

Outcome
chanserv_transfer(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);

	return channel ? service_done(ctx, act_transfer_channel(ctx, channel, call->words[1]),
			     "The channel has another founder")
		       : OUTCOME_REFUSED;
}

static void
tell_time(Ctx *ctx, const char *what, int64_t when)
{
	char text[CLOCK_TEXT_SIZE];

	if (when == 0)
		return;
	clock_format(when, text);
	ctx_say(ctx, "%s: %s", what, text);
}

/* All there are, whether set or not, and what they are for. */
static void
tell_all_settings(Ctx *ctx, const Channel *channel)
{
	const char *founder = channel->ownership.founder;

	ctx_say(ctx, "founder: %s (The account that owns the channel.)",
	    founder ? founder : "the administrators");
	for (ChannelSetting i = 0; i < CHANNEL_SETTINGS; i++) {
		const ChannelSettingRow *row = channel_setting_row(i);
		const char *value = channel_setting(channel, i);

		if (row->kind != CHANNEL_SETTING_IS_RESERVED)
			ctx_say(ctx, "%s: %s (%s)", row->name, *value ? value : "-", row->help);
	}
}

static void
tell_settings(Ctx *ctx, const Channel *channel)
{
	for (ChannelSetting i = 0; i < CHANNEL_SETTINGS; i++) {
		const char *value = channel_setting(channel, i);

		if (*value)
			ctx_say(ctx, "%s: %s", channel_setting_row(i)->name, value);
	}
}

Outcome
chanserv_info(Ctx *ctx, const ServiceCall *call)
{
	const Channel *channel = chanserv_channel(ctx, call->words[0]);
	const User *user = ctx->actor.user;
	bool is_own;

	if (!channel)
		return OUTCOME_REFUSED;
	if (!channel->registered) {
		ctx_say(ctx, "%s is not registered", channel->name);
		return OUTCOME_REFUSED;
	}
	is_own =
	    access_level_of(channel, user) >= ACCESS_OP || actor_may(ctx, MAY_KEEP_CHANNELS, NULL);
	ctx_say(ctx, "Channel: %s", channel->name);
	ctx_say(ctx, "Founder: %s",
	    channel->ownership.founder ? channel->ownership.founder : "the administrators");
	tell_time(ctx, "Registered", channel->registered_at);
	if (is_own) {
		g_autofree char *modes = channel_modes_text(channel, false);

		tell_time(ctx, "Last used", channel->ownership.used_at);
		ctx_say(ctx, "Modes: +%s", modes);
		tell_settings(ctx, channel);
	} else if (*channel_setting(channel, CHANNEL_SETTING_DESCRIPTION)) {
		ctx_say(
		    ctx, "description: %s", channel_setting(channel, CHANNEL_SETTING_DESCRIPTION));
	}
	return OUTCOME_DONE;
}

Outcome
chanserv_set(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);
	const char *name = service_word(call, 1);
	const char *value = service_word(call, 2);
	ChannelSetting setting = channel_setting_find(name);

	if (!channel || (call->n_words < 3 && !access_may_manage(ctx, channel)))
		return OUTCOME_REFUSED;
	if (call->n_words == 1 || (call->n_words == 2 && casemap_equal(name, "founder"))) {
		tell_all_settings(ctx, channel);
		return OUTCOME_DONE;
	}
	if (casemap_equal(name, "founder") && *value)
		return service_done(ctx, act_transfer_channel(ctx, channel, value),
		    "The channel has another founder");
	if (setting == CHANNEL_SETTINGS) {
		ctx_say(ctx, "There is no setting %s", name);
		return OUTCOME_REFUSED;
	}
	if (call->n_words == 2) {
		ctx_say(ctx, "%s: %s (%s)", name, channel_setting(channel, setting),
		    channel_setting_row(setting)->help);
		return OUTCOME_DONE;
	}
	return service_done(
	    ctx, act_set_channel_setting(ctx, channel, setting, value), "The setting is changed");
}

static void
tell_entry(Ctx *ctx, AccessLevel level, const MaskEntry *entry)
{
	char made[CLOCK_TEXT_SIZE], ends[CLOCK_TEXT_SIZE] = "";

	clock_format(entry->set_at, made);
	if (entry->expires_at > 0)
		clock_format(entry->expires_at, ends);
	ctx_say(ctx, "%-8s %s, set by %s at %s%s%s%s%s", access_level_row(level)->name, entry->mask,
	    entry->set_by, made, *ends ? " until " : "", ends, entry->reason ? ": " : "",
	    entry->reason ? entry->reason : "");
}

static void
tell_access(Ctx *ctx, const Channel *channel)
{
	unsigned told = 0;

	for (AccessLevel level = ACCESS_OWNER; level > ACCESS_NONE; level--) {
		const MaskList *list = &channel->lists[access_level_row(level)->list];

		for (unsigned i = 0; i < list->n_entries; i++, told++)
			tell_entry(ctx, level, &list->entries[i]);
	}
	ctx_say(ctx, "%u entries", told);
}

static Outcome
set_access(Ctx *ctx, Channel *channel, const char *whom, const char *level_name, const char *reason)
{
	AccessLevel level = access_level_find(level_name);

	if (level == ACCESS_NONE) {
		ctx_say(ctx, "There is no level %s: it is owner, operator or voice", level_name);
		return OUTCOME_REFUSED;
	}
	return service_done(
	    ctx, act_set_access(ctx, channel, whom, level, reason), "The access list is changed");
}

Outcome
chanserv_access(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);
	const char *what = service_word(call, 1);
	const char *whom = service_word(call, 2);

	if (!channel)
		return OUTCOME_REFUSED;
	if (!*what || casemap_equal(what, "LIST")) {
		if (access_level_of(channel, ctx->actor.user) < ACCESS_OP &&
		    !access_may_manage(ctx, channel))
			return OUTCOME_REFUSED;
		tell_access(ctx, channel);
		return OUTCOME_DONE;
	}
	if (casemap_equal(what, "CLEAR"))
		return service_done(
		    ctx, act_clear_access(ctx, channel), "The access list is empty");
	if (casemap_equal(what, "DEL") && *whom)
		return service_done(ctx, act_set_access(ctx, channel, whom, ACCESS_NONE, NULL),
		    "The access list is changed");
	if (casemap_equal(what, "ADD") && call->n_words >= 4)
		return set_access(ctx, channel, whom, call->words[3], service_word(call, 4));
	ctx_say(ctx, "LIST, ADD <whom> <level> [<reason>], DEL <whom> or CLEAR");
	return OUTCOME_REFUSED;
}

Outcome
chanserv_amode(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = chanserv_channel(ctx, call->words[0]);
	const char *change = service_word(call, 1);
	const char *whom = service_word(call, 2);
	AccessLevel level;

	if (!channel)
		return OUTCOME_REFUSED;
	if (call->n_words < 3) {
		if (!access_may_manage(ctx, channel))
			return OUTCOME_REFUSED;
		tell_access(ctx, channel);
		return OUTCOME_DONE;
	}
	if (*change != '-')
		return set_access(ctx, channel, whom, change, NULL);
	level = access_level_find(change + 1);
	if (level == ACCESS_NONE || !access_has_entry(ctx, channel, whom, level)) {
		ctx_say(ctx, "%s does not have %s", whom, change + 1);
		return OUTCOME_REFUSED;
	}
	return service_done(ctx, act_set_access(ctx, channel, whom, ACCESS_NONE, NULL),
	    "The access list is changed");
}

static bool
is_listed(const Ctx *ctx, const void *object, const char *mask)
{
	const Channel *channel = object;

	if (!channel->registered)
		return false;
	if (*mask && actor_may(ctx, MAY_KEEP_CHANNELS, NULL))
		return mask_match(mask, channel->name);
	return access_level_of(channel, ctx->actor.user) > ACCESS_NONE;
}

static void
tell_listed(Ctx *ctx, const void *object)
{
	const Channel *channel = object;

	ctx_say(ctx, "%s (%s)", channel->name,
	    access_level_row(access_level_of(channel, ctx->actor.user))->name);
}

Outcome
chanserv_list(Ctx *ctx, const ServiceCall *call)
{
	static const ServiceListKind channels = {
	    "channels", service_list_channel, is_listed, tell_listed};

	return service_list(ctx, &channels, service_word(call, 0));
}

static bool
is_purged(const Ctx *ctx, const void *object, const char *mask)
{
	return *channel_setting(object, CHANNEL_SETTING_PURGED) != '\0';
}

static void
tell_purged(Ctx *ctx, const void *object)
{
	const Channel *channel = object;

	ctx_say(ctx, "%s: %s", channel->name, channel_setting(channel, CHANNEL_SETTING_PURGED));
}

static const ServiceListKind purged = {
    "purged channels", service_list_channel, is_purged, tell_purged};

Outcome
chanserv_purge(Ctx *ctx, const ServiceCall *call)
{
	const char *what = call->words[0];

	if (!actor_may(ctx, MAY_KEEP_CHANNELS, NULL)) {
		ctx_say(ctx, "This is for operators with the privilege channels");
		return OUTCOME_REFUSED;
	}
	if (casemap_equal(what, "ADD") && call->n_words > 1)
		return service_done(ctx,
		    act_purge_channel(ctx, call->words[1], service_word(call, 2)),
		    "The channel is closed");
	if (casemap_equal(what, "DEL") && call->n_words > 1)
		return service_done(
		    ctx, act_allow_channel(ctx, call->words[1]), "The channel may be used again");
	return service_list(ctx, &purged, "");
}
