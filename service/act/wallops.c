/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"

Outcome
act_wallops(Ctx *ctx, const char *text)
{
	Event event;

	if (!actor_must(ctx, MAY_WALLOPS))
		return OUTCOME_REFUSED;
	event = ctx_event(ctx, EVENT_WALLOPS);
	event.text = text;
	announce(ctx, &event);
	return OUTCOME_DONE;
}
