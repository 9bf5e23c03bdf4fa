/* SPDX-License-Identifier: MIT */
#include "act/channel_access.h"

#include "act/channel_due.h"
#include "act/kept_channels.h"
#include "act/mode_changes.h"
#include "act/sight.h"
#include "proto/casemap.h"
#include "proto/modes.h"

#include <string.h>

static const AccessLevelRow levels[ACCESS_LEVELS] = {
    [ACCESS_NONE] = {"none", "-", CHANNEL_LISTS, 0},
    [ACCESS_VOICE] = {"voice", "v", CHANNEL_VOICES, MODE_CHANNEL_VOICE},
    [ACCESS_OP] = {"operator", "host", CHANNEL_OPS, MODE_CHANNEL_OP},
    [ACCESS_OWNER] = {"owner", "q", CHANNEL_OWNERS, MODE_CHANNEL_OWNER},
};

/* Further words for a level, as services say them. */
static const struct {
	const char *word;
	AccessLevel level;
} words[] = {{"op", ACCESS_OP}, {"o", ACCESS_OP}, {"+o", ACCESS_OP}, {"aop", ACCESS_OP},
    {"sop", ACCESS_OP}, {"+q", ACCESS_OWNER}, {"qop", ACCESS_OWNER}, {"+v", ACCESS_VOICE},
    {"vop", ACCESS_VOICE}};

const AccessLevelRow *
access_level_row(AccessLevel level)
{
	g_assert(level < ACCESS_LEVELS);
	return &levels[level];
}

AccessLevel
access_level_find(const char *name)
{
	for (AccessLevel level = ACCESS_VOICE; level < ACCESS_LEVELS; level++)
		if (casemap_equal(levels[level].name, name) ||
		    casemap_equal(levels[level].other, name))
			return level;
	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
		if (casemap_equal(words[i].word, name))
			return words[i].level;
	return ACCESS_NONE;
}

AccessLevel
access_level_of(const Channel *channel, const User *user)
{
	MaskSubject subject;

	if (!channel->registered)
		return ACCESS_NONE;
	if (channel_is_founder(channel, user->account))
		return ACCESS_OWNER;
	user_subject(user, channel, &subject);
	for (AccessLevel level = ACCESS_OWNER; level > ACCESS_NONE; level--)
		if (mask_list_match(&channel->lists[levels[level].list], &subject))
			return level;
	return ACCESS_NONE;
}

static void
change_rank(Ctx *ctx, Member *seat, uint64_t rank, bool add)
{
	Ctx service = ctx_as_service(ctx);
	bool was_concealed, was_host;
	ModeChanges changes;
	unsigned index = 0;

	if (((seat->ranks & rank) != 0) == add)
		return;
	while (MODE_BIT(index) != rank)
		index++;
	sight_reveal(&service, seat);
	was_concealed = member_is_concealed(seat);
	was_host = member_is_host(seat);
	member_set_ranks(seat, seat->ranks ^ rank);
	sight_rank_rose(&service, seat, was_concealed);
	mode_changes_begin(&changes, &service, seat->channel);
	mode_changes_add_rank(&changes, add, mode_row(index)->letter, seat->user);
	mode_changes_end(&changes);
	sight_rank_fell(&service, seat, was_concealed);
	sight_viewer_changed(&service, seat, was_host);
}

void
access_apply(Ctx *ctx, Channel *channel, User *user)
{
	AccessLevel level = access_level_of(channel, user);
	Member *seat = user_seat(user, channel);

	if (level == ACCESS_NONE || !seat)
		return;
	channel->ownership.used_at = ctx->now;
	change_rank(ctx, seat, levels[level].rank, true);
}

void
access_apply_everywhere(Ctx *ctx, User *user)
{
	for (uint32_t i = 0; i < user->n_seats; i++)
		access_apply(ctx, user->seats[i]->channel, user);
}

bool
access_may_manage(Ctx *ctx, const Channel *channel)
{
	const User *user = ctx->actor.user;

	if (!channel->registered) {
		ctx_fail(ctx, "ACCESS", "CHANNEL_NOT_REGISTERED", channel->name,
		    "The channel is not registered");
		return false;
	}
	if (!user || actor_may(ctx, MAY_KEEP_CHANNELS, NULL) ||
	    access_level_of(channel, user) == ACCESS_OWNER)
		return true;
	ctx_fail(ctx, "ACCESS", "ACCESS_DENIED", channel->name,
	    "Only its founder and owners by access may do this");
	return false;
}

bool
access_must_be_founder(Ctx *ctx, const Channel *channel)
{
	const User *user = ctx->actor.user;

	if (!channel->registered) {
		ctx_fail(ctx, "CHANNEL", "CHANNEL_NOT_REGISTERED", channel->name,
		    "The channel is not registered");
		return false;
	}
	if (!user || actor_may(ctx, MAY_KEEP_CHANNELS, NULL) ||
	    channel_is_founder(channel, user->account))
		return true;
	ctx_fail(ctx, "CHANNEL", "ACCESS_DENIED", channel->name, "Only its founder may do this");
	return false;
}

