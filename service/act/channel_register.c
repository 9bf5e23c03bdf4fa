/* SPDX-License-Identifier: MIT */
#include "act/channel_access.h"
#include "act/channel_due.h"
#include "act/channel_verbs.h"
#include "act/kept_channels.h"
#include "act/verbs.h"
#include "proto/casemap.h"
#include "proto/message.h"
#include "proto/names.h"

#include <string.h>

static unsigned
channels_of(const Community *community, const char *account)
{
	unsigned count = 0;
	uint32_t cursor = 0;
	const Channel *channel;

	while ((channel = directory_next_channel(community->directory, &cursor)))
		count += channel_is_founder(channel, account) ? 1 : 0;
	return count;
}

/* May this account own one more? Tells why not. */
static bool
has_room(Ctx *ctx, const Channel *channel, const char *account)
{
	if (channels_of(ctx->community, account) < ctx->community->settings->channels->per_account)
		return true;
	ctx_fail(ctx, "CHANNEL", "TOO_MANY_CHANNELS", channel->name,
	    "The account has registered as many channels as it may");
	return false;
}

Outcome
act_register_own_channel(Ctx *ctx, Channel *channel)
{
	const SettingsChannels *settings = ctx->community->settings->channels;
	User *user = ctx->actor.user;

	if (!settings->registration && !actor_may(ctx, MAY_KEEP_CHANNELS, NULL))
		return ctx_fail(ctx, "CHANNEL", "REGISTRATION_DISABLED", channel->name,
		    "Channels are registered by administrators here");
	if (!user->account)
		return ctx_fail(ctx, "CHANNEL", "ACCOUNT_REQUIRED", channel->name,
		    "You must be logged in to register a channel");
	if (channel->registered)
		return ctx_fail(ctx, "CHANNEL", "ALREADY_REGISTERED", channel->name,
		    "The channel is registered already");
	if (!actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
	if (!has_room(ctx, channel, user->account))
		return OUTCOME_REFUSED;
	channel_set_registered(channel, user->account, ctx->now);
	channel_set_founder(channel, user->account);
	channel->ownership.used_at = ctx->now;
	kept_channel_put_all(ctx, channel);
	act_announce_registration(ctx, channel);
	access_apply(ctx, channel, user);
	channel_due_arm(ctx, channel);
	return OUTCOME_DONE;
}

Outcome
act_drop_channel(Ctx *ctx, Channel *channel)
{
	if (!access_must_be_founder(ctx, channel))
		return OUTCOME_REFUSED;
	act_end_registration(ctx, channel);
	return OUTCOME_DONE;
}

Outcome
act_transfer_channel(Ctx *ctx, Channel *channel, const char *account_name)
{
	const Account *account = accounts_find(ctx->community->accounts, account_name);

	if (!access_must_be_founder(ctx, channel))
		return OUTCOME_REFUSED;
	if (!account)
		return ctx_fail(
		    ctx, "CHANNEL", "NO_SUCH_ACCOUNT", account_name, "There is no such account");
	if (channel_is_founder(channel, account->name))
		return OUTCOME_DONE;
	if (!has_room(ctx, channel, account->name))
		return OUTCOME_REFUSED;
	channel_set_founder(channel, account->name);
	if (casemap_equal(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), account->name))
		channel_set_setting(channel, CHANNEL_SETTING_SUCCESSOR, NULL);
	act_keep_channel(ctx, channel);
	for (guint i = 0; i < account->users->len; i++)
		access_apply(ctx, channel, g_ptr_array_index(account->users, i));
	return OUTCOME_DONE;
}

/* NULL: the value is right for the row; else why not. */
static const char *
check_setting(const Ctx *ctx, const ChannelSettingRow *row, const char *value)
{
	if (strlen(value) > CHANNEL_SETTING_MAX)
		return "The value is too long";
	if (row->kind == CHANNEL_SETTING_IS_SWITCH && !casemap_equal(value, "on") &&
	    !casemap_equal(value, "off"))
		return "The value is on or off";
	if (row->kind == CHANNEL_SETTING_IS_ACCOUNT && *value &&
	    !accounts_find(ctx->community->accounts, value))
		return "There is no such account";
	return NULL;
}

Outcome
act_set_channel_setting(Ctx *ctx, Channel *channel, ChannelSetting setting, const char *value)
{
	const ChannelSettingRow *row = channel_setting_row(setting);
	g_autofree char *folded = NULL;
	const char *problem;

	if (row->kind == CHANNEL_SETTING_IS_ACCOUNT ? !access_must_be_founder(ctx, channel)
						    : !access_may_manage(ctx, channel))
		return OUTCOME_REFUSED;
	if (strcmp(value, "-") == 0)
		value = "";
	problem = row->kind == CHANNEL_SETTING_IS_SWITCH && !*value
		      ? NULL
		      : check_setting(ctx, row, value);
	if (problem)
		return ctx_fail(ctx, "CHANNEL", "INVALID_VALUE", row->name, problem);
	folded =
	    row->kind == CHANNEL_SETTING_IS_SWITCH ? g_ascii_strdown(value, -1) : g_strdup(value);
	channel_set_setting(channel, setting, folded);
	act_keep_channel(ctx, channel);
	return OUTCOME_DONE;
}

/* The founder's account is gone: the successor follows, or nobody. */
static void
lose_founder(Ctx *ctx, Channel *channel)
{
	const char *successor = channel_setting(channel, CHANNEL_SETTING_SUCCESSOR);

	if (*successor && accounts_find(ctx->community->accounts, successor)) {
		channel_set_founder(channel, successor);
		channel_set_setting(channel, CHANNEL_SETTING_SUCCESSOR, NULL);
		act_keep_channel(ctx, channel);
		return;
	}
	act_end_registration(ctx, channel);
}

void
channels_forget_account(Ctx *ctx, const char *account)
{
	g_autofree char *entry = g_strdup_printf("~a:%s", account);
	uint32_t cursor = 0;
	Channel *channel;

	while ((channel = directory_next_channel(ctx->community->directory, &cursor))) {
		if (!channel->registered)
			continue;
		access_remove_entry(ctx, channel, entry);
		if (casemap_equal(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), account)) {
			channel_set_setting(channel, CHANNEL_SETTING_SUCCESSOR, NULL);
			act_keep_channel(ctx, channel);
		}
		if (channel_is_founder(channel, account))
			lose_founder(ctx, channel);
	}
}

void
channels_rename_account(Ctx *ctx, const char *from, const char *to)
{
	uint32_t cursor = 0;
	Channel *channel;

	while ((channel = directory_next_channel(ctx->community->directory, &cursor))) {
		bool changed = false;

		if (!channel->registered)
			continue;
		access_rename_entry(ctx, channel, from, to);
		if (channel_is_founder(channel, from)) {
			channel_set_founder(channel, to);
			changed = true;
		}
		if (casemap_equal(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), from)) {
			channel_set_setting(channel, CHANNEL_SETTING_SUCCESSOR, to);
			changed = true;
		}
		if (changed)
			act_keep_channel(ctx, channel);
	}
}
