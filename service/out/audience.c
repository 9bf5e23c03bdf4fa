/* SPDX-License-Identifier: MIT */
#include "out/audience.h"

#include "domain/channel.h"
#include "domain/session.h"
#include "domain/silence_list.h"
#include "domain/user.h"
#include "proto/caps.h"
#include "proto/modes.h"
#include "proto/notices.h"

/* Own lines to others, said by another client of the same user, are understood: it says so, or it
 * is recent enough to have learnt it with tags. */
#define SELF_MESSAGE_CAPS (CAP_ECHO_MESSAGE | CAP_ZNC_SELF_MESSAGE | CAP_MESSAGE_TAGS)

void
audience_clear(Audience *audience)
{
	g_free(audience->sessions);
	*audience = (Audience){0};
}

static inline void
add_session(Audience *audience, Session *session, uint64_t needs)
{
	if (session->stage != SESSION_REGISTERED ||
	    (session->caps & (needs | audience->without)) != needs)
		return;
	if (audience->n_sessions == audience->capacity) {
		audience->capacity = MAX(64, audience->capacity * 2);
		audience->sessions = g_renew(Session *, audience->sessions, audience->capacity);
	}
	audience->sessions[audience->n_sessions++] = session;
}

static inline void
add_user(Audience *audience, const User *user, uint64_t needs)
{
	for (Session *session = user->sessions; session; session = session->next)
		add_session(audience, session, needs);
}

static void
add_members(Audience *audience, const Channel *channel, uint64_t needs, const User *but)
{
	for (uint32_t i = 0; i < channel->n_members; i++)
		if (channel->members[i]->user != but)
			add_user(audience, channel->members[i]->user, needs);
}

/* As whom lists of SILENCE know the speaker; the host that is shown and the address both count. */
static bool
is_silenced(const Event *event, const User *listener, unsigned flag)
{
	const User *speaker = event->user;

	if (!speaker || !silence_list_mentions(listener->silences, flag))
		return false;
	return silence_list_covers(listener->silences, flag,
	    &(MaskSubject){speaker->nick, speaker->username, speaker->host, speaker->address});
}

/* Members who listen to what is said in channels, with one of the ranks if any are asked for. */
static void
add_listeners(Audience *audience, const Event *event, uint64_t needs, const User *but)
{
	unsigned flag =
	    g_strcmp0(event->verb, "NOTICE") == 0 ? SILENCE_CHANNEL_NOTICES : SILENCE_CHANNELS;

	for (uint32_t i = 0; i < event->channel->n_members; i++) {
		const Member *member = event->channel->members[i];
		bool asked = event->ranks == 0 || (member->ranks & event->ranks);

		if (asked && member->user != but && !(member->user->modes & MODE_USER_DEAF) &&
		    !is_silenced(event, member->user, flag))
			add_user(audience, member->user, needs);
	}
}

/* Members that see this one; all of them in most channels. */
static void
add_witnesses(Audience *audience, const Member *seat, uint64_t needs, const User *but)
{
	const Channel *channel = seat->channel;

	if (!member_is_concealed(seat)) {
		add_members(audience, channel, needs, but);
		return;
	}
	for (uint32_t i = 0; i < channel->n_members; i++) {
		const User *viewer = channel->members[i]->user;

		if (viewer != but && member_is_seen_by(seat, viewer))
			add_user(audience, viewer, needs);
	}
}

/* Marks users with the number of this collection: nobody is met twice, and no set is built. */
static void
start_visit(Audience *audience, const Community *community)
{
	uint32_t cursor = 0;
	User *user;

	if (++audience->visit != 0)
		return;
	while ((user = directory_next_user(community->directory, &cursor)))
		user->visit = 0;
	audience->visit = 1;
}

static void
add_neighbours(Audience *audience, const User *user, uint64_t needs)
{
	for (uint32_t i = 0; i < user->n_seats; i++) {
		const Channel *channel = user->seats[i]->channel;
		bool concealed = member_is_concealed(user->seats[i]);

		for (uint32_t j = 0; j < channel->n_members; j++) {
			User *neighbour = channel->members[j]->user;

			if (neighbour->visit == audience->visit ||
			    (concealed && !member_is_seen_by(user->seats[i], neighbour)))
				continue;
			neighbour->visit = audience->visit;
			add_user(audience, neighbour, needs);
		}
	}
}

