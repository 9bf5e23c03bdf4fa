/* SPDX-License-Identifier: MIT */
#include "act/held_channels.h"

#include "act/kept_channels.h"
#include "act/presence.h"
#include "act/verbs.h"

void
held_channel_enter(Ctx *ctx, Channel *channel, const User *user)
{
	bool was_stored = channel_is_stored(channel);

	if (channel->held || !ctx->records || !presence_stays(ctx->community, user))
		return;
	channel->held = true;
	if (was_stored)
		return;
	/* What a hold before left there, should its end not have been stored. */
	kept_channel_remove(ctx, channel);
	kept_channel_put_all(ctx, channel);
}

void
held_channels_enter(Ctx *ctx, const User *user)
{
	for (uint32_t i = 0; i < user->n_seats; i++)
		held_channel_enter(ctx, user->seats[i]->channel, user);
}

static bool
has_holder(const Ctx *ctx, const Channel *channel)
{
	for (uint32_t i = 0; i < channel->n_members; i++)
		if (presence_stays(ctx->community, channel->members[i]->user))
			return true;
	return false;
}

void
held_channel_review(Ctx *ctx, Channel *channel)
{
	if (!channel->held || has_holder(ctx, channel))
		return;
	channel->held = false;
	if (!channel_is_stored(channel))
		kept_channel_remove(ctx, channel);
}

void
held_channels_tidy(Ctx *ctx)
{
	uint32_t cursor = 0;
	Channel *channel;

	while ((channel = directory_next_channel(ctx->community->directory, &cursor)))
		if (channel->held && channel->n_members == 0)
			act_drop_if_empty(ctx, channel);
}
