/* SPDX-License-Identifier: MIT */
#include "act/screen.h"

#include "act/kept_accounts.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "domain/name_list.h"
#include "proto/message.h"
#include "proto/modes.h"
#include "proto/names.h"

#define CALL_TOLD_EVERY (60 * CLOCK_SECOND) /* who has mode g is told of callers no more often */

static bool
covers(const SilenceList *list, const User *user, unsigned flag)
{
	return list && silence_list_covers(list, flag,
			   &(MaskSubject){user->nick, user->username, user->host, user->address});
}

bool
screen_silences(const Ctx *ctx, const User *target, unsigned flag)
{
	const User *user = ctx->actor.user;

	return user && user != target && covers(target->silences, user, flag);
}

bool
screen_account_silences(const Ctx *ctx, const Account *account, unsigned flag)
{
	const User *user = ctx->actor.user;

	return user && user->login != account && covers(account->silences, user, flag);
}

bool
screen_accepts(const User *target, const User *user)
{
	return name_list_has(target->accepts, user->nick) ||
	       name_list_has(target->accepts, user->account);
}

void
screen_expect_answer(const Ctx *ctx, const User *target)
{
	User *user = ctx->actor.user;

	if (!user || user == target || !(user->modes & MODE_USER_ACCOUNTS_WRITE) ||
	    target->account ||
	    name_list_count(user->accepts) >= ctx->community->settings->limits->accept_entries)
		return;
	if (!user->accepts)
		user->accepts = name_list_new();
	name_list_add(user->accepts, target->nick);
}

static void
tell_target(Ctx *ctx, User *target)
{
	Event event = ctx_event(ctx, EVENT_CALL);

	target->called_at = ctx->monotonic;
	event.source = NULL;
	event.target = target;
	announce(ctx, &event);
}

bool
screen_lets_call(Ctx *ctx, User *target, bool answered)
{
	const User *user = ctx->actor.user;

	if (!user || user == target || !(target->modes & MODE_USER_CALLER_ID) ||
	    user_is_operator(user) || screen_accepts(target, user))
		return true;
	if (!answered)
		return false;
	refuse(ctx, RPL_TARGUMODEG, target->nick);
	if (target->called_at != 0 && ctx->monotonic < target->called_at + CALL_TOLD_EVERY)
		return false;
	tell_target(ctx, target);
	reply(ctx, RPL_TARGNOTIFY, target->nick);
	return false;
}

static void
tell_silence(Ctx *ctx, char sign, const char *mask, unsigned flags)
{
	char letters[SILENCE_FLAGS_SIZE];

	silence_flags_text(flags, letters);
	if (ctx->reply)
		reply_line_from(ctx->reply, ctx->actor.user->prefix, "SILENCE %c%s%s%s", sign, mask,
		    sign == '+' ? " " : "", sign == '+' ? letters : "");
}

/* Puts it on a list that holds at most `most`; true if that changed something. */
static bool
put_silence(SilenceList **list, const char *mask, unsigned flags, unsigned most)
{
	if (silence_list_count(*list) >= most && !silence_list_has(*list, mask))
		return false;
	if (!*list)
		*list = silence_list_new();
	return silence_list_put(*list, mask, flags);
}

static bool
remove_silence(SilenceList **list, const char *mask)
{
	bool removed = *list && silence_list_remove(*list, mask);

	if (silence_list_count(*list) == 0)
		g_clear_pointer(list, silence_list_free);
	return removed;
}

static bool
add_accept(NameList **list, const char *name, unsigned most)
{
	if (name_list_count(*list) >= most)
		return false;
	if (!*list)
		*list = name_list_new();
	return name_list_add(*list, name);
}

static bool
remove_accept(NameList **list, const char *name)
{
	bool removed = *list && name_list_remove(*list, name);

	if (name_list_count(*list) == 0)
		g_clear_pointer(list, name_list_free);
	return removed;
}

