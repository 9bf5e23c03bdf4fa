/* SPDX-License-Identifier: MIT */
/* NAMES (RFC 2812 3.2.5). */
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/names_reply.h"
#include "cmd/walk.h"

#include <string.h>

/* What one NAMES needs from slice to slice. */
typedef struct NamesWalk {
	char *list;   /* as it was given */
	char **names; /* of it */
	unsigned next;
	unsigned count;      /* of those that were dealt with */
	char *last;          /* as it is answered: the channel's own spelling where it has one */
	MemberWalk *members; /* of the channel that is being told; NULL: none is */
	bool unseen;         /* -D */
} NamesWalk;

static void
names_walk_free(gpointer data)
{
	NamesWalk *walk = data;

	g_clear_pointer(&walk->members, member_walk_free);
	g_strfreev(walk->names);
	g_free(walk->list);
	g_free(walk->last);
	g_free(walk);
}

static void
begin_channel(Ctx *ctx, NamesWalk *walk, const char *name)
{
	const Channel *channel = directory_find_channel(ctx->community->directory, name);
	bool shown = channel && may_see_channel(ctx, channel);

	walk->count++;
	g_free(walk->last);
	walk->last = g_strdup(message_middle(shown ? channel->name : name));
	if (!channel || !may_see_inside(ctx, channel))
		return;
	if (walk->unseen)
		names_reply_unseen(ctx, channel);
	else
		walk->members = member_walk_new(channel);
}

/* False: that was the last channel. */
static bool
next_channel(Ctx *ctx, NamesWalk *walk)
{
	unsigned index = walk->next;

	if (!walk->names[index])
		return false;
	if (list_word_counts(walk->names, index))
		begin_channel(ctx, walk, walk->names[index]);
	walk->next++;
	return true;
}

static bool
names_step(Ctx *ctx, void *data)
{
	NamesWalk *walk = data;

	do {
		if (walk->members && names_reply_slice(ctx, walk->members))
			return true;
		g_clear_pointer(&walk->members, member_walk_free);
	} while (next_channel(ctx, walk));
	/* One end for all of them, under the list as it was given (RFC 2812 3.2.5). */
	reply(ctx, RPL_ENDOFNAMES, walk->count > 1 ? message_middle(walk->list) : walk->last);
	return false;
}

Outcome
cmd_names(Ctx *ctx, const Message *message)
{
	NamesWalk *walk = g_new0(NamesWalk, 1);

	/* Everybody on the service is not a list anyone can use. */
	walk->unseen = message->n_params > 1 && strcmp(message->params[0], "-D") == 0;
	walk->list = g_strdup(message->n_params > 0 ? message->params[walk->unseen ? 1 : 0] : "");
	walk->names = g_strsplit(walk->list, ",", -1);
	walk->last = g_strdup("*");
	return walk_start(ctx, names_step, walk, names_walk_free);
}
