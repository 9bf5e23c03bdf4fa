/* SPDX-License-Identifier: MIT */
#include "domain/channel_values.h"

#include "domain/channel.h"
#include "proto/modes.h"
#include "proto/names.h"

#include <string.h>

#define LIMIT_MOST 1000000000u
#define SLOW_MOST 3600u   /* seconds */
#define FORWARD_MOST 200u /* bytes: the longest channel name there can be */

static void
set_bit(Channel *channel, uint64_t bit, bool on)
{
	if (on)
		channel->modes |= bit;
	else
		channel->modes &= ~bit;
}

static bool
read_number(const char *text, unsigned most, unsigned *ret_number)
{
	guint64 number = 0;

	if (text && !g_ascii_string_to_unsigned(text, 10, 1, most, &number, NULL))
		return false;
	*ret_number = (unsigned)number;
	return true;
}

static char *
number_text(unsigned number)
{
	return number > 0 ? g_strdup_printf("%u", number) : NULL;
}

static char *
key_text(const Channel *channel)
{
	return g_strdup(channel->key);
}

static bool
set_key(Channel *channel, const char *text)
{
	if (text && !name_is_key(text))
		return false;
	channel_set_key(channel, text);
	return true;
}

static char *
limit_text(const Channel *channel)
{
	return number_text(channel->limit);
}

static bool
set_limit(Channel *channel, const char *text)
{
	unsigned limit;

	if (!read_number(text, LIMIT_MOST, &limit))
		return false;
	channel_set_limit(channel, limit);
	return true;
}

static char *
forward_text(const Channel *channel)
{
	return g_strdup(channel->forward);
}

static bool
set_forward(Channel *channel, const char *text)
{
	if (text && !name_is_channel(text, FORWARD_MOST))
		return false;
	g_free(channel->forward);
	channel->forward = g_strdup(text);
	set_bit(channel, MODE_CHANNEL_FORWARD, text != NULL);
	return true;
}

static char *
slow_text(const Channel *channel)
{
	return number_text(channel->slow);
}

static bool
set_slow(Channel *channel, const char *text)
{
	unsigned seconds;

	if (!read_number(text, SLOW_MOST, &seconds))
		return false;
	channel->slow = seconds;
	set_bit(channel, MODE_CHANNEL_SLOW, seconds > 0);
	return true;
}

static char *
flood_text(const Channel *channel)
{
	return channel->flood ? g_strdup(channel->flood->text) : NULL;
}

/* Other rules count anew, but what was set for a while still ends. */
static bool
set_flood(Channel *channel, const char *text)
{
	FloodRules rules;

	if (text && !flood_rules_parse(text, &rules))
		return false;
	set_bit(channel, MODE_CHANNEL_FLOOD, text != NULL);
	if (channel->flood)
		g_free(channel->flood->text);
	if (!text) {
		g_clear_pointer(&channel->flood, g_free);
		return true;
	}
	if (!channel->flood)
		channel->flood = g_new0(ChannelFlood, 1);
	channel->flood->text = g_strdup(text);
	channel->flood->rules = rules;
	memset(channel->flood->windows, 0, sizeof channel->flood->windows);
	return true;
}

static const struct {
	char *(*text)(const Channel *channel);
	bool (*set)(Channel *channel, const char *text);
	const char *rule;
} values[MODES] = {
    [MODE_CHANNEL_KEY_INDEX] = {key_text, set_key,
	"A key is visible ASCII without commas, up to 23 bytes"},
    [MODE_CHANNEL_LIMIT_INDEX] = {limit_text, set_limit,
	"A limit is a number from 1 to 1000000000"},
    [MODE_CHANNEL_FLOOD_INDEX] = {flood_text, set_flood,
	"Flood protection is a profile (very-relaxed, relaxed, normal, strict, very-strict) or "
	"rules as in [8t#q5,10j#i3]:15"},
    [MODE_CHANNEL_FORWARD_INDEX] = {forward_text, set_forward,
	"A forward is the name of another channel"},
    [MODE_CHANNEL_SLOW_INDEX] = {slow_text, set_slow,
	"Slow mode is a number of seconds from 1 to 3600"},
};

char *
channel_value(const Channel *channel, unsigned index)
{
	return values[index].text ? values[index].text(channel) : NULL;
}

bool
channel_set_value(Channel *channel, unsigned index, const char *text)
{
	g_assert(values[index].set);
	return values[index].set(channel, text);
}

const char *
channel_value_rule(unsigned index)
{
	return values[index].rule;
}
