/* SPDX-License-Identifier: MIT */
/* SAJOIN, SAMODE, SANICK, SAPART (customary): operators past the rules. */
#include "act/override.h"
#include "cmd/entry.h"
#include "cmd/find.h"
#include "cmd/handlers.h"

Outcome
cmd_sajoin(Ctx *ctx, const Message *message)
{
	User *user = find_user(ctx, message->params[0]);
	bool was_inside;
	Channel *channel;
	Outcome outcome;

	if (!user)
		return OUTCOME_REFUSED;
	channel = directory_find_channel(ctx->community->directory, message->params[1]);
	was_inside = channel && user_seat(user, channel);
	outcome = act_override_join(ctx, user, message->params[1]);
	channel = directory_find_channel(ctx->community->directory, message->params[1]);
	if (outcome == OUTCOME_DONE && user == ctx->actor.user && channel && !was_inside)
		entry_tell(ctx, channel);
	return outcome;
}

Outcome
cmd_samode(Ctx *ctx, const Message *message)
{
	Channel *channel = find_channel(ctx, message->params[0]);

	return channel ? act_override_mode(ctx, channel, message->params[1], message->params + 2,
			     message->n_params - 2)
		       : OUTCOME_REFUSED;
}

Outcome
cmd_sanick(Ctx *ctx, const Message *message)
{
	User *user = find_user(ctx, message->params[0]);

	return user ? act_override_nick(ctx, user, message->params[1]) : OUTCOME_REFUSED;
}

Outcome
cmd_sapart(Ctx *ctx, const Message *message)
{
	User *user = find_user(ctx, message->params[0]);
	Channel *channel = user ? find_channel(ctx, message->params[1]) : NULL;

	return channel ? act_override_part(
			     ctx, user, channel, message->n_params > 2 ? message->params[2] : NULL)
		       : OUTCOME_REFUSED;
}
