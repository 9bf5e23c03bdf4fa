/* SPDX-License-Identifier: MIT */
/* Channel values: what is taken, what is shown, and the mode's bit. */
#include "domain/channel.h"
#include "domain/channel_values.h"
#include "proto/modes.h"

static void
test_round_trip(void)
{
	static const struct {
		unsigned index;
		const char *text, *shown; /* NULL: refused */
	} cases[] = {
	    {MODE_CHANNEL_KEY_INDEX, "secret", "secret"},
	    {MODE_CHANNEL_KEY_INDEX, "a,b", NULL},
	    {MODE_CHANNEL_LIMIT_INDEX, "0012", "12"},
	    {MODE_CHANNEL_LIMIT_INDEX, "0", NULL},
	    {MODE_CHANNEL_FORWARD_INDEX, "#over", "#over"},
	    {MODE_CHANNEL_FORWARD_INDEX, "over", NULL},
	    {MODE_CHANNEL_SLOW_INDEX, "3600", "3600"},
	    {MODE_CHANNEL_SLOW_INDEX, "3601", NULL},
	    {MODE_CHANNEL_SLOW_INDEX, "-1", NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Channel *channel = channel_new("#x", 1);
		bool takes = channel_set_value(channel, cases[i].index, cases[i].text);
		g_autofree char *shown = channel_value(channel, cases[i].index);

		g_assert_cmpint(takes, ==, cases[i].shown != NULL);
		g_assert_cmpstr(shown, ==, cases[i].shown);
		g_assert_cmpint(channel_has(channel, MODE_BIT(cases[i].index)), ==, takes);
		g_assert_true(channel_set_value(channel, cases[i].index, NULL));
		g_assert_cmpuint(channel->modes, ==, 0);
		g_assert_nonnull(channel_value_rule(cases[i].index));
		channel_free(channel);
	}
	g_assert_null(channel_value_rule(MODE_CHANNEL_MODERATED_INDEX));
}

/* Parameters stand in the order of the letters. */
static void
test_modes_text(void)
{
	Channel *channel = channel_new("#x", 1);
	g_autofree char *text = NULL;
	g_autofree char *some = NULL;

	channel->modes = MODE_CHANNEL_MODERATED;
	channel_set_value(channel, MODE_CHANNEL_SLOW_INDEX, "5");
	channel_set_value(channel, MODE_CHANNEL_FORWARD_INDEX, "#y");
	channel_set_value(channel, MODE_CHANNEL_LIMIT_INDEX, "7");
	channel_set_value(channel, MODE_CHANNEL_KEY_INDEX, "k");
	text = channel_modes_text(channel, false);
	g_assert_cmpstr(text, ==, "klLmW * 7 #y 5");
	some = channel_modes_text_of(
	    channel, MODE_CHANNEL_FORWARD | MODE_CHANNEL_MODERATED | MODE_CHANNEL_SECRET, true);
	g_assert_cmpstr(some, ==, "Lm #y");
	channel_free(channel);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/channel-values/round-trip", test_round_trip);
	g_test_add_func("/channel-values/modes-text", test_modes_text);
	return g_test_run();
}
