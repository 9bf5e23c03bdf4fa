/* SPDX-License-Identifier: MIT */
#include "act/flood.h"

#include "act/channel_due.h"
#include "act/channel_speech.h"
#include "base/clock.h"
#include "proto/message.h"
#include "proto/modes.h"

#include <string.h>

#define MINUTE (60 * CLOCK_SECOND)

/* One more within the rule's seconds; true if that is too many. */
static bool
count_one(const Ctx *ctx, const ChannelFlood *flood, FloodKind kind, FloodWindow *window)
{
	int64_t length = flood->rules.seconds * CLOCK_SECOND;

	if (flood->rules.rules[kind].count == 0)
		return false;
	if (window->count == 0 || ctx->monotonic - window->began_at >= length)
		*window = (FloodWindow){.began_at = ctx->monotonic};
	return ++window->count > flood->rules.rules[kind].count;
}

static void
tell_flood(Ctx *ctx, const Channel *channel, const char *who)
{
	g_autofree char *text = who ? g_strdup_printf("%s, by %s", channel->name, who) : NULL;
	Event event = ctx_event(ctx, EVENT_FLOOD);

	event.text = text ? text : channel->name;
	announce(ctx, &event);
}

static void
set_mode(Ctx *ctx, Channel *channel, const FloodRule *rule)
{
	const char letters[] = {'+', rule->action, '\0'};
	unsigned index = mode_find(MODE_ON_CHANNEL, rule->action);
	int64_t *end = &channel->flood->ends[index];

	/* One that was set by hand stays. */
	if (channel_has(channel, MODE_BIT(index)) && *end == 0)
		return;
	*end = ctx->now + rule->minutes * MINUTE;
	act_channel_mode(ctx, channel, letters, NULL, 0);
	channel_due_arm(ctx, channel);
}

static void
add_ban(Ctx *ctx, Channel *channel, const User *user, const FloodRule *rule, const char *scope)
{
	g_autofree char *mask = g_strdup_printf("~t:%u:%s*!*@%s", rule->minutes, scope, user->host);
	const char *const parameters[] = {mask};

	if (channel_list_entries(channel) < ctx->community->settings->limits->list_entries)
		act_channel_mode(ctx, channel, "+b", parameters, 1);
}

static void
drop(Ctx *ctx, Channel *channel, User *user, const FloodRule *rule)
{
	/* Not being let through is all. */
}

static void
mute(Ctx *ctx, Channel *channel, User *user, const FloodRule *rule)
{
	add_ban(ctx, channel, user, rule, "~m:");
}

static void
kick(Ctx *ctx, Channel *channel, User *user, const FloodRule *rule)
{
	act_kick(ctx, channel, user, "Flooding");
}

static void
ban(Ctx *ctx, Channel *channel, User *user, const FloodRule *rule)
{
	add_ban(ctx, channel, user, rule, "");
	kick(ctx, channel, user, rule);
}

/* What is done to one member. */
static const struct {
	char action;
	void (*run)(Ctx *ctx, Channel *channel, User *user, const FloodRule *rule);
} measures[] = {{'d', drop}, {'k', kick}, {'b', ban}, {'q', mute}};

/* The last member may be sent away by it, and the channel with its rules be gone after that. */
static void
take_measure(Ctx *ctx, Channel *channel, User *user, FloodRule rule)
{
	Ctx service = ctx_as_service(ctx);

	tell_flood(&service, channel, user->prefix);
	for (unsigned i = 0; i < G_N_ELEMENTS(measures); i++) {
		if (measures[i].action != rule.action)
			continue;
		measures[i].run(&service, channel, user, &rule);
		return;
	}
}

void
flood_count(Ctx *ctx, Channel *channel, FloodKind kind)
{
	ChannelFlood *flood = channel->flood;
	Ctx service;

	if (!flood || !count_one(ctx, flood, kind, &flood->windows[kind]))
		return;
	flood->windows[kind].count = 0;
	service = ctx_as_service(ctx);
	tell_flood(&service, channel, NULL);
	set_mode(&service, channel, &flood->rules.rules[kind]);
}

bool
flood_allows_speech(Ctx *ctx, Channel *channel, const Speech *speech)
{
	Member *seat = ctx->actor.user ? user_seat(ctx->actor.user, channel) : NULL;
	const ChannelFlood *flood = channel->flood;

	if (!flood || !ctx->actor.user || (seat && member_has_voice(seat)))
		return true;
	if (seat && count_one(ctx, flood, FLOOD_TEXT, &seat->flood)) {
		if (speech_is_answered(speech))
			refuse(ctx, ERR_CANNOTSENDTOCHAN, channel->name, "+F");
		take_measure(ctx, channel, ctx->actor.user, flood->rules.rules[FLOOD_TEXT]);
		return false;
	}
	if (speech_is_ctcp(speech->text))
		flood_count(ctx, channel, FLOOD_CTCP);
	flood_count(ctx, channel, FLOOD_MESSAGES);
	return true;
}

int64_t
flood_next_end(const Channel *channel)
{
	int64_t next = 0;

	for (unsigned i = 0; channel->flood && i < MODES; i++) {
		int64_t end = channel->flood->ends[i];

		if (end > 0 && (next == 0 || end < next))
			next = end;
	}
	return next;
}

void
flood_end_modes(ModeChanges *changes)
{
	Channel *channel = changes->channel;
	ChannelFlood *flood = channel->flood;

	for (unsigned i = 0; flood && i < MODES; i++) {
		if (flood->ends[i] == 0 || flood->ends[i] > changes->ctx->now)
			continue;
		flood->ends[i] = 0;
		if (!channel_has(channel, MODE_BIT(i)))
			continue;
		channel_flip_flag(channel, i);
		mode_changes_add(changes, false, mode_row(i)->letter, NULL);
		changes->kept_row_stale = true;
	}
}
