/* SPDX-License-Identifier: MIT */
#include "act/screen.h"
#include "act/speech_event.h"
#include "act/speech_gate.h"
#include "act/verbs.h"

static void
say(Ctx *ctx, const Speech *speech, const SpeechPass *pass, const char *target_name)
{
	Event event = speech_event(ctx, speech, target_name);

	event.channel = pass->channel;
	event.target = pass->target;
	event.ranks = pass->ranks;
	event.is_withheld = pass->is_withheld;
	event.text = pass->text;
	event.lines = pass->lines;
	counter_add(&ctx->out->counters, COUNTER_MESSAGES, 1);
	speech_passed(ctx, pass);
	announce(ctx, &event);
}

static void
say_to_user(Ctx *ctx, const Speech *speech, const SpeechPass *pass)
{
	const User *target = pass->target;

	screen_expect_answer(ctx, target);
	say(ctx, speech, pass, target->nick);
	if (target->away && speech->text && speech_is_answered(speech))
		reply(ctx, RPL_AWAY, target->nick, target->away);
}

Outcome
act_speak(Ctx *ctx, const Speech *speech)
{
	g_auto(SpeechPass) pass = {0};
	g_autofree char *target_name = NULL;

	if (!speech_may_pass(ctx, speech, &pass))
		return OUTCOME_REFUSED;
	if (pass.target) {
		say_to_user(ctx, speech, &pass);
		return OUTCOME_DONE;
	}
	if (pass.prefix)
		target_name = g_strdup_printf("%c%s", pass.prefix, pass.channel->name);
	say(ctx, speech, &pass, target_name ? target_name : pass.channel->name);
	return OUTCOME_DONE;
}
