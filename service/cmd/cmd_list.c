/* SPDX-License-Identifier: MIT */
/* LIST (RFC 2812 3.2.6, ELIST of modern IRC). */
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_filter.h"
#include "cmd/room.h"

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

static void
list_all(Ctx *ctx, const ListFilter *filter)
{
	uint32_t cursor = 0;
	const Channel *channel;

	while ((channel = directory_next_channel(ctx->community->directory, &cursor))) {
		if (!list_filter_passes(filter, channel, ctx->now) ||
		    !may_see_channel(ctx, channel))
			continue;
		if (!room_for_more(ctx, "LIST"))
			return;
		tell_channel(ctx, channel);
	}
}

Outcome
cmd_list(Ctx *ctx, const Message *message)
{
	g_auto(GStrv) words = g_strsplit(message->n_params > 0 ? message->params[0] : "", ",", -1);
	ListFilter filter;

	list_filter_init(&filter, words);
	reply(ctx, RPL_LISTSTART);
	if (filter.names->len > 0)
		list_named(ctx, &filter);
	if (filter.names->len == 0 || filter.masks->len > 0)
		list_all(ctx, &filter);
	reply(ctx, RPL_LISTEND);
	list_filter_clear(&filter);
	return OUTCOME_DONE;
}