/* Shows a session what another one of its user said. A line of one's own to a channel is understood
 * by every client that is in it; one to somebody else only by those that said so, the others would
 * take it as said to them. */
static bool
understands_own(const Session *session, const Event *event)
{
	return (session->caps & SELF_MESSAGE_CAPS) ||
	       (event->channel && user_seat(session->user, event->channel));
}

/* What was said to the session that said it, if it wants an echo, and to the user's others. */
static void
add_speaker(Audience *audience, const Event *event, uint64_t needs)
{
	Session *origin = event->origin;

	if (origin->caps & CAP_ECHO_MESSAGE)
		add_session(audience, origin, needs);
	for (Session *session = origin->user->sessions; session; session = session->next)
		if (session != origin && understands_own(session, event))
			add_session(audience, session, needs);
}

static void
collect_target(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	const Session *origin = event->origin;
	const User *speaker = origin ? origin->user : NULL;

	if (!event->channel) {
		if (event->target && !event->is_withheld)
			add_user(audience, event->target, needs);
		if (speaker && speaker != event->target)
			add_speaker(audience, event, needs);
		return;
	}
	add_listeners(audience, event, needs, speaker);
	if (speaker)
		add_speaker(audience, event, needs);
}

static void
collect_channel(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	add_members(audience, event->channel, needs, NULL);
}

static void
collect_witnesses(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	const User *subject = event->target ? event->target : event->user;

	add_witnesses(audience, user_seat(subject, event->channel), needs, NULL);
}

static void
collect_shown(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	const Member *seat = user_seat(event->user, event->channel);

	for (uint32_t i = 0; i < event->channel->n_members; i++) {
		const Member *viewer = event->channel->members[i];

		if (viewer != seat && !(viewer->ranks & event->ranks) &&
		    member_is_seen_by(seat, viewer->user))
			add_user(audience, viewer->user, needs);
	}
}

static void
collect_hidden(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	const Member *seat = user_seat(event->user, event->channel);

	for (uint32_t i = 0; i < event->channel->n_members; i++) {
		const User *viewer = event->channel->members[i]->user;

		if (!member_is_seen_by(seat, viewer))
			add_user(audience, viewer, needs);
	}
}

static void
collect_neighbours(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	if (event->channel) {
		add_witnesses(audience, user_seat(event->user, event->channel), needs, event->user);
		return;
	}
	start_visit(audience, community);
	event->user->visit = audience->visit;
	add_neighbours(audience, event->user, needs);
}

static void
collect_neighbours_and_self(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	collect_neighbours(audience, community, event, needs);
	add_user(audience, event->user, needs);
}

/* Watchers who are neighbours too, or the user himself, were met already. */
static void
add_distant_watchers(
    Audience *audience, const Community *community, const User *user, uint64_t needs)
{
	const MonitorTarget *target = monitor_find(community->monitor, user->nick);

	for (guint i = 0; target && i < target->watches->len; i++) {
		const MonitorWatch *watch = target->watches->pdata[i];
		const User *watcher = watch->session->user;

		if (watcher && watcher->visit != audience->visit)
			add_session(audience, watch->session, needs);
	}
}

static void
collect_followers(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	collect_neighbours(audience, community, event, needs);
	if (!event->channel)
		add_distant_watchers(
		    audience, community, event->user, needs | CAP_EXTENDED_MONITOR);
}

static void
collect_followers_and_self(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	collect_followers(audience, community, event, needs);
	add_user(audience, event->user, needs);
}

static void
collect_watchers(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	const MonitorTarget *target = monitor_find(community->monitor, event->target_name);

	for (guint i = 0; target && i < target->watches->len; i++) {
		const MonitorWatch *watch = target->watches->pdata[i];

		add_session(audience, watch->session, needs);
	}
}

