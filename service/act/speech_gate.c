/* SPDX-License-Identifier: MIT */
#include "act/speech_gate.h"

#include "act/flood.h"
#include "act/screen.h"
#include "act/sight.h"
#include "proto/message.h"
#include "proto/modes.h"
#include "proto/names.h"

void
speech_pass_clear(SpeechPass *pass)
{
	speech_verdict_clear(&pass->verdict);
}

/* Who may not know of the channel hears what he would if there were none. An outsider who may speak
 * there is heard, +s or not: that is what its hosts took +n away for. */
static bool
refuse_there(
    Ctx *ctx, const Speech *speech, const Channel *channel, const char *name, const char *why)
{
	if (!speech_is_answered(speech))
		return false;
	if (!channel || !sight_of_channel(ctx, channel))
		refuse(ctx, ERR_NOSUCHCHANNEL, message_middle(name));
	else
		refuse(ctx, ERR_CANNOTSENDTOCHAN, channel->name, why);
	return false;
}

static bool
may_pass_channel(Ctx *ctx, const Speech *speech, const char *name, SpeechPass *pass)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);
	SpeechVerdict *verdict = &pass->verdict;

	if (!channel)
		return refuse_there(ctx, speech, NULL, name, NULL);
	channel_speech_judge(ctx, channel, speech, verdict);
	if (verdict->why)
		return refuse_there(ctx, speech, channel, name, verdict->why);
	if (!flood_allows_speech(ctx, channel, speech))
		return false;
	pass->channel = channel;
	if (verdict->hosts_only)
		pass->ranks = MODE_CHANNEL_OWNER | MODE_CHANNEL_OP;
	if (verdict->text)
		pass->text = verdict->text;
	if (verdict->lines)
		pass->lines = (const MultilineLine *)(const void *)verdict->lines->data;
	return true;
}

/* What the target's own modes say. */
static bool
may_write_to(Ctx *ctx, const Speech *speech, User *target)
{
	const User *user = ctx->actor.user;
	bool answered = speech_is_answered(speech);

	if (!user || user == target)
		return true;
	if ((target->modes & MODE_USER_ACCOUNTS_WRITE) && !user->account &&
	    !screen_accepts(target, user)) {
		if (answered)
			refuse(ctx, ERR_NEEDREGGEDNICK, target->nick,
			    "You need to be logged in to write to this user (+R)");
		return false;
	}
	if (!screen_lets_call(ctx, target, answered && speech->text))
		return false;
	if ((target->modes & MODE_USER_NO_CTCP) && speech_is_ctcp(speech->text)) {
		if (answered)
			refuse(ctx, ERR_NOCTCP, target->nick);
		return false;
	}
	return true;
}

static bool
may_pass_user(Ctx *ctx, const Speech *speech, SpeechPass *pass)
{
	User *target = directory_find_user(ctx->community->directory, speech->target);

	if (!target) {
		if (speech_is_answered(speech))
			refuse(ctx, ERR_NOSUCHNICK, message_middle(speech->target));
		return false;
	}
	if (!may_write_to(ctx, speech, target))
		return false;
	pass->target = target;
	pass->is_withheld = screen_silences(
	    ctx, target, speech_is_notice(speech) ? SILENCE_NOTICES : SILENCE_PRIVATE);
	return true;
}

bool
speech_may_pass(Ctx *ctx, const Speech *speech, SpeechPass *ret_pass)
{
	const char *target = speech->target;
	uint64_t ranks = mode_rank_bits(mode_find_prefix(*target));

	*ret_pass = (SpeechPass){.text = speech->text, .lines = speech->lines};
	if (name_is_channel_like(target))
		return may_pass_channel(ctx, speech, target, ret_pass);
	if (!ranks || !name_is_channel_like(target + 1))
		return may_pass_user(ctx, speech, ret_pass);
	ret_pass->prefix = *target;
	ret_pass->ranks = ranks;
	return may_pass_channel(ctx, speech, target + 1, ret_pass);
}

void
speech_passed(Ctx *ctx, const SpeechPass *pass)
{
	User *user = ctx->actor.user;
	Member *seat = user && pass->channel ? user_seat(user, pass->channel) : NULL;

	if (pass->channel)
		sight_reveal_actor(ctx, pass->channel);
	if (user)
		user->spoke_at = ctx->monotonic;
	if (seat)
		seat->spoke_at = ctx->monotonic;
}
