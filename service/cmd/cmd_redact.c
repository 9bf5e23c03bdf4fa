/* SPDX-License-Identifier: MIT */
/* REDACT (IRCv3 draft/message-redaction), EDIT (draft/message-edit). */
#include "act/edit.h"
#include "act/redact.h"
#include "cmd/handlers.h"

Outcome
cmd_redact(Ctx *ctx, const Message *message)
{
	return act_redact(ctx, message->params[0], message->params[1],
	    message->n_params > 2 ? message->params[2] : NULL);
}

Outcome
cmd_edit(Ctx *ctx, const Message *message)
{
	return act_edit(ctx, &(ChangeRequest){.target = message->params[0],
				 .msgid = message->params[1],
				 .text = message->params[2]});
}
