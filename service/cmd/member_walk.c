/* SPDX-License-Identifier: MIT */
#include "cmd/member_walk.h"

#include "cmd/find.h"
#include "cmd/room.h"
#include "cmd/visible.h"
#include "cmd/walk.h"
#include "domain/user.h"

struct MemberWalk {
	Handle channel;
	guint next;
	guint n_users;
	Handle users[];
};

MemberWalk *
member_walk_new(const Channel *channel)
{
	MemberWalk *walk =
	    g_malloc(sizeof *walk + (gsize)channel->n_members * sizeof walk->users[0]);

	walk->channel = channel->handle;
	walk->next = 0;
	walk->n_users = channel->n_members;
	for (uint32_t i = 0; i < channel->n_members; i++)
		walk->users[i] = channel->members[i]->user->handle;
	return walk;
}

void
member_walk_free(MemberWalk *walk)
{
	g_free(walk);
}

const Channel *
member_walk_channel(const MemberWalk *walk, const Ctx *ctx)
{
	return directory_channel(ctx->community->directory, walk->channel);
}

bool
member_walk_slice(MemberWalk *walk, Ctx *ctx,
    void (*tell)(Ctx *ctx, const Member *member, void *data), void *data)
{
	const Directory *directory = ctx->community->directory;
	const Channel *channel = member_walk_channel(walk, ctx);
	guint end = MIN(walk->n_users, walk->next + WALK_SLICE);
	bool inside;

	if (!channel || !may_see_inside(ctx, channel))
		return false;
	inside = user_seat(ctx->actor.user, channel) || actor_may(ctx, MAY_SEE_HIDDEN, NULL);
	while (walk->next < end && room_is_left(ctx)) {
		const User *user = directory_user(directory, walk->users[walk->next++]);
		const Member *member = user ? user_seat(user, channel) : NULL;

		if (member && (inside || may_see_user(ctx, user)) &&
		    member_is_seen_by(member, ctx->actor.user))
			tell(ctx, member, data);
	}
	return walk->next < walk->n_users;
}
