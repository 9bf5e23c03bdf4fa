/* SPDX-License-Identifier: MIT */
#include "act/channel_due.h"

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

static int64_t
next_due(const Channel *channel)
{
	int64_t due = flood_next_end(channel);

	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++)
		due = earlier(due, mask_list_next_end(&channel->lists[kind]));
	return due;
}

void
channel_due_arm(Ctx *ctx, Channel *channel)
{
	Community *community = ctx->community;
	int64_t due = next_due(channel);

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
		mode_changes_add(changes, false, channel_list_letter(kind), mask);
	}
}

void
channel_due_run(Ctx *ctx, Channel *channel)
{
	ModeChanges changes;

	mode_changes_begin(&changes, ctx, channel);
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++)
		remove_ended(&changes, kind);
	flood_end_modes(&changes);
	mode_changes_end(&changes);
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
