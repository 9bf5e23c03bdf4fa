/* SPDX-License-Identifier: MIT */
/*
 * Channel ownership: what a registered channel has beyond being kept: a founder, a successor and
 * settings (rows in channel_settings.def). Whom ranks are given to stands in the channel's access
 * list (domain/channel.h, levels OWNERS, OPS, VOICES).
 * Invariant: only registered channels have any of it; `founder` is an account's name or NULL (an
 * administrator registered it). Times: wall, microseconds. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define CHANNEL_SETTING_MAX 300u /* bytes */

typedef enum ChannelSetting {
#define CHANNEL_SETTING(NAME, name, kind, help) CHANNEL_SETTING_##NAME,
#include "domain/channel_settings.def"
#undef CHANNEL_SETTING
	CHANNEL_SETTINGS
} ChannelSetting;

typedef enum ChannelSettingKind {
	CHANNEL_SETTING_IS_TEXT,
	CHANNEL_SETTING_IS_ACCOUNT,
	CHANNEL_SETTING_IS_SWITCH,
	CHANNEL_SETTING_IS_RESERVED,
} ChannelSettingKind;

typedef struct ChannelSettingRow {
	const char *name;
	ChannelSettingKind kind;
	const char *help;
} ChannelSettingRow;

typedef struct ChannelOwnership {
	char *founder;
	char *settings[CHANNEL_SETTINGS]; /* NULL: as if never set; switches: "on" or "off" */
	int64_t used_at;                  /* when somebody with access was there last */
} ChannelOwnership;

const ChannelSettingRow *channel_setting_row(ChannelSetting setting);
/* CHANNEL_SETTINGS if there is none of that name; case does not matter. */
ChannelSetting channel_setting_find(const char *name);
/* The text; "" if it is not set; a switch is "on" or "off". */
const char *channel_setting(const Channel *channel, ChannelSetting setting);
bool channel_setting_is_on(const Channel *channel, ChannelSetting setting);
/* NULL or "" unsets it. The value was checked. */
void channel_set_setting(Channel *channel, ChannelSetting setting, const char *value);
void channel_set_founder(Channel *channel, const char *account);
bool channel_is_founder(const Channel *channel, const char *account);
/* All of it, when the registration ends. */
void channel_ownership_clear(ChannelOwnership *ownership);
/* The settings as "name=value" lines, for the store, and back; unknown lines are left out. Caller
 * frees. */
char *channel_settings_text(const Channel *channel) G_GNUC_WARN_UNUSED_RESULT;
void channel_settings_load(Channel *channel, const char *text);
