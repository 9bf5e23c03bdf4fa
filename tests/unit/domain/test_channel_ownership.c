/* SPDX-License-Identifier: MIT */
/* Channel ownership: settings with their defaults, to and from the text that is stored. */
#include "domain/channel.h"
#include "domain/channel_ownership.h"

#include <string.h>

static void
test_settings(void)
{
	Channel *channel = channel_new("#x", 1);
	Channel *again = channel_new("#x", 1);
	g_autofree char *text = NULL;

	g_assert_cmpstr(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), ==, "");
	g_assert_true(channel_setting_is_on(channel, CHANNEL_SETTING_KEEP_TOPIC));
	g_assert_false(channel_setting_is_on(channel, CHANNEL_SETTING_RESTRICTED));
	channel_set_setting(channel, CHANNEL_SETTING_KEEP_TOPIC, "off");
	channel_set_setting(channel, CHANNEL_SETTING_ENTRY_MESSAGE, "a=b: read this");
	g_assert_false(channel_setting_is_on(channel, CHANNEL_SETTING_KEEP_TOPIC));
	text = channel_settings_text(channel);
	g_assert_cmpstr(text, ==, "entrymsg=a=b: read this\nkeeptopic=off\n");
	channel_settings_load(again, text);
	channel_settings_load(again, "unknown=x\nno equals sign\n");
	for (ChannelSetting i = 0; i < CHANNEL_SETTINGS; i++)
		g_assert_cmpstr(channel_setting(again, i), ==, channel_setting(channel, i));
	channel_set_setting(channel, CHANNEL_SETTING_KEEP_TOPIC, NULL);
	g_assert_true(channel_setting_is_on(channel, CHANNEL_SETTING_KEEP_TOPIC));
	channel_free(channel);
	channel_free(again);
}

/* All of it, the ranks the channel gives too, ends with the registration. */
static void
test_registration(void)
{
	Channel *channel = channel_new("#x", 1);

	channel_set_registered(channel, "anna", 5);
	channel_set_founder(channel, "anna");
	mask_list_add(&channel->lists[CHANNEL_OPS], "~a:bea", "anna", 5);
	mask_list_add(&channel->lists[CHANNEL_BANS], "evil", "anna", 5);
	g_assert_true(channel_is_founder(channel, "ANNA"));
	g_assert_false(channel_is_founder(channel, NULL));
	g_assert_true(channel_list(channel, 'o') == &channel->lists[CHANNEL_OPS]);
	channel_set_registered(channel, NULL, 0);
	g_assert_false(channel_is_founder(channel, "anna"));
	g_assert_cmpuint(channel->lists[CHANNEL_OPS].n_entries, ==, 0);
	g_assert_cmpuint(channel->lists[CHANNEL_BANS].n_entries, ==, 1);
	channel_free(channel);
}

static void
test_rows(void)
{
	for (ChannelSetting i = 0; i < CHANNEL_SETTINGS; i++) {
		g_assert_cmpint(channel_setting_find(channel_setting_row(i)->name), ==, i);
		g_assert_cmpuint(strlen(channel_setting_row(i)->help), >, 10);
	}
	g_assert_cmpint(channel_setting_find("nothing"), ==, CHANNEL_SETTINGS);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/channel-ownership/settings", test_settings);
	g_test_add_func("/channel-ownership/registration", test_registration);
	g_test_add_func("/channel-ownership/rows", test_rows);
	return g_test_run();
}
