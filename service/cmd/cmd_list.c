/* SPDX-License-Identifier: MIT */
/* LIST (RFC 2812 3.2.6, ELIST of modern IRC). */
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_filter.h"
#include "cmd/room.h"
#include "cmd/walk.h"

/* Outsiders learn that a private channel exists, and how full it is: no topic. */
static void
tell_channel(Ctx *ctx, const Channel *channel)
{
	const char *topic = channel->topic && may_see_inside(ctx, channel) ? channel->topic : "";

	reply(ctx, RPL_LIST, channel->name, channel->n_members, topic);
}

static void
list_named(Ctx *ctx, const ListFilter *filter)
{
	for (guint i = 0; i < filter->names->len; i++) {
		const char *name = g_ptr_array_index(filter->names, i);
		const Channel *channel = directory_find_channel(ctx->community->directory, name);

		if (channel && may_see_channel(ctx, channel) &&
		    list_filter_passes(filter, channel, ctx->now))
			tell_channel(ctx, channel);
	}
}

/* What one LIST needs from slice to slice. */
typedef struct ListWalk {
	char **words; /* the filter's */
	ListFilter filter;
	uint32_t cursor;
} ListWalk;

static void
list_walk_free(gpointer data)
{
	ListWalk *walk = data;

	list_filter_clear(&walk->filter);
	g_strfreev(walk->words);
	g_free(walk);
}

/* True if there are more channels to be looked at. */
static bool
list_slice(Ctx *ctx, ListWalk *walk)
{
	const Directory *directory = ctx->community->directory;

	for (unsigned i = 0; i < WALK_SLICE && room_is_left(ctx); i++) {
		const Channel *channel = directory_next_channel(directory, &walk->cursor);

		if (!channel)
			return false;
		if (list_filter_passes(&walk->filter, channel, ctx->now) &&
		    may_see_channel(ctx, channel))
			tell_channel(ctx, channel);
	}
	return true;
}

static bool
list_step(Ctx *ctx, void *data)
{
	if (list_slice(ctx, data))
		return true;
	reply(ctx, RPL_LISTEND);
	return false;
}

/* Programs that look for people to write to connect, list and leave: they are to wait a while. */
static bool
is_too_young(const Ctx *ctx)
{
	const User *user = ctx->actor.user;
	int64_t age = ctx->now - ctx->actor.session->opened_at;

	return age < ctx->community->settings->limits->list_delay && !user->account &&
	       !user_is_operator(user);
}

Outcome
cmd_list(Ctx *ctx, const Message *message)
{
	ListWalk *walk = g_new0(ListWalk, 1);
	bool whole;
	bool early;

	walk->words = g_strsplit(message->n_params > 0 ? message->params[0] : "", ",", -1);
	list_filter_init(&walk->filter, walk->words);
	whole = walk->filter.names->len == 0 || walk->filter.masks->len > 0;
	early = whole && is_too_young(ctx);
	if (early)
		refuse(ctx, RPL_TRYAGAIN, "LIST");
	reply(ctx, RPL_LISTSTART);
	list_named(ctx, &walk->filter);
	if (whole && !early)
		return walk_start(ctx, list_step, walk, list_walk_free);
	reply(ctx, RPL_LISTEND);
	list_walk_free(walk);
	return early ? OUTCOME_REFUSED : OUTCOME_DONE;
}
