/* SPDX-License-Identifier: MIT */
#include "act/channel_due.h"

#include "act/channel_verbs.h"
#include "act/flood.h"
#include "act/kept_channels.h"
#include "act/mode_changes.h"
#include "act/verbs.h"

static int64_t
earlier(int64_t a, int64_t b)
{
	if (a == 0 || b == 0)
		return MAX(a, b);
	return MIN(a, b);
}

/* When the registration ends if nobody with access comes; 0: it does not. */
static int64_t
unused_until(const Ctx *ctx, const Channel *channel)
{
	int64_t lasts = ctx->community->settings->channels->expire;

	if (!channel->ownership.founder || lasts == 0)
		return 0;
	return channel->ownership.used_at + lasts;
}

static int64_t
next_due(const Ctx *ctx, const Channel *channel)
{
	int64_t due = earlier(flood_next_end(channel), unused_until(ctx, channel));

	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++)
		due = earlier(due, mask_list_next_end(&channel->lists[kind]));
	return due;
}

void
channel_due_arm(Ctx *ctx, Channel *channel)
{
	Community *community = ctx->community;
	int64_t due = next_due(ctx, channel);

	if (!community->channel_due)
		return;
	channel->timers = community->timers;
	if (due == 0)
		timers_cancel(community->timers, &channel->due);
	else
		timers_set(community->timers, &channel->due,
		    ctx->monotonic + MAX(0, due - ctx->now), community->channel_due,
		    community->channel_due_data);
}

static void
remove_ended(ModeChanges *changes, unsigned kind)
{
	Ctx *ctx = changes->ctx;
	MaskList *list = &changes->channel->lists[kind];
	const MaskEntry *entry;

	while ((entry = mask_list_ended(list, ctx->now))) {
		g_autofree char *mask = g_strdup(entry->mask);

		mask_list_remove(list, mask);
		kept_channel_remove_entry(ctx, changes->channel, channel_list_letter(kind), mask);
		if (kind < CHANNEL_MODE_LISTS)
			mode_changes_add(changes, false, channel_list_letter(kind), mask);
	}
}

void
channel_due_run(Ctx *ctx, Channel *channel)
{
	ModeChanges changes;
	int64_t ends;

	mode_changes_begin(&changes, ctx, channel);
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++)
		remove_ended(&changes, kind);
	flood_end_modes(&changes);
	mode_changes_end(&changes);
	ends = unused_until(ctx, channel);
	if (ends > 0 && ends <= ctx->now) {
		/* As long as there are members, it is used. */
		if (channel->n_members == 0) {
			act_end_registration(ctx, channel);
			return;
		}
		channel->ownership.used_at = ctx->now;
		act_keep_channel(ctx, channel);
	}
	channel_due_arm(ctx, channel);
}

void
channel_due_arm_all(Ctx *ctx)
{
	uint32_t cursor = 0;
	Channel *channel;

	while ((channel = directory_next_channel(ctx->community->directory, &cursor)))
		channel_due_arm(ctx, channel);
}