/* An account's name stands for the extended ban that matches it. */
static Extban *
parse_whom(Ctx *ctx, const char *whom, const char **ret_problem)
{
	g_autofree char *text = NULL;

	if (strpbrk(whom, "~!@*:")) {
		Extban *extban = extban_parse(whom, ret_problem);
		const char *account = extban ? extban_account(extban) : NULL;

		/* Whoever registered that name later would have the rank. */
		if (account && !accounts_find(ctx->community->accounts, account)) {
			*ret_problem = "There is no such account";
			g_clear_pointer(&extban, extban_free);
		}
		return extban;
	}
	if (!accounts_find(ctx->community->accounts, whom)) {
		*ret_problem = "There is no such account";
		return NULL;
	}
	text = g_strdup_printf("~a:%s", whom);
	return extban_parse(text, ret_problem);
}

bool
access_has_entry(const Ctx *ctx, const Channel *channel, const char *whom, AccessLevel level)
{
	const MaskList *list = &channel->lists[levels[level].list];
	g_autofree char *account = g_strdup_printf("~a:%s", whom);
	g_autoptr(Extban) extban = extban_parse(strpbrk(whom, "~!@*:") ? whom : account, NULL);

	return extban && mask_list_find(list, extban_text(extban)) != NULL;
}

/* Members whom the entry named get what they have by others now. */
static void
settle_members(Ctx *ctx, Channel *channel, const Extban *extban, uint64_t taken)
{
	for (uint32_t i = 0; i < channel->n_members; i++) {
		Member *seat = channel->members[i];
		AccessLevel level;
		MaskSubject subject;

		user_subject(seat->user, channel, &subject);
		if (!extban_matches(extban, &subject))
			continue;
		level = access_level_of(channel, seat->user);
		if (taken && levels[level].rank != taken)
			change_rank(ctx, seat, taken, false);
		if (level != ACCESS_NONE)
			change_rank(ctx, seat, levels[level].rank, true);
	}
}

uint64_t
access_remove_entry(Ctx *ctx, Channel *channel, const char *text)
{
	uint64_t taken = 0;

	for (AccessLevel level = ACCESS_VOICE; level < ACCESS_LEVELS; level++) {
		unsigned list = levels[level].list;

		if (!mask_list_remove(&channel->lists[list], text))
			continue;
		kept_channel_remove_entry(ctx, channel, channel_list_letter(list), text);
		taken = levels[level].rank;
	}
	return taken;
}

static void
add_entry(Ctx *ctx, Channel *channel, const char *text, AccessLevel level, const char *reason)
{
	MaskList *list = &channel->lists[levels[level].list];

	mask_list_add(list, text, ctx_setter(ctx), ctx->now);
	mask_list_set_reason(list, text, reason);
	kept_channel_put_entry(
	    ctx, channel, channel_list_letter(levels[level].list), mask_list_find(list, text));
	if (list->expires > 0)
		channel_due_arm(ctx, channel);
}

void
access_rename_entry(Ctx *ctx, Channel *channel, const char *from, const char *to)
{
	g_autofree char *before = g_strdup_printf("~a:%s", from);
	g_autofree char *after = g_strdup_printf("~a:%s", to);

	for (AccessLevel level = ACCESS_VOICE; level < ACCESS_LEVELS; level++) {
		const MaskEntry *entry =
		    mask_list_find(&channel->lists[levels[level].list], before);
		g_autofree char *reason = entry ? g_strdup(entry->reason) : NULL;

		if (!entry)
			continue;
		access_remove_entry(ctx, channel, before);
		add_entry(ctx, channel, after, level, reason);
		return;
	}
}

Outcome
act_set_access(Ctx *ctx, Channel *channel, const char *whom, AccessLevel level, const char *reason)
{
	g_autofree char *why =
	    cut_text(reason ? reason : "", ctx->community->settings->limits->kick);
	const char *problem = NULL;
	g_autoptr(Extban) extban = NULL;
	uint64_t taken;

	if (!access_may_manage(ctx, channel))
		return OUTCOME_REFUSED;
	extban = parse_whom(ctx, whom, &problem);
	if (!extban)
		return ctx_fail(ctx, "ACCESS", "INVALID_MASK", whom, problem);
	if (level != ACCESS_NONE &&
	    channel_list_entries(channel) >= ctx->community->settings->limits->list_entries)
		return ctx_fail(
		    ctx, "ACCESS", "LIST_FULL", channel->name, "The channel's access list is full");
	taken = access_remove_entry(ctx, channel, extban_text(extban));
	if (level == ACCESS_NONE && taken == 0)
		return ctx_fail(ctx, "ACCESS", "NO_SUCH_ENTRY", whom, "There is no such entry");
	if (level != ACCESS_NONE)
		add_entry(ctx, channel, extban_text(extban), level, why);
	settle_members(ctx, channel, extban, taken);
	return OUTCOME_DONE;
}

Outcome
act_clear_access(Ctx *ctx, Channel *channel)
{
	if (!access_must_be_founder(ctx, channel))
		return OUTCOME_REFUSED;
	for (AccessLevel level = ACCESS_VOICE; level < ACCESS_LEVELS; level++) {
		MaskList *list = &channel->lists[levels[level].list];

		while (list->n_entries > 0) {
			g_autoptr(Extban) extban = extban_parse(list->entries[0].mask, NULL);

			access_remove_entry(ctx, channel, extban_text(extban));
			settle_members(ctx, channel, extban, levels[level].rank);
		}
	}
	return OUTCOME_DONE;
}