/* Gives the second lists what the first have; with `newer` flags of the same mask too. */
static bool
merge(const SettingsLimits *limits, const SilenceList *silences, const NameList *accepts,
    bool newer, SilenceList **ret_silences, NameList **ret_accepts)
{
	bool changed = false;

	for (unsigned i = 0; i < silence_list_count(silences); i++) {
		const SilenceEntry *entry = silence_list_entry(silences, i);

		if (newer || !silence_list_has(*ret_silences, entry->mask))
			changed |= put_silence(
			    ret_silences, entry->mask, entry->flags, limits->silence_entries);
	}
	for (unsigned i = 0; i < name_list_count(accepts); i++)
		changed |=
		    add_accept(ret_accepts, name_list_name(accepts, i), limits->accept_entries);
	return changed;
}

void
act_leave_screen(User *user)
{
	g_clear_pointer(&user->silences, silence_list_free);
	g_clear_pointer(&user->accepts, name_list_free);
}

void
act_merge_screen(Ctx *ctx, User *user)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	Account *account = user->login;

	if (!account)
		return;
	merge(limits, account->silences, account->accepts, false, &user->silences, &user->accepts);
	if (merge(
		limits, user->silences, user->accepts, true, &account->silences, &account->accepts))
		kept_account_put(ctx, account);
}

/* He has it, but his account's list has no room: it was filled by another of his users. */
static void
warn_not_kept(Ctx *ctx, const char *command, const char *entry)
{
	g_autofree char *text = g_strdup_printf(
	    "%s holds as long as you are here: the list of your account is full", entry);

	ctx_warn(ctx, command, "NOT_KEPT", text);
}

Outcome
act_silence(Ctx *ctx, const char *text, unsigned flags)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	User *user = ctx->actor.user;
	g_autofree char *mask = mask_canonical(text);

	if (!mask)
		return refuse(ctx, ERR_INVALIDMODEPARAM, "SILENCE", '+', message_middle(text),
		    "The mask is not well-formed");
	if (silence_list_count(user->silences) >= limits->silence_entries &&
	    !silence_list_has(user->silences, mask))
		return refuse(ctx, ERR_SILELISTFULL, mask);
	if (!put_silence(&user->silences, mask, flags, limits->silence_entries))
		return OUTCOME_DONE;
	tell_silence(ctx, '+', mask, flags);
	if (!user->login)
		return OUTCOME_DONE;
	if (put_silence(&user->login->silences, mask, flags, limits->silence_entries))
		kept_account_put(ctx, user->login);
	else if (!silence_list_has(user->login->silences, mask))
		warn_not_kept(ctx, "SILENCE", mask);
	return OUTCOME_DONE;
}

void
act_unsilence(Ctx *ctx, const char *text)
{
	User *user = ctx->actor.user;
	g_autofree char *mask = mask_canonical(text);

	if (!mask || !remove_silence(&user->silences, mask))
		return;
	tell_silence(ctx, '-', mask, 0);
	if (user->login && remove_silence(&user->login->silences, mask))
		kept_account_put(ctx, user->login);
}

Outcome
act_accept(Ctx *ctx, const char *nick)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	User *user = ctx->actor.user;

	if (!name_is_nick(nick, limits->nick))
		return refuse(ctx, ERR_NOSUCHNICK, message_middle(nick));
	if (name_list_has(user->accepts, nick))
		return refuse(ctx, ERR_ACCEPTEXIST, nick);
	if (name_list_count(user->accepts) >= limits->accept_entries)
		return refuse(ctx, ERR_ACCEPTFULL);
	add_accept(&user->accepts, nick, limits->accept_entries);
	if (!user->login)
		return OUTCOME_DONE;
	if (add_accept(&user->login->accepts, nick, limits->accept_entries))
		kept_account_put(ctx, user->login);
	else if (!name_list_has(user->login->accepts, nick))
		warn_not_kept(ctx, "ACCEPT", nick);
	return OUTCOME_DONE;
}

Outcome
act_unaccept(Ctx *ctx, const char *nick)
{
	User *user = ctx->actor.user;

	if (!remove_accept(&user->accepts, nick))
		return refuse(ctx, ERR_ACCEPTNOT, message_middle(nick));
	if (user->login && remove_accept(&user->login->accepts, nick))
		kept_account_put(ctx, user->login);
	return OUTCOME_DONE;
}
