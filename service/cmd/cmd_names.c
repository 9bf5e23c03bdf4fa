/* SPDX-License-Identifier: MIT */
/* NAMES (RFC 2812 3.2.5). */
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/names_reply.h"

#include <string.h>

static void
names_of(Ctx *ctx, const char *name, void (*tell)(Ctx *ctx, const Channel *channel))
{
	const Channel *channel = directory_find_channel(ctx->community->directory, name);

	if (channel && may_see_inside(ctx, channel))
		tell(ctx, channel);
	else
		reply(ctx, RPL_ENDOFNAMES, message_middle(channel ? channel->name : name));
}

Outcome
cmd_names(Ctx *ctx, const Message *message)
{
	g_auto(GStrv) names = NULL;
	bool unseen;

	/* Everybody on the service is not a list anyone can use. */
	if (message->n_params == 0) {
		reply(ctx, RPL_ENDOFNAMES, "*");
		return OUTCOME_DONE;
	}
	unseen = strcmp(message->params[0], "-D") == 0 && message->n_params > 1;
	names = g_strsplit(message->params[unseen ? 1 : 0], ",", -1);
	for (unsigned i = 0; names[i]; i++)
		if (list_word_counts(names, i))
			names_of(ctx, names[i], unseen ? names_reply_unseen : names_reply);
	return OUTCOME_DONE;
}
