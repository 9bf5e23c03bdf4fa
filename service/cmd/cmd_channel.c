/* SPDX-License-Identifier: MIT */
/* JOIN, PART, TOPIC, KICK, INVITE (RFC 2812 3.2), RENAME (IRCv3 draft/channel-rename). */
#include "act/autoreplay.h"
#include "act/services.h"
#include "act/verbs.h"
#include "cmd/entry.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/other_sessions.h"
#include "cmd/too_many.h"
#include "proto/caps.h"
#include "proto/casemap.h"

#include <string.h>

/* What the channel's founder has to say to who comes in. */
static void
tell_entry_message(Ctx *ctx, const Channel *channel)
{
	const char *text = channel_setting(channel, CHANNEL_SETTING_ENTRY_MESSAGE);

	if (!*text)
		return;
	ctx->voice = &service_row(SERVICE_CHANSERV)->voice;
	ctx_say(ctx, "[%s] %s", channel->name, text);
	ctx->voice = NULL;
}

static void
replay_to(Ctx *ctx, const void *channel)
{
	autoreplay_channel(ctx, channel);
}

static Outcome
join_one(Ctx *ctx, const char *name, const char *key)
{
	Channel *channel;
	Outcome outcome = act_join(ctx, name, key, &channel);

	if (!channel)
		return outcome;
	entry_tell_all(ctx, channel);
	tell_entry_message(ctx, channel);
	autoreplay_channel(ctx, channel);
	other_sessions_tell(ctx, 0, replay_to, channel);
	return OUTCOME_DONE;
}

Outcome
cmd_join(Ctx *ctx, const Message *message)
{
	g_auto(GStrv) names = g_strsplit(message->params[0], ",", -1);
	g_auto(GStrv) keys = g_strsplit(message->n_params > 1 ? message->params[1] : "", ",", -1);
	unsigned n_keys = g_strv_length(keys);
	Outcome outcome = OUTCOME_DONE;

	if (strcmp(message->params[0], "0") == 0) {
		act_part_all(ctx);
		return OUTCOME_DONE;
	}
	if (!list_words_any(names))
		return refuse(ctx, ERR_NEEDMOREPARAMS, "JOIN");
	for (unsigned i = 0; names[i]; i++) {
		const char *key = i < n_keys ? keys[i] : NULL;

		if (list_word_counts(names, i) && join_one(ctx, names[i], key) != OUTCOME_DONE)
			outcome = OUTCOME_REFUSED;
	}
	return outcome;
}

Outcome
cmd_part(Ctx *ctx, const Message *message)
{
	g_auto(GStrv) names = g_strsplit(message->params[0], ",", -1);
	const char *reason = message->n_params > 1 ? message->params[1] : NULL;
	Outcome outcome = OUTCOME_DONE;

	if (!list_words_any(names))
		return refuse(ctx, ERR_NEEDMOREPARAMS, "PART");
	for (unsigned i = 0; names[i]; i++) {
		Channel *channel;

		if (!list_word_counts(names, i))
			continue;
		channel = find_channel(ctx, names[i]);
		if (!channel || act_part(ctx, channel, reason) != OUTCOME_DONE)
			outcome = OUTCOME_REFUSED;
	}
	return outcome;
}

Outcome
cmd_topic(Ctx *ctx, const Message *message)
{
	Channel *channel = find_channel(ctx, message->params[0]);

	if (!channel)
		return OUTCOME_REFUSED;
	if (message->n_params > 1)
		return act_topic(ctx, channel, message->params[1]);
	if (!may_see_inside(ctx, channel))
		return refuse(ctx, ERR_NOTONCHANNEL, channel->name);
	if (channel->topic)
		entry_tell_topic(ctx, channel);
	else
		reply(ctx, RPL_NOTOPIC, channel->name);
	return OUTCOME_DONE;
}

