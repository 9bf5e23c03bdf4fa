/* SPDX-License-Identifier: MIT */
/* MODE of channels and users (RFC 2811 4, RFC 2812 3.1.5, 3.2.3). */
#include "act/services.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "proto/modes.h"
#include "proto/names.h"
#include "proto/notices.h"

static Outcome
tell_channel_modes(Ctx *ctx, const Channel *channel)
{
	bool inside = user_seat(ctx->actor.user, channel) || actor_may(ctx, MAY_SEE_HIDDEN, NULL);
	g_autofree char *modes = channel_modes_text(channel, inside);
	g_autofree char *text = g_strconcat("+", modes, NULL);

	reply(ctx, RPL_CHANNELMODEIS, channel->name, text);
	reply(ctx, RPL_CREATIONTIME, channel->name, channel->created_at / CLOCK_SECOND);
	return OUTCOME_DONE;
}

static Outcome
mode_of_channel(Ctx *ctx, const Message *message)
{
	Channel *channel = find_channel(ctx, message->params[0]);

	if (!channel)
		return OUTCOME_REFUSED;
	if (message->n_params == 1)
		return tell_channel_modes(ctx, channel);
	return act_channel_mode(
	    ctx, channel, message->params[1], message->params + 2, message->n_params - 2);
}

static Outcome
mode_of_user(Ctx *ctx, const Message *message)
{
	const bool is_service = service_find(message->params[0]);
	User *user = is_service ? NULL : find_user(ctx, message->params[0]);
	char letters[MODES + 1], notices[NOTICE_KINDS + 1];
	g_autofree char *text = NULL;

	if (!user && !is_service)
		return OUTCOME_REFUSED;
	if (user != ctx->actor.user)
		return refuse(ctx, ERR_USERSDONTMATCH);
	if (message->n_params > 1)
		return act_user_mode(
		    ctx, user, message->params[1], message->params + 2, message->n_params - 2);
	mode_letters(MODE_ON_USER, user->modes, letters);
	text = g_strconcat("+", letters, NULL);
	reply(ctx, RPL_UMODEIS, text);
	if (user->notices) {
		notices_letters(user->notices, notices);
		reply(ctx, RPL_SNOMASK, notices);
	}
	return OUTCOME_DONE;
}

Outcome
cmd_mode(Ctx *ctx, const Message *message)
{
	return name_is_channel_like(message->params[0]) ? mode_of_channel(ctx, message)
							: mode_of_user(ctx, message);
}
