/* SPDX-License-Identifier: MIT */
#include "act/channel_access.h"
#include "act/kept_channels.h"
#include "act/verbs.h"
#include "proto/message.h"

/* Of one list; tells why not. */
static bool
may_say_why(Ctx *ctx, const Channel *channel, unsigned kind)
{
	if (kind >= CHANNEL_MODE_LISTS)
		return access_may_manage(ctx, channel);
	if (actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return true;
	refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
	return false;
}

Outcome
act_set_entry_reason(Ctx *ctx, Channel *channel, const char *mask, const char *reason)
{
	g_autofree char *text = cut_text(reason, ctx->community->settings->limits->kick);
	const char *problem = NULL;
	g_autoptr(Extban) extban = extban_parse(mask, &problem);
	unsigned found = 0;

	if (!extban)
		return ctx_fail(ctx, "ACCESS", "INVALID_MASK", message_middle(mask), problem);
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		MaskList *list = &channel->lists[kind];
		const MaskEntry *entry = mask_list_find(list, extban_text(extban));

		if (!entry)
			continue;
		if (!may_say_why(ctx, channel, kind))
			return OUTCOME_REFUSED;
		mask_list_set_reason(list, entry->mask, text);
		kept_channel_put_entry(ctx, channel, channel_list_letter(kind), entry);
		found++;
	}
	if (found == 0)
		return ctx_fail(ctx, "ACCESS", "NO_SUCH_ENTRY", message_middle(mask),
		    "There is no such entry in the channel's lists");
	return OUTCOME_DONE;
}
