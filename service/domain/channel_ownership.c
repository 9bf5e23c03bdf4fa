/* SPDX-License-Identifier: MIT */
#include "domain/channel_ownership.h"

#include "domain/channel.h"
#include "proto/casemap.h"

#include <string.h>

static const ChannelSettingRow rows[] = {
#define CHANNEL_SETTING(NAME, name, kind, help) {name, CHANNEL_SETTING_IS_##kind, help},
#include "domain/channel_settings.def"
#undef CHANNEL_SETTING
};

/* What a setting says that was never set. */
static const char *const defaults[CHANNEL_SETTINGS] = {
    [CHANNEL_SETTING_KEEP_TOPIC] = "on",
    [CHANNEL_SETTING_RESTRICTED] = "off",
};

const ChannelSettingRow *
channel_setting_row(ChannelSetting setting)
{
	g_assert(setting < CHANNEL_SETTINGS);
	return &rows[setting];
}

ChannelSetting
channel_setting_find(const char *name)
{
	ChannelSetting setting = 0;

	while (setting < CHANNEL_SETTINGS && !casemap_equal(rows[setting].name, name))
		setting++;
	return setting;
}

const char *
channel_setting(const Channel *channel, ChannelSetting setting)
{
	const char *value = channel->ownership.settings[setting];

	if (value)
		return value;
	return defaults[setting] ? defaults[setting] : "";
}

bool
channel_setting_is_on(const Channel *channel, ChannelSetting setting)
{
	return strcmp(channel_setting(channel, setting), "on") == 0;
}

void
channel_set_setting(Channel *channel, ChannelSetting setting, const char *value)
{
	char *copy = value && *value ? g_strdup(value) : NULL;

	g_free(channel->ownership.settings[setting]);
	channel->ownership.settings[setting] = copy;
}

void
channel_set_founder(Channel *channel, const char *account)
{
	char *copy = g_strdup(account);

	g_free(channel->ownership.founder);
	channel->ownership.founder = copy;
}

bool
channel_is_founder(const Channel *channel, const char *account)
{
	return account && channel->ownership.founder &&
	       casemap_equal(channel->ownership.founder, account);
}

void
channel_ownership_clear(ChannelOwnership *ownership)
{
	g_free(ownership->founder);
	for (unsigned i = 0; i < CHANNEL_SETTINGS; i++)
		g_free(ownership->settings[i]);
	*ownership = (ChannelOwnership){0};
}

char *
channel_settings_text(const Channel *channel)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < CHANNEL_SETTINGS; i++)
		if (channel->ownership.settings[i])
			g_string_append_printf(
			    text, "%s=%s\n", rows[i].name, channel->ownership.settings[i]);
	return g_string_free(text, FALSE);
}

void
channel_settings_load(Channel *channel, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line; line++) {
		char *equals = strchr(*line, '=');
		ChannelSetting setting;

		if (!equals)
			continue;
		*equals = '\0';
		setting = channel_setting_find(*line);
		if (setting < CHANNEL_SETTINGS)
			channel_set_setting(channel, setting, equals + 1);
	}
}
