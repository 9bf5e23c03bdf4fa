/* SPDX-License-Identifier: MIT */
/* What is written to "$*" or "$" and a mask of server names (RFC 2812 3.3.1): to everybody, for
 * there is one server. */
#include "act/verbs.h"
#include "proto/mask.h"
#include "proto/message.h"

#include <string.h>

Outcome
act_announce(Ctx *ctx, const Speech *speech)
{
	const char *mask = speech->target + 1;
	Event event;

	if (!actor_must(ctx, MAY_ANNOUNCE))
		return OUTCOME_REFUSED;
	if (!mask_match(mask, ctx->community->server_name))
		return refuse(ctx, ERR_NOSUCHSERVER, message_middle(speech->target));
	event = ctx_event(ctx, EVENT_ANNOUNCEMENT);
	event.verb = speech->verb;
	event.target_name = speech->target;
	event.text = speech->text;
	announce(ctx, &event);
	return OUTCOME_DONE;
}
