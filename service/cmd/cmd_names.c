/* SPDX-License-Identifier: MIT */
/* NAMES (RFC 2812 3.2.5). */
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/names_reply.h"

#include <string.h>

/* The name as it is answered: the channel's own spelling where it has one. */
static const char *
names_of(Ctx *ctx, const char *name, void (*tell)(Ctx *ctx, const Channel *channel))
{
	const Channel *channel = directory_find_channel(ctx->community->directory, name);

	if (channel && may_see_inside(ctx, channel))
		tell(ctx, channel);
	return message_middle(channel && may_see_channel(ctx, channel) ? channel->name : name);
}

Outcome
cmd_names(Ctx *ctx, const Message *message)
{
	bool unseen = message->n_params > 1 && strcmp(message->params[0], "-D") == 0;
	const char *list = message->n_params > 0 ? message->params[unseen ? 1 : 0] : "";
	g_auto(GStrv) names = g_strsplit(list, ",", -1);
	const char *last = "*";
	unsigned count = 0;

	/* Everybody on the service is not a list anyone can use. */
	for (unsigned i = 0; names[i]; i++) {
		if (!list_word_counts(names, i))
			continue;
		last = names_of(ctx, names[i], unseen ? names_reply_unseen : names_reply_members);
		count++;
	}
	/* One end for all of them, under the list as it was given (RFC 2812 3.2.5). */
	reply(ctx, RPL_ENDOFNAMES, count > 1 ? message_middle(list) : last);
	return OUTCOME_DONE;
}
