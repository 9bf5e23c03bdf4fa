/* SPDX-License-Identifier: MIT */
#include "cmd/find.h"

#include "act/services.h"
#include "act/sight.h"
#include "proto/message.h"

bool
may_see_channel(const Ctx *ctx, const Channel *channel)
{
	return sight_of_channel(ctx, channel);
}

bool
may_see_inside(const Ctx *ctx, const Channel *channel)
{
	return channel_shows_members(channel, ctx->actor.user) ||
	       actor_may(ctx, MAY_SEE_HIDDEN, NULL);
}

Channel *
find_channel(Ctx *ctx, const char *name)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);

	if (channel && may_see_channel(ctx, channel))
		return channel;
	refuse(ctx, ERR_NOSUCHCHANNEL, message_middle(name));
	return NULL;
}

User *
find_user(Ctx *ctx, const char *nick)
{
	User *user = directory_find_user(ctx->community->directory, nick);

	if (!user)
		refuse(ctx, ERR_NOSUCHNICK, message_middle(nick));
	return user;
}

const User *
find_shown(const Ctx *ctx, const char *nick, User **ret_made)
{
	const ServiceRow *service = service_find(nick);

	if (!service)
		return directory_find_user(ctx->community->directory, nick);
	*ret_made = service_as_user(ctx, service);
	return *ret_made;
}
