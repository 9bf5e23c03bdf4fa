/* SPDX-License-Identifier: MIT */
/* MARKREAD (IRCv3 draft/read-marker). */
#include "act/read_marker.h"
#include "cmd/handlers.h"
#include "cmd/history_request.h"
#include "proto/message.h"
#include "proto/names.h"

#include <string.h>

#define TARGET_MAX 200u /* bytes */

static Outcome
fail(Ctx *ctx, const char *code, const char *context, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", "MARKREAD", code, context, text);
	return OUTCOME_REFUSED;
}

Outcome
cmd_markread(Ctx *ctx, const Message *message)
{
	const char *target = message->n_params > 0 ? message->params[0] : "";
	int64_t time;

	if (!*target)
		return fail(ctx, "NEED_MORE_PARAMS", NULL, "Missing parameters");
	if (strlen(target) > TARGET_MAX || message_middle(target) != target ||
	    (!name_is_channel_like(target) && !name_is_nick(target, TARGET_MAX)))
		return fail(ctx, "INVALID_PARAMS", "*", "Invalid parameters");
	if (message->n_params == 1) {
		act_tell_read_marker(ctx, target);
		return OUTCOME_DONE;
	}
	if (!history_timestamp_parse(message->params[1], &time))
		return fail(ctx, "INVALID_PARAMS", message_middle(message->params[1]),
		    "Invalid parameters");
	return act_mark_read(ctx, target, time);
}
