/* SPDX-License-Identifier: MIT */
#include "act/channel_speech.h"
#include "act/flood.h"
#include "act/screen.h"
#include "act/sight.h"
#include "act/speech_event.h"
#include "act/verbs.h"
#include "proto/message.h"
#include "proto/modes.h"
#include "proto/names.h"

#include <string.h>

/* RFC 2812 3.3.2: a NOTICE gets no answer, not even an error. */
static bool
is_answered(const Speech *speech)
{
	return strcmp(speech->verb, "NOTICE") != 0;
}

static void
say(Ctx *ctx, const Event *event)
{
	counter_add(&ctx->out->counters, COUNTER_MESSAGES, 1);
	if (ctx->actor.user)
		ctx->actor.user->spoke_at = ctx->monotonic;
	announce(ctx, event);
}

/* Who may not know of the channel hears what he would if there were none. An outsider who may speak
 * there is heard, +s or not: that is what its hosts took +n away for. */
static Outcome
refuse_speech(
    Ctx *ctx, const Speech *speech, const Channel *channel, const char *name, const char *why)
{
	if (!is_answered(speech))
		return OUTCOME_REFUSED;
	if (!channel || !sight_of_channel(ctx, channel))
		return refuse(ctx, ERR_NOSUCHCHANNEL, message_middle(name));
	return refuse(ctx, ERR_CANNOTSENDTOCHAN, channel->name, why);
}

static Outcome
speak_to_channel(Ctx *ctx, const Speech *speech, const char *name, uint64_t ranks)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);
	g_autofree char *target_name = NULL;
	g_auto(SpeechVerdict) verdict = {0};
	Member *seat;
	Event event;

	if (!channel)
		return refuse_speech(ctx, speech, NULL, name, NULL);
	channel_speech_judge(ctx, channel, speech, &verdict);
	if (verdict.why)
		return refuse_speech(ctx, speech, channel, name, verdict.why);
	if (!flood_allows_speech(ctx, channel, speech))
		return OUTCOME_REFUSED;
	if (ranks)
		target_name = g_strdup_printf("%c%s", *speech->target, channel->name);
	event = speech_event(ctx, speech, ranks ? target_name : channel->name);
	event.channel = channel;
	event.ranks = verdict.hosts_only ? MODE_CHANNEL_OWNER | MODE_CHANNEL_OP : ranks;
	if (verdict.text)
		event.text = verdict.text;
	if (verdict.lines)
		event.lines = (const MultilineLine *)(const void *)verdict.lines->data;
	sight_reveal_actor(ctx, channel);
	say(ctx, &event);
	seat = ctx->actor.user ? user_seat(ctx->actor.user, channel) : NULL;
	if (seat)
		seat->spoke_at = ctx->monotonic;
	return OUTCOME_DONE;
}

/* What the target's own modes say. */
static bool
may_write_to(Ctx *ctx, const Speech *speech, User *target)
{
	const User *user = ctx->actor.user;

	if (!user || user == target)
		return true;
	if ((target->modes & MODE_USER_ACCOUNTS_WRITE) && !user->account &&
	    !screen_accepts(target, user)) {
		if (is_answered(speech))
			refuse(ctx, ERR_NEEDREGGEDNICK, target->nick,
			    "You need to be logged in to write to this user (+R)");
		return false;
	}
	if (!screen_lets_call(ctx, target, is_answered(speech) && speech->text))
		return false;
	if ((target->modes & MODE_USER_NO_CTCP) && speech_is_ctcp(speech->text)) {
		if (is_answered(speech))
			refuse(ctx, ERR_NOCTCP, target->nick);
		return false;
	}
	return true;
}

static Outcome
speak_to_user(Ctx *ctx, const Speech *speech)
{
	User *target = directory_find_user(ctx->community->directory, speech->target);
	Event event;

	if (!target) {
		if (is_answered(speech))
			refuse(ctx, ERR_NOSUCHNICK, message_middle(speech->target));
		return OUTCOME_REFUSED;
	}
	if (!may_write_to(ctx, speech, target))
		return OUTCOME_REFUSED;
	screen_expect_answer(ctx, target);
	event = speech_event(ctx, speech, target->nick);
	event.target = target;
	event.is_withheld =
	    screen_silences(ctx, target, is_answered(speech) ? SILENCE_PRIVATE : SILENCE_NOTICES);
	say(ctx, &event);
	if (target->away && speech->text && is_answered(speech))
		reply(ctx, RPL_AWAY, target->nick, target->away);
	return OUTCOME_DONE;
}

Outcome
act_speak(Ctx *ctx, const Speech *speech)
{
	const char *target = speech->target;
	uint64_t ranks = mode_rank_bits(mode_find_prefix(*target));

	if (name_is_channel_like(target))
		return speak_to_channel(ctx, speech, target, 0);
	if (ranks && name_is_channel_like(target + 1))
		return speak_to_channel(ctx, speech, target + 1, ranks);
	return speak_to_user(ctx, speech);
}
