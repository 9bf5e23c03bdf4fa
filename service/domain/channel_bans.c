/* SPDX-License-Identifier: MIT */
#include "domain/channel_bans.h"

#include "domain/channel.h"
#include "domain/user.h"

static bool
walk(const Channel *channel, const User *user, unsigned scope)
{
	MaskSubject subject;

	user_subject(user, channel, &subject);
	return mask_list_match_scope(&channel->lists[CHANNEL_BANS], &subject, scope) &&
	       !mask_list_match_scope(&channel->lists[CHANNEL_EXCEPTS], &subject, scope);
}

/* Neither number ever falls, so their sum stands for both. */
static uint32_t
state_of_lists(const Channel *channel)
{
	return channel->lists[CHANNEL_BANS].changes + channel->lists[CHANNEL_EXCEPTS].changes;
}

bool
channel_bans_from(const Channel *channel, const User *user, unsigned scope)
{
	Member *seat;

	g_assert(scope && (scope & (scope - 1)) == 0);
	if (channel->lists[CHANNEL_BANS].n_entries == 0)
		return false;
	seat = user_seat(user, channel);
	if (!seat)
		return walk(channel, user, scope);
	if (seat->judged_at != state_of_lists(channel))
		seat->judged = 0;
	if (!(seat->judged & scope)) {
		seat->judged_at = state_of_lists(channel);
		seat->judged |= (uint8_t)scope;
		seat->banned_from &= (uint8_t)~scope;
		if (walk(channel, user, scope))
			seat->banned_from |= (uint8_t)scope;
	}
	return (seat->banned_from & scope) != 0;
}

bool
channel_bans(const Channel *channel, const User *user)
{
	return channel_bans_from(channel, user, EXTBAN_JOIN);
}
