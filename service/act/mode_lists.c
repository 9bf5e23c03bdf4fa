/* SPDX-License-Identifier: MIT */
#include "act/mode_lists.h"

#include "act/channel_due.h"
#include "act/kept_channels.h"
#include "base/clock.h"
#include "proto/casemap.h"
#include "proto/message.h"

#include <string.h>

/* Administrators have names with spaces; a numeric has room for one word. */
static char *
setter_word(const MaskEntry *entry)
{
	return g_strndup(entry->set_by, strcspn(entry->set_by, " "));
}

/* Why an entry is there and until when, as a last parameter; "" if there is neither. */
static char *
why_and_until(const MaskEntry *entry)
{
	char end[CLOCK_TEXT_SIZE];

	if (entry->expires_at == 0)
		return entry->reason ? g_strdup_printf(" :%s", entry->reason) : g_strdup("");
	clock_format(entry->expires_at, end);
	return entry->reason ? g_strdup_printf(" :%s (until %s)", entry->reason, end)
			     : g_strdup_printf(" :until %s", end);
}

#define DEFINE_TELL(what, kind, ENTRY, END)                                                        \
	static void tell_##what(Ctx *ctx, const Channel *channel)                                  \
	{                                                                                          \
		const MaskList *list = &channel->lists[kind];                                      \
                                                                                                   \
		for (unsigned i = 0; i < list->n_entries; i++) {                                   \
			const MaskEntry *entry = &list->entries[i];                                \
			g_autofree char *setter = setter_word(entry);                              \
			g_autofree char *more = why_and_until(entry);                              \
                                                                                                   \
			reply(ctx, ENTRY, channel->name, entry->mask, setter,                      \
			    entry->set_at / CLOCK_SECOND, more);                                   \
		}                                                                                  \
		reply(ctx, END, channel->name);                                                    \
	}

DEFINE_TELL(bans, CHANNEL_BANS, RPL_BANLIST, RPL_ENDOFBANLIST)
DEFINE_TELL(excepts, CHANNEL_EXCEPTS, RPL_EXCEPTLIST, RPL_ENDOFEXCEPTLIST)
DEFINE_TELL(invite_excepts, CHANNEL_INVITE_EXCEPTS, RPL_INVEXLIST, RPL_ENDOFINVEXLIST)

static const struct {
	unsigned mode;
	bool for_hosts; /* others may not read it */
	void (*tell)(Ctx *ctx, const Channel *channel);
} lists[CHANNEL_MODE_LISTS] = {
    [CHANNEL_BANS] = {MODE_CHANNEL_BAN_INDEX, false, tell_bans},
    [CHANNEL_EXCEPTS] = {MODE_CHANNEL_EXCEPT_INDEX, true, tell_excepts},
    [CHANNEL_INVITE_EXCEPTS] = {MODE_CHANNEL_INVITE_EXCEPT_INDEX, true, tell_invite_excepts},
};

static unsigned
list_of(unsigned mode)
{
	unsigned kind = 0;

	while (lists[kind].mode != mode)
		kind++;
	return kind;
}

static void
tell_list(ModeChanges *changes, unsigned kind)
{
	Ctx *ctx = changes->ctx;

	if (lists[kind].for_hosts && !actor_may(ctx, MAY_HOST_CHANNEL, changes->channel)) {
		changes->refused = true;
		refuse(ctx, ERR_CHANOPRIVSNEEDED, changes->channel->name);
		return;
	}
	lists[kind].tell(ctx, changes->channel);
}

static void
add_mask(ModeChanges *changes, const ModeStep *step, MaskList *list, const char *mask)
{
	Ctx *ctx = changes->ctx;
	Channel *channel = changes->channel;
	/* One that lasts is more than the same for a while. */
	const MaskEntry *there = mask_list_find(list, mask);
	const SettingsLimits *limits = ctx->community->settings->limits;

	if (there && casemap_equal(there->mask, mask))
		return;
	if (channel_list_entries(channel) >= limits->list_entries) {
		changes->refused = true;
		refuse(ctx, ERR_BANLISTFULL, channel->name, step->letter);
		return;
	}
	mask_list_add(list, mask, ctx_setter(ctx), ctx->now);
	kept_channel_put_entry(ctx, channel, *step->letter, mask_list_find(list, mask));
	mode_changes_add(changes, true, *step->letter, mask);
	if (list->expires > 0)
		channel_due_arm(ctx, channel);
}

static void
remove_mask(ModeChanges *changes, const ModeStep *step, MaskList *list, const char *mask)
{
	const MaskEntry *entry = mask_list_find(list, mask);
	g_autofree char *text = entry ? g_strdup(entry->mask) : NULL;

	if (!entry)
		return;
	mask_list_remove(list, text);
	kept_channel_remove_entry(changes->ctx, changes->channel, *step->letter, text);
	mode_changes_add(changes, false, *step->letter, text);
}

void
mode_list_apply(ModeChanges *changes, const ModeStep *step)
{
	unsigned kind = list_of(step->index);
	MaskList *list = &changes->channel->lists[kind];
	g_autoptr(Extban) extban = NULL;
	const char *problem;

	if (!step->parameter) {
		tell_list(changes, kind);
		return;
	}
	extban = extban_parse(step->parameter, &problem);
	/* It would never match; what is there from before can be taken out. */
	if (extban && step->add && extban_needs_country(extban) && !changes->ctx->host->country) {
		problem = "Countries of addresses are not known here";
		g_clear_pointer(&extban, extban_free);
	}
	if (!extban) {
		changes->refused = true;
		refuse(changes->ctx, ERR_INVALIDMODEPARAM, changes->channel->name, *step->letter,
		    message_middle(step->parameter), problem);
		return;
	}
	if (step->add)
		add_mask(changes, step, list, extban_text(extban));
	else
		remove_mask(changes, step, list, extban_text(extban));
}