Outcome
cmd_rename(Ctx *ctx, const Message *message)
{
	Channel *channel = find_channel(ctx, message->params[0]);
	const char *reason = message->n_params > 2 ? message->params[2] : NULL;
	g_autofree char *old = channel ? g_strdup(channel->name) : NULL;
	Outcome outcome;

	if (!channel)
		return OUTCOME_REFUSED;
	outcome = act_rename_channel(ctx, channel, message->params[1], reason);
	if (outcome == OUTCOME_DONE && !session_has(ctx->actor.session, CAP_CHANNEL_RENAME) &&
	    !casemap_equal(old, channel->name))
		entry_tell(ctx, channel);
	return outcome;
}

static Outcome
kick_one(Ctx *ctx, const char *channel_name, const char *nick, const char *reason)
{
	Channel *channel = find_channel(ctx, channel_name);
	const ServiceRow *service = service_find(nick);
	User *victim;

	/* They are in no channel. */
	if (channel && service)
		return refuse(ctx, ERR_USERNOTINCHANNEL, service->voice.nick, channel->name);
	victim = channel ? find_user(ctx, nick) : NULL;
	return victim ? act_kick(ctx, channel, victim, reason) : OUTCOME_REFUSED;
}

/* One channel for all nicks, or as many channels as nicks (RFC 2812 3.2.8). */
Outcome
cmd_kick(Ctx *ctx, const Message *message)
{
	unsigned most = ctx->community->settings->limits->targets;
	g_auto(GStrv) channels = g_strsplit(message->params[0], ",", -1);
	g_auto(GStrv) nicks = g_strsplit(message->params[1], ",", -1);
	const char *reason = message->n_params > 2 ? message->params[2] : NULL;
	unsigned n_channels = g_strv_length(channels);
	Outcome outcome = OUTCOME_DONE;

	if (!list_words_any(nicks) || (n_channels != 1 && n_channels != g_strv_length(nicks)))
		return refuse(ctx, ERR_NEEDMOREPARAMS, "KICK");
	for (unsigned i = 0; nicks[i]; i++) {
		const char *channel = channels[n_channels == 1 ? 0 : i];

		if (n_channels == 1 && !list_word_counts(nicks, i))
			continue;
		if (most-- == 0)
			return refuse_words(ctx, nicks, i);
		if (kick_one(ctx, channel, nicks[i], reason) != OUTCOME_DONE)
			outcome = OUTCOME_REFUSED;
	}
	return outcome;
}

static void
tell_invitations(Ctx *ctx)
{
	const GArray *invitations = ctx->actor.user->invited_to;

	for (guint i = 0; invitations && i < invitations->len; i++) {
		const Channel *channel = directory_channel(
		    ctx->community->directory, g_array_index(invitations, Invitation, i).channel);

		if (channel)
			reply(ctx, RPL_INVITELIST, channel->name);
	}
	reply(ctx, RPL_ENDOFINVITELIST);
}

Outcome
cmd_invite(Ctx *ctx, const Message *message)
{
	const ServiceRow *service;
	Channel *channel;
	User *guest;

	if (message->n_params == 0) {
		tell_invitations(ctx);
		return OUTCOME_DONE;
	}
	if (message->n_params < 2)
		return refuse(ctx, ERR_NEEDMOREPARAMS, "INVITE");
	service = service_find(message->params[0]);
	if (service)
		return refuse(ctx, ERR_ISCHANSERVICE, service->voice.nick,
		    message_middle(message->params[1]));
	guest = find_user(ctx, message->params[0]);
	channel = guest ? find_channel(ctx, message->params[1]) : NULL;
	return channel ? act_invite(ctx, guest, channel) : OUTCOME_REFUSED;
}

Outcome
cmd_knock(Ctx *ctx, const Message *message)
{
	Channel *channel = find_channel(ctx, message->params[0]);

	if (!channel)
		return OUTCOME_REFUSED;
	return act_knock(ctx, channel, message->n_params > 1 ? message->params[1] : NULL);
}
