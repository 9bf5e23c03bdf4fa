/* SPDX-License-Identifier: MIT */
#include "act/kept_rename.h"
#include "act/reserved.h"
#include "act/show_members.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "domain/former_names.h"
#include "domain/read_markers.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/message.h"
#include "proto/names.h"

#include <string.h>

#define RENAME_INTERVAL (60 * CLOCK_SECOND) /* between two renames of one channel */

static Outcome
fail(Ctx *ctx, const Channel *channel, const char *name, const char *code, const char *text)
{
	g_autofree char *context = g_strdup_printf("%s %s", channel->name, message_middle(name));

	return ctx_fail(ctx, "RENAME", code, context, text);
}

static bool
follows(const Session *session)
{
	return session->stage != SESSION_REGISTERED || session_has(session, CAP_CHANNEL_RENAME);
}

/* Sessions in it that must leave and enter again to understand. */
static GPtrArray *
sessions_left_behind(const Channel *channel)
{
	GPtrArray *sessions = g_ptr_array_new();

	for (uint32_t i = 0; i < channel->n_members; i++)
		for (Session *session = channel->members[i]->user->sessions; session;
		     session = session->next)
			if (!follows(session))
				g_ptr_array_add(sessions, session);
	return sessions;
}

static Outcome
check_right(Ctx *ctx, const Channel *channel)
{
	const User *user = ctx->actor.user;

	if (user && !user_seat(user, channel))
		return refuse(ctx, ERR_NOTONCHANNEL, channel->name);
	if (!actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
	if (channel->registered && !actor_may(ctx, MAY_OWN_CHANNEL, channel))
		return refuse(ctx, ERR_UNIQOPRIVSNEEDED, channel->name);
	return OUTCOME_DONE;
}

/* Is it the former name of another channel? */
static bool
leads_elsewhere(const Ctx *ctx, const Channel *channel, const char *name)
{
	Handle former = former_names_find(ctx->community->former_names, name, ctx->now);

	return directory_channel(ctx->community->directory, former) &&
	       !handle_equal(former, channel->handle);
}

static Outcome
check_name(Ctx *ctx, const Channel *channel, const char *name)
{
	const Channel *other = directory_find_channel(ctx->community->directory, name);
	/* Another case of the same name is news to nobody and always allowed. */
	bool is_same = casemap_equal(channel->name, name);
	const char *reserved = is_same ? NULL : reserved_channel(ctx, name);
	bool is_recent =
	    channel->renamed_at > 0 && !is_same && ctx->now - channel->renamed_at < RENAME_INTERVAL;

	if (!name_is_channel(name, ctx->community->settings->limits->channel))
		return fail(
		    ctx, channel, name, "CANNOT_RENAME", "That is no valid name of a channel");
	if (strcmp(channel->name, name) == 0)
		return fail(ctx, channel, name, "CANNOT_RENAME", "That is its name already");
	if (channel->name[0] != name[0])
		return fail(ctx, channel, name, "CANNOT_RENAME",
		    "The prefix of a channel's name cannot be changed");
	if (ctx->actor.kind == ACTOR_USER && leads_elsewhere(ctx, channel, name))
		return fail(ctx, channel, name, "CHANNEL_NAME_IN_USE",
		    "That was the name of another channel until recently");
	if (other && other != channel)
		return fail(ctx, channel, name, "CHANNEL_NAME_IN_USE",
		    "A channel of that name is there already");
	if (reserved)
		return fail(ctx, channel, name, "CANNOT_RENAME", reserved);
	if (kept_rename_is_open(ctx, channel))
		return fail(ctx, channel, name, "CANNOT_RENAME",
		    "The name it has now is not stored yet: try again");
	if (is_recent && ctx->actor.kind == ACTOR_USER)
		return fail(
		    ctx, channel, name, "CANNOT_RENAME", "This channel has been renamed recently");
	return OUTCOME_DONE;
}

/* Each of them as if its user alone left and came: nobody else is told by these lines. */
static void
tell_each(Ctx *ctx, const GPtrArray *sessions, Channel *channel, EventKind kind, const char *text)
{
	for (guint i = 0; i < sessions->len; i++) {
		Session *session = g_ptr_array_index(sessions, i);
		Event event = ctx_user_event(ctx, kind, session->user);

		event.channel = channel;
		event.text = text;
		out_tell_session(ctx->out, ctx->community, &event, session, ctx->reply);
	}
}

/* For a while the old name leads to the channel: until when; 0: not at all. */
static int64_t
leave_old_name(Ctx *ctx, const Channel *channel, const char *old)
{
	int64_t lasts = ctx->community->settings->channels->rename_redirect;

	if (casemap_equal(old, channel->name))
		return 0;
	former_names_remove(ctx->community->former_names, channel->name);
	if (lasts == 0)
		return 0;
	former_names_add(ctx->community->former_names, old, channel->handle, ctx->now + lasts);
	return ctx->now + lasts;
}

static void
announce_rename(Ctx *ctx, Channel *channel, const char *old, const char *reason)
{
	Event event = ctx_event(ctx, EVENT_RENAME);

	event.channel = channel;
	event.target_name = old;
	event.text = reason;
	announce(ctx, &event);
}

static void
rename_to(Ctx *ctx, Channel *channel, const char *name, const char *reason)
{
	g_autofree char *old = g_strdup(channel->name);
	g_autoptr(GPtrArray) behind = sessions_left_behind(channel);
	bool is_same = casemap_equal(old, name);

	if (!is_same)
		tell_each(ctx, behind, channel, EVENT_PART, reason);
	directory_rename_channel(ctx->community->directory, channel, name);
	read_markers_rename(ctx->community->read_markers, old, channel->name);
	announce_rename(ctx, channel, old, reason);
	if (is_same)
		return;
	tell_each(ctx, behind, channel, EVENT_JOIN, NULL);
	show_members(ctx, channel, behind);
}

Outcome
act_rename_channel(Ctx *ctx, Channel *channel, const char *name, const char *reason)
{
	g_autofree char *old = g_strdup(channel->name);
	g_autofree char *text =
	    cut_text(reason ? reason : "", ctx->community->settings->limits->kick);

	if (check_right(ctx, channel) != OUTCOME_DONE ||
	    check_name(ctx, channel, name) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	channel->renamed_at = ctx->now;
	rename_to(ctx, channel, name, text);
	kept_channel_rename(ctx, channel, old, leave_old_name(ctx, channel, old));
	return OUTCOME_DONE;
}

void
act_rename_back(Ctx *ctx, Channel *channel, const char *name)
{
	channel->renamed_at = 0;
	rename_to(ctx, channel, name, "The new name could not be stored");
	former_names_remove(ctx->community->former_names, channel->name);
}