static bool
is_subscribed(const Session *session, const Event *event)
{
	return (session->caps & (CAP_METADATA_2 | CAP_METADATA_3)) && session != event->origin &&
	       property_list_get(session->subscriptions, event->key);
}

static void
collect_subscribers(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	uint32_t kept = 0;

	if (event->channel && event->target) {
		add_witnesses(
		    audience, user_seat(event->target, event->channel), needs, event->target);
	} else if (event->channel) {
		add_members(audience, event->channel, needs, NULL);
	} else {
		start_visit(audience, community);
		event->target->visit = audience->visit;
		add_neighbours(audience, event->target, needs);
		add_user(audience, event->target, needs);
		add_distant_watchers(audience, community, event->target, needs);
	}
	for (uint32_t i = 0; i < audience->n_sessions; i++)
		if (is_subscribed(audience->sessions[i], event))
			audience->sessions[kept++] = audience->sessions[i];
	audience->n_sessions = kept;
}

static void
collect_user(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	if (event->target)
		add_user(audience, event->target, needs);
}

static void
collect_invitation(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	add_user(audience, event->target, needs);
	for (uint32_t i = 0; i < event->channel->n_members; i++) {
		const Member *member = event->channel->members[i];

		if (member_is_host(member) && member->user != event->user)
			add_user(audience, member->user, needs | CAP_INVITE_NOTIFY);
	}
}

static void
collect_hosts(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	for (uint32_t i = 0; i < event->channel->n_members; i++) {
		const Member *member = event->channel->members[i];

		if (member_is_host(member))
			add_user(audience, member->user, needs);
	}
}

static void
collect_wallops(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	uint32_t cursor = 0;
	const User *user;

	while ((user = directory_next_user(community->directory, &cursor)))
		if (user->modes & MODE_USER_WALLOPS)
			add_user(audience, user, needs);
}

static void
collect_everybody(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	uint32_t cursor = 0;
	const User *user;

	while ((user = directory_next_user(community->directory, &cursor)))
		add_user(audience, user, user == event->user ? needs | CAP_ECHO_MESSAGE : needs);
}

static void
collect_notice_readers(
    Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
	for (guint i = 0; i < community->notice_readers->len; i++) {
		const User *user = g_ptr_array_index(community->notice_readers, i);

		if ((user->notices & NOTICE_BIT(event->notice)) &&
		    user_has_privilege(user, OPERATOR_NOTICES))
			add_user(audience, user, needs);
	}
}

static void
collect_nobody(Audience *audience, const Community *community, const Event *event, uint64_t needs)
{
}

void
audience_collect(Audience *audience, const Community *community, const Event *event)
{
	static void (*const collectors[])(
	    Audience *, const Community *, const Event *, uint64_t) = {
	    [AUDIENCE_NOBODY] = collect_nobody,
	    [AUDIENCE_TARGET] = collect_target,
	    [AUDIENCE_CHANNEL] = collect_channel,
	    [AUDIENCE_WITNESSES] = collect_witnesses,
	    [AUDIENCE_SHOWN] = collect_shown,
	    [AUDIENCE_HIDDEN] = collect_hidden,
	    [AUDIENCE_NEIGHBOURS] = collect_neighbours,
	    [AUDIENCE_NEIGHBOURS_AND_SELF] = collect_neighbours_and_self,
	    [AUDIENCE_FOLLOWERS] = collect_followers,
	    [AUDIENCE_FOLLOWERS_AND_SELF] = collect_followers_and_self,
	    [AUDIENCE_WATCHERS] = collect_watchers,
	    [AUDIENCE_SUBSCRIBERS] = collect_subscribers,
	    [AUDIENCE_USER] = collect_user,
	    [AUDIENCE_INVITATION] = collect_invitation,
	    [AUDIENCE_HOSTS] = collect_hosts,
	    [AUDIENCE_WALLOPS] = collect_wallops,
	    [AUDIENCE_EVERYBODY] = collect_everybody,
	    [AUDIENCE_NOTICE_READERS] = collect_notice_readers,
	};
	const EventRow *row = event_row(event->kind);

	audience->n_sessions = 0;
	audience->without = event->without;
	collectors[row->audience](audience, community, event, row->needs);
}
