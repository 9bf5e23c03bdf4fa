/* SPDX-License-Identifier: MIT */
#include "channel_modes.h"

#include <string.h>

static const char described[] =
    "{\"service\":{\"name\":\"x\",\"version\":\"1\",\"protocol\":1},\"methods\":[],\"settings\":[],"
    "\"modes\":[{\"letter\":\"o\",\"on\":\"channel\",\"kind\":\"rank\",\"name\":\"operator\","
    "\"help\":\"\"},"
    "{\"letter\":\"k\",\"on\":\"channel\",\"kind\":\"key\",\"name\":\"key\",\"help\":\"\"},"
    "{\"letter\":\"l\",\"on\":\"channel\",\"kind\":\"limit\",\"name\":\"limit\",\"help\":\"\"},"
    "{\"letter\":\"L\",\"on\":\"channel\",\"kind\":\"value\",\"name\":\"forward\",\"help\":\"\"},"
    "{\"letter\":\"b\",\"on\":\"channel\",\"kind\":\"list\",\"name\":\"ban\",\"help\":\"\"},"
    "{\"letter\":\"m\",\"on\":\"channel\",\"kind\":\"flag\",\"name\":\"moderated\",\"help\":\"\"},"
    "{\"letter\":\"n\",\"on\":\"channel\",\"kind\":\"flag\",\"name\":\"no "
    "external\",\"help\":\"\"},"
    "{\"letter\":\"o\",\"on\":\"user\",\"kind\":\"flag\",\"name\":\"IRC operator\",\"help\":\"\"}],"
    "\"events\":[],\"counters\":[],\"close_reasons\":[]}";

static Description *
description(void)
{
	g_autoptr(GError) error = NULL;
	Description *found = description_parse(described, strlen(described), &error);

	g_assert_no_error(error);
	return found;
}

static void
parse(void)
{
	g_autoptr(Description) all = description();
	ChannelModes modes;

	channel_modes_parse(&modes, "klLn sesame 20 #other", all);
	g_assert_cmpstr(modes.flags, ==, "n");
	g_assert_cmpstr(channel_modes_value(&modes, "k"), ==, "sesame");
	g_assert_cmpstr(channel_modes_value(&modes, "l"), ==, "20");
	g_assert_cmpstr(channel_modes_value(&modes, "L"), ==, "#other");
	g_assert_null(channel_modes_value(&modes, "n"));
	g_assert_true(channel_modes_have(&modes, "n"));
	g_assert_false(channel_modes_have(&modes, "m"));
	channel_modes_clear(&modes);
	channel_modes_parse(&modes, NULL, all);
	g_assert_cmpstr(modes.flags, ==, "");
	g_assert_null(channel_modes_value(&modes, "k"));
	channel_modes_clear(&modes);
	g_assert_cmpstr(channel_modes_name(all, "o"), ==, "operator");
	g_assert_null(channel_modes_name(all, "z"));
}

static void
assert_change(const char *from_text, const char *to_text, const char *modes, const char *parameters)
{
	g_autoptr(Description) all = description();
	g_autofree char *found = NULL;
	g_autofree char *found_parameters = NULL;
	ChannelModes from;
	ChannelModes to;

	channel_modes_parse(&from, from_text, all);
	channel_modes_parse(&to, to_text, all);
	g_assert_true(
	    channel_modes_change(&from, &to, all, &found, &found_parameters) == (modes != NULL));
	g_assert_cmpstr(found, ==, modes);
	g_assert_cmpstr(found_parameters, ==, parameters);
	channel_modes_clear(&from);
	channel_modes_clear(&to);
}

static void
change(void)
{
	assert_change("n", "n", NULL, NULL);
	assert_change("n", "m", "-n+m", "");
	assert_change("n", "nkl sesame 20", "+kl", "sesame 20");
	assert_change("kl sesame 20", "l 30", "-k+l", "sesame 30");
	assert_change("kln sesame 20", "n", "-kl", "sesame");
	assert_change("n", "Ln #other", "+L", "#other");
	assert_change("L #other", "L #third", "+L", "#third");
	assert_change("kL sesame #other", "m", "-kL+m", "sesame");
	/* A key that may not be read, and a letter nobody described, stay as they are. */
	assert_change("k", "k", NULL, NULL);
	assert_change("nX", "mX", "-n+m", "");
}

static void
kinds(void)
{
	g_autoptr(Description) all = description();
	g_autoptr(GString) valued = g_string_new(NULL);
	g_autoptr(GString) lists = g_string_new(NULL);
	guint count;
	const DescribedMode *modes = description_modes(all, &count);

	for (guint i = 0; i < count; i++) {
		if (channel_mode_has_value(&modes[i]))
			g_string_append(valued, modes[i].letter);
		if (channel_mode_is(&modes[i], "list"))
			g_string_append(lists, modes[i].letter);
	}
	g_assert_cmpstr(valued->str, ==, "klL");
	g_assert_cmpstr(lists->str, ==, "b");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatcfg/channel-modes/parse", parse);
	g_test_add_func("/chatcfg/channel-modes/change", change);
	g_test_add_func("/chatcfg/channel-modes/kinds", kinds);
	return g_test_run();
}
