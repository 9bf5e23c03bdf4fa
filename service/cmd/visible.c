/* SPDX-License-Identifier: MIT */
#include "cmd/visible.h"

#include "base/clock.h"
#include "proto/caps.h"

#include <string.h>

bool
may_see_user(const Ctx *ctx, const User *user)
{
	const User *asker = ctx->actor.user;

	return !(user->modes & MODE_USER_INVISIBLE) || user == asker ||
	       actor_may(ctx, MAY_SEE_HIDDEN, NULL) || user_shares_channel(asker, user);
}

bool
may_see_address(const Ctx *ctx, const User *user)
{
	return user == ctx->actor.user || actor_may(ctx, MAY_SEE_HIDDEN, NULL);
}

void
user_flags(
    const Ctx *ctx, const User *user, const Member *member, char text[static USER_FLAGS_SIZE])
{
	size_t length = 0;

	text[length++] = user->away ? 'G' : 'H';
	if (user->modes & MODE_USER_OPERATOR)
		text[length++] = '*';
	if (member) {
		mode_prefixes(member->ranks, session_has(ctx->actor.session, CAP_MULTI_PREFIX),
		    text + length);
		length += strlen(text + length);
	}
	if (user->modes & MODE_USER_BOT)
		text[length++] = mode_row(MODE_USER_BOT_INDEX)->letter;
	text[length] = '\0';
}

const char *
address_lead(const char *address)
{
	return *address == ':' ? "0" : "";
}

int64_t
idle_seconds(const Ctx *ctx, const User *user)
{
	if ((user->modes & MODE_USER_HIDE_IDLE) && !may_see_address(ctx, user))
		return 0;
	return MAX(0, ctx->monotonic - user->spoke_at) / CLOCK_SECOND;
}
